package behavior

// Evidence for what the audit log of the directory calls things (pages of
// directoryAudit, 2018 to 2025):
//   - documented: that an activity has a category, a service and a type.
//   - assumed (2026-11), not held against Entra's reference of audit activities:
//     the names of the activities with their categories and services; that a link is
//     assigned and unassigned, and who is deleted for good is deleted hard; that
//     what is restored is of type Add.

// audited says how the log tells of the entities of a set.
type audited struct {
	category string
	service  string // "" for Core Directory
	target   string // what the log calls such a thing: "User"
	names    map[DeedKind]string
	links    map[string][2]string // activities that add and remove a link of a navigation
	named    string               // property that has its name; "" for displayName
	whose    string               // property that names the object which the deed is about, instead of the entity
	in       string               // with whose: the target that it is in
}

// lifeOf are the activities of making, changing and removing something.
func lifeOf(add, remove, noun string) map[DeedKind]string {
	return map[DeedKind]string{Made: add + " " + noun, Changed: "Update " + noun, Removed: remove + " " + noun}
}

// binnedLife are those of what goes to the bin.
func binnedLife(remove, noun string) map[DeedKind]string {
	names := lifeOf("Add", remove, noun)
	names[Restored], names[Purged] = "Restore "+noun, "Hard "+remove+" "+noun
	return names
}

func ownersOf(noun string) map[string][2]string {
	return map[string][2]string{"owners": {"Add owner to " + noun, "Remove owner from " + noun}}
}

func joinedBy(noun string) map[string][2]string {
	return map[string][2]string{"members": {"Add member to " + noun, "Remove member from " + noun}}
}

// auditedSets are keyed by path from the service root; of a set below an entity by
// its name behind "*/".
var auditedSets = map[string]audited{
	"users": {category: "UserManagement", target: "User", names: binnedLife("Delete", "user"),
		links: map[string][2]string{"manager": {"Set user manager", "Remove user manager"}}},
	"groups": {category: "GroupManagement", target: "Group", names: binnedLife("Delete", "group"), links: map[string][2]string{
		"members": {"Add member to group", "Remove member from group"}, "owners": {"Add owner to group", "Remove owner from group"}}},
	"applications":      {category: "ApplicationManagement", target: "Application", names: binnedLife("Delete", "application"), links: ownersOf("application")},
	"servicePrincipals": {category: "ApplicationManagement", target: "ServicePrincipal", names: binnedLife("Remove", "service principal"), links: ownersOf("service principal")},
	"oauth2PermissionGrants": {category: "ApplicationManagement", target: "ServicePrincipal", names: lifeOf("Add", "Remove", "delegated permission grant"),
		whose: "resourceId"},
	"*/appRoleAssignedTo": {category: "ApplicationManagement", target: "ServicePrincipal", whose: "resourceId", names: map[DeedKind]string{
		Made: "Add app role assignment to service principal", Removed: "Remove app role assignment from service principal"}},
	"devices": {category: "Device", target: "Device", names: lifeOf("Add", "Delete", "device"), links: map[string][2]string{
		"registeredOwners": {"Add registered owner to device", "Remove registered owner from device"},
		"registeredUsers":  {"Add registered users to device", "Remove registered users from device"}}},
	"directory/administrativeUnits": {category: "AdministrativeUnit", target: "AdministrativeUnit",
		names: binnedLife("Delete", "administrative unit"), links: joinedBy("administrative unit")},
	"directoryRoles": {category: "RoleManagement", target: "Role", links: joinedBy("role")},
	"roleManagement/directory/roleAssignments": {category: "RoleManagement", target: "User", whose: "principalId", in: "roleDefinitionId",
		names: map[DeedKind]string{Made: "Add member to role", Removed: "Remove member from role"}},
	"roleManagement/directory/roleDefinitions": {category: "RoleManagement", target: "Role", names: lifeOf("Add", "Delete", "role definition")},
	"identity/conditionalAccess/policies": {category: "Policy", service: "Conditional Access", target: "Policy",
		names: lifeOf("Add", "Delete", "conditional access policy")},
	"identity/conditionalAccess/namedLocations": {category: "Policy", service: "Conditional Access", target: "Policy",
		names: lifeOf("Add", "Delete", "named location")},
	"policies/authorizationPolicy": {category: "AuthorizationPolicy", target: "Policy", names: map[DeedKind]string{Changed: "Update authorization policy"}},
	"domains": {category: "DirectoryManagement", target: "Directory", named: "id", names: map[DeedKind]string{
		Made: "Add unverified domain", Changed: "Update domain", Removed: "Remove unverified domain"}},
	"organization":  {category: "DirectoryManagement", target: "Directory", names: map[DeedKind]string{Changed: "Set Company Information"}},
	"groupSettings": {category: "GroupManagement", target: "Policy", names: lifeOf("Create", "Delete", "group settings")},
	"settings":      {category: "GroupManagement", target: "Policy", names: lifeOf("Create", "Delete", "group settings")},
	"invitations": {category: "UserManagement", service: "Invited Users", target: "User", named: "invitedUserEmailAddress",
		names: map[DeedKind]string{Made: "Invite external user"}},
}

// auditedCalls are operations that have an activity of their own for what they
// change.
var auditedCalls = map[string]string{
	"POST /users/{id}/assignLicense":              "Change user license",
	"POST /me/assignLicense":                      "Change user license",
	"POST /groups/{id}/assignLicense":             "Set group license",
	"POST /users/{id}/changePassword":             "Change user password",
	"POST /me/changePassword":                     "Change user password",
	"POST /users/{id}/revokeSignInSessions":       "Update StsRefreshTokenValidFrom Timestamp",
	"POST /me/revokeSignInSessions":               "Update StsRefreshTokenValidFrom Timestamp",
	"POST /applications/{id}/addPassword":         "Update application – Certificates and secrets management",
	"POST /applications/{id}/removePassword":      "Update application – Certificates and secrets management",
	"POST /applications/{id}/addKey":              "Update application – Certificates and secrets management",
	"POST /applications/{id}/removeKey":           "Update application – Certificates and secrets management",
	"POST /servicePrincipals/{id}/addPassword":    "Add service principal credentials",
	"POST /servicePrincipals/{id}/addKey":         "Add service principal credentials",
	"POST /servicePrincipals/{id}/removePassword": "Remove service principal credentials",
	"POST /servicePrincipals/{id}/removeKey":      "Remove service principal credentials",
	"POST /domains/{id}/verify":                   "Verify domain",
}

// IsAudited reports whether the directory's log tells of the entities of a set.
func IsAudited(c Collection) bool {
	_, ok := auditedSets[auditedName(c)]
	return ok
}

func auditedName(c Collection) string {
	if c.Parent != None {
		return "*/" + c.Name
	}
	return c.Name
}
