package behavior

// Evidence for schemaExtension (graph-behaviour §3.10):
//   - documented: the id is ext, eight characters and the name, or begins with a
//     domain as given; status starts InDevelopment, then Available, then Deprecated,
//     and never goes back; only the first can be deleted, the last not be changed;
//     once available, properties are only added; types of targets and properties;
//     at most five per application.
//   - assumed (2026-11): the texts of refusals.

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var schemaExtensionRules = &Rules{
	Required: []string{"id", "description", "targetTypes", "properties"},
	OwnID:    "id",
	Defaults: []Default{{"status", `"InDevelopment"`}},
}

// SchemaExtension is a definition of further properties.
type SchemaExtension struct{}

var (
	_ Creator = SchemaExtension{}
	_ Updater = SchemaExtension{}
	_ Deleter = SchemaExtension{}
)

// SchemaExtensions is the set of the definitions.
const SchemaExtensions = "schemaExtensions"

// maxExtensions is how many definitions one application may own.
const maxExtensions = 5

// extensible are the resources that schema extensions can be for, and extended the
// types of their properties.
var (
	extensible = []string{"administrativeUnit", "contact", "device", "event", "group", "message", "organization", "post", "todoTask", "todoTaskList", "user"}
	extended   = []string{"Binary", "Boolean", "DateTime", "Integer", "String"}
	stages     = []string{"InDevelopment", "Available", "Deprecated"}
)

// Create implements [Creator].
func (SchemaExtension) Create(tx Tx, e *Entity) *grapherr.Error {
	if fault := defined(e); fault != nil {
		return fault
	}
	id := text(e.Object, "id")
	if !strings.Contains(id, "_") {
		e.SetString("id", "ext"+hexSum(tx.NewID())[:8]+"_"+id)
	}
	if !present(e.Object, "owner") {
		e.SetString("owner", tx.Caller().AppID)
	}
	owned := 0
	for other := range tx.All(tx.Collection()) {
		if text(other.Object, "owner") == text(e.Object, "owner") {
			owned++
		}
	}
	if owned >= maxExtensions && text(e.Object, "owner") != "" {
		return grapherr.Rule("directory", "", "The application owns the maximum number of schema extensions.")
	}
	return nil
}

// defined refuses definitions for what cannot be extended, or of other types.
func defined(e *Entity) *grapherr.Error {
	for _, target := range texts(e.Object, "targetTypes") {
		if !slices.ContainsFunc(extensible, func(name string) bool { return strings.EqualFold(name, target) }) {
			return grapherr.Invalid("directory", grapherr.Property{Name: "targetTypes", Kind: "enum", Type: e.Type})
		}
	}
	for _, property := range list(e.Object, "properties") {
		if text(property, "name") == "" || !slices.Contains(extended, text(property, "type")) {
			return grapherr.Invalid("directory", grapherr.Property{Name: "properties", Kind: "enum", Type: e.Type})
		}
	}
	return nil
}

// Update implements [Updater].
func (SchemaExtension) Update(_ Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	old, now := slices.Index(stages, text(before, "status")), slices.Index(stages, text(after.Object, "status"))
	switch {
	case now < 0 && text(after.Object, "status") != "":
		return grapherr.Invalid("directory", grapherr.Property{Name: "status", Kind: "enum", Type: after.Type})
	case old == len(stages)-1:
		return grapherr.Rule("directory", "", "Deprecated schema extensions cannot be changed.")
	case now >= 0 && now < old:
		return grapherr.Rule("directory", "", "The status of a schema extension cannot go back from "+stages[old]+" to "+stages[now]+".")
	case old == 1 && change.Has("properties") && !additive(before, after.Object):
		return grapherr.Rule("directory", "", "Properties of an available schema extension can only be added.")
	}
	return defined(after)
}

func additive(before, after entity.Object) bool {
	kept := list(after, "properties")
	return !slices.ContainsFunc(list(before, "properties"), func(old entity.Object) bool {
		return !slices.ContainsFunc(kept, func(p entity.Object) bool {
			return text(p, "name") == text(old, "name") && text(p, "type") == text(old, "type")
		})
	})
}

// Delete implements [Deleter].
func (SchemaExtension) Delete(_ Tx, e Entity) (bool, *grapherr.Error) {
	if status := text(e.Object, "status"); status != "InDevelopment" && status != "" {
		return false, grapherr.Rule("directory", "", "Only schema extensions in the InDevelopment state can be deleted.")
	}
	return false, nil
}
