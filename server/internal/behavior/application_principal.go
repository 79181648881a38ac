package behavior

// Evidence for what a service principal has of its application (page
// serviceprincipal of both versions, 2025; page "Restore an enterprise
// application" of the Entra documentation):
//   - documented: appDisplayName, appDescription, appRoles, oauth2PermissionScopes,
//     servicePrincipalNames and the addresses are the application's; deleting an
//     application deletes its principal in the home tenant, and restoring it
//     restores both.
//   - reported: identifierUris are unique (Azure/go-autorest#308).
//   - assumed (2026-11): a principal follows what a change touches, so that values
//     of its own stay.

import (
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// mirrored are the properties of a principal that come from its application.
var mirrored = []struct {
	name string
	from func(app entity.Object) string // JSON
}{
	{"displayName", sameNamed("displayName")},
	{"appDisplayName", sameNamed("displayName")},
	{"appDescription", sameNamed("description")},
	{"signInAudience", sameNamed("signInAudience")},
	{"info", sameNamed("info")},
	{"verifiedPublisher", sameNamed("verifiedPublisher")},
	{"homepage", func(app entity.Object) string { return jsonOf(inner(app, "web"), "homePageUrl") }},
	{"logoutUrl", func(app entity.Object) string { return jsonOf(inner(app, "web"), "logoutUrl") }},
	{"replyUrls", replyURLs},
	{"appRoles", exposedRoles},
	{"oauth2PermissionScopes", func(app entity.Object) string { return or(jsonOf(inner(app, "api"), "oauth2PermissionScopes"), "[]") }},
	{"servicePrincipalNames", func(app entity.Object) string {
		return string(arrayOfTexts(append([]string{text(app, "appId")}, texts(app, "identifierUris")...)))
	}},
}

// sameNamed is the property of an application with the principal's name for it.
func sameNamed(name string) func(entity.Object) string {
	return func(app entity.Object) string { return jsonOf(app, name) }
}

func replyURLs(app entity.Object) string {
	var all []string
	for _, platform := range []string{"web", "spa", "publicClient"} {
		all = append(all, texts(inner(app, platform), "redirectUris")...)
	}
	return string(arrayOfTexts(all))
}

// exposedRoles are an application's roles as a principal has them: with their
// origin.
func exposedRoles(app entity.Object) string {
	roles := list(app, "appRoles")
	for i := range roles {
		if !present(roles[i], "origin") {
			roles[i].SetString("origin", "Application")
		}
	}
	return string(arrayOf(roles))
}

// follow gives a principal what a change of its application touched.
func follow(tx Tx, before, after entity.Object) *grapherr.Error {
	principal, ok := tx.By(Root("servicePrincipals"), "appId", text(after, "appId"))
	if !ok {
		return nil
	}
	changed := false
	for _, m := range mirrored {
		if now := m.from(after); now != m.from(before) {
			principal.Set(m.name, json.RawMessage(now))
			changed = true
		}
	}
	if !changed {
		return nil
	}
	return tx.Replace(principal.Ref, principal.Object)
}

// Update implements [Updater].
func (Application) Update(tx Tx, before, _ entity.Object, after *Entity) *grapherr.Error {
	if fault := entitlementsLost(before, after.Object); fault != nil {
		return fault
	}
	return follow(tx, before, after.Object)
}

// Delete implements [Deleter].
func (Application) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if principal, ok := tx.By(Root("servicePrincipals"), "appId", text(e.Object, "appId")); ok {
		return false, tx.Discard(principal.Ref)
	}
	return false, nil
}

// Returned implements [Returned].
func (Application) Returned(tx Tx, e Entity) *grapherr.Error {
	id := text(e.Object, "appId")
	if _, there := tx.By(Root("servicePrincipals"), "appId", id); there {
		return nil
	}
	for binned := range tx.All(Root("directory/deletedItems")) {
		if binned.Type == "microsoft.graph.servicePrincipal" && strings.EqualFold(text(binned.Object, "appId"), id) {
			return tx.Restore(binned.Ref)
		}
	}
	return nil
}
