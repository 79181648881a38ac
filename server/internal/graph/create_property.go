package graph

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// createProperty answers POST to a structural collection, such as the comments
// of an alert: the value is added to it, and the answer is the collection (D,
// page security-alert-post-comments).
func (q *run) createProperty(names []string) (call.Response, *refusal) {
	if !q.place.found || keyedProperty(q.Call.Target.Segments) {
		return call.Response{}, q.missing(&q.place)
	}
	payload, refused := q.judge(nil)
	if refused != nil {
		return call.Response{}, refused
	}
	before, err := entity.Members(q.place.entity.JSON)
	if err != nil {
		return call.Response{}, broken(err)
	}
	var value entity.Object
	t := q.op.Request().Type()
	merge(t, &value, payload)
	list := appended(before, names, complete(t, value).JSON())
	last := len(names) - 1
	owner := valueAt(before, names[:last]).Clone()
	owner.Set(names[last], list)
	after := owner
	if last > 0 {
		after = withValue(before, names[:last], owner)
	}
	if _, refused = q.replace(q.place.entity, after); refused != nil {
		return call.Response{}, refused
	}
	response, refused := q.property(names, false)
	response.Status = q.success(201)
	return response, refused
}

// appended is the list at a path of member names with one value more.
func appended(o entity.Object, names []string, value json.RawMessage) json.RawMessage {
	last := len(names) - 1
	raw, _ := valueAt(o, names[:last]).Get(names[last])
	list := []byte("[")
	for item := range entity.Elements(raw) {
		list = append(append(list, item...), ',')
	}
	return append(append(list, value...), ']')
}
