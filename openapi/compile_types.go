package openapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// compileTypes makes a type of each named schema: their names first, because
// they refer to each other.
func (c *compiler) compileTypes() error {
	names := c.parts.refs.document.names("/components/schemas")
	for _, name := range names {
		if err := c.declareNamed(name); err != nil {
			return err
		}
		c.progress.step()
	}
	for _, name := range names {
		if t := c.types[shortTypeName(name)]; t != nil && t.name == name {
			schema, err := c.parts.schema(name)
			if err != nil {
				return err
			}
			c.fill(t, schema)
		}
		c.progress.step()
	}
	for _, name := range sortedKeys(c.types) {
		c.checkBases(c.types[name])
	}
	return nil
}

// declareNamed declares the type that a named schema stands for; envelopes of
// lists and aliases of primitive types stand for none.
func (c *compiler) declareNamed(name string) error {
	tree, err := c.parts.refs.schema(name)
	if err != nil {
		return err
	}
	if strings.HasSuffix(name, "CollectionResponse") || strings.HasSuffix(name, "PaginationCountResponse") {
		return nil
	}
	object, _ := tree.(map[string]any)
	if kind := kindOfTree(object); kind != 0 {
		c.types[shortTypeName(name)] = &draftType{name: name, kind: kind}
		nullable, _ := object["nullable"].(bool)
		c.parts.stubs[name] = &openapi3.Schema{Nullable: nullable}
	}
	return nil
}

// kindOfTree is [kindOf] of a schema as the text has it.
func kindOfTree(object map[string]any) TypeKind {
	list := func(name string) bool { l, _ := object[name].([]any); return len(l) > 0 }
	properties, _ := object["properties"].(map[string]any)
	switch word, _ := singleType(object["type"]); {
	case list("enum") && word == "string":
		return EnumType
	case word == "object", list("allOf"), len(properties) > 0:
		return ComplexType
	}
	return 0
}

func kindOf(s *openapi3.Schema) TypeKind {
	switch {
	case len(s.Enum) > 0 && s.Type.Is("string"):
		return EnumType
	case s.Type.Is("object"), len(s.AllOf) > 0, len(s.Properties) > 0:
		return ComplexType
	}
	return 0
}

// fill reads a schema into its type.
func (c *compiler) fill(t *draftType, s *openapi3.Schema) {
	t.kind = kindOf(s)
	if t.kind == EnumType {
		fillEnum(t, s)
		return
	}
	t.kind = ComplexType
	c.fillObject(t, s)
	slices.SortFunc(t.own, func(a, b *facts.Property) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(t.required)
	t.required = slices.Compact(t.required)
}

func fillEnum(t *draftType, s *openapi3.Schema) {
	t.kind = EnumType
	for _, member := range s.Enum {
		if name, ok := member.(string); ok {
			t.members = append(t.members, name)
		}
	}
	if flags, ok := s.Extensions["x-ms-enum-flags"].(map[string]any); ok {
		t.flags, _ = flags["isFlags"].(bool)
	}
}

// fillObject adds a schema's own members to t. The first reference of an allOf
// is the base, the members of others are taken over.
func (c *compiler) fillObject(t *draftType, s *openapi3.Schema) {
	for _, part := range s.AllOf {
		base := componentName(part.Ref)
		switch {
		case base != "" && t.base == "" && c.typeNamed(base) != nil:
			t.base = base
		case part.Value != nil:
			c.fillObject(t, c.parts.whole(part))
		}
	}
	for _, name := range sortedKeys(s.Properties) {
		if strings.Contains(name, "@") {
			continue
		}
		p := c.property(t.name, name, s.Properties[name])
		t.own = append(slices.DeleteFunc(t.own, func(o *facts.Property) bool { return o.Name == name }), p)
	}
	for _, name := range s.Required {
		if !strings.Contains(name, "@") {
			t.required = append(t.required, name)
		}
	}
	if more := s.AdditionalProperties; more.Schema != nil || more.Has != nil && *more.Has {
		t.open = true
	}
	for name, to := range map[string]*bool{extAbstract: &t.abstract, extExtensible: &t.extensible, extStream: &t.stream} {
		if set, _ := s.Extensions[name].(bool); set {
			*to = true
		}
	}
}

// checkBases cuts a circle of bases and names it.
func (c *compiler) checkBases(t *draftType) {
	for b, hops := c.baseOf(t), 0; b != nil; b, hops = c.baseOf(b), hops+1 {
		if b == t || hops > len(c.types) {
			c.problems.add("/components/schemas/"+escapePointer(t.name), "derives from itself: the base is left out")
			t.base = ""
			return
		}
	}
}

// property reads one member of a schema.
func (c *compiler) property(owner, name string, ref *openapi3.SchemaRef) *facts.Property {
	p := &facts.Property{Name: name}
	v := value{compiler: c, where: owner + "/" + name, property: p}
	v.read(ref)
	p.Type = v.ref
	return p
}

// Extensions of OpenAPI that the compiler reads and [Version.Document] writes.
const (
	extAbstract    = "x-fakegraph-abstract"
	extExtensible  = "x-fakegraph-extensible"
	extStream      = "x-fakegraph-stream"
	extPermissions = "x-fakegraph-permissions"
	extSource      = "x-fakegraph-permission-source"
	extClouds      = "x-fakegraph-clouds"
	extMutability  = "x-ms-mutability"
	extNavigation  = "x-ms-navigationProperty"
	extDeprecation = "x-ms-deprecation"
	extOperation   = "x-ms-docs-operation-type"
)

// componentName cuts the name out of a reference to a schema; empty for
// anything else.
func componentName(ref string) string {
	name, ok := strings.CutPrefix(ref, "#/components/schemas/")
	if !ok {
		return ""
	}
	return pointerUnescaper.Replace(name)
}
