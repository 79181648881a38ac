package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// brought parts a change's own members from the entities among them, of which
// nearly all have none.
func brought(t *openapi.Type, change entity.Object) (entity.Object, []nested) {
	for _, m := range change {
		if t == nil {
			break
		}
		if p := t.Property(m.Name); p != nil && p.Navigation {
			return split(t, change)
		}
	}
	return change, nil
}

// meet links a new entity to those of its body that are there already, named by
// their ids, and returns what is left to make.
func (q *run) meet(e store.Entity, below []nested) ([]nested, error) {
	left := make([]nested, 0, len(below))
	for _, n := range below {
		rest := n
		rest.items = nil
		for _, item := range n.items {
			known, ok := q.knownAs(n, item)
			if !ok {
				rest.items = append(rest.items, item)
				continue
			}
			if err := n.join(q.writer, e.Ordinal, known); err != nil {
				return nil, err
			}
		}
		left = append(left, rest)
	}
	return left, nil
}

// knownAs finds an entity that a navigation by reference may lead to, by the id
// that an object in a body has.
func (q *run) knownAs(n nested, item entity.Object) (store.Ordinal, bool) {
	id, ok := item.String("id")
	t := n.property.Type.Type()
	if !ok || n.property.Contained || t == nil {
		return 0, false
	}
	for set, e := range q.reader.Find(q.Call.Tenant, id) {
		own := q.typeNamed(q.ownType(nil, set, e))
		if !isBin(set.Name) && own != nil && own.Is(t) {
			return e.Ordinal, true
		}
	}
	return 0, false
}

// keepOthers gives the new value of a navigation the members of the old one that it
// does not name.
func keepOthers(n nested, old store.Entity) {
	if !n.single || len(n.items) != 1 {
		return
	}
	was, err := entity.Members(old.JSON)
	if err != nil {
		return
	}
	for _, m := range was {
		if !n.items[0].Has(m.Name) {
			n.items[0].Set(m.Name, m.Value)
		}
	}
}

// renew replaces the entities of navigations that a change brings as a whole.
func (q *run) renew(e store.Entity, below []nested) *refusal {
	merged := q.conductOf(q.entityType(e)).rules.Merged
	for _, n := range below {
		set := within(q.reader, q.Call.Tenant, e.Ordinal, n.property.Name)
		var old []store.Ordinal
		for one := range q.reader.Scan(set, 0) {
			if slices.Contains(merged, n.property.Name) {
				keepOthers(n, one)
			}
			old = append(old, one.Ordinal)
		}
		if !n.property.Contained {
			if refused := q.unlinkAll(&reference{owner: e.Ordinal, link: n.property.Name}); refused != nil {
				return refused
			}
		}
		for _, o := range old {
			if err := q.writer.Delete(o); err != nil {
				return broken(err)
			}
		}
	}
	return q.attachAll(e, below)
}

// attachAll stores what a body brings along, and links the entity to it.
func (q *run) attachAll(e store.Entity, below []nested) *refusal {
	if len(below) == 0 {
		return nil
	}
	q.number(e, below)
	below, err := q.meet(e, below)
	if err != nil {
		return failed(err)
	}
	var binds []binding
	if err = insertNested(q.writer, q.Call.Tenant, e.Ordinal, below, q.nesting(&binds)); err != nil {
		return failed(err)
	}
	return q.bindAll(binds)
}

// number gives entities that are known by their place the ids.
func (q *run) number(e store.Entity, below []nested) {
	numbered := q.conductOf(q.entityType(e)).rules.Numbered
	for _, n := range below {
		for i := range n.items {
			if slices.Contains(numbered, n.property.Name) {
				n.items[i].SetString("id", strconv.Itoa(i))
			}
		}
	}
}

// binding is an entity that a body brings along, and what it is to be linked to.
type binding struct {
	of   store.Entity
	said entity.Object
}

// nesting stores what a body brings along, and notes what that is to be linked to.
func (q *run) nesting(binds *[]binding) nesting {
	return nesting{newID: q.NewID, complete: q.complete, made: func(e store.Entity, t *openapi.Type, item entity.Object) {
		if !(binding{said: item}).any() {
			return
		}
		if t != nil {
			e.Type = t.Name
		}
		*binds = append(*binds, binding{e, item})
	}}
}

// any reports whether there is anything to be linked to.
func (b binding) any() bool {
	return slices.ContainsFunc(b.said, func(m entity.Member) bool { return strings.HasSuffix(m.Name, bindSuffix) })
}

// bindAll makes the links. One to what is not there is left out, and the tester told:
// documented examples name what services have by themselves.
func (q *run) bindAll(binds []binding) *refusal {
	for _, b := range binds {
		for _, m := range b.said {
			if !strings.HasSuffix(m.Name, bindSuffix) {
				continue
			}
			switch refused := q.bind(b.of, entity.Object{m}); {
			case refused != nil && refused.err == nil:
				return refused
			case refused != nil:
				q.note(m.Name + " inside the body leads nowhere here, and was left out")
			}
		}
	}
	return nil
}

// complete lets the behaviour of its type complete what a body brings along.
func (q *run) complete(t *openapi.Type, own entity.Object) entity.Object {
	brings := q.conductOf(t).brought
	if brings == nil {
		return own
	}
	id, _ := own.String("id")
	e := behavior.Entity{ID: id, Type: t.Name, Object: own}
	brings.Brought(tx{q}, &e)
	return e.Object
}
