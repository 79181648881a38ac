package behavior

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for extensions (graph-behaviour §3.10):
//   - documented (pages of extensionProperty and openTypeExtension, 2021 to
//     2025): the names and ids that the service makes; what an extension property must
//     say; directoryobject-getavailableextensionproperties lists those of all applications.
//   - assumed (2026-11): an application names an extension once.

// extensionTypes are what the values of a directory extension can be.
var extensionTypes = []string{"Binary", "Boolean", "DateTime", "Integer", "LargeInteger", "String"}

// ExtensionProperty names a directory extension after its application.
type ExtensionProperty struct{}

// Create implements [Creator].
func (ExtensionProperty) Create(tx Tx, e *Entity) *grapherr.Error {
	name, _ := e.String("name")
	if kind := text(e.Object, "dataType"); !slices.Contains(extensionTypes, kind) {
		return grapherr.Invalid("directory", grapherr.Property{Name: "dataType", Kind: "enum", Type: e.Type})
	}
	app, _ := tx.Entity(tx.Parent())
	appID, ok := app.String("appId")
	if !ok {
		appID = app.ID
	}
	full := "extension_" + strings.ReplaceAll(appID, "-", "") + "_" + name
	if _, taken := tx.By(tx.Collection(), "name", full); taken {
		return grapherr.Taken("directory", "name")
	}
	e.SetString("name", full)
	if shown, ok := app.String("displayName"); ok {
		e.SetString("appDisplayName", shown)
	}
	if !e.Has("isMultiValued") {
		e.Set("isMultiValued", json.RawMessage("false"))
	}
	e.Set("isSyncedFromOnPremises", json.RawMessage("false"))
	return nil
}

// availableExtensions answers getAvailableExtensionProperties: those of all
// applications, or of the ones that are synchronized or are not.
func availableExtensions(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	var all []Entity
	for app := range tx.All(Root("applications")) {
		for e := range tx.All(Below(app.Ref, "extensionProperties")) {
			if wanted := jsonOf(p, "isSyncedFromOnPremises"); wanted == "" || wanted == "null" || wanted == or(jsonOf(e.Object, "isSyncedFromOnPremises"), "false") {
				all = append(all, e)
			}
		}
	}
	return ListOf(all...), nil
}

// OpenExtension gives an open extension its name as id; Outlook writes its own
// namespace in front.
type OpenExtension struct{}

// Create implements [Creator].
func (OpenExtension) Create(tx Tx, e *Entity) *grapherr.Error {
	name, ok := e.String("extensionName")
	if !ok || name == "" {
		return grapherr.Rule(tx.Family(), "Request_BadRequest", "A value is required for property 'extensionName' of resource 'OpenTypeExtension'.")
	}
	if tx.Family() == "outlook" {
		name = "Microsoft.OutlookServices.OpenTypeExtension." + name
	}
	e.SetString("id", name)
	return nil
}
