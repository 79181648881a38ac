package server

import (
	"crypto/tls"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/edge"
)

// processAuthority is the CA of servers that keep none in a folder: one for the
// process, because making one costs a third of a millisecond.
var processAuthority = sync.OnceValues(func() (*edge.Authority, error) { return edge.NewAuthority([]string{ownName}) })

// authority is the CA of a server, made or loaded at the first need of it.
type authority struct {
	once sync.Once
	ca   *edge.Authority
	err  error
}

func (s *Server) ca() (*edge.Authority, error) {
	s.authority.once.Do(func() { s.authority.ca, s.authority.err = s.loadCA() })
	return s.authority.ca, s.authority.err
}

func (s *Server) loadCA() (*edge.Authority, error) {
	switch {
	case s.config.caDir != "":
		return edge.LoadAuthority(s.config.caDir, s.config.tlsNames, machineTime())
	case len(s.config.tlsNames) > 0:
		return edge.NewAuthority(append([]string{ownName}, s.config.tlsNames...))
	}
	return processAuthority()
}

// certificate is the one that was given for the HTTPS listener, or nil.
func (s *Server) certificate() (*tls.Certificate, error) {
	if s.config.tlsCert == "" {
		return nil, nil
	}
	return edge.LoadCertificate(s.config.tlsCert, s.config.tlsKey, machineTime())
}

// CACertificate returns the certificate, in PEM, that signs the HTTPS listener.
func (s *Server) CACertificate() ([]byte, error) {
	ca, err := s.ca()
	if err != nil {
		return nil, err
	}
	return ca.PEM(), nil
}

// CACertificate returns, in PEM, the certificate of the CA in a folder; it is
// made at first need. names are further names that it may sign for.
func CACertificate(dir string, names []string) ([]byte, error) {
	ca, err := edge.LoadAuthority(dir, names, machineTime())
	if err != nil {
		return nil, err
	}
	return ca.PEM(), nil
}

// machineTime is what clients hold certificates against, wherever the fake's
// own clock stands.
func machineTime() time.Time { return new(clock.Clock).Now() }
