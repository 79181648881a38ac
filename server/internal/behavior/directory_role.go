package behavior

// Evidence for directoryRole and directoryRoleTemplate (graph-behaviour §12):
//   - documented: templates are the same in every tenant and only read; a POST
//     activates one by roleTemplateId; twice is refused; names are the template's.
//   - assumed (2026-11): the text of the refusal.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// roleTemplates are built-in roles: template id, name, and in our words what it
// is for.
var roleTemplates = [][3]string{
	{"62e90394-69f5-4237-9190-012177145e10", "Global Administrator", "Everything in the tenant."},
	{"f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", "Reads everything in the tenant, changes nothing."},
	{"fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", "Users and groups, and the passwords of users without a strong role."},
	{"729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", "Passwords and sessions of users without a strong role."},
	{"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", "App registrations and enterprise applications, application proxy too."},
	{"158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator", "App registrations and enterprise applications, without application proxy."},
	{"cf1c38e5-3621-4004-a7cb-879624dced7c", "Application Developer", "Registers applications whatever the users' setting says."},
	{"fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator", "Groups, and the settings for naming and expiry."},
	{"29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator", "Exchange Online."},
	{"f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator", "SharePoint Online."},
	{"69091246-20e8-4a56-aa4d-066075b2a7a8", "Teams Administrator", "Microsoft Teams."},
	{"3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator", "Intune."},
	{"11451d60-acb2-45eb-a7d6-43d0f0125c13", "Windows 365 Administrator", "Cloud PCs."},
	{"194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator", "Security policies, and what they report."},
	{"5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader", "Reads security policies and reports."},
	{"e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", "Who holds which role."},
	{"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator", "Conditional access policies."},
	{"88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", "Reads basic directory objects; meant for applications and guests."},
	{"9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers", "Writes basic directory objects; meant for applications."},
	{"4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader", "Reads reports of usage and sign-ins."},
	{"b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator", "Purchases and subscriptions."},
	{"4d6ac14f-3453-41d0-bef9-a3e0c569773a", "License Administrator", "Licences of users and groups."},
}

var directoryRoleRules = &Rules{Required: []string{"roleTemplateId"}, Refuses: []string{"PATCH", "DELETE"}}

// DirectoryRole is an activated template.
type DirectoryRole struct{}

var (
	_ Creator = DirectoryRole{}
	_ Linker  = DirectoryRole{}
)

// Create implements [Creator].
func (DirectoryRole) Create(tx Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "roleTemplateId")
	if _, active := tx.By(tx.Collection(), "roleTemplateId", id); active {
		return grapherr.ConflictingObject()
	}
	template, known := StandingIn("directoryRoleTemplates", id, tx.Tenant())
	if stored, there := tx.Get(Root("directoryRoleTemplates"), id); there {
		template, known = stored, true
	}
	if !known {
		return grapherr.NotFound("directory", id)
	}
	e.SetString("displayName", text(template.Object, "displayName"))
	e.SetString("description", text(template.Object, "description"))
	return nil
}
