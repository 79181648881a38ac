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
	if !behavior.IsImmutableID(id) {
		return
	}
	for e := range w.run.reader.Scan(w.at.set, 0) {
		if behavior.ImmutableID(e.ID) == id {
			w.at.entity, w.at.found = e, true
			return
		}
	}
}
