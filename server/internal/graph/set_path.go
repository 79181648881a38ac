package graph

import (
	"iter"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// setPath leads from the service root to sets: the names of the sets that an
// entity is taken from on the way, and the last one's.
type setPath []string

// setPaths reads paths with "*" for keys: "users/*/messages".
func setPaths(texts []string) []setPath {
	paths := make([]setPath, len(texts))
	for i, text := range texts {
		paths[i] = strings.Split(text, "/*/")
	}
	return paths
}

// namesIn are the names of the sets that paths lead to, so that most others are
// told by one look.
func namesIn(paths []setPath) map[string]bool {
	names := map[string]bool{}
	for _, p := range paths {
		names[p[len(p)-1]] = true
	}
	return names
}

// leadsTo reports whether a set is at the end of the path, as far as its own
// name and that of the set above tell.
func (p setPath) leadsTo(r store.Reader, set store.SetKey) bool {
	switch n := len(p); {
	case p[n-1] != set.Name:
		return false
	case set.Parent == 0 || n == 1:
		return set.Parent == 0 && n == 1
	default:
		above, _, err := r.At(set.Parent)
		return err == nil && above.Name == p[n-2]
	}
}

// sets yields the sets that the path leads to from an entity, or from the root,
// as far as they hold anything. from has its tenant and the entity.
func (p setPath) sets(r store.Reader, from store.SetKey) iter.Seq[store.SetKey] {
	from.Name = p[0]
	return func(yield func(store.SetKey) bool) {
		if len(p) == 1 {
			if r.Count(from) > 0 {
				yield(from)
			}
			return
		}
		for e := range r.Scan(from, 0) {
			for set := range p[1:].sets(r, store.SetKey{Tenant: from.Tenant, Parent: e.Ordinal}) {
				if !yield(set) {
					return
				}
			}
		}
	}
}
