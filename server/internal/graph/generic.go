package graph

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// generic answers an action or function that has no behaviour: nothing is
// done, the result fits the description and depends on the state alone, and
// the tester is told.
func (q *run) generic() (call.Response, *refusal) {
	if refused := q.locate(); refused != nil {
		return call.Response{}, refused
	}
	if q.place.key != "" && !q.place.found {
		return call.Response{}, q.missing(&q.place)
	}
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused
	}
	if act := binActions[plainName(lastOf(q.op.Template))]; act != nil && isBin(q.place.set.Name) && q.place.found {
		return act(q)
	}
	if q.isReport() {
		return q.report()
	}
	if response, refused, ok := q.derived(); ok {
		return response, refused
	}
	if response, refused, ok := q.resolved(payload); ok {
		return response, refused
	}
	q.note("generic answer: fakegraph has no rules of its own for " + q.op.Method + " " + q.op.Template)
	return q.answerTaking(payload), nil
}

// answerTaking is the least answer, with the parameters that its type has properties
// for: what an action makes of them is told with them (assumed, 2026-11, from pages such
// as serviceprincipal-createpasswordsinglesignoncredentials).
func (q *run) answerTaking(payload entity.Object) call.Response {
	returned := q.op.Response()
	t := returned.Type()
	if q.op.Kind != openapi.Action || returned.Collection || t == nil || t.Kind == openapi.EnumType || q.place.found && q.place.typ != nil && q.place.typ.Is(t) {
		return q.leastAnswer(returned)
	}
	o := leastObject(t, 0)
	for _, p := range q.op.Parameters() {
		to := t.PropertyFold(p.Name)
		if raw, given := payload.Get(p.Name); given && to != nil && to.Type == p.Type {
			o.Set(to.Name, raw)
		}
	}
	return q.valueResponse(returned.Name, o.JSON(), returned)
}

// leastAnswer is no content, an empty list or one value, by what is returned.
func (q *run) leastAnswer(returned openapi.TypeRef) call.Response {
	switch {
	case returned.Name == "":
		return call.Response{Status: q.success(204)}
	case returned.Collection:
		return q.result(behavior.Result{IsList: true})
	}
	return q.genericValue(returned)
}

// genericValue is one value of a type: the bound entity where it has that type,
// else the type's least value.
func (q *run) genericValue(returned openapi.TypeRef) call.Response {
	t := returned.Type()
	if t == nil || t.Kind == openapi.EnumType {
		return q.result(behavior.Result{Value: leastValue(returned, 0)})
	}
	if q.place.found && q.place.typ != nil && q.place.typ.Is(t) {
		return q.entityResponse(q.success(200), q.place.entity)
	}
	return q.valueResponse(returned.Name, leastValue(returned, 0), returned)
}

// leastValues are the smallest values of the primitive types.
var leastValues = map[string]string{
	"Edm.Boolean": "false", "Edm.Date": `"0001-01-01"`, "Edm.DateTimeOffset": `"0001-01-01T00:00:00Z"`,
	"Edm.Duration": `"PT0S"`, "Edm.TimeOfDay": `"00:00:00.0000000"`, "Edm.Guid": `"00000000-0000-0000-0000-000000000000"`,
	"Edm.Byte": "0", "Edm.SByte": "0", "Edm.Int16": "0", "Edm.Int32": "0", "Edm.Int64": "0",
	"Edm.Single": "0", "Edm.Double": "0", "Edm.Decimal": "0",
}

// maxNesting bounds values of types that contain themselves.
const maxNesting = 8

// leastValue is the smallest value that a type allows.
func leastValue(r openapi.TypeRef, depth int) json.RawMessage {
	if r.Collection {
		return json.RawMessage("[]")
	}
	t := r.Type()
	if t == nil || depth > maxNesting {
		if least, ok := leastValues[r.Name]; ok {
			return json.RawMessage(least)
		}
		return json.RawMessage(`""`)
	}
	if t.Kind == openapi.EnumType {
		return entity.Quote(nil, t.Members()[0])
	}
	return leastObject(t, depth).JSON()
}

func leastObject(t *openapi.Type, depth int) entity.Object {
	var o entity.Object
	for _, p := range t.Properties() {
		switch {
		case p.Navigation:
		case p.Type.Collection:
			o.Set(p.Name, json.RawMessage("[]"))
		case p.Nullable:
			o.Set(p.Name, json.RawMessage("null"))
		default:
			o.Set(p.Name, leastValue(p.Type, depth+1))
		}
	}
	return o
}
