package graph

import (
	"bytes"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// reshapes reports whether values of a type are written in another form than
// they are kept in. For nearly all types and clients they are not.
func (q *run) reshapes(t *openapi.Type) bool {
	return q.form.metadata != minimalMetadata || q.form.quoted || !q.form.unmasked && t != nil && q.viewOf(t).evolved
}

// shaped is a value in the client's form: the value itself where that is the
// form it is kept in.
func (q *run) shaped(raw []byte, r openapi.TypeRef) []byte {
	if t := r.Type(); !q.reshapes(t) && !q.foreign(raw, t) {
		return raw
	}
	return q.shape(make([]byte, 0, len(raw)+len(raw)/2), raw, r)
}

// reshape rewrites, in the client's form, the object of a type whose members
// b has from start on, behind its brace and annotations.
func (q *run) reshape(b []byte, start int, t *openapi.Type) []byte {
	if start == len(b) {
		return b // nothing but annotations, and closed
	}
	object := append([]byte{'{'}, b[start:]...)
	o, err := entity.Members(object)
	if err != nil {
		return b
	}
	return closeObject(q.shapeMembers(b[:start], o, t))
}

// shape appends a value in the client's form.
func (q *run) shape(b, raw []byte, r openapi.TypeRef) []byte {
	if len(raw) == 0 {
		return b
	}
	switch t := r.Type(); {
	case raw[0] == '[':
		return q.shapeList(b, raw, r)
	case raw[0] == '{':
		return q.shapeObject(b, raw, t)
	case t != nil && t.Kind == openapi.EnumType:
		return append(b, q.masked(raw, t)...)
	case q.form.quoted && quotable(r.Name) && raw[0] != '"' && raw[0] != 'n':
		return append(append(append(b, '"'), raw...), '"')
	}
	return append(b, raw...)
}

func (q *run) shapeList(b, raw []byte, r openapi.TypeRef) []byte {
	r.Collection = false
	b = append(b, '[')
	for element := range entity.Elements(raw) {
		if b[len(b)-1] != '[' {
			b = append(b, ',')
		}
		b = q.shape(b, element, r)
	}
	return append(b, ']')
}

// shapeObject appends an object, whose own type is the declared one or what it
// says itself.
func (q *run) shapeObject(b, raw []byte, t *openapi.Type) []byte {
	o, err := entity.Members(raw)
	if err != nil {
		return append(b, raw...)
	}
	b = append(b, '{')
	if name, own := o.String("@odata.type"); own {
		if of := q.Call.Catalogue.Type(strings.TrimPrefix(name, "#")); of != nil {
			t = of
		}
	} else if q.full() && t != nil && t.Kind != openapi.EnumType {
		b = appendType(b, t.Name)
	}
	return closeObject(q.shapeMembers(b, o, t))
}

// shapeMembers appends members to an object that is open, each followed by a
// comma.
func (q *run) shapeMembers(b []byte, o entity.Object, t *openapi.Type) []byte {
	for i := range o {
		m := &o[i]
		if q.bare() && isControl(m.Name) || q.foreignMember(t, m.Name) {
			continue
		}
		var r openapi.TypeRef
		if t != nil {
			if p := t.Property(m.Name); p != nil {
				r = p.Type
			}
		}
		if q.full() {
			b = appendValueType(b, m, r, o)
		}
		b = append(entity.Quote(b, m.Name), ':')
		b = append(q.shape(b, m.Value, r), ',')
	}
	return b
}

// isControl reports whether a member is control information that metadata=none
// leaves out: all but counts and the links of pages (O, JSON format §3.1.3).
func isControl(name string) bool {
	_, control, ok := strings.Cut(name, "@odata.")
	return ok && control != "count" && control != "nextLink" && control != "deltaLink"
}

// told are the primitive types that a JSON value tells by itself; those of all
// other values are written with full metadata (O, JSON format §4.6.3; as
// captured from the directory, 2021-10).
var told = map[string]bool{
	"": true, "Edm.String": true, "Edm.Boolean": true, "Edm.Int32": true, "Edm.Double": true, "Edm.Stream": true, "Edm.Untyped": true,
}

// appendValueType appends the annotation with the type of a member, where full
// metadata has one and the object does not bring its own.
func appendValueType(b []byte, m *entity.Member, r openapi.TypeRef, o entity.Object) []byte {
	t := r.Type()
	switch {
	case r.Name == "" || o.Has(m.Name+"@odata.type") || bytes.Equal(m.Value, []byte("null")):
		return b
	case !r.Collection && (told[r.Name] || t != nil && t.Kind != openapi.EnumType):
		return b
	}
	name := strings.TrimPrefix(r.Name, "Edm.")
	if r.Collection {
		name = "Collection(" + name + ")"
	}
	b = entity.Quote(b, m.Name+"@odata.type")
	return append(entity.Quote(append(b, ':'), "#"+name), ',')
}
