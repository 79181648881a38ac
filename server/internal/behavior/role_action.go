package behavior

import "strings"

// roleActions are what the best known of the built-in roles may do: their most
// telling actions, by the id of the role (assumed, 2026-11: not held against the
// reference of Entra's built-in roles). The prefix "microsoft." is left out, and
// that of the directory too.
var roleActions = map[string]string{
	"62e90394-69f5-4237-9190-012177145e10": "users/allProperties/allTasks groups/allProperties/allTasks applications/allProperties/allTasks " +
		"servicePrincipals/allProperties/allTasks devices/allProperties/allTasks directoryRoles/allProperties/allTasks domains/allProperties/allTasks " +
		"administrativeUnits/allProperties/allTasks conditionalAccessPolicies/allProperties/allTasks policies/allProperties/allTasks " +
		"oAuth2PermissionGrants/allProperties/allTasks roleAssignments/allProperties/allTasks roleDefinitions/allProperties/allTasks " +
		"auditLogs/allProperties/read signInReports/allProperties/read .intune/allEntities/allTasks .cloudPC/allEntities/allProperties/allTasks " +
		".office365.exchange/allEntities/basic/allTasks .office365.sharePoint/allEntities/allTasks .teams/allEntities/allProperties/allTasks",
	"f2ef992c-3afb-46b9-b7cf-a126ee74c451": "users/allProperties/read groups/allProperties/read applications/allProperties/read " +
		"servicePrincipals/allProperties/read devices/allProperties/read directoryRoles/allProperties/read domains/allProperties/read " +
		"administrativeUnits/allProperties/read conditionalAccessPolicies/allProperties/read policies/allProperties/read " +
		"auditLogs/allProperties/read signInReports/allProperties/read .cloudPC/allEntities/allProperties/read .teams/allEntities/allProperties/read",
	"fe930be7-5e62-47db-91af-98c3a49a38b1": "users/create users/delete users/restore users/disable users/enable users/basic/update users/manager/update " +
		"users/assignLicense users/reprocessLicenseAssignment users/usageLocation/update users/userPrincipalName/update users/password/update " +
		"users/invalidateAllRefreshTokens users/inviteGuest groups/create groups/delete groups/restore groups/basic/update groups/members/update " +
		"groups/owners/update groups/assignLicense contacts/create contacts/delete contacts/basic/update oAuth2PermissionGrants/allProperties/allTasks " +
		".azure.supportTickets/allEntities/allTasks .office365.serviceHealth/allEntities/allTasks .office365.supportTickets/allEntities/allTasks",
	"729827e3-9c14-49f7-bb1b-9608f156bbb8": "bitlockerKeys/key/read users/invalidateAllRefreshTokens users/password/update " +
		".azure.serviceHealth/allEntities/allTasks .azure.supportTickets/allEntities/allTasks .office365.serviceHealth/allEntities/allTasks .office365.supportTickets/allEntities/allTasks",
	"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": applicationActions + " applications/applicationProxy/read applications/applicationProxy/update connectors/create connectors/allProperties/read",
	"158c047a-c907-4556-b7ef-446551a6b5f7": applicationActions,
	"cf1c38e5-3621-4004-a7cb-879624dced7c": "applications/createAsOwner oAuth2PermissionGrants/createAsOwner servicePrincipals/createAsOwner",
	"fdd7a751-b60b-444a-984c-02652fe8fa1c": "groups/create groups/delete groups/restore groups/basic/update groups/classification/update " +
		"groups/dynamicMembershipRule/update groups/groupType/update groups/members/update groups/owners/update groups/settings/update groups/visibility/update groups/assignLicense",
	"29232cdf-9323-42fd-ade2-1d097af3e4de": ".office365.exchange/allEntities/basic/allTasks .office365.serviceHealth/allEntities/allTasks .office365.supportTickets/allEntities/allTasks",
	"f28a1f50-f6e7-4571-818b-6a12f2af6b6c": ".office365.sharePoint/allEntities/allTasks .office365.serviceHealth/allEntities/allTasks .office365.supportTickets/allEntities/allTasks",
	"69091246-20e8-4a56-aa4d-066075b2a7a8": ".teams/allEntities/allProperties/allTasks .office365.serviceHealth/allEntities/allTasks .office365.skypeForBusiness/allEntities/allTasks",
	"3a2c62db-5318-420d-8d74-23affee5d9d5": ".intune/allEntities/allTasks .cloudPC/allEntities/allProperties/allTasks devices/create devices/delete devices/disable devices/enable devices/basic/update bitlockerKeys/key/read",
	"11451d60-acb2-45eb-a7d6-43d0f0125c13": ".cloudPC/allEntities/allProperties/allTasks devices/create devices/delete devices/disable devices/enable devices/basic/update",
	"194ae4cb-b126-40b2-bd5b-6091b380977d": "auditLogs/allProperties/read signInReports/allProperties/read identityProtection/allProperties/read identityProtection/allProperties/update " +
		"conditionalAccessPolicies/create conditionalAccessPolicies/delete conditionalAccessPolicies/basic/update namedLocations/create policies/create policies/delete policies/basic/update",
	"5d6b6bb7-de71-4623-b4af-96380a352509": "auditLogs/allProperties/read signInReports/allProperties/read identityProtection/allProperties/read conditionalAccessPolicies/standard/read policies/standard/read",
	"e8611ab8-c189-46e8-94e1-60213ab1f814": "directoryRoles/allProperties/allTasks roleAssignments/allProperties/allTasks roleDefinitions/allProperties/allTasks " +
		"privilegedIdentityManagement/allProperties/allTasks servicePrincipals/appRoleAssignedTo/allTasks oAuth2PermissionGrants/allProperties/allTasks administrativeUnits/allProperties/allTasks",
	"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9": "conditionalAccessPolicies/create conditionalAccessPolicies/delete conditionalAccessPolicies/standard/read conditionalAccessPolicies/basic/update " +
		"conditionalAccessPolicies/owners/read conditionalAccessPolicies/owners/update conditionalAccessPolicies/tenantDefault/update namedLocations/create namedLocations/delete namedLocations/basic/update",
	"88d8e3e3-8f55-4a1e-953a-9b9898b8876b": "users/standard/read groups/standard/read applications/standard/read servicePrincipals/standard/read devices/standard/read directoryRoles/standard/read domains/standard/read organization/standard/read",
	"9360feb5-f418-4baa-8175-e2a00bac4301": "users/create users/basic/update users/manager/update groups/create groups/basic/update groups/members/update groups/owners/update users/assignLicense",
	"4a5d8f65-41da-4de4-8968-e035b65339cf": "auditLogs/allProperties/read provisioningLogs/allProperties/read signInReports/allProperties/read .office365.usageReports/allEntities/allProperties/read .office365.network/performance/allProperties/read",
	"b0f54661-2d74-4c50-afa3-1ec803f12efe": "organization/basic/update .commerce.billing/allEntities/allProperties/allTasks .office365.serviceHealth/allEntities/allTasks .office365.supportTickets/allEntities/allTasks",
	"4d6ac14f-3453-41d0-bef9-a3e0c569773a": "groups/assignLicense groups/reprocessLicenseAssignment users/assignLicense users/reprocessLicenseAssignment users/usageLocation/update",
}

// applicationActions are what both administrators of applications may do.
const applicationActions = "applications/create applications/delete applications/basic/update applications/credentials/update applications/owners/update applications/permissions/update " +
	"applicationTemplates/instantiate servicePrincipals/create servicePrincipals/delete servicePrincipals/disable servicePrincipals/enable servicePrincipals/basic/update " +
	"servicePrincipals/credentials/update servicePrincipals/owners/update servicePrincipals/appRoleAssignedTo/update oAuth2PermissionGrants/allProperties/allTasks auditLogs/allProperties/read signInReports/allProperties/read"

// permissionsOf is the rolePermissions of a built-in role.
func permissionsOf(role string) string {
	named := actionsOf(role)
	if len(named) == 0 {
		return "[]"
	}
	return `[{"allowedResourceActions":` + string(arrayOfTexts(named)) + `,"condition":null}]`
}

// actionsOf are the full names of what a built-in role may do.
func actionsOf(role string) []string {
	named := strings.Fields(roleActions[role])
	for i, name := range named {
		if name[0] != '.' {
			name = ".directory/" + name
		}
		named[i] = "microsoft" + name
	}
	return named
}
