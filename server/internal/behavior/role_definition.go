package behavior

// Evidence for unifiedRoleDefinition of the directory:
//   - documented: built-in roles are there in every tenant, with the id of their
//     template, isBuiltIn, isEnabled and version "1"; custom ones are made beside
//     them; assignments of all kinds show theirs on $expand.
//   - assumed (2026-11): what a built-in role allows is left out
//     (rolePermissions is empty), because the fake does not judge by it.

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
			return string(fields("id", quoted(t[0]), "description", quoted(t[2]), "displayName", quoted(t[1]), "isBuiltIn", "true", "isEnabled", "true",
				"resourceScopes", `["/"]`, "templateId", quoted(t[0]), "version", `"1"`, "rolePermissions", "[]").JSON())
		}),
	}
}

// assignments are the registrations by which the roles are there when somebody
// asks for who holds them.
func assignments() (all []Registration) {
	roles := standingDirectoryRoles()[1]
	for _, set := range assignmentSets {
		all = append(all, Registration{Navigation: directoryRoles + set, Behavior: roles})
	}
	return all
}
