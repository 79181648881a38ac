package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// template is what the members of an entity stand in: those of its type, in its
// order, each with what is shown when the entity has no value.
type template struct {
	typ    *openapi.Type
	names  []string
	blanks [][]byte // `"name":null,`; nil for what is shown when there is a value only
	hidden []bool   // not shown at all
}

// newTemplate is that of a type, nil when its entities show what they have and
// nothing else.
func newTemplate(t *openapi.Type, hidden map[string]bool) *template {
	if sparse(t) {
		return nil
	}
	x := &template{typ: t}
	for _, p := range t.Properties() {
		var blank []byte
		if value := blankOf(t, p); value != nil && !hidden[p.Name] {
			blank = append(append(keyOf(p.Name), value...), ',')
		}
		x.names, x.blanks, x.hidden = append(x.names, p.Name), append(x.blanks, blank), append(x.hidden, hidden[p.Name])
	}
	return x
}

// append appends the members of a stored object to one that is open, and closes
// it. others are names that are not the type's and not shown.
func (x *template) append(b, object []byte, others map[string]bool) []byte {
	start := len(b)
	if b, ordered := x.fill(b, object, others); ordered {
		return closeObject(b)
	}
	o, err := entity.Members(object)
	if err != nil {
		return closeObject(b[:start])
	}
	b, _ = x.fill(b[:start], lean(x.typ, o).JSON(), others)
	return closeObject(b)
}

// fill appends members and blanks; false when the object has not the order of
// its type, as one that was written through another version.
func (x *template) fill(b, object []byte, others map[string]bool) ([]byte, bool) {
	next := 0
	for name, value := range entity.Each(object) {
		at := x.find(name, next)
		switch {
		case at < 0 && name.In(others):
			continue
		case at < 0: // behind all that are declared
			b, next = x.blank(b, next, len(x.names)), len(x.names)
		case at < next:
			return b, false
		default:
			b, next = x.blank(b, next, at), at+1
			if x.hidden[at] {
				continue
			}
		}
		b = append(append(b, name.Quoted...), ':')
		b = append(append(b, value...), ',')
	}
	return x.blank(b, next, len(x.blanks)), true
}

// blank appends what stands for the members between two positions.
func (x *template) blank(b []byte, from, to int) []byte {
	for _, blank := range x.blanks[from:to] {
		b = append(b, blank...)
	}
	return b
}

// find is the position of a name, looked for from where it is likely; -1 for
// none.
func (x *template) find(name entity.Name, from int) int {
	for i := from; i < len(x.names); i++ {
		if name.Is(x.names[i]) {
			return i
		}
	}
	for i := range from {
		if name.Is(x.names[i]) {
			return i
		}
	}
	return -1
}
