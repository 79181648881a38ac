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
	return q.insert(complete(q.place.typ, object))
}

// draft is the new entity as the body describes it, with its id.
func (q *run) draft(payload entity.Object) entity.Object {
	object := make(entity.Object, 0, len(payload)+8)
	object.SetString("id", q.NewID())
	merge(q.place.typ, &object, payload)
	return object
}

func (q *run) insert(object entity.Object) (call.Response, *refusal) {
	id, _ := object.String("id")
	e := store.Entity{ID: id, Type: q.derivedType(), JSON: object.JSON()}
	ordinal, err := q.writer.Insert(q.place.set, e)
	if errors.Is(err, store.ErrExists) {
		return call.Response{}, ruled(grapherr.Conflict(q.family(), "An object with the id '"+id+"' already exists."))
	}
	if err != nil {
		return call.Response{}, broken(err)
	}
	e.Ordinal = ordinal
	q.place.entity, q.place.found = e, true
	response := q.entityResponse(q.success(201), e)
	response.Set("Location", q.entityURL(id))
	return response, nil
}

// derivedType is the type that the body names, when it is not the declared
// one.
func (q *run) derivedType() string {
	name, ok := q.Payload.String("@odata.type")
	if !ok || q.place.typ == nil {
		return ""
	}
	t := q.Call.Catalogue.Type(name)
	if t == nil || t.Name == q.place.typ.Name {
		return ""
	}
	return t.Name
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
