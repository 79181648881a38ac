package behavior

// Evidence for cloud apps (graph-behaviour §11.7; page of cloudPcCloudApp, 2025):
//   - documented: publish makes an app available to users and sets the time,
//     unpublish ends that and takes back changes of its details, reset takes them
//     back; the states and that a new app begins as preparing.
//   - assumed (2026-11): a new app is ready and an action done at once; an unknown
//     id refuses the whole action; an app has its policy's scope, and the default
//     one without.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// CloudApp keeps cloud apps.
type CloudApp struct{}

var _ Creator = CloudApp{}

// discoveredDetail is where an app's details are kept as they were found.
const discoveredDetail = "discoveredDetail"

// Create implements [Creator].
func (CloudApp) Create(tx Tx, e *Entity) *grapherr.Error {
	if !present(e.Object, "displayName") && present(e.Object, "discoveredAppName") {
		e.SetString("displayName", text(e.Object, "discoveredAppName"))
	}
	e.SetString("addedDateTime", instant(tx.Now()))
	e.SetString("lastPublishedDateTime", unsetTime)
	e.SetString("appStatus", "ready")
	e.Set("availableToUser", []byte("false"))
	e.Set("scopeIds", []byte(`["0"]`))
	if policy, ok := tx.Get(Root(virtualEndpoint+"provisioningPolicies"), text(e.Object, "provisioningPolicyId")); ok {
		e.Set("scopeIds", []byte(or(jsonOf(policy.Object, "scopeIds"), "[]")))
	}
	return nil
}

var _ Created = CloudApp{}

// Created implements [Created].
func (CloudApp) Created(tx Tx, e Entity) *grapherr.Error {
	_, fault := tx.Put(Below(e.Ref, discoveredDetail), Entity{Object: inner(e.Object, "appDetail").Clone()})
	return fault
}

// onCloudApps is an action on several apps, all of them or none.
func onCloudApps(act func(tx Tx, app *Entity)) invoked {
	return func(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
		raw, _ := p.Get("cloudAppIds")
		var ids []string
		if json.Unmarshal(raw, &ids) != nil || len(ids) == 0 {
			return Result{}, grapherr.Rule("cloudpc", "parameterValidationFailed", "cloudAppIds names no cloud app.")
		}
		for _, id := range ids {
			app, ok := tx.Get(Root(virtualEndpoint+"cloudApps"), id)
			if !ok {
				return Result{}, grapherr.NotFound("cloudpc", id)
			}
			app.Object = app.Object.Clone()
			act(tx, &app)
			if fault := tx.Replace(app.Ref, app.Object); fault != nil {
				return Result{}, fault
			}
		}
		return Result{}, nil
	}
}

func publishApp(tx Tx, app *Entity) {
	app.SetString("appStatus", "published")
	app.Set("availableToUser", []byte("true"))
	app.SetString("lastPublishedDateTime", instant(tx.Now()))
}

func unpublishApp(tx Tx, app *Entity) {
	app.SetString("appStatus", "ready")
	app.Set("availableToUser", []byte("false"))
	resetApp(tx, app)
}

// resetApp takes back what has changed in an app's details.
func resetApp(tx Tx, app *Entity) {
	found, ok := tx.Get(Below(app.Ref, discoveredDetail), "")
	switch {
	case ok && len(found.Object) > 0:
		app.Set("appDetail", found.Object.JSON())
	case ok:
		app.Set("appDetail", []byte("null"))
	}
}
