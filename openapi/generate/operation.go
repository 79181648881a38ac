package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// operations are all calls of the builders, sorted by path and method.
func (r *resolver) operations(builders []*builder) []facts.Operation {
	var all []facts.Operation
	for _, b := range builders {
		for i := range b.Calls {
			all = append(all, r.operation(b, &b.Calls[i]))
		}
	}
	sortOperations(all)
	return all
}

func sortOperations(all []facts.Operation) {
	slices.SortFunc(all, func(a, b facts.Operation) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Method, b.Method)
	})
}

// operation describes one call.
func (r *resolver) operation(b *builder, c *call) facts.Operation {
	text := c.Template
	if text == "" {
		text = b.Template
	}
	t := parseTemplate(text)
	op := facts.Operation{
		Method: c.Method, Path: t.Path, Segments: r.segments(t.Path),
		Request: r.schema.ref(c.Body), Response: r.schema.ref(c.Result),
		Arguments: t.Options, Deprecation: c.Deprecated,
	}
	place := r.at(t.Path)
	op.Kind = kindOf(c.Method, place, op.Response)
	if c.Method == "GET" {
		op.Query = t.Query
	} else {
		op.Arguments = requiredOnly(t.Options)
	}
	if d := op.Deprecation; d != nil {
		op.Deprecation = namedDeprecation(d, op.Segments)
	}
	r.setBody(&op, b, c)
	return op
}

// requiredOnly are the options that a template spells out: the others belong to
// the GET that shares it.
func requiredOnly(options []facts.Argument) []facts.Argument {
	var required []facts.Argument
	for _, option := range options {
		if option.Required {
			required = append(required, option)
		}
	}
	return required
}

// kindOf follows from the place and the method.
func kindOf(method string, p *place, response facts.TypeRef) string {
	switch p.Kind {
	case "ref":
		return map[string]string{"GET": "linkRead", "POST": "linkAdd", "PUT": "linkSet", "PATCH": "linkSet", "DELETE": "linkDrop"}[method]
	case "count", "action":
		return p.Kind
	case "function":
		if method == "GET" {
			return p.Kind
		}
	case "value":
		return "stream"
	}
	if p.Type == "Edm.Stream" || response.Name == "Edm.Stream" {
		return "stream"
	}
	switch method {
	case "POST":
		return "create"
	case "PATCH":
		return "update"
	case "PUT":
		return "replace"
	case "DELETE":
		return "delete"
	}
	if p.Collection && (p.Kind == "set" || p.Kind == "cast") {
		return "list"
	}
	return "get"
}

// setBody separates what a method takes: parameters of an action or function,
// a stream, a link, an entity.
func (r *resolver) setBody(op *facts.Operation, b *builder, c *call) {
	switch {
	case op.Kind == "function":
		op.Request = facts.TypeRef{}
		op.Parameters = r.functionParameters(op, b)
	case op.Kind == "action" && !r.schema.names.inGraph(c.Body) && c.Body.Package != "":
		op.Request = facts.TypeRef{}
		op.Parameters = r.actionParameters(op, c.Body)
	case strings.HasPrefix(op.Kind, "link"):
		op.Request = facts.TypeRef{}
	case c.Body.Name == "[]byte":
		op.Media = []string{anyMedia}
	}
}

// anyMedia stands for a body of whatever type the caller names.
const anyMedia = "*/*"

// functionParameters are the names in the parentheses with the types of the
// builder's constructor.
func (r *resolver) functionParameters(op *facts.Operation, b *builder) []facts.Parameter {
	var all []facts.Parameter
	for _, name := range argumentNames(op.Path[strings.LastIndexByte(op.Path, '/')+1:]) {
		edm := primitiveTypes[b.Params[name]]
		if edm == "" {
			edm = "Edm.String"
		}
		all = append(all, facts.Parameter{Name: name, Type: facts.TypeRef{Name: edm}, Required: true})
	}
	r.completeParameters(op, all)
	return all
}

// actionParameters are the fields of an action's body.
func (r *resolver) actionParameters(op *facts.Operation, body goType) []facts.Parameter {
	m := r.schema.models[body]
	if m == nil {
		return nil
	}
	var all []facts.Parameter
	for _, p := range r.schema.properties(m) {
		all = append(all, facts.Parameter{Name: p.Name, Type: p.Type, Nullable: true})
	}
	r.completeParameters(op, all)
	return all
}

// completeParameters takes order, nullability and narrower types from the
// method of the metadata that fits in name, binding and parameters. Where the
// SDK has text for want of the enumeration it stays text: pages use members that
// the metadata has not.
func (r *resolver) completeParameters(op *facts.Operation, all []facts.Parameter) {
	c, known := r.declaredMethod(op, all)
	if known == nil {
		return
	}
	for i := range all {
		p := known.parameter(all[i].Name)
		declared := c.qualify(p.Type)
		if agree(all[i].Type, declared) || r.schema.enums[declared.Name] != nil && !r.schema.lent[declared.Name] && isEdm(all[i].Type.Name) {
			all[i].Type = declared
		}
		all[i].Nullable = p.Nullable != "false"
		all[i].Required = !all[i].Nullable && !optional(p.Terms) && !hasZero(all[i].Type)
		if op.Kind == "function" {
			all[i].Required = true
		}
	}
	if op.Kind == "action" {
		slices.SortStableFunc(all, func(a, b facts.Parameter) int { return known.place(a.Name) - known.place(b.Name) })
	}
}

// hasZero tells the types for which "not nullable" says nothing about leaving a
// parameter out: services take false and zero then.
func hasZero(t facts.TypeRef) bool {
	return !t.Collection && slices.Contains([]string{"Edm.Boolean", "Edm.Int32", "Edm.Int64", "Edm.Int16", "Edm.Double", "Edm.Single", "Edm.Decimal"}, t.Name)
}

// declaredMethod finds the action or function of the metadata: bound to the
// type before it or a base, with all the parameters that the SDK has.
func (r *resolver) declaredMethod(op *facts.Operation, all []facts.Parameter) (*csdl, *csdlMethod) {
	last := len(op.Segments) - 1
	var parent *place
	if last > 0 {
		parent = r.at(op.Path[:strings.LastIndexByte(op.Path, '/')])
	}
	for _, c := range r.schema.documents {
		for _, m := range c.Methods[strings.ToLower(op.Segments[last].Name)] {
			if r.binds(c, m, parent) && m.covers(all) {
				return c, m
			}
		}
	}
	return nil, nil
}

// binds tells whether a method may be called on a place.
func (r *resolver) binds(c *csdl, m *csdlMethod, parent *place) bool {
	if parent == nil || !m.IsBound || len(m.Parameters) == 0 {
		return parent == nil && !m.IsBound
	}
	to := c.qualify(m.Parameters[0].Type)
	return to.Collection == parent.Collection && r.schema.derives(parent.Type, to.Name)
}

// covers tells whether a method has all these parameters.
func (m *csdlMethod) covers(all []facts.Parameter) bool {
	return !slices.ContainsFunc(all, func(p facts.Parameter) bool { return m.parameter(p.Name) == nil })
}

func (m *csdlMethod) parameter(name string) *csdlProperty {
	if at := m.place(name); at >= 0 {
		return &m.Parameters[at]
	}
	return nil
}

// place is where a parameter stands, without regard to case; -1 for nowhere.
func (m *csdlMethod) place(name string) int {
	return slices.IndexFunc(m.Parameters, func(p csdlProperty) bool { return strings.EqualFold(p.Name, name) })
}

// namedDeprecation says which element goes: the one that the note names when it
// is a segment or type of the path, else the path's last name.
func namedDeprecation(d *facts.Deprecation, segments []facts.Segment) *facts.Deprecation {
	named := *d
	last := ""
	for _, s := range segments {
		if strings.EqualFold(s.Name, d.Element) || strings.EqualFold(s.Type[strings.LastIndexByte(s.Type, '.')+1:], d.Element) {
			return &named
		}
		if s.Kind == "set" || s.Kind == "single" || s.Kind == "property" || s.Kind == "action" || s.Kind == "function" {
			last = s.Name
		}
	}
	named.Element = last
	return &named
}
