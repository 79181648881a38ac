package graph

import (
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

const wantImmutable = `IdType="ImmutableId"`

// wishesImmutable reports whether the client prefers ids of Outlook items that
// stay when the item moves (D, graph-behaviour §2.14).
func (q *run) wishesImmutable() bool {
	return q.op.Family == openapi.FamilyOutlook && (q.wishesFor(wantImmutable) || q.wishesFor("IdType=ImmutableId"))
}

// outward is an entity of the place with the ids that the client prefers. What
// is computed, as an occurrence of a series, has none but its own.
func (q *run) outward(e store.Entity) store.Entity {
	if !q.form.immutable || !hasImmutableID(q.entityType(e)) {
		return e
	}
	o, err := entity.Members(e.JSON)
	if err != nil {
		return e
	}
	if _, kept, err := q.reader.At(e.Ordinal); err == nil && kept.ID == e.ID {
		e.ID = behavior.ImmutableID(e.ID)
	}
	o = o.Clone()
	o.SetString("id", e.ID)
	if master, ok := o.String("seriesMasterId"); ok {
		o.SetString("seriesMasterId", behavior.ImmutableID(master))
	}
	e.JSON = o.JSON()
	return e
}

// outwardID is outward for the id of an entity that is gone.
func (q *run) outwardID(id string) string {
	if q.form.immutable && hasImmutableID(q.place.typ) {
		return behavior.ImmutableID(id)
	}
	return id
}

func hasImmutableID(t *openapi.Type) bool {
	for ; t != nil; t = t.Base() {
		if slices.Contains(behavior.ImmutableTypes, t.Name) {
			return true
		}
	}
	return false
}

// immutable looks for an entity of the set by its immutable id, which works
// whether the client prefers such ids or not.
func (w *walk) immutable(id string) {
	if behavior.IsImmutableID(id) {
		w.at.entity, w.at.found = byImmutableID(w.run.reader, w.at.set, id)
	}
}

// byImmutableID finds an entity of a set by its immutable id: by the index where
// the set is large, else by reading it.
func byImmutableID(r store.Reader, set store.SetKey, id string) (store.Entity, bool) {
	candidates := r.Scan(set, 0)
	if keepsImmutable(r, set) {
		candidates = r.Matches(set, immutableKey(id), 0)
	}
	for e := range candidates {
		if behavior.ImmutableID(e.ID) == id {
			return e, true
		}
	}
	return store.Entity{}, false
}

var (
	immutablePaths = setPaths(behavior.ImmutableSets)
	immutableNames = namesIn(immutablePaths)
)

// keepsImmutable reports whether a set is indexed by immutable ids.
func keepsImmutable(r store.Reader, set store.SetKey) bool {
	return immutableNames[set.Name] && slices.ContainsFunc(immutablePaths, func(p setPath) bool { return p.leadsTo(r, set) })
}

func immutableKeys(r store.Reader, set store.SetKey, id string) []store.Key {
	if !keepsImmutable(r, set) {
		return nil
	}
	return []store.Key{immutableKey(id)}
}

func immutableKey(id string) store.Key {
	return store.Key{Name: "immutable id", Value: behavior.ImmutableCore(id)}
}
