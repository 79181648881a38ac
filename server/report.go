package server

import (
	"net/textproto"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// report writes the access log: what was refused at info, the rest at debug.
// Headers, tokens and bodies never go there.
func (s *Server) report(c *call.Call, r *call.Response) {
	level := zerolog.DebugLevel
	if r.Status >= 400 || r.Fault != "" {
		level = zerolog.InfoLevel
	}
	if level < s.log.GetLevel() {
		return
	}
	s.log.WithLevel(level).Str("method", c.Method).
		Str("path", "/"+c.Version+c.Path).
		Int("status", r.Status).
		Str("reason", r.Reason).
		Str("tenant", c.Tenant).
		Str("request", c.RequestID).
		Msg("graph")
}

func canonical(name string) string { return textproto.CanonicalMIMEHeaderKey(name) }

// nearMisses are the rules that a call came closest to.
func (s *Server) nearMisses(c *call.Call) []journal.NearMiss {
	const most = 3
	if s.scenarios.Idle() {
		return nil
	}
	facts := s.facts(c)
	var near []journal.NearMiss
	for _, n := range s.scenarios.NearMisses(&facts, most) {
		near = append(near, journal.NearMiss(n))
	}
	return near
}
