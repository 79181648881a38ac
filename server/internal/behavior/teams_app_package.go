package behavior

// Evidence for apps of the organization (pages teamsapp-publish, teamsapp-update,
// teamsappdefinition and manifest schema of Teams, 2019 to 2025):
//   - documented: an app is published as a package in a zip, and each version of
//     it, whose manifest has id, version, names, descriptions; the manifest's id is
//     externalId and published once; 201, of a new version 204, or 201 where a review is
//     asked for, which makes it submitted instead of published; an id of a definition is
//     that of the app, the version and the state, in base64.
//   - observed (the CLI for Microsoft 365 sends it, as an example of the page does): PUT of
//     the app is another way to a new version.
//   - assumed (2026-11): a package without a manifest, or whose manifest names no id, version
//     or name, is refused by the code of the page; others are not looked at.

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// TeamsApp is published as a package.
	TeamsApp struct{}
	// AppDefinition is a version of an app.
	AppDefinition struct{}
)

var (
	_ Taker   = TeamsApp{}
	_ Creator = TeamsApp{}
	_ Created = TeamsApp{}
	_ Taker   = AppDefinition{}
)

// appManifest is what the fake reads of a package.
type appManifest struct {
	ID, Version       string
	Name, Description struct{ Short, Full string }
}

// teamsAppPackages are the registrations of packages.
func teamsAppPackages() []Registration {
	return []Registration{
		{Type: "microsoft.graph.teamsApp", Behavior: TeamsApp{}},
		{Type: "microsoft.graph.teamsAppDefinition", Behavior: AppDefinition{}},
		{Operation: "POST /appCatalogs/teamsApps/{id}/appDefinitions", Behavior: invoked(newAppVersion)},
		{Operation: "PUT /appCatalogs/teamsApps/{id}", Behavior: invoked(newAppVersion)},
	}
}

func isZip(mediaType string) bool {
	return mediaType == "application/zip" || mediaType == "application/x-zip-compressed"
}

// Takes implements [Taker].
func (TeamsApp) Takes(mediaType string) bool { return isZip(mediaType) }

// Takes implements [Taker].
func (AppDefinition) Takes(mediaType string) bool { return isZip(mediaType) }

// readPackage is the manifest of the package that the call brings.
func readPackage(tx Tx) (m appManifest, fault *grapherr.Error) {
	body := tx.Body()
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return m, badManifest("The app package is not a valid zip file.")
	}
	file, err := archive.Open("manifest.json")
	if err != nil {
		return m, badManifest("The app package has no manifest.json.")
	}
	defer file.Close()
	if err := json.NewDecoder(file).Decode(&m); err != nil {
		return m, badManifest("The manifest is not valid JSON.")
	}
	for name, value := range map[string]string{"id": m.ID, "version": m.Version, "name": m.Name.Short} {
		if value == "" {
			return m, badManifest(name + " | Required properties are missing from object: [].")
		}
	}
	return m, nil
}

func badManifest(message string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "BadRequest", Message: message, Inner: &grapherr.Cause{Code: "UnableToParseTeamsAppManifest", Message: message}}
}

// Create implements [Creator].
func (TeamsApp) Create(tx Tx, e *Entity) *grapherr.Error {
	e.SetString("distributionMethod", "organization")
	if tx.Body() == nil {
		return nil
	}
	m, fault := readPackage(tx)
	if fault != nil {
		return fault
	}
	if _, taken := tx.By(tx.Collection(), "externalId", m.ID); taken {
		return grapherr.Conflict(tx.Family(), "App with same id already exists in the tenant.")
	}
	e.SetString("externalId", m.ID)
	e.SetString("displayName", m.Name.Short)
	return nil
}

// Created implements [Created].
func (TeamsApp) Created(tx Tx, e Entity) *grapherr.Error {
	if tx.Body() == nil {
		return nil
	}
	m, fault := readPackage(tx)
	if fault == nil {
		_, fault = tx.Insert(Below(e.Ref, "appDefinitions"), definitionOf(tx, e, m))
	}
	return fault
}

// definitionOf is the version of an app that a manifest is of.
func definitionOf(tx Tx, app Entity, m appManifest) Entity {
	state := "published"
	if review, _ := tx.Query("requiresReview"); strings.EqualFold(review, "true") {
		state = "submitted"
	}
	id := base64.StdEncoding.EncodeToString([]byte(app.ID + "##" + m.Version + "##" + strings.ToUpper(state[:1]) + state[1:]))
	return New(fields("id", quoted(id), "teamsAppId", quoted(app.ID), "displayName", quoted(m.Name.Short), "version", quoted(m.Version),
		"publishingState", quoted(state), "shortDescription", quoted(m.Description.Short), "description", quoted(m.Description.Full),
		"lastModifiedDateTime", quoted(instant(tx.Now())))...)
}

// newAppVersion adds a version to an app.
func newAppVersion(tx Tx, bound *Entity, said entity.Object) (Result, *grapherr.Error) {
	app, ok := tx.Entity(tx.Target())
	if bound != nil {
		app = *bound
	} else if !ok || !strings.HasSuffix(app.Type, ".teamsApp") {
		app, _ = tx.Entity(tx.Parent())
	}
	m, fault := readPackage(tx)
	if fault != nil {
		return Result{}, fault
	}
	if text(app.Object, "distributionMethod") != "organization" {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Only apps of the organization can be updated."}
	}
	made, fault := tx.Put(Below(app.Ref, "appDefinitions"), definitionOf(tx, app, m))
	if fault != nil {
		return Result{}, fault
	}
	changed := app.Object.Clone()
	changed.SetString("displayName", m.Name.Short)
	if text(made.Object, "publishingState") == "submitted" {
		return Result{Entity: &made, Status: 201}, nil
	}
	return Result{Status: 204}, tx.Replace(app.Ref, changed)
}
