package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// schema is the model of one version: what the SDK has, completed from the
// metadata documents where they agree with it.
type schema struct {
	names     *names
	models    map[goType]*model
	documents []*csdl // the version's own first
	types     map[string]*facts.Type
	enums     map[string]*facts.Enum

	documented map[string]bool // properties whose facts come from metadata: "microsoft.graph.user/manager"
	lent       map[string]bool // enumerations from metadata that the SDK lacks
	declared   map[string]bool // navigation properties that the metadata has and the SDK lacks
}

// newSchema builds the types. Keys names the key property of each type that
// stands behind a key in some path.
func newSchema(version string, models []*model, n *names, keys map[string]string, documents []*csdl) *schema {
	s := &schema{
		names: n, documents: documents,
		models: map[goType]*model{}, types: map[string]*facts.Type{}, enums: map[string]*facts.Enum{},
		documented: map[string]bool{}, lent: map[string]bool{}, declared: map[string]bool{},
	}
	for _, m := range models {
		s.models[m.goType] = m
	}
	for _, m := range models {
		name := n.types[m.goType]
		switch {
		case name == "" || isEnvelope(m):
		case m.Enumeration:
			s.enums[name] = &facts.Enum{Name: name, Flags: m.Flags || s.isFlags(name), Members: m.Members}
		default:
			s.types[name] = &facts.Type{Name: name, Base: n.types[m.Base], Properties: s.properties(m)}
		}
	}
	for name, t := range s.types {
		t.Entity = s.isEntity(name, keys)
		s.complete(t, keys[name])
	}
	for _, name := range sortedKeys(s.types) {
		s.addMissing(version, s.types[name])
		s.navigation(s.types[name])
	}
	return s
}

// isEnvelope tells what the SDK wraps around Graph's types: a page of a
// collection, the body of a $ref.
func isEnvelope(m *model) bool {
	if m.Enumeration {
		return false
	}
	switch m.Name {
	case "BaseCollectionPaginationCountResponse", "BaseDeltaFunctionResponse", "ReferenceCreate", "ReferenceUpdate":
		return true
	}
	return strings.HasSuffix(m.Name, "CollectionResponse") && m.Base.Name == "BaseCollectionPaginationCountResponse"
}

func (s *schema) isFlags(name string) bool {
	return slices.ContainsFunc(s.documents, func(c *csdl) bool { return c.Enums[name] != nil && c.Enums[name].IsFlags })
}

// isEntity follows the first document that knows the type, then the base type,
// then whether paths give it a key.
func (s *schema) isEntity(name string, keys map[string]string) bool {
	if name == "microsoft.graph.entity" {
		return true
	}
	for _, c := range s.documents {
		if t := c.Types[name]; t != nil {
			return t.Entity
		}
	}
	if t := s.types[name]; t != nil && t.Base != "" && s.isEntity(t.Base, keys) {
		return true
	}
	return keys[name] != ""
}

// properties are a structure's own ones, in the SDK's order.
func (s *schema) properties(m *model) []facts.Property {
	var own []facts.Property
	for _, f := range m.Fields {
		if strings.HasPrefix(f.Name, "@odata.") {
			continue
		}
		own = append(own, facts.Property{Name: f.Name, Type: s.fieldType(f), Nullable: f.Name != "id"})
	}
	return own
}

// fieldType names a field's type; Edm.Untyped when the SDK has a structure of
// its own there.
func (s *schema) fieldType(f field) facts.TypeRef {
	name := f.Edm
	if name == "" {
		name = s.names.types[f.Type]
	}
	if name == "" {
		name = "Edm.Untyped"
	}
	return facts.TypeRef{Name: name, Collection: f.Collection}
}

// complete adds what only metadata documents tell.
func (s *schema) complete(t *facts.Type, key string) {
	var order []string
	for _, c := range s.documents {
		known := c.Types[t.Name]
		if known == nil || known.Entity != t.Entity {
			continue
		}
		if order == nil {
			t.Abstract, t.Stream = known.Abstract, known.HasStream
			t.Open, t.Extensible = openness(t, known.OpenType)
			t.Keys, t.AlternateKeys = keyNames(known), c.alternateKeys(t.Name, known)
			order = propertyOrder(known)
		}
		break
	}
	for i := range t.Properties {
		s.completeProperty(t, &t.Properties[i])
	}
	if order != nil {
		sortByOrder(t.Properties, order)
	} else if key != "" && key != "id" {
		t.Keys = []string{key}
	}
}

// openness splits OpenType in two: an entity that has it takes extension
// properties and nothing else (graph-behaviour §3.10), but for those that are
// made to hold whatever one likes; an open complex type is a dictionary.
func openness(t *facts.Type, open bool) (anything, extensions bool) {
	switch t.Name {
	case "microsoft.graph.extension", "microsoft.graph.openTypeExtension", "microsoft.graph.fieldValueSet":
		return open, false
	}
	return open && !t.Entity, open && t.Entity
}

// addMissing adds properties that a metadata document has and the SDK has not,
// provided that their types are in the model. The version's own full document
// is newer than the SDK and gives all; other documents give those of another
// namespace, which the SDK drops because Go allows no import cycles.
func (s *schema) addMissing(version string, t *facts.Type) {
	for _, c := range s.documents {
		known := c.Types[t.Name]
		if known == nil || known.Entity != t.Entity {
			continue
		}
		for i := range known.Properties {
			p := &known.Properties[i]
			declared := c.qualify(p.Type)
			if (c.Version == version || isForeign(t.Name, declared.Name)) && s.knows(declared.Name) {
				s.add(t, facts.Property{Name: p.Name, Type: declared})
			}
		}
		if c.Version == version {
			sortByOrder(t.Properties, propertyOrder(known))
		}
	}
}

// add puts a property in unless the type or a base of it has it.
func (s *schema) add(t *facts.Type, p facts.Property) {
	if s.property(t.Name, p.Name) != nil {
		return
	}
	t.Properties = append(t.Properties, p)
	s.completeProperty(t, &t.Properties[len(t.Properties)-1])
}

// isForeign tells whether a type is in another namespace of Graph.
func isForeign(name, other string) bool {
	return !isEdm(other) && name[:strings.LastIndexByte(name, '.')] != other[:strings.LastIndexByte(other, '.')]
}

// knows tells whether a type is OData's own or in the model.
func (s *schema) knows(name string) bool {
	return isEdm(name) || s.types[name] != nil || s.enums[name] != nil
}

// keyNames are the key properties, nil for id alone.
func keyNames(t *csdlType) []string {
	var names []string
	for _, key := range t.Key {
		names = append(names, key.Name)
	}
	if len(names) == 1 && names[0] == "id" {
		return nil
	}
	return names
}

func propertyOrder(t *csdlType) []string {
	order := []string{}
	for i := range t.Properties {
		order = append(order, t.Properties[i].Name)
	}
	return order
}

// sortByOrder puts the properties that the metadata lists in its order and the
// others after them.
func sortByOrder(properties []facts.Property, order []string) {
	place := func(p facts.Property) int {
		if at := slices.Index(order, p.Name); at >= 0 {
			return at
		}
		return len(order)
	}
	slices.SortStableFunc(properties, func(a, b facts.Property) int { return place(a) - place(b) })
}

// completeProperty takes a property's facts from the first document whose
// property of that name agrees in type.
func (s *schema) completeProperty(t *facts.Type, p *facts.Property) {
	for _, c := range s.documents {
		known := c.Types[t.Name].property(p.Name)
		if known == nil {
			continue
		}
		declared := c.qualify(known.Type)
		if !agree(p.Type, declared) {
			continue
		}
		terms := c.terms(t.Name, known)
		p.Type = declared
		p.Nullable = known.Nullable != "false" && !(declared.Collection && known.navigation())
		p.ReadOnly, p.CreateOnly = readOnly(terms), immutable(terms)
		p.Navigation, p.Contained = known.navigation(), known.ContainsTarget
		s.documented[t.Name+"/"+p.Name] = true
		return
	}
}

// agree tells whether the SDK's type can be the metadata's: the SDK knows fewer
// primitive types.
func agree(sdk, declared facts.TypeRef) bool {
	if sdk.Collection != declared.Collection {
		return false
	}
	return sdk.Name == declared.Name || isEdm(sdk.Name) && isEdm(declared.Name)
}

func isEdm(name string) bool { return strings.HasPrefix(name, "Edm.") }

// navigation marks the properties that lead to entities; metadata that knows
// the property has done so already.
func (s *schema) navigation(t *facts.Type) {
	for i := range t.Properties {
		p := &t.Properties[i]
		if target := s.types[p.Type.Name]; target != nil && target.Entity && !s.documented[t.Name+"/"+p.Name] {
			p.Navigation = true
		}
	}
}

// property finds a property of a type or of its bases.
func (s *schema) property(typeName, name string) *facts.Property {
	for t := s.types[typeName]; t != nil; t = s.types[t.Base] {
		for i := range t.Properties {
			if t.Properties[i].Name == name {
				return &t.Properties[i]
			}
		}
	}
	return nil
}

// derives tells whether a type is another or comes from it.
func (s *schema) derives(typeName, base string) bool {
	for typeName != base {
		t := s.types[typeName]
		if t == nil {
			return false
		}
		typeName = t.Base
	}
	return true
}

// ref names what a builder sends or answers: pages become collections, wrapped
// values lose their wrapping.
func (s *schema) ref(t goType) facts.TypeRef {
	if t.Name == "" {
		return facts.TypeRef{}
	}
	if t.Package == "" || primitiveTypes[t.Name] != "" && s.models[t] == nil {
		return facts.TypeRef{Name: primitiveTypes[t.Name], Collection: t.Slice}
	}
	m := s.models[t.single()]
	if name := s.names.types[t.single()]; name != "" && (m == nil || !isEnvelope(m)) {
		return facts.TypeRef{Name: name, Collection: t.Slice}
	}
	for m != nil {
		for _, f := range m.Fields {
			if f.Name == "value" {
				return s.fieldType(f)
			}
		}
		m = s.models[m.Base]
	}
	return facts.TypeRef{Name: "Edm.Untyped"}
}

func (t goType) single() goType {
	t.Slice = false
	return t
}
