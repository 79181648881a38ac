package openapi

import (
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// TypeRef names a type: "Edm.Boolean", "microsoft.graph.user", or "" for what
// the description leaves untyped.
type TypeRef struct {
	Name       string
	Collection bool

	in *Version // where Name is looked up; nil: nowhere
}

// Type returns the type that the reference names, nil for primitive and
// untyped values.
func (r TypeRef) Type() *Type {
	if r.in == nil {
		return nil
	}
	return r.in.Type(r.Name)
}

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

	in       *Version
	base     string // empty: none
	own      []*Property
	required []string // own properties that a create must name
	members  []string
	flags    bool // an enumeration whose members combine

	once    sync.Once
	all     []*Property
	byName  map[string]*Property
	schemas [2]schemaOnce // whole and partial, see schema.go
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
	Navigation bool // leads to entities
	Contained  bool // a navigation whose entities live inside their owner

	limits limits
}

// limits are the facets of a property's values; zero means no limit.
type limits struct {
	minLength, minItems uint64
	maxLength, maxItems *uint64
	min, max            *float64
	uniqueItems         bool
	emptyItems          bool // null is allowed among the items
	pattern             string
}

// Base returns the type that t derives from, nil when there is none.
func (t *Type) Base() *Type {
	if t.base == "" {
		return nil
	}
	return t.in.Type(t.base)
}

// Properties lists what t has: id first, then inherited ones, then its own,
// each group by name. The slice is shared: do not change it.
func (t *Type) Properties() []*Property {
	t.once.Do(t.flatten)
	return t.all
}

// Property finds a property by its exact name, nil when t has none of it.
func (t *Type) Property(name string) *Property {
	t.once.Do(t.flatten)
	return t.byName[name]
}

// PropertyFold finds a property by its name without regard to ASCII case.
func (t *Type) PropertyFold(name string) *Property {
	if p := t.Property(name); p != nil {
		return p
	}
	for _, p := range t.all {
		if equalFold(p.Name, name) {
			return p
		}
	}
	return nil
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
func (t *Type) Members() []string { return t.members }

// flatten gathers inherited and own properties; a redefined one takes the
// place of the inherited. The compiler has refused circular inheritance.
func (t *Type) flatten() {
	if base := t.Base(); base != nil {
		for _, p := range base.Properties() {
			if !slices.ContainsFunc(t.own, func(o *Property) bool { return o.Name == p.Name }) {
				t.all = append(t.all, p)
			}
		}
	}
	t.all = append(t.all, t.own...)
	if i := slices.IndexFunc(t.all, func(p *Property) bool { return p.Name == "id" }); i > 0 {
		id := t.all[i]
		copy(t.all[1:i+1], t.all[:i])
		t.all[0] = id
	}
	t.byName = make(map[string]*Property, len(t.all))
	for _, p := range t.all {
		t.byName[p.Name] = p
	}
}

// requiredNames lists the properties that a create must name, inherited ones
// first.
func (t *Type) requiredNames() []string {
	if base := t.Base(); base != nil {
		return append(slices.Clip(base.requiredNames()), t.required...)
	}
	return t.required
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
