package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// propertyOf finds a property that an option names, in any case: of the type,
// or of one that derives from it, because collections hold entities of many
// types and Graph takes their properties without a cast (members of groups by
// displayName, for one). What has no type, as a list of texts, has none.
func propertyOf(t *openapi.Type, name string) *openapi.Property {
	if t == nil {
		return nil
	}
	if p := t.PropertyFold(name); p != nil {
		return p
	}
	for _, d := range t.Derived() { // which may spell one word in different ways
		if p := d.Property(name); p != nil {
			return p
		}
	}
	for _, d := range t.Derived() {
		if p := d.PropertyFold(name); p != nil {
			return p
		}
	}
	return nil
}

// standing are complex properties that the service has by itself, as it shows
// them until somebody changes them (D, graph-behaviour §12; the values are
// assumed, 2026-11).
var standing = map[string]string{
	"user/mailboxSettings": `{"archiveFolder":null,"timeZone":"UTC","delegateMeetingMessageDeliveryOptions":"sendToDelegateOnly",` +
		`"dateFormat":"M/d/yyyy","timeFormat":"h:mm tt","userPurpose":"user",` +
		`"automaticRepliesSetting":{"status":"disabled","externalAudience":"all","internalReplyMessage":"","externalReplyMessage":"",` +
		`"scheduledStartDateTime":{"dateTime":"2026-01-01T00:00:00.0000000","timeZone":"UTC"},` +
		`"scheduledEndDateTime":{"dateTime":"2026-01-02T00:00:00.0000000","timeZone":"UTC"}},` +
		`"language":{"locale":"en-US","displayName":"English (United States)"},` +
		`"workingHours":{"daysOfWeek":["monday","tuesday","wednesday","thursday","friday"],"startTime":"08:00:00.0000000",` +
		`"endTime":"17:00:00.0000000","timeZone":{"name":"UTC"}}}`,
}

// property answers GET of one structural property, or of its raw value
// (graph-behaviour §1.6).
func (q *run) property(names []string, raw bool) (call.Response, *refusal) {
	if !q.place.found {
		return call.Response{}, q.missing(&q.place)
	}
	value, fragment := q.computed(q.place.entity, q.place.typ).JSON, contextKey(&q.place)
	for _, name := range names {
		value, _ = entity.Field(value, name)
		fragment = join(fragment, name)
	}
	value = q.withStanding(value, names)
	ref := propertyRef(q.entityType(q.place.entity), names)
	if len(value) == 0 || string(value) == "null" {
		value = q.empty(ref)
	}
	switch {
	case value == nil:
		return call.Response{Status: 204}, nil
	case raw:
		return rawValue(value), nil
	}
	r := q.valueResponse(fragment, value, ref)
	for _, x := range q.options.expand {
		if _, inside := entity.Field(value, x.nav.Name); !inside { // of a fixture that has it there
			r.Body = q.expand(r.Body, q.place.entity, []expansion{x}, fragment)
		}
	}
	return r, nil
}

// withStanding is a property's value with what the service has by itself in place of
// what nobody has set.
func (q *run) withStanding(value []byte, names []string) []byte {
	t := q.place.typ
	if t == nil || len(names) == 0 {
		return value
	}
	own := []byte(standing[shortName(t.Name)+"/"+names[0]])
	for _, name := range names[1:] {
		own, _ = entity.Field(own, name)
	}
	if len(value) == 0 || string(value) == "null" {
		return own
	}
	return completedBy(value, own)
}

// completedBy adds to an object, and to those inside, the members that another has
// beside them.
func completedBy(value, own []byte) []byte {
	has, err := entity.Members(value)
	other, wrong := entity.Members(own)
	if err != nil || wrong != nil || len(other) == 0 {
		return value
	}
	has = has.Clone()
	for _, m := range other {
		if inside, ok := has.Get(m.Name); ok {
			has.Set(m.Name, completedBy(inside, m.Value))
		} else {
			has.Set(m.Name, m.Value)
		}
	}
	return has.JSON()
}

// empty is what a property without a value shows; nil for nothing. A collection is
// never null (O, protocol §11.2.7), and what $expand asks of a complex value is there.
func (q *run) empty(r openapi.TypeRef) []byte {
	switch {
	case r.Collection:
		return []byte("[]")
	case len(q.options.expand) > 0:
		return []byte("{}")
	}
	return nil
}

// propertyRef is the type of a property, or of one inside its value.
func propertyRef(t *openapi.Type, names []string) (r openapi.TypeRef) {
	for _, name := range names {
		if t == nil {
			return openapi.TypeRef{}
		}
		p := t.Property(name)
		if p == nil {
			return openapi.TypeRef{}
		}
		r, t = p.Type, p.Type.Type()
	}
	return r
}

// rawValue is a primitive value as plain text.
func rawValue(value []byte) call.Response {
	text, ok := entity.Unquote(value)
	if !ok {
		text = string(value)
	}
	r := call.Response{Status: 200, Body: []byte(text)}
	r.Set("Content-Type", "text/plain")
	return r
}

// propertyPath is the structural properties behind the entity that a path
// addresses, and whether the raw value is asked for.
func propertyPath(segments []openapi.Segment) (names []string, raw bool) {
	for i := range segments {
		switch segments[i].Kind {
		case openapi.PropertySegment:
			names = append(names, segments[i].Name)
		case openapi.SingleSegment, openapi.SetSegment: // a navigation of a complex value leads on
			names = nil
		case openapi.ValueSegment:
			raw = segments[i].Name == mediaValue
		}
	}
	return names, raw
}
