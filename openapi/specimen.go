package openapi

import (
	"encoding/json"
	"slices"
)

// Specimen is the least JSON object that the operation takes as its body: the
// required members with values of their types. Examples and tests begin with
// it. It is "{}" where nothing is required.
func (op *Operation) Specimen() []byte {
	object := map[string]json.RawMessage{}
	t := op.request.Type()
	if t != nil && t.Kind != EnumType {
		object = specimenObject(t, 0)
	}
	for _, p := range op.parameters {
		if p.Required || !p.Nullable {
			object[p.Name] = specimen(p.Type, 0)
		}
	}
	for _, name := range op.RequiredProperties() {
		if p := op.member(name); p != nil && object[name] == nil {
			object[name] = specimen(p.Type, 0)
		}
	}
	return marshal(object)
}

// SpecimenOf is a JSON value of a type: an empty list for collections.
func SpecimenOf(r TypeRef) []byte { return specimen(r, 0) }

// member is a property of the body, or a parameter.
func (op *Operation) member(name string) *Property {
	if t := op.request.Type(); t != nil {
		return t.Property(name)
	}
	if i := slices.IndexFunc(op.parameters, func(p *Property) bool { return p.Name == name }); i >= 0 {
		return op.parameters[i]
	}
	return nil
}

// specimenObject holds what a type requires; an abstract one stands for the
// first concrete type that derives from it.
func specimenObject(t *Type, depth int) map[string]json.RawMessage {
	object := map[string]json.RawMessage{}
	if t.Abstract {
		derived := t.Derived()
		if i := slices.IndexFunc(derived, func(d *Type) bool { return !d.Abstract }); i >= 0 {
			t = derived[i]
			object["@odata.type"] = marshal("#" + t.Name)
		}
	}
	for _, p := range t.Properties() {
		if p.Required && !p.ReadOnly && !p.Navigation {
			object[p.Name] = specimen(p.Type, depth+1)
		}
	}
	return object
}

var specimens = map[string]string{
	"Edm.Boolean": "true", "Edm.Date": `"2026-01-31"`, "Edm.DateTimeOffset": `"2026-01-31T12:00:00Z"`,
	"Edm.Duration": `"PT1H"`, "Edm.TimeOfDay": `"08:00:00"`, "Edm.Guid": `"5ee90000-0000-4000-8000-000000000001"`, "Edm.Binary": `"AQID"`,
	"Edm.Byte": "1", "Edm.SByte": "1", "Edm.Int16": "1", "Edm.Int32": "1", "Edm.Int64": "1",
	"Edm.Single": "1", "Edm.Double": "1", "Edm.Decimal": "1",
}

// deepestSpecimen ends types that require themselves.
const deepestSpecimen = 6

func specimen(r TypeRef, depth int) json.RawMessage {
	t := r.Type()
	switch {
	case r.Collection:
		return json.RawMessage("[]")
	case t == nil && specimens[r.Name] != "":
		return json.RawMessage(specimens[r.Name])
	case t == nil || depth > deepestSpecimen:
		return json.RawMessage(`"example"`)
	case t.Kind == EnumType:
		return marshal(t.Members()[0])
	}
	return marshal(specimenObject(t, depth))
}

func marshal(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("openapi: " + err.Error()) // strings and maps of them: cannot happen
	}
	return b
}
