package behavior

// Evidence for directoryRole and directoryRoleTemplate (graph-behaviour §12):
//   - documented: templates are the same in every tenant and only read; a POST
//     activates one by roleTemplateId; twice is refused; names are the template's.
//   - assumed (2026-11): the text of the refusal.

import (
	"iter"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// roleTemplates are built-in roles: template id, name, description.
var roleTemplates = [][3]string{
	{"62e90394-69f5-4237-9190-012177145e10", "Global Administrator", "Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities."},
	{"f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", "Can read everything that a Global Administrator can, but not update anything."},
	{"fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", "Can manage all aspects of users and groups, including resetting passwords for limited admins."},
	{"729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", "Can reset passwords for non-administrators and Helpdesk Administrators."},
	{"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", "Can create and manage all aspects of app registrations and enterprise apps."},
	{"158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator", "Can create and manage all aspects of app registrations and enterprise apps except App Proxy."},
	{"cf1c38e5-3621-4004-a7cb-879624dced7c", "Application Developer", "Can create application registrations independent of the 'Users can register applications' setting."},
	{"fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator", "Members of this role can create/manage groups, create/manage groups settings like naming and expiration policies, and view groups activity and audit reports."},
	{"29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator", "Can manage all aspects of the Exchange product."},
	{"f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator", "Can manage all aspects of the SharePoint service."},
	{"69091246-20e8-4a56-aa4d-066075b2a7a8", "Teams Administrator", "Can manage the Microsoft Teams service."},
	{"3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator", "Can manage all aspects of the Intune product."},
	{"11451d60-acb2-45eb-a7d6-43d0f0125c13", "Windows 365 Administrator", "Can provision and manage all aspects of Cloud PCs."},
	{"194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator", "Can read security information and reports, and manage configuration in Microsoft Entra ID and Office 365."},
	{"5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader", "Can read security information and reports in Microsoft Entra ID and Office 365."},
	{"e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", "Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management."},
	{"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator", "Can manage Conditional Access capabilities."},
	{"88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", "Can read basic directory information. Commonly used to grant directory read access to applications and guests."},
	{"9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers", "Can read and write basic directory information. For granting access to applications, not intended for users."},
	{"4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader", "Can read sign-in and audit reports."},
	{"b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator", "Can perform common billing related tasks like updating payment information."},
	{"4d6ac14f-3453-41d0-bef9-a3e0c569773a", "License Administrator", "Can manage product licenses on users and groups."},
}

var directoryRoleRules = &Rules{Required: []string{"roleTemplateId"}}

// DirectoryRole is an activated template.
type DirectoryRole struct{}

// RoleTemplates lists what roles can be activated.
type RoleTemplates struct{}

// RoleTemplate is one of them by its id.
type RoleTemplate struct{}

var (
	_ Creator = DirectoryRole{}
	_ Lister  = RoleTemplates{}
	_ Invoker = RoleTemplate{}
)

func templateEntity(t [3]string) Entity {
	return Entity{ID: t[0], Type: "microsoft.graph.directoryRoleTemplate", Object: fields("id", quoted(t[0]),
		"deletedDateTime", "null", "description", quoted(t[2]), "displayName", quoted(t[1]))}
}

// Create implements [Creator].
func (DirectoryRole) Create(tx Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "roleTemplateId")
	if _, active := tx.By(tx.Collection(), "roleTemplateId", id); active {
		return grapherr.Rule("directory", "", "A conflicting object with one or more of the specified property values is present in the directory.")
	}
	for t := range allTemplates(tx) {
		if sameID(t.ID)(id) {
			e.SetString("displayName", text(t.Object, "displayName"))
			e.SetString("description", text(t.Object, "description"))
			return nil
		}
	}
	return grapherr.NotFound("directory", id)
}

// allTemplates are the built-in templates, and what fixtures put beside them or
// in their place.
func allTemplates(tx Tx) iter.Seq[Entity] {
	own := Root("directoryRoleTemplates")
	return func(yield func(Entity) bool) {
		for _, t := range roleTemplates {
			e, planted := tx.Get(own, t[0])
			if !planted {
				e = templateEntity(t)
			}
			if !yield(e) {
				return
			}
		}
		for e := range tx.All(own) {
			if !slices.ContainsFunc(roleTemplates, func(t [3]string) bool { return sameID(t[0])(e.ID) }) && !yield(e) {
				return
			}
		}
	}
}

// List implements [Lister].
func (RoleTemplates) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) { return allTemplates(tx), nil }

// Invoke implements [Invoker].
func (RoleTemplate) Invoke(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	for e := range allTemplates(tx) {
		if sameID(e.ID)(tx.Key()) {
			return Result{Entity: &e}, nil
		}
	}
	return Result{}, grapherr.NotFound("directory", tx.Key())
}
