package graph

import (
	"bytes"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// patch answers PATCH of an entity: all of the body's properties or none are
// applied (graph-behaviour §3.4).
func (q *run) patch() (call.Response, *refusal) {
	if response, done, refused := q.upsert(); done || refused != nil {
		return response, refused
	}
	if refused := q.tooManyBinds(); refused != nil {
		return call.Response{}, refused
	}
	if response, done, refused := q.patchedIn(); done || refused != nil {
		return response, refused
	}
	e, before, refused := q.stored()
	if refused != nil {
		return call.Response{}, refused
	}
	if names, _ := propertyPath(q.Call.Target.Segments); len(names) > 0 {
		return q.patchProperty(e, before, names)
	}
	e = q.untold(e)
	c := q.conductOf(q.entityType(e))
	if refused := refusedBy(c, q.entityType(e), "PATCH"); refused != nil {
		return call.Response{}, refused
	}
	q.inline(q.entityType(e), false)
	q.demand(&c.rules, false)
	payload, refused := q.judge(before)
	if refused != nil {
		return call.Response{}, refused
	}
	if refused := q.retyped(e); refused != nil {
		return call.Response{}, refused
	}
	if refused := q.registered(q.entityType(e), before, payload); refused != nil {
		return call.Response{}, refused
	}
	own, below := brought(q.entityType(e), payload)
	after, refused := q.merged(e, c, before, own)
	if refused != nil {
		return call.Response{}, refused
	}
	if refused := q.remember(e, payload); refused != nil {
		return call.Response{}, refused
	}
	if e, refused = q.replace(e, after); refused != nil {
		return call.Response{}, refused
	}
	if refused = q.renew(e, below); refused != nil {
		return call.Response{}, refused
	}
	if refused = q.bind(e, payload); refused != nil {
		return call.Response{}, refused
	}
	return q.updated(e, payload), nil
}

// merged is the stored entity with the change applied and all that rules and
// behaviours make of it.
func (q *run) merged(e store.Entity, c *conduct, before, payload entity.Object) (entity.Object, *refusal) {
	after := behavior.Entity{Ref: behavior.Ref(e.Ordinal), ID: e.ID, Object: before.Clone()}
	t := q.entityType(e)
	if t != nil {
		after.Type = t.Name
		if q.op.Kind == openapi.Replace {
			vacate(&after.Object, t, c.rules.Replaced)
		}
	}
	applied := merge(t, &after.Object, payload)
	q.stamp(&after.Object, c.rules.Modified)
	q.dateChange(c, &after.Object, payload)
	q.completeParts(t, &after.Object, c.rules.Completed)
	if c.updater != nil {
		if err := c.updater.Update(tx{q}, before, applied, &after); err != nil {
			return nil, ruled(err)
		}
	}
	if len(c.rules.Unique) == 0 {
		return after.Object, nil
	}
	set, _, err := q.reader.At(e.Ordinal)
	if err != nil {
		return nil, broken(err)
	}
	return after.Object, q.unique(&c.rules, set, e.Ordinal, applied)
}

// stored reads the addressed entity, which must be there and meet the
// preconditions.
func (q *run) stored() (store.Entity, entity.Object, *refusal) {
	if refused := q.locate(); refused != nil {
		return store.Entity{}, nil, refused
	}
	if refused := q.settle(); refused != nil {
		return store.Entity{}, nil, refused
	}
	if !q.place.found || q.miscast() {
		return store.Entity{}, nil, q.missing(&q.place)
	}
	if refused := q.preconditions(); refused != nil {
		return store.Entity{}, nil, refused
	}
	o, err := entity.Members(q.place.entity.JSON)
	if err != nil {
		return store.Entity{}, nil, broken(err)
	}
	return q.place.entity, o, nil
}

// miscast reports whether the cast behind an entity of a set is to a type that it is
// not of: through it nothing is changed.
func (q *run) miscast() bool {
	t := q.entityTypeAt(&q.place)
	return q.place.cast != nil && q.place.set.Parent == 0 && t != nil && !t.Is(q.place.cast)
}

// retyped refuses a body that names another type than the stored entity has
// (graph-behaviour §3.4).
func (q *run) retyped(e store.Entity) *refusal {
	name, ok := q.Payload.String("@odata.type")
	t, stored := q.Call.Catalogue.Type(name), q.entityType(e)
	if !ok || t == nil || stored == nil || t == stored {
		return nil
	}
	return q.invalid([]openapi.Finding{{
		In: "body", Path: "/@odata.type", Kind: "odataType",
		Text: "@odata.type: the entity is a " + stored.Name + ", which cannot change",
	}})
}

// entityType is the type of a stored entity: its own, else the declared one.
func (q *run) entityType(e store.Entity) *openapi.Type {
	if e.Type != "" {
		if t := q.Call.Catalogue.Type(e.Type); t != nil {
			return t
		}
	}
	return q.place.typ
}

// replace stores the changed entity; an unchanged one is left alone.
func (q *run) replace(e store.Entity, after entity.Object) (store.Entity, *refusal) {
	data := lean(q.entityType(e), after).JSON()
	if bytes.Equal(data, e.JSON) {
		return e, nil
	}
	e.JSON = data
	revision, err := q.writer.Replace(e.Ordinal, e)
	if err != nil {
		return e, broken(err)
	}
	e.Revision = revision
	q.place.entity = e
	return e, nil
}

// updated answers with or without the entity, as the operation documents, the
// change demands or the client prefers.
func (q *run) updated(e store.Entity, change entity.Object) call.Response {
	status := q.success(200)
	if made := q.conductOf(q.place.typ).rules.Upserts; q.begun && made != 0 {
		status = made
	}
	preferred := representing[q.op.Family] && q.wishesFor(wantRepresentation)
	q.revealed = inFull(q.entityType(e), change)
	if status == 204 && !preferred && len(q.revealed) == 0 {
		return call.Response{Status: status}
	}
	if status == 204 {
		status = 200
	}
	if preferred {
		q.honour(wantRepresentation)
	}
	return q.entityResponse(status, q.computed(e, q.place.typ))
}
