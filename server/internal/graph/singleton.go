package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// standing reports whether the place is a singleton that is always there: one
// below the service root, as opposed to one of an entity.
func (p *place) standing() bool { return p.single && p.ref == nil && p.set.Parent == 0 }

// groups reports whether the place is a single value that only groups what is
// below it, as a user's outlook: its type has an id and navigations, and nothing
// to keep.
func (p *place) groups() bool {
	if !p.single || p.ref != nil || p.typ == nil {
		return false
	}
	return !slices.ContainsFunc(p.typ.Properties(), func(m *openapi.Property) bool { return !m.Navigation && m.Name != "id" })
}

// resulting reports whether the place is a single value of what a function
// returns, as the format of a workbook's range: it is there, whatever is kept.
func (p *place) resulting() bool { return p.single && p.result && p.ref == nil && !p.solid }

// plain reports whether the place stands in a context without /$entity: what is a
// singleton of the model, and what is no entity (O, JSON format §10; D of
// policies/authorizationPolicy, which is none).
func (p *place) plain() bool {
	if p.typ != nil && p.typ.Kind != openapi.EntityType {
		return true
	}
	return p.standing() && !strings.Contains(p.set.Name, "/") && p.fragment() == p.context
}

// blank is a singleton that nobody has written to yet.
func (q *run) blank() store.Entity {
	var o entity.Object
	if t := q.place.typ; t != nil && t.Property("id") != nil {
		o.SetString("id", singletonID(q.place.set.Name))
	}
	if ownKey(q.place.typ) != "" {
		if _, owner, err := q.reader.At(q.place.set.Parent); err == nil {
			takeKey(&o, q.place.typ, owner.ID) // which it shares
		}
	}
	return store.Entity{JSON: fresh(q.place.typ, o).JSON()}
}

// ownIDs are the ids of singletons below an entity that have another id than their
// name, under which a collection of theirs has them, too (D, resource page
// organizationalBrandingLocalization: 0 or default is the default branding).
var ownIDs = [...]struct{ name, id, alias, collection string }{
	{"branding", "0", "default", "branding/localizations"},
}

func singletonID(set string) string {
	for _, own := range ownIDs {
		if own.name == set {
			return own.id
		}
	}
	return lastOf(set)
}

// itself goes from a collection of a singleton to the singleton, if the key is its.
func (w *walk) itself(key string) bool {
	for _, own := range ownIDs {
		if w.at.set.Name == own.collection && (key == own.id || strings.EqualFold(key, own.alias)) {
			w.at.set.Name, w.at.single, w.at.key = own.name, true, ""
			w.read("")
			return true
		}
	}
	return false
}

func lastOf(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

// settle makes sure that a singleton about to be changed is stored.
func (q *run) settle() *refusal {
	if q.place.found || !q.place.single || q.place.solid || q.place.ref != nil || q.writer == nil {
		return nil
	}
	e := q.blank()
	ordinal, err := q.writer.Insert(q.place.set, e)
	if err != nil {
		return broken(err)
	}
	e.Ordinal = ordinal
	q.place.entity, q.place.found, q.begun = e, true, true
	return nil
}
