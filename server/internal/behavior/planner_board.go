package behavior

// Evidence for the formats of a task on the boards (pages of plannerAssignedTo-,
// plannerBucket- and plannerProgressTaskBoardTaskFormat: get and update; resource
// pages; 2021 to 2024):
//   - documented: every task has one of each, with the task's id; they are changed
//     with an ETag of their own.
//   - assumed (2026-11): a task's own order hint is the first hint of a format; hints
//     that are changed are kept as sent, like a task's, where the service calculates
//     them anew.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// BoardFormats gives a task what the boards show of it.
type BoardFormats struct{}

var _ Supplier = BoardFormats{}

// boardFormats are the navigations of a task to its formats.
var boardFormats = []string{"assignedToTaskBoardFormat", "bucketTaskBoardFormat", "progressTaskBoardFormat"}

// Supply implements [Supplier].
func (BoardFormats) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	hint := quoted(settledHint(tx, text(owner.Object, "orderHint")))
	for i, name := range boardFormats {
		format := Below(owner.Ref, name)
		if _, ok := tx.Get(format, ""); ok {
			continue
		}
		members := fields("id", quoted(owner.ID), "orderHint", hint)
		if i == 0 {
			members = fields("id", quoted(owner.ID), "unassignedOrderHint", hint, "orderHintsByAssignee", "{}")
		}
		if _, err := tx.Put(format, New(members...)); err != nil {
			return err
		}
	}
	return nil
}
