package openapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// draftType is a type under construction.
type draftType struct {
	name     string // qualified; of an anonymous type its place, with a "/" in it
	kind     TypeKind
	open     bool
	abstract bool

	extensible bool // extension properties may stand beside the declared ones
	stream     bool // an entity that has bytes of its own

	base     string // empty for none
	own      []*facts.Property
	required []string // own and inherited ones
	members  []string
	flags    bool
}

// typeNamed finds a type by its name, nil when there is none.
func (c *compiler) typeNamed(name string) *draftType { return c.types[shortTypeName(name)] }

// typeOf is the type that a reference names, nil for primitive and untyped
// values.
func (c *compiler) typeOf(r facts.TypeRef) *draftType { return c.typeNamed(r.Name) }

// typeFold finds a type by its short name without regard to ASCII case.
func (c *compiler) typeFold(short string) *draftType {
	if t := c.types[short]; t != nil {
		return t
	}
	if c.folded == nil {
		c.folded = make(map[string]*draftType, len(c.types))
		for _, name := range sortedKeys(c.types) {
			c.folded[table.Fold(name)] = c.types[name]
		}
	}
	return c.folded[table.Fold(short)]
}

func (c *compiler) baseOf(t *draftType) *draftType {
	if t.base == "" {
		return nil
	}
	return c.typeNamed(t.base)
}

// derives reports whether t is base or derives from it.
func (c *compiler) derives(t, base *draftType) bool {
	for ; t != nil; t = c.baseOf(t) {
		if t == base {
			return true
		}
	}
	return false
}

// propertyFold finds a property, inherited ones included, without regard to
// ASCII case.
func (c *compiler) propertyFold(t *draftType, name string) *facts.Property {
	for ; t != nil; t = c.baseOf(t) {
		for _, p := range t.own {
			if equalFold(p.Name, name) {
				return p
			}
		}
	}
	return nil
}

// declare registers a schema without a name as a type of its own, named by its
// place.
func (c *compiler) declare(where string, s *openapi3.Schema) *draftType {
	if known := c.typeNamed(where); known != nil {
		return known
	}
	t := &draftType{name: where}
	c.types[shortTypeName(where)] = t
	c.fill(t, s)
	return t
}

// listTypes turns the types into facts.
func (c *compiler) listTypes() {
	for _, name := range sortedKeys(c.types) {
		t := c.types[name]
		if t.kind == EnumType {
			c.facts.Enums = append(c.facts.Enums, facts.Enum{Name: t.name, Flags: t.flags, Members: t.members})
			continue
		}
		c.facts.Types = append(c.facts.Types, t.facts())
	}
}

func (t *draftType) facts() facts.Type {
	f := facts.Type{Name: t.name, Base: t.base, Entity: t.kind == EntityType, Abstract: t.abstract, Open: t.open,
		Extensible: t.extensible, Stream: t.stream}
	for _, p := range t.own {
		p.Required = slices.Contains(t.required, p.Name)
		f.Properties = append(f.Properties, *p)
	}
	for _, name := range t.required {
		if !slices.ContainsFunc(t.own, func(p *facts.Property) bool { return p.Name == name }) {
			f.Required = append(f.Required, name)
		}
	}
	return f
}

// anonymous reports whether the document has t in place, without a name.
func (t *draftType) anonymous() bool { return strings.Contains(t.name, "/") }
