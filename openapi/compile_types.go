package openapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// compileTypes makes a type of each named schema.
func (c *compiler) compileTypes() {
	if c.doc.Components == nil {
		return
	}
	schemas := c.doc.Components.Schemas
	for _, name := range sortedKeys(schemas) {
		if s := schemas[name].Value; s != nil && isNamedType(name, s) {
			c.in.types[shortTypeName(name)] = &Type{Name: name, in: c.in, Kind: kindOf(s)}
		}
	}
	for _, name := range sortedKeys(schemas) {
		if t := c.in.types[shortTypeName(name)]; t != nil && t.Name == name && schemas[name].Value != nil {
			c.fill(t, schemas[name].Value)
		}
	}
	for _, name := range sortedKeys(c.in.types) {
		c.checkBases(c.in.types[name])
	}
}

// isNamedType reports whether a named schema stands for a type of the model;
// envelopes of lists and aliases of primitive types do not.
func isNamedType(name string, s *openapi3.Schema) bool {
	if strings.HasSuffix(name, "CollectionResponse") || strings.HasSuffix(name, "PaginationCountResponse") {
		return false
	}
	return kindOf(s) != 0
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
func (c *compiler) fill(t *Type, s *openapi3.Schema) {
	t.Kind = kindOf(s)
	if t.Kind == EnumType {
		fillEnum(t, s)
		return
	}
	t.Kind = ComplexType
	c.fillObject(t, s)
	slices.SortFunc(t.own, func(a, b *Property) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(t.required)
	t.required = slices.Compact(t.required)
}

func fillEnum(t *Type, s *openapi3.Schema) {
	t.Kind = EnumType
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
func (c *compiler) fillObject(t *Type, s *openapi3.Schema) {
	for _, part := range s.AllOf {
		base := componentName(part.Ref)
		switch {
		case base != "" && t.base == "" && c.in.Type(base) != nil:
			t.base = base
		case part.Value != nil:
			c.fillObject(t, part.Value)
		}
	}
	for _, name := range sortedKeys(s.Properties) {
		if strings.Contains(name, "@") {
			continue
		}
		p := c.property(t.Name, name, s.Properties[name])
		t.own = append(slices.DeleteFunc(t.own, func(o *Property) bool { return o.Name == name }), p)
	}
	for _, name := range s.Required {
		if !strings.Contains(name, "@") {
			t.required = append(t.required, name)
		}
	}
	if more := s.AdditionalProperties; more.Schema != nil || more.Has != nil && *more.Has {
		t.Open = true
	}
	if abstract, _ := s.Extensions[extAbstract].(bool); abstract {
		t.Abstract = true
	}
}

// checkBases cuts a circle of bases and names it.
func (c *compiler) checkBases(t *Type) {
	for b, hops := t.Base(), 0; b != nil; b, hops = b.Base(), hops+1 {
		if b == t || hops > len(c.in.types) {
			c.problems.add("/components/schemas/"+escapePointer(t.Name), "derives from itself: the base is left out")
			t.base = ""
			return
		}
	}
}

// property reads one member of a schema.
func (c *compiler) property(owner, name string, ref *openapi3.SchemaRef) *Property {
	p := &Property{Name: name}
	v := value{compiler: c, where: owner + "/" + name, property: p}
	v.read(ref)
	p.Type = v.ref
	return p
}

// Extensions of OpenAPI that the compiler reads and [Version.Document] writes.
const (
	extAbstract    = "x-fakegraph-abstract"
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

// value reads the schema of a property or parameter: its type, and the facts
// beside it, which may be spread over the schemas that wrap it.
type value struct {
	compiler *compiler
	where    string // names an anonymous type
	ref      TypeRef
	property *Property
	depth    int
}

// deepestWrap bounds schemas that wrap schemas.
const deepestWrap = 20

func (v *value) read(ref *openapi3.SchemaRef) {
	if v.depth++; ref == nil || ref.Value == nil || v.depth > deepestWrap {
		return
	}
	s := ref.Value
	if name := componentName(ref.Ref); name != "" {
		if t := v.compiler.in.Type(name); t != nil {
			v.ref = TypeRef{Name: t.Name, in: v.compiler.in}
			return
		}
	}
	v.facts(s)
	switch inner := theOne(s); {
	case s.Format == "double" || s.Format == "float" || s.Format == "decimal":
		v.ref = TypeRef{Name: numberType(s.Format)}
	case inner != nil:
		v.read(inner)
	case s.Type.Is("array"):
		v.read(s.Items)
		v.property.limits.emptyItems = s.Items != nil && s.Items.Value != nil && s.Items.Value.Nullable
		v.property.Nullable = s.Nullable
		v.ref.Collection = true
	case kindOf(s) == EnumType, len(s.Properties) > 0 || len(s.AllOf) > 1:
		v.ref = TypeRef{Name: v.compiler.declare(v.where, s).Name, in: v.compiler.in}
	default:
		v.ref = TypeRef{Name: primitiveType(s)}
	}
}

// facts takes over what a schema says beside its type.
func (v *value) facts(s *openapi3.Schema) {
	p := v.property
	p.Nullable = p.Nullable || s.Nullable
	p.ReadOnly = p.ReadOnly || s.ReadOnly
	if nav, _ := s.Extensions[extNavigation].(bool); nav {
		p.Navigation = true
	}
	if words, ok := s.Extensions[extMutability].([]any); ok {
		update, create := slices.Contains(words, any("update")), slices.Contains(words, any("create"))
		p.CreateOnly = create && !update
		p.ReadOnly = p.ReadOnly || !create && !update
	}
	p.limits.take(s)
}

// take adds the facets of a schema. A pattern beside a format says the same
// again in the documents of Graph, and more slowly.
func (l *limits) take(s *openapi3.Schema) {
	l.minLength = max(l.minLength, s.MinLength)
	l.minItems = max(l.minItems, s.MinItems)
	l.uniqueItems = l.uniqueItems || s.UniqueItems
	if s.MaxLength != nil {
		l.maxLength = s.MaxLength
	}
	if s.MaxItems != nil {
		l.maxItems = s.MaxItems
	}
	if s.Min != nil {
		l.min = s.Min
	}
	if s.Max != nil {
		l.max = s.Max
	}
	if s.Pattern != "" && s.Format == "" {
		l.pattern = s.Pattern
	}
}

// theOne is the schema that another only wraps, to make it nullable or to put
// facts beside a reference; nil when there is no such.
func theOne(s *openapi3.Schema) *openapi3.SchemaRef {
	var found *openapi3.SchemaRef
	for _, list := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf} {
		for _, ref := range list {
			if ref.Ref == "" && ref.Value != nil && onlyNull(ref.Value) {
				s.Nullable = true
				continue
			}
			if found != nil || len(s.Properties) > 0 {
				return nil
			}
			found = ref
		}
	}
	return found
}

// onlyNull recognises {type: object, nullable: true}, which Graph's documents
// put beside a reference in anyOf.
func onlyNull(s *openapi3.Schema) bool {
	return s.Nullable && len(s.Properties) == 0 && len(s.Enum) == 0 && len(s.AllOf) == 0 && len(s.AnyOf) == 0 && len(s.OneOf) == 0 &&
		(s.Type.IsEmpty() || s.Type.Is("object"))
}

// declare registers a schema without a name as a type of its own, named by its
// place.
func (c *compiler) declare(where string, s *openapi3.Schema) *Type {
	if known := c.in.types[shortTypeName(where)]; known != nil {
		return known
	}
	t := &Type{Name: where, in: c.in}
	c.in.types[shortTypeName(where)] = t
	c.fill(t, s)
	return t
}

func numberType(format string) string {
	return map[string]string{"double": "Edm.Double", "float": "Edm.Single", "decimal": "Edm.Decimal"}[format]
}

// primitiveType maps JSON types and formats to OData's; empty for untyped.
func primitiveType(s *openapi3.Schema) string {
	switch {
	case s.Type.Is("boolean"):
		return "Edm.Boolean"
	case s.Type.Is("integer"):
		return byFormat(s.Format, "Edm.Int32", map[string]string{
			"int64": "Edm.Int64", "int16": "Edm.Int16", "int8": "Edm.SByte", "uint8": "Edm.Byte",
		})
	case s.Type.Is("number"):
		return "Edm.Double"
	case s.Type.Is("string"):
		return byFormat(s.Format, "Edm.String", map[string]string{
			"uuid": "Edm.Guid", "date-time": "Edm.DateTimeOffset", "date": "Edm.Date", "time": "Edm.TimeOfDay",
			"duration": "Edm.Duration", "byte": "Edm.Binary", "base64url": "Edm.Binary", "base64": "Edm.Binary", "binary": "Edm.Stream",
		})
	}
	return ""
}

func byFormat(format, otherwise string, known map[string]string) string {
	if name, ok := known[format]; ok {
		return name
	}
	return otherwise
}
