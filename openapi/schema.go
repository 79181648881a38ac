package openapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Bodies are judged one object at a time against a flat schema of its type:
// all members of the type and its bases, none of what lies inside members that
// are objects themselves. That keeps derived types in place, avoids allOf,
// which costs the validator twice the time, and ends recursion. What the
// validator cannot know (annotations, unknown and read-only members) is left
// to body.go.

// whole, partial and shown pick one of a type's schemas.
const (
	whole   = iota // create and replace: required members must be there
	partial        // PATCH: they need not, and create-only members are not looked at
	shown          // an answer: any member may be there
)

// flat returns the type's schema, built at the first use.
func (t *Type) flat(mode int) *openapi3.Schema {
	s := &t.schemas[mode]
	s.once.Do(func() { s.schema = t.buildFlat(mode) })
	return s.schema
}

func (t *Type) buildFlat(mode int) *openapi3.Schema {
	s := openapi3.NewObjectSchema()
	s.Properties = make(openapi3.Schemas, len(t.Properties()))
	for _, p := range t.Properties() {
		if settable(p, mode) {
			s.Properties[p.Name] = p.schema().NewRef()
		}
	}
	if mode == whole {
		for _, name := range t.requiredNames() {
			if p := t.Property(name); p == nil || settable(p, mode) {
				s.Required = append(s.Required, name)
			}
		}
	}
	return s
}

// settable reports whether a body may hold the property; one that may not is
// refused for that alone, whatever its value.
func settable(p *Property, mode int) bool {
	return mode == shown || !p.ReadOnly && (mode == whole || !p.CreateOnly)
}

// schema is the validator's view of one member.
func (p *Property) schema() *openapi3.Schema {
	s := p.item()
	if p.Type.Collection {
		l := p.facets()
		s.Nullable = l.NullItems
		s = openapi3.NewArraySchema().WithItems(s)
		s.MinItems, s.MaxItems, s.UniqueItems = l.MinItems, l.MaxItems, l.UniqueItems
	}
	s.Nullable = p.Nullable
	return s
}

// item is the schema of a value, or of each value of a collection.
func (p *Property) item() *openapi3.Schema {
	if t := p.Type.Type(); t != nil {
		if t.Kind == EnumType {
			return enumSchema(t)
		}
		return openapi3.NewObjectSchema()
	}
	s := primitiveSchema(p.Type.Name)
	l := p.facets()
	s.MinLength, s.MaxLength, s.Pattern = l.MinLength, l.MaxLength, l.Pattern
	if l.Min != nil {
		s.Min = l.Min
	}
	if l.Max != nil {
		s.Max = l.Max
	}
	return s
}

// enumSchema lists the members; those of flags combine with commas.
func enumSchema(t *Type) *openapi3.Schema {
	s := openapi3.NewStringSchema()
	if t.flags {
		one := "(" + strings.Join(t.Members(), "|") + ")"
		return s.WithPattern("^" + one + "(, ?" + one + ")*$")
	}
	for _, member := range t.Members() {
		s.Enum = append(s.Enum, member)
	}
	return s
}

// primitiveSchema maps OData's primitive types to JSON (graph-behaviour §2.13);
// anything goes for what is
// untyped or of a type that nobody declares.
func primitiveSchema(name string) *openapi3.Schema {
	switch name {
	case "Edm.Boolean":
		return openapi3.NewBoolSchema()
	case "Edm.Byte":
		return openapi3.NewIntegerSchema().WithMin(0).WithMax(255)
	case "Edm.SByte":
		return openapi3.NewIntegerSchema().WithMin(-128).WithMax(127)
	case "Edm.Int16":
		return openapi3.NewIntegerSchema().WithMin(-32768).WithMax(32767)
	case "Edm.Int32":
		return openapi3.NewIntegerSchema().WithMin(-2147483648).WithMax(2147483647)
	case "Edm.Int64":
		return openapi3.NewInt64Schema()
	case "Edm.Double", "Edm.Single", "Edm.Decimal":
		return &openapi3.Schema{Type: &openapi3.Types{"number", "string"}, Format: formatNumber}
	}
	if format := formatOf[name]; format != "" {
		return openapi3.NewStringSchema().WithFormat(format)
	}
	if name == "Edm.String" || name == "Edm.Stream" {
		return openapi3.NewStringSchema()
	}
	return openapi3.NewSchema()
}
