package notify

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"path"
	"strings"
	"syscall"
)

// gate says where deliveries may go: to loopback, and to hosts whose names
// match a pattern. What counts is the address that is dialled, after the name
// was resolved, so that a name cannot be made to point elsewhere.
type gate struct{ patterns []string }

// Closed is the error of a host to which nothing may be delivered.
type Closed struct{ Host, Address string }

func (e *Closed) Error() string {
	return fmt.Sprintf("nothing may be delivered to %s (%s): start the server with --notify %s", e.Host, e.Address, e.Host)
}

// named reports whether a pattern names a host.
func (g gate) named(host string) bool {
	host = strings.ToLower(strings.Trim(host, "[]"))
	for _, pattern := range g.patterns {
		if ok, err := path.Match(strings.ToLower(strings.TrimSpace(pattern)), host); err == nil && ok {
			return true
		}
	}
	return false
}

// admits reports whether a host may be reached at an address. Link-local
// addresses, where clouds keep credentials, have to be named as such.
func (g gate) admits(host, address string) bool {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return false
	}
	ip := to.Addr().Unmap()
	switch {
	case ip.IsLoopback():
		return true
	case !g.named(host):
		return false
	case ip.IsUnspecified(), ip.IsMulticast(), ip.IsLinkLocalUnicast():
		literal, err := netip.ParseAddr(host)
		return err == nil && literal.Unmap() == ip
	}
	return true
}

// dial reaches a host whose address the gate admits.
func (g gate) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{ControlContext: func(_ context.Context, _, resolved string, _ syscall.RawConn) error {
		if !g.admits(host, resolved) {
			return &Closed{host, resolved}
		}
		return nil
	}}
	return d.DialContext(ctx, network, address)
}

// newClient is a client that goes through the gate, asks no proxy and follows
// no redirect.
func (n *Notifier) newClient() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DialContext: n.gate.dial, DialTLSContext: n.dialTLS, MaxIdleConnsPerHost: 2},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// dialTLS is dial with TLS. The certificate of an endpoint on loopback is not
// looked at: receivers under development sign their own.
func (n *Notifier) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	plain, err := n.gate.dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	host, _, _ := net.SplitHostPort(address)
	c := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if to, err := netip.ParseAddrPort(plain.RemoteAddr().String()); err == nil && to.Addr().Unmap().IsLoopback() {
		c.InsecureSkipVerify = true
	} else if n.Roots != nil {
		c.RootCAs = n.Roots()
	}
	secured := tls.Client(plain, c)
	if err := secured.HandshakeContext(ctx); err != nil {
		plain.Close()
		return nil, err
	}
	return secured, nil
}
