package behavior

// Evidence for permissions that an application publishes:
//   - reported: an enabled scope or role is neither deleted nor given another value;
//     clients disable it first (terraform-provider-azuread). The text; the code is
//     assumed (graph-behaviour §4.5).

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Updater = Application{}

// Update implements [Updater].
func (Application) Update(_ Tx, before, _ entity.Object, after *Entity) *grapherr.Error {
	scopes := func(o entity.Object) []entity.Object { return list(inner(o, "api"), "oauth2PermissionScopes") }
	if enabledLost(scopes(before), scopes(after.Object)) || enabledLost(list(before, "appRoles"), list(after.Object, "appRoles")) {
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
