package server

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// clientTLS trusts the server's own CA, the certificate that it was given, and
// nothing else.
func (s *Server) clientTLS() *tls.Config {
	ca, err := s.ca()
	if err != nil {
		return nil // Listen has reported it
	}
	pool := ca.Pool()
	if given, err := s.certificate(); err == nil && given != nil {
		pool.AddCert(given.Leaf)
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}

// dial reaches the server's own listeners, by their addresses, as
// https://fakegraph, and as Microsoft's hosts. Anything else is refused, as
// [Server.Transport] refuses it: a test must not reach a real service.
func (s *Server) dial(ctx context.Context, _, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	listening := s.listening.Load()
	if listening == nil {
		return nil, fmt.Errorf("%s: the fake does not listen", address)
	}
	named := host == ownName || edge.KnownHost(host)
	for _, l := range listening.Addresses() {
		if named && l.TLS == (port != "80") || !named && s.isAt(l, host, port) {
			return new(net.Dialer).DialContext(ctx, l.Network, l.Addr)
		}
	}
	if named {
		return nil, fmt.Errorf("%s is the fake, which has no listener for %s", address, schemeOfPort(port))
	}
	return nil, fmt.Errorf("%s is not the fake, and nothing leaves for a real service (served: %s, https://%s and Microsoft's own host names): use an http.Client of your own for other hosts",
		address, strings.Join(s.Addresses().list(), ", "), ownName)
}

func schemeOfPort(port string) string {
	if port == "80" {
		return "plain HTTP"
	}
	return "HTTPS"
}

// isAt reports whether a listener is what a host and a port mean.
func (s *Server) isAt(l edge.Address, host, port string) bool {
	at, atPort, err := net.SplitHostPort(l.Addr)
	if err != nil || port != atPort {
		return false
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, at) || host == "localhost" || ip != nil && ip.IsLoopback() ||
		slices.Contains(s.config.tlsNames, host) || slices.Contains(edge.OwnNames(), strings.ToLower(host))
}
