package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// invoke answers a bound action or function by its behaviour
// (graph-behaviour §1.7).
func (q *run) invoke() (call.Response, *refusal) {
	invoker, ok := q.Behaviors.Operation(q.op.Method, q.op.Template).(behavior.Invoker)
	if !ok {
		return q.generic()
	}
	e, bound, refused := q.stored()
	if refused != nil {
		return call.Response{}, refused
	}
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused
	}
	result, fault := invoker.Invoke(q, &bound, q.parameters(payload))
	if fault != nil {
		return call.Response{}, ruled(fault)
	}
	if q.writer != nil {
		if _, refused = q.replace(e, bound); refused != nil {
			return call.Response{}, refused
		}
	}
	return q.result(result), nil
}

// parameters are an action's body or a function's arguments from the path.
func (q *run) parameters(payload entity.Object) entity.Object {
	if q.op.Kind == openapi.Action {
		return payload
	}
	segments := q.Call.Target.Segments
	var o entity.Object
	for _, a := range segments[len(segments)-1].Args {
		o.SetString(a.Name, a.Value)
	}
	return o
}

// result renders what an action or function returns: values are wrapped, a
// collection is a list, nothing is 204.
func (q *run) result(r behavior.Result) call.Response {
	if r.Value == nil && !r.IsList {
		return call.Response{Status: q.success(204)}
	}
	b := q.open(resultContext(q.op.Response()))
	if r.IsList {
		b = append(b, `"value":[`...)
		for i, o := range r.Collection {
			if i > 0 {
				b = append(b, ',')
			}
			b = o.Append(b)
		}
		b = append(b, ']')
	} else {
		b = append(append(b, `"value":`...), r.Value...)
	}
	return q.json(q.success(200), append(b, '}'))
}

// resultContext is the context fragment of a returned type.
func resultContext(t openapi.TypeRef) string {
	if t.Collection {
		return "Collection(" + t.Name + ")"
	}
	return t.Name
}
