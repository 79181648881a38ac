package behavior

// Evidence for schemaExtension (graph-behaviour §3.10):
//   - documented: the id is ext, eight characters and the name, or begins with a
//     domain as given; status starts InDevelopment; only those can be deleted;
//     at most five per application.
//   - assumed (2026-11): the texts of refusals.

import (
	"strings"

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
	_ Deleter = SchemaExtension{}
)

// maxExtensions is how many definitions one application may own.
const maxExtensions = 5

// Create implements [Creator].
func (SchemaExtension) Create(tx Tx, e *Entity) *grapherr.Error {
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

// Delete implements [Deleter].
func (SchemaExtension) Delete(_ Tx, e Entity) (bool, *grapherr.Error) {
	if status := text(e.Object, "status"); status != "InDevelopment" && status != "" {
		return false, grapherr.Rule("directory", "", "Only schema extensions in the InDevelopment state can be deleted.")
	}
	return false, nil
}
