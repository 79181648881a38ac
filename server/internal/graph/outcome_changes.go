package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Actions that take what is to change of one collection which an entity contains
// (assumed, 2026-11, from the names of their parameters and what clients send:
// policySet/update, groupPolicyConfiguration/updateDefinitionValues): "added…" and
// "updated…" are members, "deleted…" their ids; any further parameter replaces what
// has its name.

// changes are the parameters of such an action.
type changes struct {
	of                      *openapi.Property // the collection
	added, updated, deleted string
	whole                   []*openapi.Property // parameters that replace
}

// changesOf is how an action changes what an entity contains; nil if it does not.
func changesOf(op *openapi.Operation, t *openapi.Type) *changes {
	c := changes{}
	for _, p := range op.Parameters() {
		switch {
		case strings.HasPrefix(p.Name, "added"):
			c.added, c.of = p.Name, onlyNavigation(t, p.Type)
		case strings.HasPrefix(p.Name, "updated"):
			c.updated = p.Name
		case strings.HasPrefix(p.Name, "deleted"):
			c.deleted = p.Name
		case destination(t, p) == nil:
			return nil
		default:
			c.whole = append(c.whole, p)
		}
	}
	if c.of == nil || !c.of.Contained || c.updated == "" && c.deleted == "" {
		return nil
	}
	return &c
}

// changeContained does so.
func (q *run) changeContained(payload entity.Object) (call.Response, *refusal) {
	e, t := q.place.entity, q.entityType(q.place.entity)
	c := changesOf(q.op, t)
	if c == nil {
		return q.leastAnswer(q.op.Response()), nil // of a derived type that has other properties
	}
	below := []nested{}
	for _, p := range c.whole {
		if value, given := payload.Get(p.Name); given {
			if n, ok := nestedOf(destination(t, p), value); ok {
				below = append(below, n)
			}
		}
	}
	if refused := q.renew(e, below); refused != nil {
		return call.Response{}, refused
	}
	set := within(q.reader, q.Call.Tenant, e.Ordinal, c.of.Name)
	if refused := q.changeMembers(c, set, payload); refused != nil {
		return call.Response{}, refused
	}
	return q.leastAnswer(q.op.Response()), nil
}

func (q *run) changeMembers(c *changes, set store.SetKey, payload entity.Object) *refusal {
	gone, _ := payload.Get(c.deleted)
	for element := range entity.Elements(gone) {
		id, _ := entity.Unquote(element)
		if one, err := q.reader.Get(set, id); err == nil {
			if err := q.writer.Delete(one.Ordinal); err != nil {
				return broken(err)
			}
		}
	}
	if refused := q.eachMember(payload, c.updated, func(item entity.Object) *refusal { return q.updateMember(c, set, item) }); refused != nil {
		return refused
	}
	return q.eachMember(payload, c.added, func(item entity.Object) *refusal { return q.addMember(c, set, item) })
}

func (q *run) eachMember(payload entity.Object, parameter string, do func(entity.Object) *refusal) *refusal {
	raw, _ := payload.Get(parameter)
	for element := range entity.Elements(raw) {
		item, err := entity.Parse(element)
		if err != nil {
			return broken(err)
		}
		if refused := do(item); refused != nil {
			return refused
		}
	}
	return nil
}

// updateMember replaces what one of the collection has, and what it contains.
func (q *run) updateMember(c *changes, set store.SetKey, item entity.Object) *refusal {
	id, _ := item.String("id")
	old, there := (tx{q}).Get(behavior.Collection{Parent: behavior.Ref(set.Parent), Name: set.Name}, id)
	if !there {
		return q.addMember(c, set, item)
	}
	t := actual(c.of.Type.Type(), nil, item)
	own, below := split(t, item)
	merge(t, &old.Object, plain(own))
	if fault := (tx{q}).Replace(old.Ref, old.Object); fault != nil {
		return ruled(fault)
	}
	e := store.Entity{Ordinal: store.Ordinal(old.Ref), ID: id, Type: t.Name}
	if refused := q.renew(e, below); refused != nil {
		return refused
	}
	return q.bind(e, item)
}

// addMember stores one with what it brings along and the links that it asks for.
func (q *run) addMember(c *changes, set store.SetKey, item entity.Object) *refusal {
	item.SetString("id", q.NewID())
	var binds []binding
	if _, err := insertTree(q.writer, set, nested{property: c.of}, item, q.nesting(&binds)); err != nil {
		return broken(err)
	}
	return q.bindAll(binds)
}
