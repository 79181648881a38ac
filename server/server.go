// Package server is the fake Microsoft Graph as a Go library: [NewTest] for one
// line in a test, [New] for an http.Handler of your own, [Server.Listen] for
// what the fakegraph command does.
//
// It owns the request path, which is one function in pipeline.go, and puts the
// parts together; each part is a package below internal. Start reading at
// [New], then pipeline.go.
package server

import (
	"errors"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/semaphore"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/edge"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/journal"
	"github.com/fakegraph/fakegraph/server/internal/metrics"
	"github.com/fakegraph/fakegraph/server/internal/notify"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Server is a fake Microsoft Graph with a state of its own. It is an
// http.Handler and needs no socket. Servers in one process share nothing but
// the read-only catalogue. It must be closed.
type Server struct {
	config    config
	limits    Limits // complete
	admitted  *semaphore.Weighted
	log       zerolog.Logger
	clock     *clock.Clock
	ids       *identifiers
	catalogue *openapi.Catalogue
	fixtures  *seeds
	store     store.Store
	notes     io.Closer // beside a data file; nil without one
	graph     *graph.Engine
	identity  *identity.Service
	scenarios *scenarios.Engine
	journal   *journal.Journal
	metrics   *metrics.Metrics
	notifier  *notify.Notifier
	reader    *edge.Reader
	handler   http.Handler
	tenants   tenants
	headers   deprecations
	authority authority
	reloading reloading
	drift     drift
	ready     atomic.Bool
	listening atomic.Pointer[edge.Server] // nil until Listen
	closing   sync.Once
}

// New makes a server: it loads fixtures and scenarios, or says all that is
// wrong with them, and opens the store. The server must be closed.
func New(options ...Option) (*Server, error) {
	c := defaults()
	for _, option := range options {
		option(&c)
	}
	return newServer(c)
}

func newServer(c config) (*Server, error) {
	s := &Server{config: c, limits: c.limits.complete(), log: c.log, clock: new(clock.Clock), ids: newIdentifiers(c.seed)}
	s.startClock()
	s.notifier = notify.New(s.notifyConfig())
	for _, build := range []func() error{s.config.check, s.openCatalogue, s.loadDocuments, s.openStore, s.assemble, s.watch, s.resumeDeliveries} {
		if err := build(); err != nil {
			s.Close()
			return nil, err
		}
	}
	s.ready.Store(true)
	return s, nil
}

func (s *Server) startClock() {
	if s.config.frozen {
		s.clock.Freeze(true)
		s.clock.Set(s.config.now)
	}
}

// ServeHTTP answers Graph's routes, Entra ID's and the control plane's.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close stops what listens and drops the state that is not in a file. A second
// call does nothing.
func (s *Server) Close() error {
	var err error
	s.closing.Do(func() {
		s.ready.Store(false)
		s.reloading.unwatch()
		if listening := s.listening.Load(); listening != nil {
			err = listening.Close()
		}
		s.notifier.Close()
		if s.notes != nil {
			err = errors.Join(err, s.notes.Close())
		}
		if s.store != nil {
			if e := s.store.Close(); err == nil {
				err = e
			}
		}
	})
	return err
}

// SetTime moves the fake's clock to an instant. A frozen clock stays frozen.
func (s *Server) SetTime(now time.Time) { s.clock.Set(now) }

// Advance moves the fake's clock on.
func (s *Server) Advance(d time.Duration) { s.clock.Advance(d) }
