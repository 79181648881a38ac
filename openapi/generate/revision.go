package main

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// ends are the deprecations that a metadata document announces, by target: a
// type, "type/property", or "method(type" without what follows. They are newer
// than the notes in the SDK.
func (c *csdl) ends() map[string]*facts.Deprecation {
	all := map[string]*facts.Deprecation{}
	for target, terms := range c.Terms {
		target, _, _ = strings.Cut(strings.TrimSuffix(target, ")"), ",")
		for i := range terms {
			if terms[i].Term != "Org.OData.Core.V1.Revisions" {
				continue
			}
			for _, list := range terms[i].Lists {
				if d := list.end(); d != nil {
					all[target] = d
				}
			}
		}
	}
	return all
}

// end reads a revision; nil for one that deprecates nothing.
func (l *csdlList) end() *facts.Deprecation {
	d, kind := facts.Deprecation{}, ""
	for _, v := range l.Values {
		switch v.Property {
		case "Date":
			d.Announced = day(v.Date)
		case "RemovalDate":
			d.Removal = day(v.Date)
		case "Kind":
			kind = v.Enum
		}
	}
	if !strings.HasSuffix(kind, "/Deprecated") {
		return nil
	}
	return &d
}

// end is the deprecation of what a path leads over: a navigation property, a
// method, or what stands there.
func (d *draft) end(op *facts.Operation, ends map[string]*facts.Deprecation) *facts.Deprecation {
	owner := "microsoft.graph.GraphService"
	for i := range op.Segments {
		s := &op.Segments[i]
		for _, target := range d.targets(owner, s) {
			if found := ends[target]; found != nil {
				named := *found
				named.Element = shortName(target[strings.LastIndexByte(target, '/')+1:])
				if s.Kind == "action" || s.Kind == "function" {
					named.Element = s.Name
				}
				return &named
			}
		}
		owner = s.Type
	}
	return nil
}

// targets are the names under which metadata speaks of a segment.
func (d *draft) targets(owner string, s *facts.Segment) (all []string) {
	switch s.Kind {
	case "set", "single":
		all = append(all, owner+"/"+s.Name)
		for t := d.schema.types[owner]; t != nil; t = d.schema.types[t.Base] {
			all = append(all, t.Name+"/"+s.Name)
		}
		return append(all, s.Type)
	case "key", "cast":
		return []string{s.Type}
	case "action", "function":
		for t := d.schema.types[owner]; t != nil; t = d.schema.types[t.Base] {
			namespace := t.Name[:strings.LastIndexByte(t.Name, '.')]
			all = append(all, namespace+"."+s.Name+"("+t.Name, namespace+"."+s.Name+"(Collection("+t.Name+")")
		}
	}
	return all
}
