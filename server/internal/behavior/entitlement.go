package behavior

// Evidence for permissions that an application publishes:
//   - reported: an enabled scope or role is neither deleted nor given another value;
//     clients disable it first (terraform-provider-azuread); code and text
//     (OfficeDev/microsoft-365-agents-toolkit#9420).

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// entitlementsLost refuses a change of an application by which an enabled
// permission is lost.
func entitlementsLost(before, after entity.Object) *grapherr.Error {
	scopes := func(o entity.Object) []entity.Object { return list(inner(o, "api"), "oauth2PermissionScopes") }
	if enabledLost(scopes(before), scopes(after)) || enabledLost(list(before, "appRoles"), list(after, "appRoles")) {
		return &grapherr.Error{Status: 400, Code: "CannotDeleteOrUpdateEnabledEntitlement",
			Message: "Permission (scope or role) cannot be deleted or updated unless disabled first."}
	}
	return nil
}

// enabledLost reports whether an enabled permission is gone or has another value.
func enabledLost(before, after []entity.Object) bool {
	for _, was := range before {
		kept := false
		for _, is := range after {
			kept = kept || sameID(text(was, "id"))(text(is, "id")) && text(is, "value") == text(was, "value")
		}
		if !kept && jsonOf(was, "isEnabled") == "true" {
			return true
		}
	}
	return false
}
