package edge

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
)

// Listen is one place where a [Server] listens.
type Listen struct {
	// Addr is "host:port", where port 0 picks a free one, or "unix:/path".
	// Empty, with no Listener, means off.
	Addr string
	// TLS serves HTTPS.
	TLS bool
	// Listener is used instead of Addr when not nil. The server closes it.
	Listener net.Listener
	// Name is what a user sets Addr by, for errors: "--tls-addr". Empty means
	// that errors say "listen address".
	Name string
}

// Address is where a [Server] listens.
type Address struct {
	Network string // "tcp" or "unix", or what a given listener says
	Addr    string // "127.0.0.1:8880", or a path
	TLS     bool
}

// URL is what a client on this machine types; a listener on all interfaces is
// reached over loopback.
func (a Address) URL() string {
	scheme := "http"
	if a.TLS {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(a.Addr)
	if a.Network == "unix" || err != nil {
		return scheme + "+unix:" + a.Addr
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// open opens all listeners, or none.
func (s *Server) open() error {
	for _, at := range s.Listen {
		if at.Addr == "" && at.Listener == nil {
			continue
		}
		if err := s.openOne(at); err != nil {
			for _, l := range s.listeners {
				_ = l.Close() // the first error is the one to tell
			}
			s.listeners, s.addresses = nil, nil
			return err
		}
	}
	return nil
}

func (s *Server) openOne(at Listen) error {
	if at.TLS && s.Authority == nil {
		return errNoAuthority
	}
	l := at.Listener
	if l == nil {
		var err error
		if l, err = listen(at.Addr); err != nil {
			return at.explain(err)
		}
	}
	s.listeners = append(s.listeners, &listener{Listener: l, conns: &s.conns, timeout: s.Limits.complete().WriteTimeout, closing: s.closing})
	s.addresses = append(s.addresses, Address{Network: l.Addr().Network(), Addr: l.Addr().String(), TLS: at.TLS})
	return nil
}

func listen(addr string) (net.Listener, error) {
	if path, ok := strings.CutPrefix(addr, "unix:"); ok {
		return listenUnix(path)
	}
	return net.Listen("tcp", addr)
}

// listenUnix removes a socket that a killed process left behind, which is one
// that nobody answers.
func listenUnix(path string) (net.Listener, error) {
	l, err := net.Listen("unix", path)
	if !errors.Is(err, syscall.EADDRINUSE) {
		return l, err
	}
	if info, statErr := os.Lstat(path); statErr != nil || info.Mode()&os.ModeSocket == 0 {
		return nil, err
	}
	if c, dialErr := net.Dial("unix", path); dialErr == nil {
		_ = c.Close() // somebody lives there
		return nil, err
	}
	if err := os.Remove(path); err != nil {
		return nil, err
	}
	return net.Listen("unix", path)
}

// explain says what was asked for, why it cannot be had and how to mend it.
func (at Listen) explain(err error) error {
	name := at.Name
	if name == "" {
		name = "listen address"
	}
	socket := strings.HasPrefix(at.Addr, "unix:")
	var dns *net.DNSError
	var addr *net.AddrError
	mend := "check the address"
	switch {
	case errors.Is(err, syscall.EADDRINUSE) && socket:
		mend = "in use: stop the server that answers there, or name another path"
	case errors.Is(err, syscall.EADDRINUSE):
		mend = "port in use: stop what listens there, or take another port (port 0 picks a free one)"
	case errors.Is(err, syscall.EACCES) && socket:
		mend = "permission denied: name a path in a folder that this user may write to"
	case errors.Is(err, syscall.EACCES):
		mend = "permission denied: take a port from 1024 on, or let this program use lower ones"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		mend = "not an address of this machine: take 127.0.0.1, 0.0.0.0 or one of its own"
	case errors.As(err, &dns):
		mend = "unknown host: take an address of this machine"
	case errors.As(err, &addr):
		mend = addr.Err + ": write host:port, as in 127.0.0.1:8880, or unix:/path"
	}
	return fmt.Errorf("%s %s: %s (%w)", name, at.Addr, mend, err)
}
