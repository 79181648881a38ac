package graph

import (
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// storeAll stores the entities that an action of a collection takes: one whose id
// is there is changed.
func (q *run) storeAll(payload entity.Object) (call.Response, *refusal) {
	raw, _ := payload.Get(entitiesOf(q.op, q.place.typ))
	var made []behavior.Entity
	for element := range entity.Elements(raw) {
		item, err := entity.Parse(element)
		if err != nil {
			return call.Response{}, broken(err)
		}
		e, refused := q.storeOne(item)
		if refused != nil {
			return call.Response{}, refused
		}
		made = append(made, e)
	}
	returned := q.op.Response()
	if returned.Name == "" {
		return call.Response{Status: q.success(204)}, nil
	}
	if t := returned.Type(); t != q.place.typ {
		for i := range made {
			made[i].Type = returned.Name // of the result of each, which has what the entity has
		}
	}
	return q.result(behavior.ListOf(made...)), nil
}

func (q *run) storeOne(item entity.Object) (behavior.Entity, *refusal) {
	t, at := actual(q.place.typ, nil, item), collectionOf(q.place.set)
	if id, ok := item.String("id"); ok {
		if old, there := (tx{q}).Get(at, id); there {
			merge(t, &old.Object, item)
			return old, ruledIf((tx{q}).Replace(old.Ref, old.Object))
		}
	}
	o, refused := q.designed(t, q.conductOf(t), item)
	if refused != nil {
		return behavior.Entity{}, refused
	}
	made, fault := (tx{q}).Insert(at, behavior.Entity{Type: t.Name, Object: o})
	if c := q.conductOf(t); fault == nil && c.created != nil {
		if fault = c.created.Created(tx{q}, made); fault == nil {
			made, _ = (tx{q}).Entity(made.Ref)
		}
	}
	if made.Type == "" {
		made.Type = t.Name
	}
	return made, ruledIf(fault)
}

// pickedOut answers with the members that ids name, in their order, and takes them
// away if the action does.
func (q *run) pickedOut(payload entity.Object, drops bool) (call.Response, *refusal) {
	raw, _ := payload.Get(idsOf(q.op))
	var ids []string
	for element := range entity.Elements(raw) {
		if id, ok := entity.Unquote(element); ok {
			ids = append(ids, id)
		}
	}
	var found []behavior.Entity
	for e := range q.members() {
		if slices.Contains(ids, e.ID) {
			known, _ := (tx{q}).Entity(behavior.Ref(e.Ordinal))
			found = append(found, known)
		}
	}
	for _, e := range found {
		if !drops {
			break
		}
		if fault := (tx{q}).Delete(e.Ref); fault != nil {
			return call.Response{}, ruled(fault)
		}
	}
	returned := q.op.Response()
	switch {
	case returned.Name == "":
		return call.Response{Status: q.success(204)}, nil
	case returned.Type() == q.place.typ:
		return q.result(behavior.ListOf(found...)), nil
	}
	return q.result(behavior.Result{IsList: true}), nil
}
