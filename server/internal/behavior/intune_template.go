package behavior

// Evidence for templates and scope tags (pages devicemanagementtemplate-createinstance and
// rolescopetag-create of beta, 2021 to 2025):
//   - documented: an instance is an intent with the values that the call names.
//   - reported: scope tags are numbered, the built-in one is 0 (exports of tenants).

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// instanceOfTemplate makes an intent of a template.
func instanceOfTemplate(tx Tx, template *Entity, p entity.Object) (Result, *grapherr.Error) {
	made, fault := tx.Insert(Root("deviceManagement/intents"), Entity{Object: fields(
		"displayName", jsonOf(p, "displayName"), "description", jsonOf(p, "description"), "templateId", quoted(template.ID),
		"roleScopeTagIds", or(jsonOf(p, "roleScopeTagIds"), `["0"]`), "isAssigned", "false", "isMigratingToConfigurationPolicy", "false",
		"lastModifiedDateTime", quoted(instant(tx.Now())))})
	for _, setting := range list(p, "settingsDelta") {
		if fault == nil {
			setting.SetString("id", tx.NewID())
			_, fault = tx.Insert(Below(made.Ref, "settings"), Entity{Type: text(setting, "@odata.type"), Object: setting})
		}
	}
	return Result{Entity: &made}, fault
}

// ScopeTag is numbered.
type ScopeTag struct{}

var _ Creator = ScopeTag{}

// Create implements [Creator].
func (ScopeTag) Create(tx Tx, e *Entity) *grapherr.Error {
	last := 0
	for tag := range tx.All(tx.Collection()) {
		if n, err := strconv.Atoi(tag.ID); err == nil {
			last = max(last, n)
		}
	}
	e.ID = strconv.Itoa(last + 1)
	e.SetString("id", e.ID)
	return nil
}
