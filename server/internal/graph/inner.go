package graph

import (
	"bytes"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// inner are the members within the complex values of a type that another version
// has and this one not. Few types have any; their values seldom have one.
type inner []foreignWithin

// foreignWithin are those of one property, each as it stands in JSON: `"name":`.
type foreignWithin struct {
	property string
	names    [][]byte
}

// compare adds what another version has within the complex values of a type.
func (i inner) compare(version *openapi.Version, here, there *openapi.Type) inner {
	for _, p := range there.Properties() {
		own := here.Property(p.Name)
		if own == nil || p.Navigation {
			continue
		}
		if names := foreignNames(version, own.Type.Type(), p.Type.Type()); len(names) > 0 {
			i = append(i, foreignWithin{p.Name, names})
		}
	}
	return i
}

// foreignNames are the members that only the other version has of a complex type,
// of those derived from it and of those that it holds.
func foreignNames(version *openapi.Version, here, there *openapi.Type) [][]byte {
	f := foreign{version: version, seen: map[*openapi.Type]bool{}}
	f.compare(here, there)
	return f.names
}

type foreign struct {
	version *openapi.Version // the call's own
	seen    map[*openapi.Type]bool
	names   [][]byte
}

func (f *foreign) compare(here, there *openapi.Type) {
	if here == nil || there == nil || here.Kind != openapi.ComplexType || f.seen[here] {
		return
	}
	f.seen[here] = true
	for _, p := range there.Properties() {
		if own := here.Property(p.Name); own != nil {
			f.compare(own.Type.Type(), p.Type.Type())
		} else {
			f.names = append(f.names, append(entity.Quote(nil, p.Name), ':'))
		}
	}
	for _, d := range there.Derived() {
		f.compare(f.version.Type(d.Name), d)
	}
}

// innerOf is what an answer with entities of a type has to look for: it shows
// only some of their properties.
func (q *run) innerOf(t *openapi.Type) inner {
	v := q.viewOf(t)
	if v.shown == nil || q.options.selection != nil || len(q.revealed) > 0 || len(v.inner) == 0 {
		return v.inner
	}
	return v.innerShown
}

// of is what lies within selected properties.
func (i inner) of(s *selection) inner {
	return slices.DeleteFunc(slices.Clone(i), func(w foreignWithin) bool { return !s.has(w.property) })
}

// in reports whether an object has a member that is not shown, within one of its
// properties that is.
func (i inner) in(object []byte, s *selection) bool {
	for at := range i {
		w := &i[at]
		if s != nil && !s.has(w.property) {
			continue
		}
		// First without regard to where the member stands, which costs less.
		if containsAny(object, w.names) && w.in(object) {
			return true
		}
	}
	return false
}

func (w *foreignWithin) in(object []byte) bool {
	for name, value := range entity.Each(object) {
		if name.Is(w.property) && containsAny(value, w.names) {
			return true
		}
	}
	return false
}

func containsAny(data []byte, names [][]byte) bool {
	for _, name := range names {
		if bytes.Contains(data, name) {
			return true
		}
	}
	return false
}

// foreign reports whether a complex value has a member that is not shown.
func (q *run) foreign(raw []byte, t *openapi.Type) bool {
	return t != nil && t.Kind == openapi.ComplexType && containsAny(raw, q.viewOf(t).foreign)
}

// foreignMember reports whether a complex type has a member in another version
// only.
func (q *run) foreignMember(t *openapi.Type, member string) bool {
	if t == nil || t.Kind != openapi.ComplexType || t.Property(member) != nil {
		return false
	}
	for _, other := range q.otherVersions() {
		if there := other.Type(t.Name); there != nil && there.Property(member) != nil {
			return true
		}
	}
	return false
}
