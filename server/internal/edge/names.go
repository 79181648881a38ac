package edge

import (
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
)

// names is a set of host names and address ranges: what a CA may sign, or what
// a certificate is valid for.
type names struct {
	dns  []string // lower case; each includes its subdomains when it constrains
	nets []*net.IPNet
}

// basicNames is what every authority must be able to sign: this machine by its
// usual names, and Microsoft's hosts.
func basicNames() names {
	n := names{dns: []string{"localhost"}, nets: []*net.IPNet{
		{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)},
		single(net.IPv6loopback),
	}}
	for i := range knownHosts {
		n.dns = append(n.dns, knownHosts[i].Name)
	}
	return n
}

// maxOwnAddresses bounds a certificate on machines with many bridges.
const maxOwnAddresses = 32

// OwnNames lists the machine's host name and addresses, loopback left out, in
// the form that [NewAuthority] and [LoadAuthority] take.
func OwnNames() []string {
	var own []string
	if name, err := os.Hostname(); err == nil && validName(hostname(name)) {
		own = append(own, hostname(name))
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return own // a machine that hides its addresses is served by name
	}
	for _, a := range addresses {
		ip, ok := a.(*net.IPNet)
		if ok && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() && len(own) <= maxOwnAddresses {
			own = append(own, ip.IP.String())
		}
	}
	return own
}

// parseNames reads host names and IP addresses.
func parseNames(list []string) (names, error) {
	var n names
	for _, text := range list {
		if ip := net.ParseIP(strings.Trim(text, "[]")); ip != nil {
			n.nets = append(n.nets, single(ip))
			continue
		}
		name := strings.ToLower(strings.TrimSuffix(text, "."))
		if !validName(name) {
			return names{}, fmt.Errorf("certificate name %q: neither a host name nor an IP address: give it as in example.test or 192.0.2.1, without scheme, port or *", text)
		}
		n.dns = append(n.dns, name)
	}
	return n, nil
}

// single is the range of one address, in its shortest form.
func single(ip net.IP) *net.IPNet {
	if v4 := ip.To4(); v4 != nil {
		ip = v4
	}
	return &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))}
}

// validName takes letters, digits, hyphens and underscores (Compose makes host
// names with those) in labels of 1 to 63 bytes.
func validName(name string) bool {
	if name == "" || len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			b := label[i]
			if (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '-' && b != '_' {
				return false
			}
		}
	}
	return true
}

// permittedBy is the set that a CA certificate may sign.
func permittedBy(ca *x509.Certificate) names {
	return names{dns: ca.PermittedDNSDomains, nets: ca.PermittedIPRanges}
}

// permits reports whether a certificate for host, a name or an address, holds
// under n as constraints.
func (n names) permits(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return slices.ContainsFunc(n.nets, func(r *net.IPNet) bool { return r.Contains(ip) })
	}
	return slices.ContainsFunc(n.dns, func(d string) bool {
		return host == d || strings.HasSuffix(host, d) && host[len(host)-len(d)-1] == '.'
	})
}

// includes reports whether n permits all of other.
func (n names) includes(other names) bool {
	for _, d := range other.dns {
		if !n.permits(d) {
			return false
		}
	}
	for _, r := range other.nets {
		if !slices.ContainsFunc(n.nets, func(mine *net.IPNet) bool { return covers(mine, r) }) {
			return false
		}
	}
	return true
}

func covers(outer, inner *net.IPNet) bool {
	outerOnes, outerBits := outer.Mask.Size()
	innerOnes, innerBits := inner.Mask.Size()
	return outerBits == innerBits && outerOnes <= innerOnes && outer.Contains(inner.IP)
}

// with returns n and what other has beyond it.
func (n names) with(other names) names {
	sum := names{dns: slices.Clone(n.dns), nets: slices.Clone(n.nets)}
	for _, d := range other.dns {
		if !sum.permits(d) {
			sum.dns = append(sum.dns, d)
		}
	}
	for _, r := range other.nets {
		if !slices.ContainsFunc(sum.nets, func(mine *net.IPNet) bool { return covers(mine, r) }) {
			sum.nets = append(sum.nets, r)
		}
	}
	return sum
}

// within returns the names and addresses of n that constraints permits.
func (n names) within(constraints names) (dns []string, ips []net.IP) {
	for _, d := range n.dns {
		if constraints.permits(d) {
			dns = append(dns, d)
		}
	}
	for _, r := range n.nets {
		if constraints.permits(r.IP.String()) {
			ips = append(ips, r.IP)
		}
	}
	return dns, ips
}
