package behavior

// Evidence for the built-in roles of services (pages list and get of
// unifiedRoleDefinition for entitlement management and Cloud PC, and of Intune's
// roleDefinition, 2021 to 2025):
//   - documented: roles that every tenant has, with the id of their template; the
//     version is "1.0" in entitlement management, null in Windows 365.
//   - reported (configurations published 2023 to 2026): the ids of Intune's roles,
//     which deviceManagement and the roles of all services show alike; roles are
//     deviceAndAppManagementRoleDefinition.
//   - reported (documents of the CLI for Microsoft 365, 2025): the roles of Exchange
//     Online for applications, with their ids.
//   - assumed (2026-11): what a role allows is left out but for Intune's, because the
//     fake does not judge by it; descriptions are empty.

var (
	entitlementRoles = [][2]string{
		{"ae79f266-94d4-4dab-b730-feca7e132178", "Catalog owner"}, {"44272f93-9762-48e8-af59-1b5351b1d6b3", "Catalog reader"},
		{"7f480852-ebdc-47d4-87de-0d8498384a83", "AccessPackages manager"}, {"ba92d953-d8e0-4e39-a797-0cbedb0a89e8", "Catalog creator"},
		{"e2182095-804a-4656-ae11-64734e9b7ae5", "AccessPackage assignment manager"},
	}
	cloudPCRoles = [][2]string{
		{"b5c08161-a7af-481c-ace2-a20a69a48fb1", "Cloud PC Administrator"}, {"d40368cb-fbf4-4965-bbc1-f17b3a78e510", "Cloud PC Reader"},
	}
	exchangeRoles = [][2]string{
		{"1f704712-7d46-481f-b2cd-dbcc978c4f2a", "Mail.Read"}, {"3eca55c8-0e73-4c12-81bf-526549f2e5a3", "Mail.ReadBasic"},
		{"82fd214e-61ca-4dc7-98f6-090700bdb205", "Mail.ReadWrite"}, {"8679f4ff-c91d-40d0-809c-c86d114821a5", "Mail.Send"},
		{"c40299e0-2107-455f-85dd-6e8862c3a0cc", "MailboxSettings.Read"}, {"459cb245-07c5-44f1-8133-3da40b4b6197", "MailboxSettings.ReadWrite"},
		{"a3123d4e-4256-4ad0-bef0-205a00807fae", "Calendars.Read"}, {"b92761c0-5311-4908-92ca-2c1f8c71aa1c", "Calendars.ReadWrite"},
		{"9b87c446-d3c1-4146-9d39-45ae63b4eeb7", "Contacts.Read"}, {"265cabb3-13d9-4e05-b2cd-460cfa7ad3cc", "Contacts.ReadWrite"},
		{"b49ae303-7a8f-4ba1-aa37-27b40461aabb", "Mail Full Access"}, {"48d6a78c-0681-4d73-acec-9f9ffad56ddb", "Exchange Full Access"},
	}
	intuneRoles = [][2]string{
		{"0bd113fe-6be5-400c-a28f-ae5553f9c0be", "Policy and Profile manager"}, {"2f9f4f7e-2d13-427b-adf2-361a1eef7ae8", "School Administrator"},
		{"9e0cc482-82df-4ab2-a24c-0c23a3f52e1e", "Help Desk Operator"}, {"c1d9fcbb-cba5-40b0-bf6b-527006585f4b", "Application Manager"},
		{"c56d53a2-73d0-4502-b6bd-4a9d3dba28d5", "Endpoint Security Manager"}, {"fa1d7878-e8cb-41a1-8254-0142355c9f84", "Read Only Operator"},
		{"fb2603eb-3c87-4be3-8b5b-d58a5b4a0bc0", "Intune Role Administrator"},
	}
)

// builtInRole makes rows of the roles of a service that numbers them so.
func builtInRole(version string) func([2]string) string {
	return func(r [2]string) string {
		return `{"id":` + quoted(r[0]) + `,"displayName":` + quoted(r[1]) + `,"description":"","isBuiltIn":true,"isEnabled":true,` +
			`"resourceScopes":["/"],"templateId":` + quoted(r[0]) + `,"version":` + version + `,"rolePermissions":[]}`
	}
}

func exchangeRole(r [2]string) string {
	return builtInRole("null")([2]string{r[0], "Application " + r[1]})
}

func intuneRole(r [2]string) string {
	return `{"@odata.type":"#microsoft.graph.deviceAndAppManagementRoleDefinition","id":` + quoted(r[0]) + `,"displayName":` + quoted(r[1]) +
		`,"description":"","isBuiltIn":true,"isBuiltInRoleDefinition":true,"rolePermissions":` + intuneRolePermissions(r[0]) +
		`,"permissions":` + intuneRolePermissions(r[0]) + `,"roleScopeTagIds":[]}`
}

func standingRoles() []Standing {
	return []Standing{
		rowsOf("/roleManagement/entitlementManagement/roleDefinitions", entitlementRoles, builtInRole(`"1.0"`)),
		rowsOf("/roleManagement/cloudPC/roleDefinitions", cloudPCRoles, builtInRole("null")),
		rowsOf("/roleManagement/deviceManagement/roleDefinitions", intuneRoles, builtInRole("null")),
		rowsOf("/roleManagement/exchange/roleDefinitions", exchangeRoles, exchangeRole),
		rowsOf("/deviceManagement/roleDefinitions", intuneRoles, intuneRole),
	}
}
