package graph

import (
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// unasked are the navigations that an answer with one entity has without being
// asked for: those that its type always shows, and those that a create brought.
func (q *run) unasked(e store.Entity) []expansion {
	t := q.typeOfStored(e)
	r := &q.conductOf(t).rules
	if len(r.Shown)+len(q.echoed)+len(r.Brief) == 0 {
		return nil
	}
	list := q.brief(e)
	shown := r.Shown
	if q.chooses(shown) {
		shown = nil
	}
	for _, name := range slices.Concat(shown, q.echoed) {
		if p := t.Property(name); p != nil && p.Navigation && q.wanted(name) {
			list = append(list, expansion{nav: p, whole: true})
		}
	}
	return list
}

// chooses reports whether the client names some of what is shown unasked: it then
// gets those (D: profile-get, example 2).
func (q *run) chooses(shown []string) bool {
	return slices.ContainsFunc(q.options.expand, func(x expansion) bool { return x.nav != nil && slices.Contains(shown, x.nav.Name) })
}

// brief are the navigations that items of a list have, too.
func (q *run) brief(e store.Entity) (list []expansion) {
	t := q.typeOfStored(e)
	for _, b := range q.conductOf(t).rules.Brief {
		if p := t.Property(b.Navigation); p != nil && q.wanted(b.Navigation) && !q.leftOut(t, e, p) {
			list = append(list, expansion{nav: p, options: options{selection: selectionOf(b.Properties...)}})
		}
	}
	return list
}

// leftOut reports whether a service that leaves out what an entity has not got
// leaves out where a navigation leads.
func (q *run) leftOut(t *openapi.Type, e store.Entity, p *openapi.Property) bool {
	if !sparse(t) || p.Type.Collection {
		return false
	}
	for range q.reader.Links(e.Ordinal, p.Name, 0) {
		return false
	}
	return true
}

// wanted reports whether $select leaves a navigation, and $expand does not bring
// it already.
func (q *run) wanted(name string) bool {
	if s := q.options.selection; s != nil && !slices.Contains(s.names, name) {
		return false
	}
	return !slices.ContainsFunc(q.options.expand, func(x expansion) bool { return x.nav.Name == name })
}

// echo notes which of the entities that a create brought its answer shows.
func (q *run) echo(names []string, below []nested) {
	for _, n := range below {
		if slices.Contains(names, n.property.Name) {
			q.echoed = append(q.echoed, n.property.Name)
		}
	}
}
