package server

import (
	"context"
	"net/http"

	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// Addresses are the URLs of the open listeners, "" where there is none.
type Addresses struct {
	HTTP  string `json:"http,omitempty"`
	HTTPS string `json:"https,omitempty"`
}

// list is the addresses that there are.
func (a Addresses) list() []string {
	var list []string
	for _, url := range []string{a.HTTP, a.HTTPS} {
		if url != "" {
			list = append(list, url)
		}
	}
	return list
}

// Listen opens the configured listeners and serves on them. Whoever calls it
// ends with [Server.Shutdown] or [Server.Close].
func (s *Server) Listen() error {
	ca, err := s.ca()
	if err != nil {
		return err
	}
	certificate, err := s.certificate()
	if err != nil {
		return err
	}
	listening := &edge.Server{
		Handler:   &edge.Proxy{Handler: s, Authority: ca, Allowed: s.proxied, Refused: s.foreign},
		Authority: ca, Certificate: certificate,
		Listen: []edge.Listen{
			{Addr: s.config.addr, Listener: s.config.http, Name: "--addr"},
			{Addr: s.config.tlsAddr, Listener: s.config.https, TLS: true, Name: "--tls-addr"},
		},
		Limits: s.limits.edge(),
		Log:    func(line string) { s.log.Debug().Msg(line) },
	}
	if err := listening.Open(); err != nil {
		return err
	}
	s.listening.Store(listening) // before the first request asks for it
	listening.Serve()
	return nil
}

// proxied reports whether the proxy answers for a host.
func (s *Server) proxied(host string) bool { return edge.KnownHost(host) || s.own(host) }

// foreign logs a host that the proxy does not answer for.
func (s *Server) foreign(method, host string) {
	s.log.Info().Str("method", method).Str("host", host).Msg("refused: nothing is ever forwarded to a real service")
}

// Shutdown stops listening and waits until running requests are answered, or
// until ctx ends.
func (s *Server) Shutdown(ctx context.Context) error {
	listening := s.listening.Load()
	if listening == nil {
		return nil
	}
	return listening.Shutdown(ctx)
}

// Addresses are where the server listens.
func (s *Server) Addresses() Addresses {
	var a Addresses
	listening := s.listening.Load()
	if listening == nil {
		return a
	}
	for _, l := range listening.Addresses() {
		if l.TLS {
			a.HTTPS = l.URL()
		} else {
			a.HTTP = l.URL()
		}
	}
	return a
}

// URL is where the server listens, HTTPS before HTTP; "" when it does not.
func (s *Server) URL() string {
	a := s.Addresses()
	if a.HTTPS != "" {
		return a.HTTPS
	}
	return a.HTTP
}

// Transport returns a RoundTripper on which https://graph.microsoft.com,
// https://login.microsoftonline.com and their siblings of every cloud reach
// the fake, without a socket. It adds no token: official clients fetch theirs.
// https://fakegraph is the fake itself, with its control plane under /_fake.
// Other hosts are refused; nothing leaves the process.
func (s *Server) Transport() http.RoundTripper {
	return edge.Transport(s, s.proxied)
}

// ownName is a host name under which [Server.Transport] reaches the fake as
// itself, control plane included: Microsoft's names are refused there.
const ownName = "fakegraph"

// own reports whether a host is the fake's own: the address of a listener, or
// its name in process.
func (s *Server) own(host string) bool {
	a := s.Addresses()
	return host == ownName || host != "" && (a.HTTP == "http://"+host || a.HTTPS == "https://"+host)
}
