package openapi

import (
	"cmp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// value reads the schema of a property or parameter: its type, and the facts
// beside it, which may be spread over the schemas that wrap it.
type value struct {
	compiler *compiler
	where    string // names an anonymous type
	ref      facts.TypeRef
	property *facts.Property
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
		if t := v.compiler.typeNamed(name); t != nil {
			v.ref = facts.TypeRef{Name: t.name}
			return
		}
	}
	inner := theOne(s) // may find that s is nullable
	v.takeFacts(s)
	switch {
	case s.Format == "double" || s.Format == "float" || s.Format == "decimal":
		v.ref = facts.TypeRef{Name: numberType(s.Format)}
	case inner != nil:
		v.read(inner)
	case s.Type.Is("array"):
		v.read(s.Items)
		if s.Items != nil && s.Items.Value != nil && s.Items.Value.Nullable {
			limitsFor(v.property).NullItems = true
		}
		v.property.Nullable = s.Nullable
		v.ref.Collection = true
	case kindOf(s) == EnumType, len(s.Properties) > 0 || len(s.AllOf) > 1:
		v.ref = facts.TypeRef{Name: v.compiler.declare(v.where, s).name}
	default:
		v.ref = facts.TypeRef{Name: primitiveType(s)}
	}
}

// takeFacts takes over what a schema says beside its type.
func (v *value) takeFacts(s *openapi3.Schema) {
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
	takeLimits(p, s)
}

// limitsFor are the limits of a property, made when it has none yet.
func limitsFor(p *facts.Property) *facts.Limits {
	if p.Limits == nil {
		p.Limits = &facts.Limits{}
	}
	return p.Limits
}

// takeLimits adds the facets of a schema. A pattern beside a format says the
// same again in the documents of Graph, and more slowly.
func takeLimits(p *facts.Property, s *openapi3.Schema) {
	l := facts.Limits{}
	if p.Limits != nil {
		l = *p.Limits
	}
	l.MinLength = max(l.MinLength, s.MinLength)
	l.MinItems = max(l.MinItems, s.MinItems)
	l.UniqueItems = l.UniqueItems || s.UniqueItems
	l.MaxLength = cmp.Or(s.MaxLength, l.MaxLength)
	l.MaxItems = cmp.Or(s.MaxItems, l.MaxItems)
	l.Min = cmp.Or(s.Min, l.Min)
	l.Max = cmp.Or(s.Max, l.Max)
	if s.Pattern != "" && s.Format == "" {
		l.Pattern = s.Pattern
	}
	if l != (facts.Limits{}) {
		p.Limits = &l
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
