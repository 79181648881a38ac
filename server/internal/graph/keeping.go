package graph

import (
	"strconv"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// keeping is a keeper that operations of a path belong to.
type keeping struct {
	behavior.Keeper
	from int // of the first segment that is its own
}

// keepingAt finds the keeper of a path; nil for nearly all.
func keepingAt(set *behavior.Set, segments []openapi.Segment) *keeping {
	for i := 1; i < len(segments); i++ {
		switch segments[i].Kind {
		case openapi.FunctionSegment:
			if t := segments[i].Type(); t != nil {
				if k := set.Keeper(t.Name); k != nil {
					return &keeping{k, i}
				}
			}
		case openapi.SetSegment, openapi.SingleSegment:
			if t := segments[i-1].Type(); t != nil {
				if k := set.Keeper(t.Name + "/" + segments[i].Name); k != nil {
					return &keeping{k, i}
				}
			}
		}
	}
	return nil
}

// byKeeper answers by the keeper of the path; false when there is none, or when it
// leaves the call to the general rules.
func (q *run) byKeeper() (response call.Response, refused *refusal, done bool) {
	if _, ok := q.special().(*keeping); !ok {
		return call.Response{}, nil, false
	}
	k := keepingAt(q.Behaviors, q.Call.Target.Segments) // of this call: it may have steps that others leave out
	at, refused := q.locateAlong(q.Call.Target.Segments[:k.from])
	if refused != nil {
		return call.Response{}, refused, true
	}
	if at.key != "" && !at.found {
		return call.Response{}, q.missing(&at), true
	}
	q.place = at
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused, true
	}
	from := q.knownAt(at)
	r, handled, fault := k.Keep(tx{q}, from, behavior.Query{Method: q.op.Method, Way: q.way(k.from), Body: payload})
	switch {
	case fault != nil:
		return call.Response{}, ruled(fault), true
	case !handled:
		q.place = place{}
		return call.Response{}, nil, false
	case q.op.Kind == openapi.List && r.IsList:
		response, refused := q.keptList(r.Collection)
		return response, refused, true
	case q.op.Kind == openapi.Count:
		counted := call.Response{Status: 200, Body: strconv.AppendInt(nil, int64(len(r.Collection)), 10)}
		counted.Set("Content-Type", "text/plain")
		return counted, nil, true
	}
	q.place.context = q.keptContext(k.from)
	return q.result(r), nil, true
}

// keptContext is the context of an entity in what a keeper keeps; "" of what a
// function returns.
func (q *run) keptContext(from int) string {
	context := contextKey(&q.place)
	rest := q.Call.Target.Segments[from:]
	for i := range rest {
		switch {
		case rest[i].Kind == openapi.FunctionSegment || rest[i].Kind == openapi.ActionSegment:
			return ""
		case rest[i].Kind != openapi.KeySegment:
			context = join(context, rest[i].Name)
		case i+1 < len(rest):
			context += "('" + fragmentEscape(keyText(&rest[i])) + "')"
		}
	}
	return context
}

// knownAt is the entity of a place as behaviours see it; one without members when
// nothing is stored there.
func (q *run) knownAt(at place) behavior.Entity {
	if e, ok := (tx{q}).Entity(behavior.Ref(at.entity.Ordinal)); ok {
		return e
	}
	e := behavior.Entity{ID: at.key}
	if at.typ != nil {
		e.Type = at.typ.Name
	}
	return e
}

// keptList answers with what a keeper lists, under the options of the call.
func (q *run) keptList(items []behavior.Entity) (call.Response, *refusal) {
	segments := q.Call.Target.Segments
	last := segments[len(segments)-1]
	q.place = place{set: q.place.set, typ: q.op.Response().Type(), context: join(contextKey(&q.place), last.Name), virtual: []store.Entity{}}
	for _, e := range items {
		q.place.virtual = append(q.place.virtual, q.listedEntity(e))
	}
	return q.listAs(q.place.fragment()+q.options.contextList(), q.listItem)
}

// way is the steps of the call's path from a segment on.
func (q *run) way(from int) (way []behavior.Step) {
	for _, s := range q.Call.Target.Segments[from:] {
		step := behavior.Step{Name: plainName(s.Name)}
		switch {
		case s.Kind == openapi.KeySegment:
			step.Name, step.Key = keyText(&s), true
		default:
			for _, a := range s.Args() {
				step.Args = append(step.Args, entity.Member{Name: a.Name, Value: entity.Quote(nil, a.Value)})
			}
		}
		way = append(way, step)
	}
	return way
}
