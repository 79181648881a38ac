package behavior

// Evidence for directoryRole and directoryRoleTemplate (graph-behaviour §12):
//   - documented: templates are the same in every tenant and only read; a POST
//     activates one by roleTemplateId; twice is refused; names are the template's.
//   - assumed (2026-11): the text of the refusal.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

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
