package behavior

// Evidence for unifiedRoleDefinition of the directory:
//   - documented: built-in roles are there in every tenant, with the id of their
//     template, isBuiltIn, isEnabled and version "1"; custom ones are made beside
//     them.
//   - assumed (2026-11): what a built-in role allows is left out
//     (rolePermissions is empty), because the fake does not judge by it.

var directoryRoleDefinitions = builtIns{Root("roleManagement/directory/roleDefinitions"), entities(roleTemplates, roleDefinition)}

func roleDefinition(t [3]string) Entity {
	return Entity{ID: t[0], Type: "microsoft.graph.unifiedRoleDefinition", Object: fields("id", quoted(t[0]),
		"description", quoted(t[2]), "displayName", quoted(t[1]), "isBuiltIn", "true", "isEnabled", "true",
		"resourceScopes", `["/"]`, "templateId", quoted(t[0]), "version", `"1"`, "rolePermissions", "[]")}
}
