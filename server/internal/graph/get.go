package graph

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// get answers GET of one entity.
func (q *run) get() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if names, raw := propertyPath(q.Call.Target.Segments); len(names) > 0 || raw {
		if !q.place.found && q.place.standing() {
			q.place.entity, q.place.found = q.blank(), true
		}
		return q.property(names, raw)
	}
	if !q.place.found && q.place.resulting() {
		q.note("generic answer: what " + q.op.Template + " leads to is not kept")
		return q.entityResponse(q.success(200), q.blank()), nil
	}
	if !q.place.found && q.place.standing() {
		return q.entityResponse(q.success(200), q.blank()), nil
	}
	if !q.place.found {
		return call.Response{}, q.missing(&q.place)
	}
	e := q.computed(q.place.entity, q.place.typ)
	if same, unmodified := q.unmodified(e); unmodified {
		return same, nil
	}
	return q.entityResponse(q.success(200), e), nil
}

// count answers GET …/$count: digits as plain text (graph-behaviour §2.7).
func (q *run) count() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if refused := q.virtual(); refused != nil {
		return call.Response{}, refused
	}
	n := q.total()
	r := call.Response{Status: 200, Body: strconv.AppendInt(nil, int64(n), 10)}
	r.Set("Content-Type", "text/plain")
	return r, nil
}
