package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// result renders what an action or function returns: entities and complex
// values stand bare, other values are wrapped, a collection is a list, nothing
// is 204.
func (q *run) result(r behavior.Result) call.Response {
	response := q.resultBody(r)
	if r.Status != 0 {
		response.Status = r.Status
	}
	if r.Location != "" {
		response.Set("Location", r.Location)
	}
	if r.Operation != "" {
		response.Set("Operation-Location", r.Operation)
	}
	if r.Made != "" {
		response.Set("Content-Location", r.Made)
	}
	return response
}

func (q *run) resultBody(r behavior.Result) call.Response {
	context := resultContext(q.op.Response())
	switch {
	case r.Entity != nil:
		return q.resultEntity(*r.Entity)
	case r.Body != nil:
		response := call.Response{Status: q.success(200), Body: r.Body}
		response.Set("Content-Type", r.MediaType)
		return response
	case r.IsList:
		return q.json(q.success(200), append(q.resultItems(append(q.open(context), `"value":[`...), r.Collection), ']', '}'))
	case r.Values != nil:
		return q.valueResponse(context, r.Values, q.op.Response())
	case r.Value != nil:
		return q.valueResponse(context, r.Value, q.op.Response())
	}
	return call.Response{Status: q.success(204)}
}

// valueResponse answers with a value that is no entity: an object stands bare,
// all else is wrapped.
func (q *run) valueResponse(context string, value []byte, r openapi.TypeRef) call.Response {
	value = q.picked(q.shaped(value, r), r)
	b := q.open(context, q.options.contextList())
	if len(value) > 0 && value[0] == '{' {
		return q.json(q.success(200), splice(b, value))
	}
	return q.json(q.success(200), append(append(append(b, `"value":`...), value...), '}'))
}

// picked is a complex value, or a list of them, with what $select leaves of it.
func (q *run) picked(value []byte, r openapi.TypeRef) []byte {
	if q.options.selection == nil || len(value) == 0 || value[0] != '{' && value[0] != '[' {
		return value
	}
	if value[0] == '{' {
		return q.options.selection.append([]byte{'{'}, value, r.Type(), false)
	}
	b := []byte{'['}
	for element := range entity.Elements(value) {
		b = append(append(b, q.picked(element, r)...), ',')
	}
	if len(b) > 1 {
		b = b[:len(b)-1]
	}
	return append(b, ']')
}

func (q *run) resultItems(b []byte, items []behavior.Entity) []byte {
	for i, e := range items {
		if i > 0 {
			b = append(b, ',')
		}
		if e.Type == "" {
			element := q.op.Response()
			element.Collection = false
			b = append(b, q.picked(q.shaped(e.JSON(), element), element)...)
			continue
		}
		s := q.viewed(e, q.op.Response().Type())
		q.place.context = q.homeContext(s)
		b = q.listItem(b, s)
	}
	return b
}

// resultEntity answers with an entity in the context of the set that it lives
// in.
func (q *run) resultEntity(e behavior.Entity) call.Response {
	returned := q.op.Response()
	fragment := returned.Name
	switch set, _, err := q.reader.At(store.Ordinal(e.Ref)); {
	case err != nil && q.op.Kind == openapi.Get && q.place.context != "": // read, and not stored
		fragment = q.place.context + "/$entity"
	case err != nil:
	case set.Parent == 0:
		fragment = set.Name + "/$entity"
	case set == q.place.set && q.place.context != "": // made beside the entity that it was asked of
		fragment = q.place.context + "/$entity"
	}
	s := q.outward(q.viewed(e, returned.Type()))
	q.place.context = q.homeContext(s)
	return q.json(q.success(200), q.closeEntity(q.annotated(q.open(fragment), s, s.Type), s, q.unasked(s)))
}

// homeContext is the context of the root set that an entity lives in; "" when
// it lives elsewhere.
func (q *run) homeContext(e store.Entity) string {
	if set, _, err := q.reader.At(e.Ordinal); err == nil && set.Parent == 0 {
		return set.Name
	}
	return ""
}

// viewed is an entity of a behaviour as the rendering sees it: it names its
// type where that is not the declared one, which becomes the place's.
func (q *run) viewed(e behavior.Entity, declared *openapi.Type) store.Entity {
	t := q.typeNamed(e.Type)
	s := store.Entity{Ordinal: store.Ordinal(e.Ref), ID: e.ID, JSON: fresh(t, e.Object).JSON()}
	q.place.typ = declared
	if t != nil && t != declared {
		s.Type = t.Name
	}
	return q.computed(s, declared)
}

// resultContext is the context fragment of a returned type.
func resultContext(t openapi.TypeRef) string {
	if set := boundSets[t.Name]; t.Collection && set != "" {
		return set // D, page of directoryObject: getByIds
	}
	if t.Collection {
		return "Collection(" + t.Name + ")"
	}
	return t.Name
}
