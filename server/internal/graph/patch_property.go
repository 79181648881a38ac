package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// patchProperty answers PATCH and PUT of a complex property by its path, such
// as /me/mailboxSettings: the value changes as it would inside its entity.
func (q *run) patchProperty(e store.Entity, before entity.Object, names []string) (call.Response, *refusal) {
	if keyedProperty(q.Call.Target.Segments) {
		return call.Response{}, q.missing(&q.place)
	}
	value := valueAt(before, names)
	payload, refused := q.judge(value)
	if refused != nil {
		return call.Response{}, refused
	}
	after := entity.Object(nil)
	if q.op.Kind == openapi.Update {
		after = value.Clone()
	}
	t := q.op.Request().Type()
	merge(t, &after, payload)
	if after, refused = q.settledValue(t, value, payload, after); refused != nil {
		return call.Response{}, refused
	}
	if _, refused = q.replace(e, withValue(before, names, after)); refused != nil {
		return call.Response{}, refused
	}
	if status := q.success(200); status == 204 {
		return call.Response{Status: status}, nil
	}
	if standing[shortName(q.place.typ.Name)+"/"+names[0]] != "" {
		return q.changedProperty(names, payload), nil
	}
	return q.property(names, false)
}

// settledValue is the new value of a complex property as the behaviour of its type
// leaves it.
func (q *run) settledValue(t *openapi.Type, before, change, after entity.Object) (entity.Object, *refusal) {
	c := q.conductOf(t)
	if c.updater == nil {
		return after, nil
	}
	e := behavior.Entity{Type: t.Name, Object: after}
	if err := c.updater.Update(tx{q}, before, change, &e); err != nil {
		return nil, ruled(err)
	}
	return e.Object, nil
}

// changedProperty answers the change of what the service has by itself: with the
// members that were changed (D, page user-update-mailboxsettings).
func (q *run) changedProperty(names []string, change entity.Object) call.Response {
	value, fragment := q.place.entity.JSON, contextKey(&q.place)
	for _, name := range names {
		value, _ = entity.Field(value, name)
		fragment = join(fragment, name)
	}
	var told entity.Object
	whole, _ := entity.Members(q.withStanding(value, names))
	for _, m := range whole {
		if change.Has(m.Name) {
			told.Set(m.Name, m.Value)
		}
	}
	return q.valueResponse(fragment, told.JSON(), propertyRef(q.entityType(q.place.entity), names))
}

// deleteProperty answers DELETE of a property by its path: it has no value any
// more.
func (q *run) deleteProperty(names []string) (call.Response, *refusal) {
	if !q.place.found || keyedProperty(q.Call.Target.Segments) {
		return call.Response{}, q.missing(&q.place)
	}
	before, err := entity.Members(q.place.entity.JSON)
	if err != nil {
		return call.Response{}, broken(err)
	}
	owner := valueAt(before, names[:len(names)-1]).Clone()
	last := names[len(names)-1]
	if owner == nil {
		return call.Response{Status: q.success(204)}, nil // nothing of it is there
	}
	if raw, ok := owner.Get(last); ok && raw[0] == '[' {
		owner.Set(last, []byte("[]"))
	} else {
		owner.Set(last, []byte("null"))
	}
	after := owner
	if len(names) > 1 {
		after = withValue(before, names[:len(names)-1], owner)
	}
	_, refused := q.replace(q.place.entity, after)
	return call.Response{Status: q.success(204)}, refused
}

// keyedProperty reports whether a path picks one of the values of a property:
// values have no keys, so there is nothing of that name.
func keyedProperty(segments []openapi.Segment) bool {
	inside := false
	for i := range segments {
		switch segments[i].Kind {
		case openapi.PropertySegment:
			inside = true
		case openapi.KeySegment:
			if inside || len(segments[i].Args()) > 1 {
				return true
			}
		}
	}
	return false
}

// valueAt is the complex value at a path of member names, empty when there is
// none.
func valueAt(o entity.Object, names []string) entity.Object {
	for _, name := range names {
		raw, ok := o.Get(name)
		if !ok {
			return nil
		}
		inner, err := entity.Members(raw)
		if err != nil {
			return nil
		}
		o = inner
	}
	return o
}

// withValue is an object with another value at a path of member names.
func withValue(o entity.Object, names []string, value entity.Object) entity.Object {
	o = o.Clone()
	if len(names) > 1 {
		value = withValue(valueAt(o, names[:1]), names[1:], value)
	}
	o.Set(names[0], value.JSON())
	return o
}
