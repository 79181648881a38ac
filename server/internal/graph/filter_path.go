package graph

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// pathPlan is a planned path: where it begins, the members to go down, and
// what stands at the end.
type pathPlan struct {
	start func(*scope) item // the entity, a range variable, or what a navigation leads to
	names []string          // member names from there
	edm   string            // Edm type at the end; enumerations are Edm.String
	typ   *openapi.Type     // complex, entity or enumeration type at the end; nil for others
	enum  bool

	collection bool
	navigation *openapi.Property // the end is the far side of this one
	elsewhere  bool              // the end is in another entity
	count      bool              // $count behind it
	where      predicate         // $filter of $count; nil for none
}

func (at *pathPlan) primitive() bool { return at.typ == nil || at.enum }

// read goes down to the end.
func (at *pathPlan) read(s *scope) item {
	i := at.start(s)
	for _, name := range at.names {
		raw, ok := entity.Field(i.data, name)
		if !ok {
			return item{}
		}
		i = item{data: raw}
	}
	return i
}

// path plans a path; nil after a refusal. Several look at the same one in turn.
func (p *planner) path(n *odata.Path) *pathPlan {
	if p.latest == n {
		return p.planned
	}
	at := p.root(n)
	for i := range n.Segments {
		if at == nil || !p.segment(at, &n.Segments[i]) {
			return nil
		}
	}
	p.latest, p.planned = n, at
	return at
}

// root is where a path begins.
func (p *planner) root(n *odata.Path) *pathPlan {
	switch n.Root {
	case odata.RootImplicit, odata.RootIt, odata.RootThis:
		return &pathPlan{start: func(s *scope) item { return s.item }, typ: p.typ}
	case odata.RootVariable:
		for i := len(p.vars) - 1; i >= 0; i-- {
			if v := &p.vars[i]; strings.EqualFold(v.name, n.Variable) {
				return &pathPlan{start: func(s *scope) item { return s.vars[i] }, typ: v.typ, edm: v.edm, enum: v.enum}
			}
		}
	}
	p.unsupported(n)
	return nil
}

// segment takes one step; false after a refusal.
func (p *planner) segment(at *pathPlan, s *odata.Segment) bool {
	switch s.Kind {
	case odata.SegmentCast:
		if t := p.catalogue.Type(s.Name); t != nil {
			at.typ = t // members of other types do not have what follows
			return true
		}
	case odata.SegmentProperty:
		return p.member(at, s.Name)
	case odata.SegmentCount:
		if at.collection {
			return p.counted(at, s)
		}
	}
	p.refuse(fmt.Sprintf("The path segment '%s' is not supported here.", s.Name))
	return false
}

// member goes to a property of the type reached.
func (p *planner) member(at *pathPlan, name string) bool {
	if at.typ == nil && at.edm == untyped && !at.collection {
		at.names = append(at.names[:len(at.names):len(at.names)], name)
		return true // inside of what no type declares, as a set of custom security attributes
	}
	if at.collection || at.typ == nil || at.enum {
		p.refuse(fmt.Sprintf("Could not find a property named '%s' on type '%s'.", name, typeName(at.typ)))
		return false
	}
	found := propertyOf(at.typ, name)
	switch {
	case found != nil && found.Navigation:
		p.navigate(at, found)
		return true
	case found != nil:
		at.enter(found)
		if p.judged != nil {
			*p.judged = append(*p.judged, found.Name)
		}
		return true
	case at.typ.Open || strings.Contains(name, "_"):
		at.names, at.typ, at.edm = append(at.names[:len(at.names):len(at.names)], name), nil, untyped
		return true
	}
	p.keep(option(fmt.Sprintf("Invalid filter clause: Could not find a property named '%s' on type '%s'.", name, typeName(at.typ)),
		"$filter: no property "+name+" on "+typeName(at.typ)))
	return false
}

// enter goes down into a structural property.
func (at *pathPlan) enter(p *openapi.Property) {
	at.names = append(at.names[:len(at.names):len(at.names)], p.Name)
	at.edm, at.typ, at.collection, at.navigation = p.Type.Name, p.Type.Type(), p.Type.Collection, nil
	at.enum = at.typ != nil && at.typ.Kind == openapi.EnumType
	if at.enum {
		at.edm = "Edm.String"
	}
}

// navigate goes to the far side of a navigation property.
func (p *planner) navigate(at *pathPlan, nav *openapi.Property) {
	from := *at
	at.names, at.edm, at.typ, at.collection, at.navigation = nil, "", nav.Type.Type(), nav.Type.Collection, nav
	at.elsewhere = true
	at.start = func(s *scope) item {
		for i := range s.related(from.read(s), nav) {
			return i
		}
		return item{}
	}
	if nav.Type.Collection {
		at.start = from.read
	}
}

// related yields what a navigation property of an entity leads to.
func (s *scope) related(from item, nav *openapi.Property) func(yield func(item) bool) {
	return func(yield func(item) bool) {
		if s.run == nil || from.entity.Ordinal == 0 {
			return
		}
		sub := s.run.into(from.entity, &expansion{nav: nav}, "")
		if r := referenceFrom(from.typ, from.entity.Ordinal, nav.Name); r != nil && from.entity.Type == "" {
			sub.place.ref = r
		}
		sub.related()(func(e store.Entity) bool {
			return yield(item{data: e.JSON, entity: e, typ: nav.Type.Type()})
		})
	}
}

// elements yields the items of the collection at the end of a path.
func (at *pathPlan) elements(s *scope) func(yield func(item) bool) {
	i := at.read(s)
	if at.navigation != nil {
		return s.related(i, at.navigation)
	}
	return func(yield func(item) bool) {
		for raw := range entity.Elements(i.data) {
			if !yield(item{data: raw}) {
				return
			}
		}
	}
}

// counted plans …/$count, with a $filter in parentheses or without.
func (p *planner) counted(at *pathPlan, s *odata.Segment) bool {
	at.count = true
	if s.Options == nil || s.Options.Filter == nil {
		return true
	}
	inner := planner{typ: at.typ, catalogue: p.catalogue, aliases: p.aliases, judged: p.judged, unmasked: p.unmasked}
	at.where = inner.predicate(s.Options.Filter)
	if inner.refused != nil {
		p.keep(inner.refused)
	}
	return inner.refused == nil
}

// total counts the elements at the end of a path.
func (at *pathPlan) total(s *scope) scalar {
	n := 0
	for i := range at.elements(s) {
		inner := scope{run: s.run, item: i}
		if at.where == nil || at.where(&inner) {
			n++
		}
	}
	return scalar{Kind: numberScalar, Number: float64(n)}
}

// untyped is the type of a property that no type declares: its values are of the
// types that they have, and compare with any.
const untyped = "Edm.Untyped"

// value plans a path to a primitive value.
func (p *planner) value(n *odata.Path) (operand, string) {
	return p.valueOf(p.path(n), n)
}

// typed plans an operand again that has no type of its own, to be held against a
// value of a type.
func (p *planner) typed(e odata.Expr, read operand, edm, against string) (operand, string) {
	n, isPath := e.(*odata.Path)
	if edm != untyped || !isPath || against == untyped || against == "null" {
		return read, edm
	}
	at := *p.path(n)
	at.edm = against
	return p.valueOf(&at, n)
}

// ofSeveral lets a property that no type declares be a list, one of whose elements
// is compared: so the directory filters by custom security attributes of several
// values and by directory extensions (D, pages custom-security-attributes-examples
// and extensibility-overview).
func (p *planner) ofSeveral(op odata.Operator, left odata.Expr, with operand, edm string, single predicate) predicate {
	n, isPath := left.(*odata.Path)
	if !isPath || op != odata.OpEq && op != odata.OpNe {
		return single
	}
	at := p.path(n)
	if at == nil || at.edm != untyped || at.collection {
		return single
	}
	return func(s *scope) bool {
		data := at.read(s).data
		if len(data) == 0 || data[0] != '[' {
			return single(s)
		}
		for element := range entity.Elements(data) {
			if toScalar(element, edm).compare(with(s)) == 0 {
				return op == odata.OpEq
			}
		}
		return op == odata.OpNe
	}
}

func (p *planner) valueOf(at *pathPlan, n *odata.Path) (operand, string) {
	switch {
	case at == nil:
		return nil, ""
	case at.count:
		return at.total, "Edm.Int64"
	case at.collection || !at.primitive():
		name := n.Variable
		if len(n.Segments) > 0 {
			name = n.Segments[len(n.Segments)-1].Name
		}
		p.refuse(fmt.Sprintf("The property '%s' cannot be used here.", name))
		return nil, ""
	case len(at.names) > 0 && n.Root == odata.RootImplicit && !at.elsewhere && onlyProperties(n):
		names, edm := at.names, at.edm
		return func(s *scope) scalar { return readScalar(s.item.data, names, edm) }, edm
	}
	edm := at.edm
	if edm == "" {
		edm = "Edm.String"
	}
	return func(s *scope) scalar { return toScalar(at.read(s).data, edm) }, edm
}
