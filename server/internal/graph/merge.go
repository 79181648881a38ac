package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// merge applies the members of a PATCH to an entity and returns those that
// were applied (graph-behaviour §3.4): what is left out stays, scalars and
// collections are replaced, null clears, complex values are merged, and
// control information is no change. target is changed in place.
func merge(t *openapi.Type, target *entity.Object, change entity.Object) entity.Object {
	applied := make(entity.Object, 0, len(change))
	for _, m := range change {
		if control(m.Name) {
			continue
		}
		m.Value = entity.Compact(m.Value)
		if old, ok := target.Get(m.Name); ok && mergeable(t, m.Name, old, m.Value) {
			m.Value = mergeComplex(complexType(t, m.Name), old, m.Value)
		}
		target.Set(m.Name, m.Value)
		applied = append(applied, m)
	}
	return applied
}

// control reports whether a member is OData control information, which says
// something about the entity and is no property of it.
func control(name string) bool { return strings.IndexByte(name, '@') >= 0 }

// mergeable reports whether a member is a complex value on both sides.
func mergeable(t *openapi.Type, name string, old, change []byte) bool {
	return len(old) > 0 && old[0] == '{' && len(change) > 0 && change[0] == '{' && complexType(t, name) != nil
}

func complexType(t *openapi.Type, name string) *openapi.Type {
	if t == nil {
		return nil
	}
	p := t.Property(name)
	if p == nil || p.Type.Collection {
		return nil
	}
	if c := p.Type.Type(); c != nil && c.Kind == openapi.ComplexType {
		return c
	}
	return nil
}

func mergeComplex(t *openapi.Type, old, change []byte) []byte {
	target, err := entity.Members(old)
	if err != nil {
		return change
	}
	members, err := entity.Members(change)
	if err != nil {
		return change
	}
	target = target.Clone()
	for _, m := range members {
		if strings.HasPrefix(m.Name, "@odata.type") {
			target.Set(m.Name, m.Value)
		}
	}
	merge(t, &target, members)
	return target.JSON()
}

// complete puts the members of an entity in the order of its type and adds
// null, or an empty list, for properties without a value (graph-behaviour
// §2.5). Members that the type lacks follow.
func complete(t *openapi.Type, o entity.Object) entity.Object {
	if t == nil {
		return o
	}
	full := make(entity.Object, 0, len(o)+len(t.Properties()))
	for _, p := range t.Properties() {
		if v, ok := o.Get(p.Name); ok {
			full = append(full, entity.Member{Name: p.Name, Value: entity.Compact(v)})
		} else if !p.Navigation {
			full = append(full, entity.Member{Name: p.Name, Value: unset(p)})
		}
	}
	for _, m := range o {
		if !full.Has(m.Name) {
			full = append(full, entity.Member{Name: m.Name, Value: entity.Compact(m.Value)})
		}
	}
	return full
}

func unset(p *openapi.Property) []byte {
	if p.Type.Collection {
		return []byte("[]")
	}
	return []byte("null")
}
