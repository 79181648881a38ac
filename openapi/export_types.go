package openapi

import "strings"

// addType writes a named type into the components, and all that it refers to.
func (e *exporter) addType(t *Type) {
	if _, known := e.schemas[t.Name]; known || e.whole {
		return
	}
	e.schemas[t.Name] = object{} // so that types that refer to each other end
	e.schemas[t.Name] = e.typeSchema(t)
}

// reference refers to a named type, and writes an anonymous one in place.
func (e *exporter) reference(t *Type) object {
	if t.anonymous() {
		return e.typeSchema(t)
	}
	e.addType(t)
	return object{"$ref": "#/components/schemas/" + t.Name}
}

// typeSchema is the schema of a type's own members on top of its base.
func (e *exporter) typeSchema(t *Type) object {
	out := object{}
	if !t.anonymous() {
		out["title"] = t.Name[strings.LastIndexByte(t.Name, '.')+1:]
	}
	if t.Kind == EnumType {
		out["type"], out["enum"] = "string", t.Members()
		if t.flags {
			out["x-ms-enum-flags"] = object{"isFlags": true}
		}
		return out
	}
	out["type"] = "object"
	if own := t.read().own; len(own) > 0 {
		properties := object{}
		for _, p := range own {
			properties[p.Name] = e.member(p)
		}
		out["properties"] = properties
	}
	if required := t.read().required; len(required) > 0 {
		out["required"] = required
	}
	if t.Open {
		out["additionalProperties"] = true
	}
	for name, set := range map[string]bool{extAbstract: t.Abstract, extExtensible: t.Extensible, extStream: t.Stream} {
		if set {
			out[name] = true
		}
	}
	if base := t.Base(); base != nil {
		return object{"allOf": []any{e.reference(base), out}}
	}
	return out
}

// member is the schema of a property or parameter.
func (e *exporter) member(p *Property) object {
	out := e.itemSchema(p)
	if p.Type.Collection {
		l := p.facets()
		if l.NullItems {
			out = wrap(out, object{"nullable": true})
		}
		out = object{"type": "array", "items": out}
		setLimit(out, "maxItems", l.MaxItems)
		if l.MinItems > 0 {
			out["minItems"] = l.MinItems
		}
		if l.UniqueItems {
			out["uniqueItems"] = true
		}
	}
	facts := object{}
	if p.Nullable {
		facts["nullable"] = true
	}
	if p.ReadOnly {
		facts["readOnly"] = true
	}
	if p.CreateOnly {
		facts[extMutability] = []any{"create", "read"}
	}
	if p.Navigation {
		facts[extNavigation] = true
	}
	return wrap(out, facts)
}

// wrap puts facts beside a schema, around it when it is a reference: nothing
// may stand beside one.
func wrap(schema, facts object) object {
	if len(facts) == 0 {
		return schema
	}
	if _, refers := schema["$ref"]; refers {
		schema = object{"allOf": []any{schema}}
	}
	for name, fact := range facts {
		schema[name] = fact
	}
	return schema
}

// jsonForms maps primitive types to the type and format of JSON.
var jsonForms = map[string][2]string{
	"Edm.Boolean": {"boolean"}, "Edm.String": {"string"}, "Edm.Guid": {"string", "uuid"},
	"Edm.DateTimeOffset": {"string", "date-time"}, "Edm.Date": {"string", "date"}, "Edm.TimeOfDay": {"string", "time"},
	"Edm.Duration": {"string", "duration"}, "Edm.Binary": {"string", "base64url"}, "Edm.Stream": {"string", "binary"},
	"Edm.Int64": {"integer", "int64"}, "Edm.Int32": {"integer", "int32"}, "Edm.Int16": {"integer", "int16"},
	"Edm.SByte": {"integer", "int8"}, "Edm.Byte": {"integer", "uint8"}, "Edm.Double": {"number", "double"},
	"Edm.Single": {"number", "float"}, "Edm.Decimal": {"number", "decimal"},
}

func (e *exporter) itemSchema(p *Property) object {
	if t := p.Type.Type(); t != nil {
		return e.reference(t)
	}
	out := object{}
	form := jsonForms[p.Type.Name]
	if form[0] == "" {
		return out
	}
	out["type"] = form[0]
	if form[1] != "" {
		out["format"] = form[1]
	}
	l := p.facets()
	setLimit(out, "maxLength", l.MaxLength)
	setLimit(out, "minimum", l.Min)
	setLimit(out, "maximum", l.Max)
	if l.MinLength > 0 {
		out["minLength"] = l.MinLength
	}
	if l.Pattern != "" {
		out["pattern"] = l.Pattern
	}
	return out
}

func setLimit[N uint64 | float64](out object, name string, limit *N) {
	if limit != nil {
		out[name] = *limit
	}
}
