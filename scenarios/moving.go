package scenarios

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Moving is a transition at work. It does not change and is the same pointer as
// long as its scenario is not replaced.
type Moving struct {
	Property []string        // names that lead to the property
	From, To json.RawMessage // values
	Reads    int             // after so many reads; 0 does not wait for reads
	Time     time.Duration   // after so long; 0 does not wait
	Reason   string          // one line for X-Fake-Reason

	match matcher
	count func(tenant string)
}

// Moved counts an entity that the transition has moved.
func (m *Moving) Moved(tenant string) { m.count(tenant) }

// Fits reports whether an entity of a tenant is meant, by one of its paths (each
// with a version) and by one of the names that its type and the bases of it have.
func (m *Moving) Fits(tenant string, paths, types []string) bool {
	return has(m.match.tenant, tenant) &&
		(m.match.paths == nil || slices.ContainsFunc(paths, func(path string) bool {
			return slices.ContainsFunc(m.match.paths, func(g glob) bool { return g.match(path) })
		})) &&
		(m.match.entityType == nil || slices.ContainsFunc(types, func(t string) bool { return has(m.match.entityType, t) }))
}

// movings makes a scenario's transitions ready.
func movings(s *Scenario, moved *tally) []*Moving {
	list := make([]*Moving, len(s.Transitions))
	for i, t := range s.Transitions {
		from, _ := json.Marshal(t.From) // read from a document: cannot fail
		to, _ := json.Marshal(t.To)
		list[i] = &Moving{
			Property: strings.Split(t.Property, "/"), From: from, To: to, Reads: t.Reads, Time: time.Duration(t.Time),
			Reason: fmt.Sprintf("scenario %q, transition %d", s.Name, i+1), match: compileMatch(t.Match),
			count: func(tenant string) { moved.add(tenant, i, len(s.Transitions)) },
		}
	}
	return list
}

// Moving appends the transitions that hold for a tenant, its own first.
func (e *Engine) Moving(tenant string, into []*Moving) []*Moving {
	set := e.loaded.Load()
	if set == nil || !set.moves {
		return into
	}
	for _, sc := range [...]*scope{set.own[strings.ToLower(tenant)], set.every} {
		for _, a := range sc.list() {
			if a.scenario.on() {
				into = append(into, a.moving...)
			}
		}
	}
	return into
}
