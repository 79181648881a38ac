package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// invoke answers an action or function by its behaviour (graph-behaviour §1.7),
// or any other operation by one that stands for the general rules.
func (q *run) invoke() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	invoker := q.invoker()
	if invoker == nil {
		return q.generic()
	}
	bound, refused := q.boundEntity()
	if refused != nil {
		return call.Response{}, refused
	}
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused
	}
	result, fault := invoker.Invoke(tx{q}, bound, q.parameters(payload))
	if fault != nil {
		return call.Response{}, ruled(fault)
	}
	if refused := q.keep(bound); refused != nil {
		return call.Response{}, refused
	}
	return q.result(result), nil
}

// invoker is the behaviour of the call's operation: its own, else one bound to
// the addressed type.
func (q *run) invoker() behavior.Invoker {
	if own, ok := q.special().(behavior.Invoker); ok {
		return own
	}
	t := q.place.typ
	switch {
	case q.place.cast != nil:
		t = q.place.cast
	case q.place.found:
		t = q.entityType(q.place.entity)
	}
	segments := q.Call.Target.Segments
	found, _ := boundTo(q.Behaviors, t, q.place.collection(), segments[len(segments)-1].Name).(behavior.Invoker)
	return found
}

// boundEntity is what an operation is called on: nil for a collection and for
// the service root.
func (q *run) boundEntity() (*behavior.Entity, *refusal) {
	if q.place.collection() {
		return nil, nil
	}
	if refused := q.settle(); refused != nil {
		return nil, refused
	}
	e := q.place.entity
	switch {
	case !q.place.found && (q.place.standing() || q.place.groups()):
		e = q.blank()
	case !q.place.found && (q.op.Kind != openapi.Action && q.op.Kind != openapi.Function || isUnbound(q.special())):
		return nil, nil // what is not there yet is for the behaviour to judge
	case !q.place.found:
		return nil, q.missing(&q.place)
	}
	q.preconditions()
	o, err := entity.Members(e.JSON)
	if err != nil {
		return nil, broken(err)
	}
	bound := &behavior.Entity{Ref: behavior.Ref(e.Ordinal), ID: e.ID, Object: o.Clone()}
	if t := q.entityType(e); t != nil {
		bound.Type = t.Name
	}
	return bound, nil
}

func isUnbound(of any) bool { _, ok := of.(behavior.Unbound); return ok }

// keep stores what an action changed on its entity, unless it is gone.
func (q *run) keep(bound *behavior.Entity) *refusal {
	if q.writer == nil || bound == nil || bound.Ref == behavior.None {
		return nil
	}
	_, e, err := q.reader.At(store.Ordinal(bound.Ref))
	if err != nil {
		return nil
	}
	_, refused := q.replace(e, bound.Object)
	return refused
}

// parameters are an action's body or a function's arguments from the path.
func (q *run) parameters(payload entity.Object) entity.Object {
	if q.op.Method != "GET" {
		return payload
	}
	segments := q.Call.Target.Segments
	var o entity.Object
	for _, a := range segments[len(segments)-1].Args() {
		o.SetString(a.Name, a.Value)
	}
	return o
}
