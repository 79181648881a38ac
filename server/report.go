package server

import (
	"net/textproto"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server/internal/call"
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
