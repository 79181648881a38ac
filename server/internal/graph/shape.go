package graph

import (
	"bytes"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// sentinel is the member of an evolvable enumeration that stands for all later
// ones to clients that do not know them (D, G, graph-behaviour §2.13).
const sentinel = "unknownFutureValue"

// reshapes reports whether values of a type are written in another form than
// they are kept in. For nearly all types and clients they are not.
func (q *run) reshapes(t *openapi.Type) bool {
	return q.form.metadata != minimalMetadata || q.form.quoted || !q.form.unmasked && t != nil && q.viewOf(t).evolved
}

// shaped is a value in the client's form: the value itself where that is the
// form it is kept in.
func (q *run) shaped(raw []byte, r openapi.TypeRef) []byte {
	if !q.reshapes(r.Type()) {
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
	case q.form.quoted && (r.Name == "Edm.Int64" || r.Name == "Edm.Decimal") && raw[0] != '"' && raw[0] != 'n':
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
		if q.bare() && isControl(m.Name) {
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

// masked is the value of an enumeration as a client may see it that does not
// know its later members.
func (q *run) masked(raw []byte, t *openapi.Type) []byte {
	text, ok := entity.Unquote(raw)
	if q.form.unmasked || !ok || !evolves(t) {
		return raw
	}
	names := strings.Split(text, ",") // of flags, several
	for i, name := range names {
		names[i] = mask(name, t.Members())
	}
	return entity.Quote(nil, strings.Join(slices.Compact(names), ","))
}

func mask(name string, members []string) string {
	at := slices.IndexFunc(members, isSentinel)
	if slices.Index(members, name) > at {
		return members[at]
	}
	return name
}

// evolves reports whether an enumeration has members behind its sentinel.
func evolves(t *openapi.Type) bool {
	members := t.Members()
	at := slices.IndexFunc(members, isSentinel)
	return at >= 0 && at < len(members)-1
}

// isSentinel knows the sentinel in the letter case that some models give it.
func isSentinel(member string) bool { return strings.EqualFold(member, sentinel) }

// evolvedIn reports whether values of a type can hold one of an enumeration
// that evolves. seen are the types looked at before.
func evolvedIn(t *openapi.Type, seen map[*openapi.Type]bool) bool {
	if t == nil || seen[t] {
		return false
	}
	seen[t] = true
	if t.Kind == openapi.EnumType {
		return evolves(t)
	}
	for _, p := range t.Properties() {
		if !p.Navigation && evolvedIn(p.Type.Type(), seen) {
			return true
		}
	}
	return t.Kind == openapi.ComplexType && slices.ContainsFunc(t.Derived(), func(d *openapi.Type) bool { return evolvedIn(d, seen) })
}
