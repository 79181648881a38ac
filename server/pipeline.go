package server

import (
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// answer is the whole request path of a Graph call, one line per stage. Only
// its two ends, in package edge, know HTTP.
func (s *Server) answer(c *call.Call) call.Response {
	s.describe(c)
	record := s.journal.Begin(c)
	decision := s.decide(c, record)
	response, settled := s.enact(c, decision)
	if !settled {
		response = s.perform(c, record)
	}
	response = s.disturb(c, decision, response)
	s.deprecate(c, &response)
	record.End(&response)
	s.report(c, &response)
	return response
}

// perform is what happens to a call that no scenario answers: the checks in
// Graph's order (graph-behaviour §0.4), then the work.
func (s *Server) perform(c *call.Call, record *journal.Record) call.Response {
	if r := s.version(c); r != nil {
		return *r
	}
	if r := s.identity.Authenticate(c); r != nil {
		return *r
	}
	if r := s.operation(c); r != nil {
		return *r
	}
	if r := s.authorize(c, record); r != nil {
		return *r
	}
	request, r := s.validate(c)
	if r != nil {
		return *r
	}
	return s.graph.Do(request)
}
