package edge

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

const defaultGrace = 5 * time.Second

// Server answers with one handler on any number of listeners. Fill the
// exported fields, then Start; they must not change afterwards.
type Server struct {
	Handler     http.Handler
	Authority   *Authority        // for the listeners with TLS; nil when there are none
	Certificate *tls.Certificate  // for the listeners with TLS instead of the authority's, with its Leaf; nil for none
	Listen      []Listen          // those that are off are passed over
	Log         func(line string) // failed handshakes and the like, from any goroutine; nil drops them
	Grace       time.Duration     // how long Close waits for requests in flight; 0 means 5 s
	Limits      Limits

	http      *http.Server
	listeners []net.Listener
	addresses []Address
	conns     connections
	closing   chan struct{} // closed when the server begins to shut down
	closeOnce sync.Once
	serving   sync.WaitGroup
}

// Start opens all listeners and serves them until Shutdown or Close. When one
// cannot be opened, none is.
func (s *Server) Start() error {
	if err := s.Open(); err != nil {
		return err
	}
	s.Serve()
	return nil
}

// Open opens all listeners, so that [Server.Addresses] is known before the
// first request is served. When one cannot be opened, none is.
func (s *Server) Open() error {
	s.closing = make(chan struct{})
	s.conns.places = make(chan struct{}, s.Limits.complete().Connections)
	if err := s.open(); err != nil {
		return err
	}
	s.http = s.newHTTP()
	return nil
}

// Serve serves what Open has opened until Shutdown or Close.
func (s *Server) Serve() {
	for i, l := range s.listeners {
		s.serving.Go(func() { s.serve(l, s.addresses[i].TLS) })
	}
}

func (s *Server) newHTTP() *http.Server {
	limits := s.Limits.complete()
	hs := &http.Server{
		Handler:           s.conns.noting(paced(s.Handler, limits)),
		ReadHeaderTimeout: limits.HeaderTimeout,
		IdleTimeout:       limits.IdleTimeout,
		MaxHeaderBytes:    limits.Header,
		ErrorLog:          log.New(logWriter(s.log), "", 0),
		ConnState:         noteState,
		ConnContext:       withConnection,
		BaseContext: func(net.Listener) context.Context {
			return withClosing(context.Background(), s.closing)
		},
	}
	if s.Authority != nil {
		hs.TLSConfig = s.tlsConfig()
	}
	return hs
}

func (s *Server) serve(l net.Listener, withTLS bool) {
	serve := s.http.Serve
	if withTLS {
		serve = func(l net.Listener) error { return s.http.ServeTLS(l, "", "") }
	}
	if err := serve(l); !errors.Is(err, http.ErrServerClosed) {
		s.log(fmt.Sprintf("listener %s: %v: no longer served", l.Addr(), err))
	}
}

// Addresses tells where the server listens, in the order of Listen.
func (s *Server) Addresses() []Address { return append([]Address(nil), s.addresses...) }

// Connections is how many connections are open.
func (s *Server) Connections() int { return s.conns.count() }

// Shutdown stops listening, lets requests in flight finish and closes
// connections without one. Delays and stalls of scenarios end at once. When
// ctx ends first, the error says which connections are still held.
func (s *Server) Shutdown(ctx context.Context) error {
	if s.http == nil {
		return nil
	}
	s.closeOnce.Do(func() { close(s.closing) })
	stop := make(chan struct{})
	defer close(stop)
	go s.conns.retire(stop)
	err := s.http.Shutdown(ctx)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("shutdown: %w: held by %s", err, strings.Join(s.conns.holders(), "; "))
	}
	s.serving.Wait()
	return err
}

// Close shuts the server down. When requests are still in flight after Grace,
// it logs and returns which connections hold it, and breaks them off: their
// handlers see a cancelled context.
func (s *Server) Close() error {
	grace := s.Grace
	if grace <= 0 {
		grace = defaultGrace
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := s.Shutdown(ctx)
	if ctx.Err() == nil || err == nil {
		return err
	}
	s.log(err.Error())
	s.conns.closeAll()
	_ = s.http.Close()
	s.serving.Wait()
	return err
}

func (s *Server) log(line string) {
	if s.Log != nil {
		s.Log(line)
	}
}

// logWriter gives each write of a log.Logger, which is one line, to a func.
type logWriter func(line string)

func (f logWriter) Write(p []byte) (int, error) {
	f(strings.TrimSuffix(string(p), "\n"))
	return len(p), nil
}

var errNoAuthority = errors.New("TLS listener without an authority to sign its certificate")
