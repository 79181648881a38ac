package behavior

// Evidence for installed apps of teams, chats and users (pages team-post-installedapps
// and team-list-installedapps, v1.0 2020 to 2025):
//   - documented: an installation leads to the definition of its app that is installed.
//   - assumed (2026-11): that is the newest one; an app that is installed there is a
//     conflict.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// InstalledApp is an app where it is used.
type InstalledApp struct{}

var _ Created = InstalledApp{}

// Created implements [Created].
func (InstalledApp) Created(tx Tx, e Entity) *grapherr.Error {
	for app := range tx.Linked(e.Ref, "teamsApp") {
		for other := range tx.Linking(app.Ref, "teamsApp") {
			if other.Ref != e.Ref && tx.Home(other.Ref) == tx.Home(e.Ref) && other.Type == e.Type {
				return grapherr.Conflict(tx.Family(), "The app is installed already.")
			}
		}
		var newest Ref
		for definition := range tx.All(Below(app.Ref, "appDefinitions")) {
			newest = definition.Ref
		}
		if newest != None {
			_, fault := tx.Link(e.Ref, "teamsAppDefinition", newest)
			return fault
		}
	}
	return nil
}
