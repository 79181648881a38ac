package openapi

import (
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// TypeRef names a type: "Edm.Boolean", "microsoft.graph.user", or "" for what
// the description leaves untyped.
type TypeRef struct {
	Name       string
	Collection bool

	of *Type // what Name names; nil for primitive and undeclared types
}

// Type returns the type that the reference names, nil for primitive and
// untyped values.
func (r TypeRef) Type() *Type { return r.of }

// String writes the reference as OData does: "Collection(Edm.String)".
func (r TypeRef) String() string {
	if r.Collection {
		return "Collection(" + r.Name + ")"
	}
	return r.Name
}

// primitive reports whether the reference names an OData primitive type.
func (r TypeRef) primitive() bool { return strings.HasPrefix(r.Name, "Edm.") }

// TypeKind tells entity, complex and enumeration types apart.
type TypeKind uint8

// Kinds of types.
const (
	EntityType TypeKind = iota + 1
	ComplexType
	EnumType
)

// String gives the word that CSDL has for the kind.
func (k TypeKind) String() string {
	return [...]string{"", "EntityType", "ComplexType", "EnumType"}[k]
}

// Type is an entity, complex or enumeration type of one version. There is one
// value per type, so types can be compared as pointers.
type Type struct {
	Name     string // "microsoft.graph.user"; anonymous types have a "/" in it
	Kind     TypeKind
	Open     bool // other properties than the declared ones are allowed
	Abstract bool // only derived types have instances
	Stream   bool // an entity that has bytes of its own, at $value

	// Extensible says that extension properties may stand beside the declared
	// ones, and nothing else (graph-behaviour §3.10).
	Extensible bool

	in    *Version
	row   int  // in the table; -1 for the parameters of an action
	base  int  // row; -1 for none
	flags bool // an enumeration whose members combine

	once    sync.Once
	content content
	schemas [3]schemaOnce // whole, partial and shown, see schema.go
}

// content is what a type holds, read at the first use.
type content struct {
	own      []*Property
	all      []*Property    // id, then inherited ones, then own
	byName   map[string]int // position in all
	required []string       // properties that a create must name by this type, not by its bases
	extra    table.Extra
}

type schemaOnce struct {
	once   sync.Once
	schema *openapi3.Schema
}

// Property is a structural or navigation property.
type Property struct {
	Name       string
	Type       TypeRef
	Nullable   bool
	ReadOnly   bool // set by the service alone
	CreateOnly bool // given on create, fixed afterwards
	Required   bool // a create must name it
	Navigation bool // leads to entities
	Contained  bool // a navigation whose entities live inside their owner

	limits *facts.Limits // nil for none
}

// facets are the limits of a property's values, all zero when there are none.
func (p *Property) facets() *facts.Limits {
	if p.limits == nil {
		return &noLimits
	}
	return p.limits
}

var noLimits facts.Limits

// Base returns the type that t derives from, nil when there is none.
func (t *Type) Base() *Type {
	if t.base < 0 {
		return nil
	}
	return t.in.typeAt(t.base)
}

// Properties lists what t has: id first, then inherited ones, then its own. The slice is shared: do not change it.
func (t *Type) Properties() []*Property { return t.read().all }

// Property finds a property by its exact name, nil when t has none of it.
func (t *Type) Property(name string) *Property {
	if i := t.Position(name); i >= 0 {
		return t.content.all[i]
	}
	return nil
}

// Position is where a property stands among all that t has, -1 when t has none
// of that exact name.
func (t *Type) Position(name string) int {
	if i, ok := t.read().byName[name]; ok {
		return i
	}
	return -1
}

// PropertyFold finds a property by its name without regard to ASCII case.
func (t *Type) PropertyFold(name string) *Property {
	if p := t.Property(name); p != nil {
		return p
	}
	for _, p := range t.content.all {
		if equalFold(p.Name, name) {
			return p
		}
	}
	return nil
}

// takes reports whether an object of the type may have a property that is not
// declared.
func (t *Type) takes(name string) bool {
	return t.Open || t.Extensible && strings.Contains(name, "_") || t.blank()
}

// blank reports whether the model leaves the type empty for anything to stand
// there, as plannerAssignments and Json.
func (t *Type) blank() bool {
	return t.Kind == ComplexType && t.row >= 0 && !t.anonymous() && len(t.Properties()) == 0
}

// Is reports whether t is base or derives from it.
func (t *Type) Is(base *Type) bool {
	for ; t != nil; t = t.Base() {
		if t == base {
			return true
		}
	}
	return false
}

// Members lists the members of an enumeration in the model's order. The slice
// is shared: do not change it.
func (t *Type) Members() []string { return t.read().extra.Members }

// Keys names the properties that identify an entity of the type, "id" nearly
// always; nil for other types. The slice is shared: do not change it.
func (t *Type) Keys() []string {
	if t.Kind != EntityType {
		return nil
	}
	for at := t; at != nil; at = at.Base() {
		if keys := at.read().extra.Keys; keys != nil {
			return keys
		}
	}
	return onlyID
}

var onlyID = []string{"id"}

// AlternateKeys lists other properties, or groups of them, that identify an
// entity of the type. The slice is shared: do not change it.
func (t *Type) AlternateKeys() [][]string {
	for at := t; at != nil; at = at.Base() {
		if keys := at.read().extra.AlternateKeys; keys != nil {
			return keys
		}
	}
	return nil
}

// read reads what t holds, once.
func (t *Type) read() *content {
	t.once.Do(func() {
		if t.row >= 0 {
			t.content.readOwn(t.in, t.row)
		}
		t.content.flatten(t.Base())
	})
	return &t.content
}

// readOwn reads a type's own part from the table.
func (c *content) readOwn(v *Version, row int) {
	c.extra = v.table.Extra(row)
	c.required = c.extra.Required
	first, end := v.table.TypeProperties(row)
	c.own = make([]*Property, 0, end-first)
	for i := first; i < end; i++ {
		from := v.table.Property(i)
		p := &Property{
			Name: from.Name, Type: v.ref(from.Type), Nullable: from.Nullable, ReadOnly: from.ReadOnly, CreateOnly: from.CreateOnly,
			Required: from.Required, Navigation: from.Navigation, Contained: from.Contained,
		}
		if from.Limited {
			p.limits = v.table.Limits(i)
		}
		c.own = append(c.own, p)
	}
}

// flatten gathers inherited and own properties; a redefined one takes the
// place of the inherited. The table has no circular inheritance.
func (c *content) flatten(base *Type) {
	if base != nil {
		for _, p := range base.Properties() {
			if !slices.ContainsFunc(c.own, func(o *Property) bool { return o.Name == p.Name }) {
				c.all = append(c.all, p)
			}
		}
	}
	c.all = append(c.all, c.own...)
	if i := slices.IndexFunc(c.all, func(p *Property) bool { return p.Name == "id" }); i > 0 {
		id := c.all[i]
		copy(c.all[1:i+1], c.all[:i])
		c.all[0] = id
	}
	c.byName = make(map[string]int, len(c.all))
	for i, p := range c.all {
		c.byName[p.Name] = i
	}
	c.required = slices.Clip(c.required)
	for _, p := range c.own {
		if p.Required {
			c.required = append(c.required, p.Name)
		}
	}
}

// parametersType is a type whose properties are an action's parameters.
func parametersType(op *Operation) *Type {
	t := &Type{Name: op.Template + "/" + op.Method, Kind: ComplexType, in: op.in, row: -1, base: -1}
	t.content.own = op.parameters
	return t
}

// requiredNames lists the properties that a create must name, inherited ones
// first.
func (t *Type) requiredNames() []string {
	if base := t.Base(); base != nil {
		return append(slices.Clip(base.requiredNames()), t.read().required...)
	}
	return t.read().required
}

// names lists the names of t's properties for a "did you mean".
func (t *Type) names() []string {
	names := make([]string, 0, len(t.Properties()))
	for _, p := range t.Properties() {
		names = append(names, p.Name)
	}
	return names
}

// anonymous reports whether the description has t in place, without a name.
func (t *Type) anonymous() bool { return strings.Contains(t.Name, "/") }
