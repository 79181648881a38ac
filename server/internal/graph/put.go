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
	upserted := q.place.key != "" && q.conductOf(q.place.typ).rules.Upserted
	if q.place.found || !upserted {
		response, refused := q.patch() // what has no key is made by a change, too
		if upserted && response.Status == 201 {
			response.Status = 200 // 201 is for what a PUT makes
		}
		return response, refused
	}
	q.Payload = q.Payload.Clone()
	q.Payload.SetString("id", q.place.key)
	return q.create()
}

// vacate clears the properties that a PUT replaces, whether the body has them
// or not.
func vacate(o *entity.Object, t *openapi.Type, names []string) {
	for _, name := range names {
		if p := t.Property(name); p != nil {
			o.Set(name, unset(p))
		}
	}
}
