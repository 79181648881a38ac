package graph

import (
	"iter"
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// inner goes through a door of a hierarchy: down to what lies at any depth below,
// or up to what the entity lies in. Without any such the model's own place counts.
func (w *walk) inner(d door, s *openapi.Segment) {
	owner := w.at
	w.inside(s)
	if d.of != "" {
		w.at.set.Name = besideName(w.at.set.Name, d.of)
	}
	w.at.tree = d.tree
	if d.up {
		w.at = w.run.above(owner.entity, w.at)
	}
}

// above is the place of the nearest entity of a type that one lies in; the place
// itself where there is none.
func (q *run) above(e store.Entity, p place) place {
	if set, parent, ok := ancestor(q.reader, q.Call.Catalogue, e.Ordinal, p.typ); ok {
		p.set, p.entity, p.found, p.solid = set, parent, true, true
	}
	return p
}

// ancestor is the nearest entity of a type that contains one, at any depth.
func ancestor(r store.Reader, v *openapi.Version, of store.Ordinal, t *openapi.Type) (store.SetKey, store.Entity, bool) {
	set, _, err := r.At(of)
	for err == nil && set.Parent != 0 {
		var parent store.Entity
		if set, parent, err = r.At(set.Parent); err != nil {
			break
		}
		own := homeType(r, v, set)
		if parent.Type != "" {
			own = v.Type(parent.Type)
		}
		if own != nil && t != nil && own.Is(t) {
			return set, parent, true
		}
	}
	return store.SetKey{}, store.Entity{}, false
}

// collected yields the entities of a set and of all sets of the same navigation
// below what stands beside it, behind an ordinal.
func (q *run) collected(set store.SetKey, after store.Ordinal) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		var found []store.Entity
		for e := range q.reader.Scan(set, after) {
			found = append(found, e)
		}
		whole := strings.TrimSuffix(set.Name, lastOf(set.Name))
		for beside := range q.reader.Sets(set.Tenant, set.Parent) {
			if strings.HasPrefix(beside.Name, whole) {
				found = q.gather(found, beside, lastOf(set.Name), after)
			}
		}
		sort.Slice(found, func(i, j int) bool { return found[i].Ordinal < found[j].Ordinal })
		for _, e := range found {
			if !yield(e) {
				return
			}
		}
	}
}

// gather appends the entities of a navigation that lie below those of a set.
func (q *run) gather(found []store.Entity, set store.SetKey, navigation string, after store.Ordinal) []store.Entity {
	for e := range q.reader.Scan(set, 0) {
		for below := range q.reader.Sets(set.Tenant, e.Ordinal) {
			if below.Name == navigation {
				for inside := range q.reader.Scan(below, after) {
					found = append(found, inside)
				}
			}
			found = q.gather(found, below, navigation, after)
		}
	}
	return found
}

// deeper looks for an entity further below in the place's tree.
func (w *walk) deeper(id string) {
	for set, e := range w.run.reader.Find(w.at.set.Tenant, id) {
		if set.Name == lastOf(w.at.set.Name) && w.run.inTree(set, w.at.set) {
			w.at.set, w.at.entity, w.at.found = set, e, true
			return
		}
	}
}

// inTree reports whether a set lies in an entity of the same whole as another one:
// of the same notes of the same owner.
func (q *run) inTree(set, tree store.SetKey) bool {
	whole := strings.TrimSuffix(tree.Name, lastOf(tree.Name))
	for set.Parent != 0 {
		if set.Parent == tree.Parent {
			return strings.HasPrefix(set.Name, whole)
		}
		up, _, err := q.reader.At(set.Parent)
		if err != nil {
			return false
		}
		set = up
	}
	return false
}
