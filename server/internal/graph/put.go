package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// put answers PUT of an entity: a change as by PATCH, but for what the rules of
// the type say (graph-behaviour §3.5).
func (q *run) put() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if q.place.found || q.place.key == "" || !q.conductOf(q.place.typ).rules.Upserted {
		return q.patch() // what has no key is made by a change, too
	}
	made := q.conductOf(q.place.typ).rules.Upserts
	q.Payload = q.Payload.Clone()
	q.Payload.SetString("id", q.place.key)
	response, refused := q.create()
	if refused == nil && made != 0 {
		response.Status = made
	}
	return response, refused
}

// vacate clears the properties that a PUT replaces, whether the body has them
// or not.
func vacate(o *entity.Object, t *openapi.Type, names []string) {
	for _, name := range names {
		if p := t.Property(name); p != nil && !p.Navigation {
			o.Set(name, unset(p))
		}
	}
}
