package graph

import "github.com/fakegraph/fakegraph/server/internal/call"

// delete answers DELETE of an entity; what it contains goes with it
// (graph-behaviour §3.5).
func (q *run) delete() (call.Response, *refusal) {
	e, _, refused := q.stored()
	if refused != nil {
		return call.Response{}, refused
	}
	if err := q.writer.Delete(e.Ordinal); err != nil {
		return call.Response{}, broken(err)
	}
	return call.Response{Status: q.success(204)}, nil
}
