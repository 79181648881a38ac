package behavior

// Evidence for groupSetting, in beta directorySetting:
//   - documented (page group-post-settings, 2024): a setting has the display name
//     of its template, and all of the template's values, those left out at their
//     defaults.
//   - assumed (2026-11): the refusal of a template that is none. What does not look
//     like a template's id is let through, as the page's own example has such.

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// GroupSetting makes settings from their templates.
type GroupSetting struct{}

var _ Creator = GroupSetting{}

// guidLength is that of a GUID as text, as templates' ids are.
const guidLength = 36

// Create implements [Creator].
func (GroupSetting) Create(_ Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "templateId")
	i := slices.IndexFunc(settingTemplates, func(t settingTemplate) bool { return strings.EqualFold(t.id, id) })
	if i < 0 && len(id) != guidLength {
		return nil
	}
	if i < 0 {
		return grapherr.Invalid("directory", grapherr.Property{Name: "templateId", Type: e.Type})
	}
	template := settingTemplates[i]
	e.SetString("displayName", template.name)
	e.Set("values", settingValues(template, e.Object))
	return nil
}

// settingValues are a template's values in its order, as a setting gives them or
// else at their defaults.
func settingValues(template settingTemplate, setting entity.Object) json.RawMessage {
	given := map[string]string{}
	raw, _ := setting.Get("values")
	for value := range entity.Elements(raw) {
		o, _ := entity.Members(value)
		given[strings.ToLower(text(o, "name"))] = text(o, "value")
	}
	values := []byte{'['}
	for i, v := range template.values {
		if i > 0 {
			values = append(values, ',')
		}
		value, said := given[strings.ToLower(v[0])]
		if !said {
			value = v[2]
		}
		values = append(values, fields("name", quoted(v[0]), "value", quoted(value)).JSON()...)
	}
	return append(values, ']')
}
