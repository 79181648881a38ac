package graph

import (
	"io"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// amender is the behaviour that a PATCH of the addressed stream speaks to; nil
// where such a body is the new bytes.
func (q *run) amender() behavior.Amender {
	segments := q.Call.Target.Segments
	if len(segments) < 2 {
		return nil
	}
	for t := segments[len(segments)-2].Type(); t != nil; t = t.Base() {
		if a, ok := q.Behaviors.Type(t.Name).(behavior.Amender); ok {
			return a
		}
	}
	return nil
}

// amendStream lets a behaviour change a stream.
func (q *run) amendStream(a behavior.Amender) (call.Response, *refusal) {
	change, err := io.ReadAll(q.content())
	if err != nil {
		return call.Response{}, untaken(err)
	}
	return q.inUpdate(func() (call.Response, *refusal) {
		if _, refused := q.receivable(); refused != nil {
			return call.Response{}, refused
		}
		e, ok := tx{q}.Entity(behavior.Ref(q.place.entity.Ordinal))
		if !ok {
			return call.Response{}, q.missing(&q.place)
		}
		e.Object = append(entity.Object{}, e.Object...)
		if err := a.Amend(tx{q}, &e, streamName(q.Call.Target.Segments), q.Call.Header.Get("Content-Type"), change); err != nil {
			return call.Response{}, ruled(err)
		}
		_, refused := q.rewrite(q.place.entity, e.Object)
		return call.Response{Status: 204}, refused
	})
}
