package edge

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net"
	"sync"
)

// maxLeaves bounds the cache: a client may ask for any subdomain of a
// permitted name.
const maxLeaves = 256

// leaves is an authority's cache of leaf certificates. They share one key,
// made with the first.
type leaves struct {
	mu       sync.Mutex
	key      *ecdsa.PrivateKey           // nil before the first leaf
	byHost   map[string]*tls.Certificate // without the default leaf
	standard *tls.Certificate            // nil before its first use
}

// Leaf returns a certificate for host, a name or an address, minted at its
// first use. Loopback names, "" and the names that the authority was made for
// share the default leaf. A host outside the CA's constraints is an error.
func (a *Authority) Leaf(host string) (*tls.Certificate, error) {
	name := hostname(host)
	a.leaves.mu.Lock()
	defer a.leaves.mu.Unlock()
	standard, err := a.defaultLeaf()
	if err != nil || name == "" || standard.Leaf.VerifyHostname(name) == nil {
		return standard, err
	}
	if leaf := a.leaves.byHost[name]; leaf != nil {
		return leaf, nil
	}
	if !a.permitted.permits(name) {
		return nil, fmt.Errorf("certificate for %q: outside what this CA may sign: add the name with --tls-name", name)
	}
	leaf, err := a.mint(soleName(name))
	if err != nil {
		return nil, err
	}
	a.leaves.keep(name, leaf)
	return leaf, nil
}

func soleName(name string) (dns []string, ips []net.IP) {
	if ip := net.ParseIP(name); ip != nil {
		return nil, []net.IP{ip}
	}
	return []string{name}, nil
}

// keep stores a leaf; a full cache makes room by dropping any one of them.
func (l *leaves) keep(name string, leaf *tls.Certificate) {
	if l.byHost == nil {
		l.byHost = make(map[string]*tls.Certificate)
	}
	if len(l.byHost) >= maxLeaves {
		for other := range l.byHost {
			delete(l.byHost, other)
			break
		}
	}
	l.byHost[name] = leaf
}

// defaultLeaf covers this machine: loopback, and the local names as far as the
// CA permits them; one name too many would spoil the whole certificate.
func (a *Authority) defaultLeaf() (*tls.Certificate, error) {
	if a.leaves.standard != nil {
		return a.leaves.standard, nil
	}
	dns, ips := a.local.within(a.permitted)
	leaf, err := a.mint(append([]string{"localhost"}, dns...),
		append([]net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}, ips...))
	if err == nil {
		a.leaves.standard = leaf
	}
	return leaf, err
}

// mint signs a new leaf. The caller holds the leaves' lock.
func (a *Authority) mint(dns []string, ips []net.IP) (*tls.Certificate, error) {
	if a.leaves.key == nil {
		key, err := newKey()
		if err != nil {
			return nil, err
		}
		a.leaves.key = key
	}
	template := &x509.Certificate{
		Subject:     pkix.Name{Organization: []string{organization}, CommonName: commonName(dns, ips)},
		NotBefore:   a.from,
		NotAfter:    a.until,
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    dns,
		IPAddresses: ips,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &a.leaves.key.PublicKey, a.key)
	if err != nil {
		return nil, fmt.Errorf("certificate for %s: %w", template.Subject.CommonName, err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("certificate for %s: %w", template.Subject.CommonName, err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.leaves.key, Leaf: parsed}, nil
}

// commonName is for people who look at the certificate; clients go by the
// alternative names. Its length is limited to 64 bytes (RFC 5280 appendix A).
func commonName(dns []string, ips []net.IP) string {
	switch {
	case len(dns) == 0:
		return ips[0].String()
	case len(dns[0]) > 64:
		return organization
	}
	return dns[0]
}

// certificateFor serves a handshake: the leaf for the name that the client
// asks for, else for the host of its CONNECT, else the default leaf. A name
// outside the constraints gets the default leaf too, because a client then
// says which names the certificate has.
func (a *Authority) certificateFor(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	for _, name := range []string{hello.ServerName, tunnelHost(hello.Conn)} {
		if name == "" {
			continue
		}
		if leaf, err := a.Leaf(name); err == nil {
			return leaf, nil
		}
	}
	return a.Leaf("")
}
