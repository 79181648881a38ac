package graph

import (
	"cmp"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// The store keeps the values that an entity has, and not that it has no others:
// a user with a dozen properties lacks sixty more, and what says so would be most
// of what is read, parsed and written. A [template] shows them.

// fresh is a new entity as the store keeps it: [lean], without white space, and
// with a value for what is never without one.
func fresh(t *openapi.Type, o entity.Object) entity.Object {
	if t == nil {
		return o
	}
	made := make(entity.Object, 0, len(o)+2)
	for _, m := range o {
		made = append(made, entity.Member{Name: m.Name, Value: entity.Compact(m.Value)})
	}
	for _, p := range t.Properties() {
		if !p.Nullable && !p.Type.Collection && !made.Has(p.Name) {
			if blank := blankOf(t, p); blank != nil {
				made = append(made, entity.Member{Name: p.Name, Value: blank})
			}
		}
	}
	return lean(t, made)
}

// lean has the members of an entity in the order of its type, those that the
// type lacks behind, without those that say no more than that there is no value.
func lean(t *openapi.Type, o entity.Object) entity.Object {
	if t == nil {
		return o
	}
	kept := make(entity.Object, 0, len(o))
	for _, m := range o {
		if !valueless(t, m) {
			kept = append(kept, m)
		}
	}
	order := func(a, b entity.Member) int { return cmp.Compare(rank(t, a.Name), rank(t, b.Name)) }
	if !slices.IsSortedFunc(kept, order) {
		slices.SortStableFunc(kept, order)
	}
	return kept
}

// rank is where a member stands among those of its type.
func rank(t *openapi.Type, name string) int {
	if i := t.Position(name); i >= 0 {
		return i
	}
	return len(t.Properties())
}

// valueless reports whether a member says that its property has no value.
func valueless(t *openapi.Type, m entity.Member) bool {
	if !isNull(m.Value) && string(m.Value) != "[]" {
		return false
	}
	p := t.Property(m.Name)
	return p != nil && string(blankOf(t, p)) == string(m.Value)
}

// blankOf is what a type's entities show for a property without a value, null or
// an empty list mostly (graph-behaviour §2.5); nil for what is then not shown.
func blankOf(t *openapi.Type, p *openapi.Property) []byte {
	if p.Navigation || p.Type.Name == "Edm.Stream" || sparse(t) {
		return nil
	}
	return unset(p)
}
