package server

import (
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// authorize holds the caller's permissions to the operation's, and leaves what
// was needed and what was there in the journal: also where nothing was
// compared, because no permission is known.
func (s *Server) authorize(c *call.Call, record *journal.Record) *call.Response {
	d := s.identity.Decide(c)
	if d.Checked || c.Principal.Presented && !c.Principal.Opaque {
		record.Checked(journal.Permission{Allowed: d.Allowed, Needed: d.Needed, Had: d.Held, Source: d.Source})
	}
	if d.Allowed {
		return nil
	}
	return identity.Refuse(c, d)
}
