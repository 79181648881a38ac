package server

import (
	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// answer is the whole request path of a Graph call, one line per stage. Only
// its two ends, in package edge, know HTTP.
func (s *Server) answer(c *call.Call) call.Response { return s.finish(s.begin(c)) }

// work is a call whose facts are known and about which the scenarios have
// decided, before anything is done.
type work struct {
	call     *call.Call
	record   *journal.Record
	decision *scenarios.Decision
}

// begin is the first half of the path: what depends on the order of arrival.
func (s *Server) begin(c *call.Call) work {
	s.describe(c)
	record := s.journal.Begin(c)
	return work{c, record, s.decide(c, record)}
}

// finish is the second half: what may run beside other calls.
func (s *Server) finish(w work) call.Response {
	response, settled := s.enact(w.call, w.decision)
	if !settled {
		response = s.perform(&w)
	}
	response = s.disturb(w.call, w.decision, response)
	s.deprecate(w.call, &response)
	w.record.End(&response)
	s.report(w.call, &response)
	return response
}

// perform is what happens to a call that no scenario answers: the checks in
// Graph's order (graph-behaviour §0.4), then the work.
func (s *Server) perform(w *work) call.Response {
	c := w.call
	if r, apart := s.graph.Apart(c); apart {
		return r
	}
	if r := s.version(c); r != nil {
		return *r
	}
	if r := s.serviceRoot(c); r != nil {
		return *r
	}
	if r := s.identity.Authenticate(c); r != nil {
		return *r
	}
	if isBatch(c) {
		return s.batch(c)
	}
	if r := s.operation(c); r != nil {
		return *r
	}
	if r := s.authorize(c, w.record); r != nil {
		return *r
	}
	request, r := s.validate(c)
	if r != nil {
		return *r
	}
	request.Lag, request.Transitions = lagOf(w.decision), s.transitions(c.Tenant)
	return s.graph.Do(request)
}
