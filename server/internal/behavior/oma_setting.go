package behavior

// Evidence for the settings of custom configurations (pages omaSetting of beta and
// deviceconfiguration-getomasettingplaintextvalue of both versions, 2022 to 2025; what tools
// that export policies do, such as Microsoft365DSC and IntuneManagement):
//   - documented: isEncrypted and secretReferenceValueId, by which the function tells the
//     value.
//   - reported: values of texts are encrypted, and read as "****".
//   - assumed (2026-11): the reference is made of the tenant's, the policy's and a new id; a
//     change that repeats what is read keeps the value.

import (
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// CustomConfiguration keeps the values of its settings apart.
type CustomConfiguration struct{}

var (
	_ Created = CustomConfiguration{}
	_ Updater = CustomConfiguration{}
)

const (
	omaValues = HiddenPrefix + "omaValues" // values by their references
	omaHidden = "****"
)

// Created implements [Created].
func (CustomConfiguration) Created(tx Tx, e Entity) *grapherr.Error {
	e.Object = e.Clone()
	if fault := hideValues(tx, &e); fault != nil {
		return fault
	}
	return tx.Replace(e.Ref, e.Object)
}

// Update implements [Updater].
func (CustomConfiguration) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	if !change.Has("omaSettings") {
		return nil
	}
	return hideValues(tx, after)
}

// hideValues takes the values of texts out of the settings.
func hideValues(tx Tx, e *Entity) *grapherr.Error {
	settings := list(e.Object, "omaSettings")
	for i := range settings {
		s := settings[i].Clone()
		value, given := s.String("value")
		if kind := text(s, "@odata.type"); !given || !strings.HasSuffix(kind, "omaSettingString") && !strings.HasSuffix(kind, "omaSettingStringXml") {
			continue
		}
		at, reference := Below(e.Ref, omaValues), text(s, "secretReferenceValueId")
		if _, known := tx.Get(at, reference); value != omaHidden || !known {
			reference = tx.Tenant() + "_" + e.ID + "_" + tx.NewID()
			if _, fault := tx.Insert(at, Entity{ID: reference, Object: fields("id", quoted(reference), "value", quoted(value))}); fault != nil {
				return fault
			}
		}
		s.SetString("value", omaHidden)
		s.Set("isEncrypted", json.RawMessage("true"))
		s.SetString("secretReferenceValueId", reference)
		settings[i] = s
	}
	if len(settings) > 0 {
		e.Set("omaSettings", arrayOf(settings))
	}
	return nil
}

// plainOmaValue is the value behind a reference.
func plainOmaValue(tx Tx, policy *Entity, p entity.Object) (Result, *grapherr.Error) {
	kept, known := tx.Get(Below(policy.Ref, omaValues), text(p, "secretReferenceValueId"))
	if !known && isEmpty(tx, Below(policy.Ref, omaValues)) {
		tx.Note("the policy keeps no value apart")
		return Result{Value: json.RawMessage(`""`)}, nil
	}
	if !known {
		return Result{}, grapherr.NotFound("intune", text(p, "secretReferenceValueId"))
	}
	return Result{Value: json.RawMessage(jsonOf(kept.Object, "value"))}, nil
}
