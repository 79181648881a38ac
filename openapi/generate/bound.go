package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// declaredMethods are the actions and functions that the metadata declares and
// the SDK has nowhere, wherever their type stands, and all of them at the new
// places.
func (d *draft) declaredMethods(o *overlay, p *permissionMap, places []string) []facts.Operation {
	c := d.schema.documents[0]
	served, homes := d.served(), d.homes(o)
	var all []facts.Operation
	actions := map[string]bool{} // a function of the same name has no place beside one
	for _, name := range sortedKeys(c.Methods) {
		for _, m := range c.Methods[name] {
			if !m.IsBound || len(m.Parameters) == 0 {
				continue
			}
			to := c.qualify(m.Parameters[0].Type)
			at := slices.Clone(places)
			if !served[bindingOf(to, m.Name)] && (c.Version == d.Version.Name || p.names[name] || d.declaredElsewhere(m.Name, to)) {
				at = append(at, homes...)
			}
			for _, path := range at {
				here := d.at(path)
				if here.Collection != to.Collection || !d.bindsAt(here, to.Name, o) {
					continue
				}
				op := d.bound(c, m, path)
				if op.Kind == "action" {
					actions[op.Path] = true
				} else if name, _, _ := strings.Cut(op.Path, "("); actions[name] {
					continue
				}
				all = append(all, op)
			}
		}
	}
	return all
}

// declaredElsewhere tells whether another version declares a method as well.
func (d *draft) declaredElsewhere(name string, to facts.TypeRef) bool {
	return slices.ContainsFunc(d.schema.documents[1:], func(c *csdl) bool {
		return slices.ContainsFunc(c.Methods[strings.ToLower(name)], func(m *csdlMethod) bool {
			return m.IsBound && len(m.Parameters) > 0 && c.qualify(m.Parameters[0].Type) == to
		})
	})
}

// bindsAt tells whether a method of a type may be called at a place: on the type
// itself, and where the base shares its methods, on what derives from it. Behind
// a cast only on the type itself, as the others stand before it.
func (d *draft) bindsAt(here *place, to string, o *overlay) bool {
	if here.Type == to {
		return true
	}
	return here.Kind != "cast" && !slices.Contains(o.Inherited.Without, to) && d.schema.derives(here.Type, to)
}

// bindingOf names a method with what it is bound to.
func bindingOf(to facts.TypeRef, name string) string {
	if to.Collection {
		return "(" + to.Name + ")/" + strings.ToLower(name)
	}
	return to.Name + "/" + strings.ToLower(name)
}

// served are the methods that there are, by what they are bound to, its bases
// included.
func (d *draft) served() map[string]bool {
	all := map[string]bool{}
	for i := range d.Version.Operations {
		op := &d.Version.Operations[i]
		last := len(op.Segments) - 1
		if last < 1 || op.Kind != "action" && op.Kind != "function" && op.Segments[last].Kind != "function" {
			continue
		}
		on := d.at(op.Path[:strings.LastIndexByte(op.Path, '/')])
		for t := d.schema.types[on.Type]; t != nil; t = d.schema.types[t.Base] {
			all[bindingOf(facts.TypeRef{Name: t.Name, Collection: on.Collection}, op.Segments[last].Name)] = true
		}
	}
	return all
}

// bound is a method at a place.
func (d *draft) bound(c *csdl, m *csdlMethod, path string) facts.Operation {
	kind, method, name := "action", "POST", m.Name
	if m.Namespace != "microsoft.graph" {
		name = m.Namespace + "." + m.Name
	}
	parameters := parametersOf(c, m)
	if m.XMLName.Local == "Function" {
		kind, method = "function", "GET"
		name += arguments(parameters)
	}
	returned := c.qualify(m.Return.Type)
	op := facts.Operation{Method: method, Path: path + "/" + name, Kind: kind, Response: returned, Parameters: parameters}
	op.Segments = append(d.segments(path), facts.Segment{Name: m.Name, Kind: kind, Type: returned.Name, Collection: returned.Collection})
	if kind == "function" && d.schema.types[returned.Name] != nil && returned.Collection {
		op.Query = listQuery
	}
	return op
}

// parametersOf are a method's own parameters.
func parametersOf(c *csdl, m *csdlMethod) []facts.Parameter {
	var all []facts.Parameter
	for i := range m.Parameters[1:] {
		p := &m.Parameters[i+1]
		parameter := facts.Parameter{Name: p.Name, Type: c.qualify(p.Type), Nullable: p.Nullable != "false"}
		parameter.Required = m.XMLName.Local == "Function" || !parameter.Nullable && !optional(p.Terms) && !hasZero(parameter.Type)
		all = append(all, parameter)
	}
	return all
}

// arguments writes the parentheses of a function as the SDK does: text and
// members of enumerations in quotes.
func arguments(parameters []facts.Parameter) string {
	var pairs []string
	for _, p := range parameters {
		value := "{" + p.Name + "}"
		if p.Type.Name == "Edm.String" || !isEdm(p.Type.Name) {
			value = "'" + value + "'"
		}
		pairs = append(pairs, p.Name+"="+value)
	}
	return "(" + strings.Join(pairs, ",") + ")"
}
