package main

import "github.com/fakegraph/fakegraph/openapi/internal/facts"

// adopt takes a type that the SDK leaves out from the metadata documents, with
// all the types that it mentions.
func (s *schema) adopt(name string) {
	if s.knows(name) {
		return
	}
	for _, c := range s.documents {
		if e := c.Enums[name]; e != nil {
			s.enums[name] = &facts.Enum{Name: name, Flags: e.IsFlags, Members: memberNames(e)}
			s.lent[name] = true
			return
		}
		if t := c.Types[name]; t != nil {
			s.adoptType(c, name, t)
			return
		}
	}
}

func (s *schema) adoptType(c *csdl, name string, from *csdlType) {
	t := &facts.Type{Name: name, Entity: from.Entity}
	s.types[name] = t
	if from.BaseType != "" {
		t.Base = c.qualify(from.BaseType).Name
		s.adopt(t.Base)
	}
	for i := range from.Properties {
		p := &from.Properties[i]
		declared := c.qualify(p.Type)
		s.adopt(declared.Name)
		if s.knows(declared.Name) {
			s.add(t, facts.Property{Name: p.Name, Type: declared})
		}
	}
	s.complete(t, "")
	s.navigation(t)
}

func memberNames(e *csdlEnum) []string {
	names := make([]string, len(e.Members))
	for i := range e.Members {
		names[i] = e.Members[i].Name
	}
	return names
}

// adoptDerived takes the types that derive from adopted ones, too.
func (s *schema) adoptDerived(base string) {
	for _, c := range s.documents {
		for _, name := range sortedKeys(c.Types) {
			if t := c.Types[name]; t.BaseType != "" && c.qualify(t.BaseType).Name == base && !s.knows(name) {
				s.adopt(name)
				s.adoptDerived(name)
			}
		}
	}
}
