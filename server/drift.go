package server

import (
	"slices"
	"sync"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/graph"
)

// drift is what scenarios let happen by itself, as package graph takes it: lag
// and transitions. It is kept by tenant, so that a transition stays the same
// pointer as long as its scenario does.
type drift struct{ byTenant sync.Map } // tenant -> *moving

// moving is a tenant's transitions in both forms.
type moving struct {
	from []*scenarios.Moving
	to   []*graph.Transition
}

// transitions are those that hold for a tenant; nil when there are none.
func (s *Server) transitions(tenant string) []*graph.Transition {
	var buffer [8]*scenarios.Moving
	now := s.scenarios.Moving(tenant, buffer[:0])
	if len(now) == 0 {
		return nil
	}
	known, ok := s.drift.byTenant.Load(tenant)
	if ok && slices.Equal(known.(*moving).from, now) {
		return known.(*moving).to
	}
	next := &moving{from: slices.Clone(now)}
	for _, m := range now {
		next.to = append(next.to, s.transition(tenant, m, known))
	}
	s.drift.byTenant.Store(tenant, next)
	return next.to
}

// transition is one of them: the known one, when it was there before.
func (s *Server) transition(tenant string, m *scenarios.Moving, known any) *graph.Transition {
	if known, ok := known.(*moving); ok {
		if i := slices.Index(known.from, m); i >= 0 {
			return known.to[i]
		}
	}
	return &graph.Transition{
		Fits:     func(paths, types []string) bool { return m.Fits(tenant, paths, types) },
		Property: m.Property, From: m.From, To: m.To, Reads: m.Reads, Time: m.Time, Reason: m.Reason,
		Moved: func() { m.Moved(tenant) },
	}
}

// lagOf is how long what a call changes stays unseen; nil when it does not.
func lagOf(d *scenarios.Decision) *graph.Lag {
	if d == nil || d.Lag == nil {
		return nil
	}
	return &graph.Lag{Reads: d.Lag.Reads, Time: d.Lag.Time, Reason: d.Lag.Reason}
}
