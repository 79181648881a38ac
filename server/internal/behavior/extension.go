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
//   - documented (concept extensibility-overview): an application adds at most two open
//     extensions to an object of the directory, of 2 KB each.
//   - assumed (2026-11): an application names an extension once; the words about limits.

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
	if fault := limitOpenExtensions(tx, e, name); fault != nil {
		return fault
	}
	if tx.Family() == "outlook" {
		name = "Microsoft.OutlookServices.OpenTypeExtension." + name
	}
	e.SetString("id", name)
	return nil
}

// Limits of open extensions on objects of the directory.
const (
	mostOpenExtensions = 2 // of one application
	mostExtensionBytes = 2048
)

// openExtenders are where it is noted, below an object and on no path, which
// application has added an open extension.
func openExtenders(object Ref) Collection { return Below(object, "~extendedBy") }

// limitOpenExtensions refuses an open extension that is one too many, or too large.
func limitOpenExtensions(tx Tx, e *Entity, name string) *grapherr.Error {
	if tx.Family() != "directory" {
		return nil
	}
	if len(e.JSON()) > mostExtensionBytes {
		return grapherr.Rule("directory", "", "The size of the open extension exceeds the limit of 2 KB.")
	}
	app, added := tx.Caller().AppID, 0
	for note := range tx.All(openExtenders(tx.Parent())) {
		if _, there := tx.Get(tx.Collection(), note.ID); !there || note.ID == name {
			if fault := tx.Delete(note.Ref); fault != nil {
				return fault
			}
		} else if text(note.Object, "appId") == app {
			added++
		}
	}
	if added >= mostOpenExtensions {
		return grapherr.Rule("directory", "", "The application has added the maximum number of open extensions to this resource already.")
	}
	_, fault := tx.Insert(openExtenders(tx.Parent()), Entity{ID: name, Object: fields("appId", quoted(app))})
	return fault
}
