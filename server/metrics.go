package server

import (
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/metrics"
)

// standing is what the metrics ask for when somebody looks.
func (s *Server) standing() metrics.Standing {
	return metrics.Standing{
		StoreBytes: s.store.Size, JournalDropped: s.journal.Dropped, Connections: s.connections, Version: BuildInfo().Version,
	}
}

func (s *Server) connections() int {
	if listening := s.listening.Load(); listening != nil {
		return listening.Connections()
	}
	return 0
}

// measured is a request that is being answered.
type measured struct {
	server *Server
	began  time.Time // on the machine's clock
}

func (s *Server) measure() measured {
	s.metrics.Begin()
	return measured{s, time.Now()}
}

// received is when the request came, on the fake's clock.
func (m measured) received() time.Time { return m.server.clock.At(m.began) }

// end notes how a request was answered. One that broke the fake has no answer
// here; it gets 500.
func (m measured) end(c *call.Call, kind openapi.Kind, r *call.Response) {
	status := r.Status
	if r.Fault != "" {
		m.server.metrics.Fault(r.Fault)
		status = 0
	} else if status == 0 {
		status = 500
	}
	m.server.metrics.Request(c.Method, kind, status, time.Since(m.began))
}

// kindOf is what the metrics say that a call does.
func kindOf(c *call.Call) openapi.Kind {
	switch {
	case c.Operation != nil:
		return c.Operation.Kind
	case isBatch(c):
		return metrics.Batch
	}
	return metrics.Unknown
}
