package behavior

// Evidence for retention labels of items (pages driveitem-setretentionlabel,
// driveitem-getretentionlabel and the resources, v1.0 2023 to 2025):
//   - documented: a label is named; the first one answers 201, those after it 200; who
//     has applied it and when, and what it forbids.
//   - assumed (2026-11): every name is that of a label, which retains.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// RetentionLabel completes the label of an item.
type RetentionLabel struct{}

var _ Updater = RetentionLabel{}

// Update implements [Updater].
func (RetentionLabel) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	if text(after.Object, "name") == "" {
		return badItem("The name of the retention label is missing.")
	}
	if change.Has("name") {
		after.Set("isLabelAppliedExplicitly", []byte("true"))
		after.SetString("labelAppliedDateTime", nano(tx.Now()))
		after.Set("labelAppliedBy", actor(tx))
	}
	provide(&after.Object, []Default{{"retentionSettings", `{"behaviorDuringRetentionPeriod":"retain","isDeleteAllowed":false,"isRecordLocked":false,` +
		`"isMetadataUpdateAllowed":true,"isContentUpdateAllowed":true,"isLabelUpdateAllowed":true}`}})
	return nil
}
