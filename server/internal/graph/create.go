package graph

import (
	"errors"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// create answers POST to a collection (graph-behaviour §3.3).
func (q *run) create() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if refused := q.tooManyBinds(); refused != nil {
		return call.Response{}, refused
	}
	q.inline(q.place.typ, true)
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused
	}
	object := q.draft(payload)
	if creator, ok := q.behaviorOf().(behavior.Creator); ok {
		if err := creator.Create(q, &object); err != nil {
			return call.Response{}, ruled(err)
		}
	}
	own, below := split(q.place.typ, object)
	return q.insert(complete(q.place.typ, own), below)
}

// draft is the new entity as the body describes it, with its id.
func (q *run) draft(payload entity.Object) entity.Object {
	object := make(entity.Object, 0, len(payload)+8)
	object.SetString("id", q.NewID())
	merge(q.place.typ, &object, payload)
	q.place.belong(&object)
	return object
}

// insert stores a new entity, with what it contains and the links it asks for.
func (q *run) insert(object entity.Object, below []nested) (call.Response, *refusal) {
	id, _ := object.String("id")
	e := store.Entity{ID: id, Type: q.derivedType(), JSON: object.JSON()}
	ordinal, err := q.writer.Insert(q.home(e), e)
	if errors.Is(err, store.ErrExists) {
		return call.Response{}, ruled(grapherr.Conflict(q.family(), "An object with the id '"+id+"' already exists."))
	}
	if err != nil {
		return call.Response{}, broken(err)
	}
	e.Ordinal, e.Revision = ordinal, uint64(ordinal)
	if refused := q.attach(e, below); refused != nil {
		return call.Response{}, refused
	}
	q.place.entity, q.place.found = e, true
	response := q.entityResponse(q.success(201), e)
	response.Set("Location", q.entityURL(id))
	return response, nil
}

// home is the set that a new entity goes to: the addressed one, or that of its
// type when it is made through a navigation by reference.
func (q *run) home(e store.Entity) store.SetKey {
	if q.place.ref == nil {
		return q.place.set
	}
	name := e.Type
	if name == "" && q.place.typ != nil {
		name = q.place.typ.Name
	}
	return homeOf(q.Call.Tenant, name, q.place.ref.owner, q.place.ref.link)
}

// attach stores what a new entity contains, and its links.
func (q *run) attach(e store.Entity, below []nested) *refusal {
	if err := insertNested(q.writer, q.Call.Tenant, e.Ordinal, below, q.NewID); err != nil {
		return broken(err)
	}
	if q.place.ref != nil {
		if _, refused := q.link(q.place.ref, e); refused != nil {
			return refused
		}
	}
	return q.bind(e, q.Payload)
}

// derivedType is the type that the body names, when it is not the declared
// one; a type that the version lacks is none.
func (q *run) derivedType() string {
	name := derivedOf(q.place.typ, q.Payload)
	if t := q.Call.Catalogue.Type(name); t != nil {
		return t.Name
	}
	return ""
}

// behaviorOf returns the behaviour of the addressed type, or nil.
func (q *run) behaviorOf() any {
	if q.place.typ == nil {
		return nil
	}
	return q.Behaviors.Type(q.place.typ.Name)
}

// success is the documented status of the operation, or the general one.
func (q *run) success(general int) int {
	if q.op.Status != 0 {
		return q.op.Status
	}
	return general
}

// ruled is the refusal of a behaviour or of a rule that explains itself.
func ruled(err *grapherr.Error) *refusal {
	reason := err.Message
	if err.Inner != nil && err.Inner.Message != "" {
		reason = err.Inner.Message
	}
	return &refusal{err: err, reason: reason}
}

// broken is the answer to a store that does not work.
func broken(err error) *refusal {
	return &refusal{err: grapherr.Internal(), reason: "store: " + err.Error()}
}
