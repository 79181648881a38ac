package graph

import (
	"cmp"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Of the entities of wide types the store keeps the values that they have, and not
// that they have no others: a user with a dozen properties lacks sixty more, and
// what says so would be most of what is read, parsed and written. A [template]
// shows them. Those of other types are kept whole, and shown without a look at
// each member.

// wideFrom is how many properties make a type wide.
const wideFrom = 32

func wide(t *openapi.Type) bool { return len(t.Properties()) >= wideFrom }

// fresh is a new entity as the store keeps it: [lean], without white space, and
// with what is shown for properties without a value where that is kept.
func fresh(t *openapi.Type, o entity.Object) entity.Object {
	if t == nil {
		return o
	}
	made := make(entity.Object, 0, len(o)+2)
	for _, m := range o {
		made = append(made, entity.Member{Name: m.Name, Value: entity.Compact(m.Value)})
	}
	drop := wide(t)
	for _, p := range t.Properties() {
		blank := blankOf(t, p)
		if blank != nil && !(drop && empty(blank)) && !made.Has(p.Name) {
			made = append(made, entity.Member{Name: p.Name, Value: blank})
		}
	}
	return lean(t, made)
}

// lean has the members of an entity in the order of its type, those that the
// type lacks behind; in a wide one without those that say no more than that there
// is no value.
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
	if !empty(m.Value) || !wide(t) {
		return false
	}
	p := t.Property(m.Name)
	return p != nil && string(blankOf(t, p)) == string(m.Value)
}

func empty(value []byte) bool { return isNull(value) || string(value) == "[]" }

// blankOf is what a type's entities show for a property without a value, null or
// an empty list mostly (graph-behaviour §2.5); nil for what is then not shown.
func blankOf(t *openapi.Type, p *openapi.Property) []byte {
	if p.Navigation || p.Type.Name == "Edm.Stream" || sparse(t) {
		return nil
	}
	return unset(p)
}
