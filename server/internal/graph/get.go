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
	if !q.place.found {
		return call.Response{}, q.missing(&q.place)
	}
	return q.entityResponse(q.success(200), q.place.entity), nil
}

// count answers GET …/$count: digits as plain text (graph-behaviour §2.7).
func (q *run) count() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	n, refused := q.total()
	if refused != nil {
		return call.Response{}, refused
	}
	r := call.Response{Status: 200, Body: strconv.AppendInt(nil, int64(n), 10)}
	r.Set("Content-Type", "text/plain")
	return r, nil
}
