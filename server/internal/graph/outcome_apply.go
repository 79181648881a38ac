package graph

import (
	"bytes"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// resolved answers an action by the general rules of outcome.go; false when
// there is none for the call.
func (q *run) resolved(payload entity.Object) (response call.Response, refused *refusal, ok bool) {
	how := outcomeOf(q.op, q.Call.Target.Segments)
	if how == noOutcome || q.writer == nil || !q.place.collection() && !q.place.found {
		return call.Response{}, nil, false
	}
	switch how {
	case outcomeTaken:
		response, refused = q.take(payload)
	case outcomeChanges:
		response, refused = q.changeContained(payload)
	case outcomeCopied:
		response, refused = q.copied(payload)
	case outcomeStored:
		response, refused = q.storeAll(payload)
	case outcomeNamed, outcomeDropped:
		response, refused = q.pickedOut(payload, how == outcomeDropped)
	case outcomeSiblings:
		q.place.key, q.place.found, q.place.entity = "", false, store.Entity{}
		response, refused = q.listAs(resultContext(q.op.Response()), q.listItem)
	}
	return response, refused, true
}

// take gives the entity what the parameters say.
func (q *run) take(payload entity.Object) (call.Response, *refusal) {
	e, t := q.place.entity, q.entityType(q.place.entity)
	before, err := entity.Members(e.JSON)
	if err != nil {
		return call.Response{}, broken(err)
	}
	own, below := q.distribute(t, before, payload)
	after := before.Clone()
	merge(t, &after, own)
	q.stamp(&after, q.conductOf(t).rules.Modified)
	if e, refused := q.replace(e, after); refused != nil {
		return call.Response{}, refused
	} else if refused = q.takeBelow(e, below); refused != nil {
		return call.Response{}, refused
	}
	return q.taken(t, below)
}

// distribute parts what parameters say into values of the entity and what it
// contains.
func (q *run) distribute(t *openapi.Type, before, payload entity.Object) (own entity.Object, below []nested) {
	for _, p := range q.op.Parameters() {
		value, given := payload.Get(p.Name)
		to := destination(t, p)
		switch {
		case !given || to == nil:
		case !to.Navigation:
			own.Set(to.Name, q.joined(before, to, value))
		default:
			if n, ok := nestedOf(to, value); ok {
				below = append(below, n)
			}
		}
	}
	return own, below
}

// joined is a value as the action leaves it: one that adds to a list, or removes
// from it, keeps the rest.
func (q *run) joined(before entity.Object, to *openapi.Property, value []byte) []byte {
	adds, removes := begins(q.verb(), "add"), begins(q.verb(), "remove")
	if !to.Type.Collection || !adds && !removes {
		return value
	}
	old, _ := before.Get(to.Name)
	var named [][]byte
	for element := range entity.Elements(value) {
		named = append(named, element)
	}
	var kept [][]byte
	for element := range entity.Elements(old) {
		if !slices.ContainsFunc(named, func(n []byte) bool { return bytes.Equal(entity.Compact(n), element) }) {
			kept = append(kept, element)
		}
	}
	if adds {
		kept = append(kept, named...)
	}
	return append(append([]byte{'['}, bytes.Join(kept, []byte{','})...), ']')
}

// verb is the name of the call's action.
func (q *run) verb() string {
	segments := q.Call.Target.Segments
	return plainName(segments[len(segments)-1].Name)
}

// takeBelow adds, removes or replaces entities that an action names.
func (q *run) takeBelow(e store.Entity, below []nested) *refusal {
	switch {
	case begins(q.verb(), "add"):
		return q.attachAll(e, below)
	case !begins(q.verb(), "remove"):
		q.nameAssignments(e, below)
		return q.renew(e, below)
	}
	for _, n := range below {
		for _, item := range n.items {
			id, _ := item.String("id")
			if known, ok := q.knownAs(n, item); ok {
				if _, err := q.writer.Unlink(e.Ordinal, n.property.Name, known); err != nil {
					return broken(err)
				}
			} else if one, err := q.reader.Get(within(q.reader, q.Call.Tenant, e.Ordinal, n.property.Name), id); err == nil {
				if err := q.writer.Delete(one.Ordinal); err != nil {
					return broken(err)
				}
			}
		}
	}
	return nil
}

// taken answers an action that gave its entity something: with the list that it
// is about, the entity, or nothing.
func (q *run) taken(t *openapi.Type, below []nested) (call.Response, *refusal) {
	returned := q.op.Response()
	for _, n := range below {
		if returned.Collection && n.property.Type.Type() == returned.Type() {
			q.place = place{set: within(q.reader, q.Call.Tenant, q.place.entity.Ordinal, n.property.Name), typ: returned.Type()}
			return q.listAs(resultContext(returned), q.listItem)
		}
	}
	return q.leastAnswer(returned), nil
}

// copied makes a copy of the entity, with what it contains.
func (q *run) copied(payload entity.Object) (call.Response, *refusal) {
	from, t := q.place.entity, q.entityType(q.place.entity)
	old, err := entity.Members(from.JSON)
	if err != nil {
		return call.Response{}, broken(err)
	}
	o, rules := old.Clone(), &q.conductOf(t).rules
	for _, m := range payload {
		if t.Property(m.Name) != nil && m.Name != "id" {
			o.Set(m.Name, m.Value)
		}
	}
	q.stamp(&o, rules.Created)
	q.stamp(&o, rules.Modified)
	made, refused := q.duplicate(q.place.set, from, o)
	if refused != nil {
		return call.Response{}, refused
	}
	q.place.entity, q.place.key = made, made.ID
	return q.entityResponse(q.success(200), made), nil
}

// duplicate stores another entity like one in a set, with other members, and
// what that one contains below it.
func (q *run) duplicate(set store.SetKey, from store.Entity, members entity.Object) (store.Entity, *refusal) {
	made := store.Entity{ID: from.ID, Type: from.Type}
	if from.ID != "" {
		made.ID = q.NewID()
		members.SetString("id", made.ID)
	}
	made.JSON = members.JSON()
	var err error
	if made.Ordinal, err = q.writer.Insert(set, made); err != nil {
		return made, broken(err)
	}
	made.Revision = uint64(made.Ordinal)
	t := q.typeNamed(q.ownType(nil, set, from))
	if t == nil {
		return made, nil
	}
	for _, p := range t.Properties() {
		if refused := q.duplicateBelow(p, from, made); refused != nil {
			return made, refused
		}
	}
	return made, nil
}

func (q *run) duplicateBelow(p *openapi.Property, from, to store.Entity) *refusal {
	if !p.Contained {
		return nil
	}
	source := within(q.reader, q.Call.Tenant, from.Ordinal, p.Name)
	for e := range q.reader.Scan(source, 0) {
		o, err := entity.Members(e.JSON)
		if err != nil {
			return broken(err)
		}
		if _, refused := q.duplicate(within(q.reader, q.Call.Tenant, to.Ordinal, p.Name), e, o.Clone()); refused != nil {
			return refused
		}
	}
	return nil
}
