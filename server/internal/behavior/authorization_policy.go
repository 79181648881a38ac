package behavior

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for authorizationPolicy (pages of v1.0 and beta, 2021 to 2025):
//   - documented: the consent policies of users are a member of
//     defaultUserRolePermissions in v1.0 and a property of the policy in beta.
//   - assumed (2026-11): both are one value.

const (
	consentInBeta = "permissionGrantPolicyIdsAssignedToDefaultUserRole"
	consentInRole = "permissionGrantPoliciesAssigned"
)

// AuthorizationPolicy keeps one value under the names of both versions.
type AuthorizationPolicy struct{}

var _ Updater = AuthorizationPolicy{}

// Update implements [Updater].
func (AuthorizationPolicy) Update(_ Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	role := inner(after.Object, "defaultUserRolePermissions")
	if assigned, ok := change.Get(consentInBeta); ok {
		role.Set(consentInRole, assigned)
		after.Set("defaultUserRolePermissions", role.JSON())
	}
	if assigned, ok := inner(change, "defaultUserRolePermissions").Get(consentInRole); ok {
		after.Set(consentInBeta, json.RawMessage(assigned))
	}
	return nil
}
