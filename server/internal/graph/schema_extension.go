package graph

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// mostExtended is how long a string or binary value of a schema extension can be
// (D, page extensionschemaproperty).
const mostExtended = 256

// extended refuses values of schema extensions that are not defined for the type,
// and members that the definition does not have or whose values are of another
// type (D, graph-behaviour §3.10; the words are those of properties that types do
// not have). One that is deprecated stays where it is and comes nowhere else.
func (q *run) extended(t *openapi.Type, before, payload entity.Object) *refusal {
	if t == nil || t.Open || !t.Extensible {
		return nil
	}
	for _, m := range payload {
		if !strings.Contains(m.Name, "_") || strings.HasPrefix(m.Name, extensionPrefix) || control(m.Name) || t.Property(m.Name) != nil {
			continue
		}
		definition, err := q.reader.Get(store.SetKey{Tenant: q.Call.Tenant, Name: behavior.SchemaExtensions}, m.Name)
		switch {
		case err != nil || !includes(definition.JSON, "targetTypes", shortName(t.Name)):
			if refused := q.unextended(t, m.Name, "additionalProperties", "no schema extension of that id is defined for "+shortName(t.Name)); refused != nil {
				return refused
			}
		case fieldText(definition.JSON, "status") == "Deprecated" && !before.Has(m.Name):
			return q.unextended(t, m.Name, "additionalProperties", "the schema extension is deprecated")
		default:
			if refused := q.extendedValue(t, m, definition); refused != nil {
				return refused
			}
		}
	}
	return nil
}

// unextended is the refusal of an extension or a member of it; in lenient mode a
// warning.
func (q *run) unextended(t *openapi.Type, name, kind, reason string) *refusal {
	if q.Lenient {
		q.warn = append(q.warn, name+": "+reason)
		return nil
	}
	return &refusal{
		err:    grapherr.Invalid(q.family(), grapherr.Property{Name: name, Kind: kind, Type: t.Name}),
		reason: name + ": " + reason,
	}
}

// extendedValue holds the value of an extension to its definition.
func (q *run) extendedValue(t *openapi.Type, m entity.Member, definition store.Entity) *refusal {
	if isNull(m.Value) {
		return nil
	}
	members, err := entity.Members(m.Value)
	if err != nil {
		return q.unextended(t, m.Name, "type", "the value of a schema extension is an object")
	}
	types := map[string]string{}
	raw, _ := entity.Field(definition.JSON, "properties")
	for item := range entity.Elements(raw) {
		types[fieldText(item, "name")] = fieldText(item, "type")
	}
	for _, own := range members {
		kind, defined := types[own.Name]
		switch {
		case control(own.Name):
		case !defined:
			if refused := q.unextended(t, m.Name, "additionalProperties", "the schema extension defines no "+own.Name); refused != nil {
				return refused
			}
		case !isNull(own.Value) && !fitsExtension(kind, own.Value):
			return q.unextended(t, m.Name, "type", own.Name+" is no "+kind)
		}
	}
	return nil
}

// fitsExtension reports whether a value is of a type that schema extensions know.
func fitsExtension(kind string, value []byte) bool {
	text, quoted := entity.Unquote(value)
	switch kind {
	case "Boolean":
		return string(value) == "true" || string(value) == "false"
	case "Integer":
		_, err := strconv.ParseInt(string(value), 10, 32)
		return err == nil
	case "DateTime":
		_, err := time.Parse(time.RFC3339, text)
		return quoted && err == nil
	case "Binary":
		data, err := base64.StdEncoding.DecodeString(text)
		return quoted && err == nil && len(data) <= mostExtended
	case "String":
		return quoted && utf8.RuneCountInString(text) <= mostExtended
	}
	return true // a fixture's definition may be of any kind
}
