package graph

import (
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// delete answers DELETE of an entity; what it contains goes with it
// (graph-behaviour §3.5), to the bin where the type has one.
func (q *run) delete() (call.Response, *refusal) {
	e, _, refused := q.stored()
	if refused != nil {
		return call.Response{}, refused
	}
	if names, _ := propertyPath(q.Call.Target.Segments); len(names) > 0 {
		return q.deleteProperty(names)
	}
	done, refused := q.lastRites(e)
	if refused != nil {
		return call.Response{}, refused
	}
	if !done {
		if refused := q.discard(e); refused != nil {
			return call.Response{}, refused
		}
	}
	return call.Response{Status: q.success(204)}, nil
}

// lastRites lets rules and behaviours refuse or prepare a deletion; done says
// that nothing is left to delete.
func (q *run) lastRites(e store.Entity) (done bool, refused *refusal) {
	t := q.entityType(e)
	c := q.conductOf(t)
	if refused := refusedBy(c, t, "DELETE"); refused != nil {
		return false, refused
	}
	if c.deleter == nil {
		return false, nil
	}
	known, ok := (tx{q}).Entity(behavior.Ref(e.Ordinal))
	if !ok {
		o, err := entity.Members(e.JSON) // not kept, see find
		if err != nil {
			return false, broken(err)
		}
		known = behavior.Entity{ID: e.ID, Type: t.Name, Object: o}
	}
	done, err := c.deleter.Delete(tx{q}, known)
	if err != nil {
		return false, ruled(err)
	}
	return done, nil
}
