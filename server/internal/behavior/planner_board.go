package behavior

// Evidence for the formats of a task on the boards (pages of plannerAssignedTo-,
// plannerBucket- and plannerProgressTaskBoardTaskFormat: get and update; resource
// pages; 2021 to 2024):
//   - documented: every task has one of each, with the task's id; they are changed
//     with an ETag of their own; hints are sent as planner order hints and are kept
//     as the service makes of them.
//   - assumed (2026-11): a task's own order hint is the first hint of a format.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// BoardFormats gives a task what the boards show of it.
	BoardFormats struct{}
	// BoardHints keeps the hints of a format.
	BoardHints struct{}
)

var (
	_ Supplier = BoardFormats{}
	_ Updater  = BoardHints{}
)

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

// Update implements [Updater].
func (BoardHints) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	for _, name := range []string{"orderHint", "unassignedOrderHint"} {
		if present(change, name) {
			after.SetString(name, settledHint(tx, text(after.Object, name)))
		}
	}
	by := inner(after.Object, "orderHintsByAssignee")
	for _, m := range inner(change, "orderHintsByAssignee") {
		if hint := text(by, m.Name); hint != "" {
			by.SetString(m.Name, settledHint(tx, hint))
		}
	}
	if by != nil {
		after.Set("orderHintsByAssignee", by.JSON())
	}
	return nil
}
