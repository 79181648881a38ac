package graph

import (
	"bytes"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// inner are the members within the complex values of a type that another version
// has and this one not, each as it stands in JSON, `"name":`, by the property
// that it is within. Few types have any; their values seldom have one.
type inner map[string][][]byte

// compare adds what another version has within the complex values of a type.
func (i inner) compare(version *openapi.Version, here, there *openapi.Type) inner {
	for _, p := range there.Properties() {
		own := here.Property(p.Name)
		if own == nil || p.Navigation {
			continue
		}
		names := foreignNames(version, own.Type.Type(), p.Type.Type())
		if len(names) == 0 {
			continue
		}
		if i == nil {
			i = inner{}
		}
		i[p.Name] = append(i[p.Name], names...)
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

// in reports whether an object has a member that is not shown, within one of its
// properties.
func (i inner) in(object []byte) bool {
	if len(i) == 0 || !i.near(object) {
		return false
	}
	for name, value := range entity.Each(object) {
		for property, names := range i {
			if name.Is(property) && containsAny(value, names) {
				return true
			}
		}
	}
	return false
}

// near is in without regard to where the member stands, which costs less.
func (i inner) near(object []byte) bool {
	for _, names := range i {
		if containsAny(object, names) {
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
