package graph

import (
	"errors"

	"github.com/fakegraph/fakegraph/openapi"
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
	if names, _ := propertyPath(q.Call.Target.Segments); len(names) > 0 {
		return q.createProperty(names)
	}
	if refused := q.tooManyBinds(); refused != nil {
		return call.Response{}, refused
	}
	t := q.createdType()
	c := q.conductOf(t)
	if refused := refusedBy(c, t, "POST"); refused != nil {
		return call.Response{}, refused
	}
	q.inline(t, true)
	q.demand(&c.rules, true)
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused
	}
	if refused := q.registered(t, nil, payload); refused != nil {
		return call.Response{}, refused
	}
	if response, known := q.again(c, payload); known {
		return response, nil
	}
	object, refused := q.designed(t, c, payload)
	if refused != nil {
		return call.Response{}, refused
	}
	own, below := split(t, object)
	return q.insert(c, fresh(t, own), below)
}

// again answers a create of what is there already.
func (q *run) again(c *conduct, payload entity.Object) (call.Response, bool) {
	if c.again == nil {
		return call.Response{}, false
	}
	known, ok := c.again.Again(tx{q}, payload)
	if !ok {
		return call.Response{}, false
	}
	_, e, err := q.reader.At(store.Ordinal(known.Ref))
	if err != nil {
		return call.Response{}, false
	}
	q.place.entity, q.place.found = e, true
	response := q.entityResponse(q.success(201), q.computed(e, q.place.typ))
	response.Set("Location", q.entityURL(e.ID))
	return response, true
}

// createdType is the type of the entity that a body describes.
func (q *run) createdType() *openapi.Type {
	if t := q.Call.Catalogue.Type(derivedOf(q.place.typ, q.Payload)); t != nil {
		return t
	}
	if q.place.cast != nil {
		return q.place.cast
	}
	return q.place.typ
}

// designed is the new entity with all that rules and behaviours give it.
func (q *run) designed(t *openapi.Type, c *conduct, payload entity.Object) (entity.Object, *refusal) {
	e := behavior.Entity{Object: q.draft(t, c, payload)}
	if t != nil {
		e.Type = t.Name
	}
	q.provide(&c.rules, &e.Object)
	q.dateNew(c, &e.Object)
	q.completeParts(t, &e.Object, c.rules.Completed)
	if c.creator != nil {
		if err := c.creator.Create(tx{q}, &e); err != nil {
			return nil, ruled(err)
		}
	}
	set := q.home(store.Entity{Type: e.Type})
	return e.Object, q.unique(&c.rules, set, 0, e.Object)
}

// draft is the new entity as the body describes it, with its id.
func (q *run) draft(t *openapi.Type, c *conduct, payload entity.Object) entity.Object {
	object := make(entity.Object, 0, len(payload)+8)
	object.SetString("id", q.NewID())
	merge(t, &object, payload)
	if id, ok := ownID(&c.rules, q.Payload); ok {
		object.SetString("id", id)
	} else if id := givenKey(t, object.Get); id != "" {
		object.SetString("id", id)
	}
	q.place.belong(&object)
	return object
}

// insert stores a new entity, with what it contains and the links it asks for.
func (q *run) insert(c *conduct, object entity.Object, below []nested) (call.Response, *refusal) {
	id, _ := object.String("id")
	if t := q.createdType(); ownKey(t) != "" && t.Property("id") == nil {
		object.Delete("id")
	}
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
	q.place.entity, q.place.found, q.made = e, true, true
	q.echo(c.rules.Echoed, below)
	if refused := q.follows(c, e); refused != nil {
		return call.Response{}, refused
	}
	response := q.entityResponse(q.success(201), q.computed(q.place.entity, q.place.typ))
	response.Set("Location", q.entityURL(id))
	return response, nil
}

// follows lets a behaviour do what a new entity brings about.
func (q *run) follows(c *conduct, e store.Entity) *refusal {
	if c.created == nil {
		return nil
	}
	if known, ok := (tx{q}).Entity(behavior.Ref(e.Ordinal)); ok {
		if err := c.created.Created(tx{q}, known); err != nil {
			return ruled(err)
		}
	}
	return nil
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
	if refused := q.attachAll(e, below); refused != nil {
		return refused
	}
	if q.place.ref != nil {
		if _, refused := q.link(q.place.ref, e); refused != nil {
			return refused
		}
	}
	return q.bind(e, q.Payload)
}

// derivedType is the type that the body names, or else the cast of the path, when it
// is not the declared one; a type that the version lacks is none.
func (q *run) derivedType() string {
	name := derivedOf(q.place.typ, q.Payload)
	if t := q.Call.Catalogue.Type(name); t != nil {
		return t.Name
	}
	if q.place.ref != nil && q.place.typ != nil && narrower[q.place.typ.Name] {
		return q.place.typ.Name
	}
	if q.place.cast != nil && q.place.cast != q.place.typ {
		return q.place.cast.Name
	}
	return ""
}

// success is the documented status of the operation, or the general one. What
// is documented to redirect and answers itself, such as a report in JSON, has the
// general one too.
func (q *run) success(general int) int {
	if q.op.Status != 0 && q.op.Status < 300 {
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

// ruledIf is ruled of a fault, if there is one.
func ruledIf(err *grapherr.Error) *refusal {
	if err == nil {
		return nil
	}
	return ruled(err)
}

// broken is the answer to a store that does not work.
func broken(err error) *refusal {
	return &refusal{err: grapherr.Internal(), reason: "store: " + err.Error()}
}
