package behavior

// Evidence for unifiedRoleDefinition of the directory:
//   - documented: built-in roles are there in every tenant, with the id of their
//     template, isBuiltIn, isEnabled and version "1"; custom ones are made beside
//     them; assignments of all kinds show theirs on $expand.
//   - documented (page of the create): a custom role needs a name, whether it is
//     enabled, and permissions.
//   - assumed (2026-11): of what a built-in role allows the most telling actions are
//     there, and the fake does not judge by them; permissions without an action are
//     none.

import (
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const directoryRoles = "/roleManagement/directory/"

// assignmentSets are the collections beside the roles that lead to them.
var assignmentSets = []string{
	"roleAssignments", "roleAssignmentSchedules", "roleAssignmentScheduleInstances", "roleAssignmentScheduleRequests",
	"roleEligibilitySchedules", "roleEligibilityScheduleInstances", "roleEligibilityScheduleRequests",
}

func standingDirectoryRoles() []Standing {
	return []Standing{
		rowsOf("/directoryRoleTemplates", roleTemplates, func(t [3]string) string {
			return string(fields("id", quoted(t[0]), "deletedDateTime", "null", "description", quoted(t[2]), "displayName", quoted(t[1])).JSON())
		}),
		rowsOf(directoryRoles+"roleDefinitions", roleTemplates, func(t [3]string) string {
			return string(fields("id", quoted(t[0]), "description", quoted(t[2]), "displayName", quoted(t[1]), "isBuiltIn", "true", "isEnabled", "true", "isPrivileged", privileged(t[0]),
				"resourceScopes", `["/"]`, "templateId", quoted(t[0]), "version", `"1"`, "rolePermissions", permissionsOf(t[0])).JSON())
		}),
	}
}

// assignments are the registrations by which the roles are there when somebody
// asks for who holds them.
func assignments() (all []Registration) {
	roles := standingDirectoryRoles()[1]
	for _, set := range assignmentSets {
		all = append(all, Registration{Navigation: directoryRoles + set, Behavior: RoleSchedules{Roles: roles}})
	}
	return all
}

var customRoleRules = &Rules{
	Required: []string{"displayName", "rolePermissions"},
	Defaults: []Default{{"isEnabled", "true"}, {"resourceScopes", `["/"]`}},
	Computed: []string{"isBuiltIn"},
}

// RoleDefinition is a role of any service, which its administrators make or that
// is built in.
type RoleDefinition struct{ builtIn }

var _ Creator = RoleDefinition{}

// Create implements [Creator].
func (RoleDefinition) Create(tx Tx, e *Entity) *grapherr.Error {
	allows := func(p entity.Object) bool { return len(texts(p, "allowedResourceActions")) > 0 }
	if !slices.ContainsFunc(list(e.Object, "rolePermissions"), allows) {
		return grapherr.Invalid(tx.Family(), grapherr.Property{Name: "rolePermissions", Kind: "format", Type: e.Type})
	}
	e.Set("isBuiltIn", []byte("false"))
	if !present(e.Object, "templateId") {
		e.SetString("templateId", text(e.Object, "id"))
	}
	return nil
}
