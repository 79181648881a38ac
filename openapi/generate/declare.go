package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// declare adds what a version's own metadata document declares and the SDK
// lacks: properties of the types that it knows, with the types that they need,
// and the entity types that derive from those it knows. The full document is
// newer than the SDK; that of a government cloud may be older in places, so that
// its navigation properties need a second witness.
func (s *schema) declare(version string, p *permissionMap) {
	c := s.documents[0]
	for _, name := range sortedKeys(s.types) {
		s.declareBase(c, s.types[name])
		s.declareMembers(c, s.types[name], func(m *csdlProperty) bool {
			return c.Version == version || !m.navigation() || p.names[strings.ToLower(m.Name)] || s.elsewhere(name, m.Name)
		})
	}
	for _, name := range sortedKeys(c.Types) {
		if base := s.types[c.Types[name].BaseType]; c.Types[name].Entity && base != nil && base.Name != "microsoft.graph.entity" {
			s.adopt(name)
		}
	}
	for _, name := range sortedKeys(c.Declared) {
		s.adopt(c.Declared[name])
	}
	for _, name := range sortedKeys(c.Methods) {
		for _, m := range c.Methods[name] {
			s.adoptMentioned(c, m)
		}
	}
}

// declareBase puts a base that the SDK lacks between a type and its base. One
// that stands on nothing, as what policies share does, comes to stand on that.
func (s *schema) declareBase(c *csdl, t *facts.Type) {
	known := c.Types[t.Name]
	if known == nil || known.BaseType == "" || known.BaseType == t.Base {
		return
	}
	s.adopt(known.BaseType)
	base := s.types[known.BaseType]
	if base.Base == "" && base.Abstract && !s.derives(t.Base, base.Name) {
		base.Base = t.Base
	}
	if s.derives(base.Name, t.Base) || t.Base == "" {
		t.Base = base.Name
		t.Properties = slices.DeleteFunc(t.Properties, func(p facts.Property) bool { return s.property(base.Name, p.Name) != nil })
	}
}

// elsewhere tells whether another version declares a property as well.
func (s *schema) elsewhere(typeName, property string) bool {
	return slices.ContainsFunc(s.documents[1:], func(c *csdl) bool { return c.Types[typeName].property(property) != nil })
}

// declareMembers adds the properties of a type that may be added.
func (s *schema) declareMembers(c *csdl, t *facts.Type, may func(*csdlProperty) bool) {
	known := c.Types[t.Name]
	if known == nil || known.Entity != t.Entity {
		return
	}
	for i := range known.Properties {
		m := &known.Properties[i]
		if s.property(t.Name, m.Name) != nil || !may(m) {
			continue
		}
		declared := c.qualify(m.Type)
		s.adopt(declared.Name)
		s.adoptDerived(declared.Name)
		if s.knows(declared.Name) {
			s.add(t, facts.Property{Name: m.Name, Type: declared})
			s.declared[t.Name+"/"+m.Name] = s.declared[t.Name+"/"+m.Name] || m.navigation()
		}
	}
	sortByOrder(t.Properties, propertyOrder(known))
}

// adoptMentioned takes the types of a method that may be called on something
// known.
func (s *schema) adoptMentioned(c *csdl, m *csdlMethod) {
	if !m.IsBound || len(m.Parameters) == 0 || !s.knows(c.qualify(m.Parameters[0].Type).Name) {
		return
	}
	for i := range m.Parameters {
		s.adopt(c.qualify(m.Parameters[i].Type).Name)
	}
	s.adopt(c.qualify(m.Return.Type).Name)
}
