package behavior

// Evidence for who holds a role of the directory (pages directoryrole-post-members,
// rbacapplication-post-roleassignments and the resource page of directoryRole, 2021 to
// 2025):
//   - documented: a member of a directory role has its assignment in the whole tenant,
//     and who is assigned a role in the whole tenant is a member of its directory role,
//     which is activated when it is first assigned.
//   - assumed (2026-11): assignments and members that fixtures bring stay as they are.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var directoryAssignments = Root("roleManagement/directory/roleAssignments")

// Link implements [Linker]: the assignment follows the membership.
func (DirectoryRole) Link(tx Tx, l Link) *grapherr.Error {
	if l.Navigation != "members" {
		return nil
	}
	template := text(l.Owner.Object, "roleTemplateId")
	held, there := tenantWide(tx, template, l.Target.ID)
	switch {
	case template == "":
		return nil
	case l.Remove && there:
		return tx.Delete(held.Ref)
	case !l.Remove && !there:
		_, fault := tx.Insert(directoryAssignments, Entity{Object: fields("id", quoted(tx.NewID()), "principalId", quoted(l.Target.ID),
			"roleDefinitionId", quoted(template), "directoryScopeId", `"/"`, "appScopeId", "null", "condition", "null")})
		return fault
	}
	return nil
}

// tenantWide is the assignment of a role to a principal in the whole tenant.
func tenantWide(tx Tx, role, principal string) (Entity, bool) {
	for e := range tx.Having(directoryAssignments, "principalId", principal) {
		if strings.EqualFold(text(e.Object, "roleDefinitionId"), role) && isTenantWide(e.Object) {
			return e, true
		}
	}
	return Entity{}, false
}

func isTenantWide(assignment entity.Object) bool {
	return text(assignment, "directoryScopeId") == "/" && text(assignment, "appScopeId") == ""
}

// Created implements [Created]: the membership follows the assignment.
func (RoleAssignment) Created(tx Tx, e Entity) *grapherr.Error {
	if tx.Home(e.Ref) != directoryAssignments {
		return nil
	}
	return joinRole(tx, e.Object)
}

// Delete implements [Deleter].
func (RoleAssignment) Delete(tx Tx, e Entity) (done bool, fault *grapherr.Error) {
	if tx.Home(e.Ref) != directoryAssignments {
		return false, nil
	}
	return false, leaveRole(tx, e.Object)
}

// joinRole makes the principal of an assignment a member of the directory role.
func joinRole(tx Tx, assignment entity.Object) *grapherr.Error {
	principal, known := tx.Find(text(assignment, "principalId"))
	if !known || !isTenantWide(assignment) {
		return nil
	}
	role, active, fault := activated(tx, text(assignment, "roleDefinitionId"))
	if active && fault == nil {
		_, fault = tx.Link(role.Ref, "members", principal.Ref)
	}
	return fault
}

// leaveRole ends what joinRole has begun.
func leaveRole(tx Tx, assignment entity.Object) *grapherr.Error {
	role, active := tx.By(Root("directoryRoles"), "roleTemplateId", text(assignment, "roleDefinitionId"))
	principal, known := tx.Find(text(assignment, "principalId"))
	if !active || !known || !isTenantWide(assignment) {
		return nil
	}
	_, fault := tx.Unlink(role.Ref, "members", principal.Ref)
	return fault
}

// activated is the directory role of a template, which is made where it is missing; of
// a role that has no template there is none.
func activated(tx Tx, template string) (Entity, bool, *grapherr.Error) {
	if role, active := tx.By(Root("directoryRoles"), "roleTemplateId", template); active {
		return role, true, nil
	}
	known, ok := StandingIn("directoryRoleTemplates", template, tx.Tenant())
	if !ok {
		return Entity{}, false, nil
	}
	made, fault := tx.Insert(Root("directoryRoles"), Entity{Object: fields("id", quoted(tx.NewID()), "deletedDateTime", "null", "roleTemplateId", quoted(template),
		"displayName", jsonOf(known.Object, "displayName"), "description", jsonOf(known.Object, "description"))})
	return made, true, fault
}
