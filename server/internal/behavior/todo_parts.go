package behavior

// Evidence for what a to-do task holds (pages todoTask: create checklistItems and
// create attachments, and the resources, 2021 to 2025):
//   - documented: a step is made unchecked, and has the time at which it was checked
//     while it is; a file has its size and the time of its last change; the task tells
//     that it has attachments.

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// ChecklistItem is a step of a task.
	ChecklistItem struct{}
	// TaskFile is a file attached to a task.
	TaskFile struct{}
)

var (
	_ Creator = ChecklistItem{}
	_ Updater = ChecklistItem{}
	_ Creator = TaskFile{}
	_ Created = TaskFile{}
	_ Deleter = TaskFile{}
)

var checklistItemRules = &Rules{Created: []string{"createdDateTime"}, Defaults: []Default{{"isChecked", "false"}}}

// Create implements [Creator].
func (ChecklistItem) Create(tx Tx, e *Entity) *grapherr.Error {
	tick(tx, e)
	return nil
}

// Update implements [Updater].
func (ChecklistItem) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	tick(tx, after)
	return nil
}

// tick notes when a step was checked.
func tick(tx Tx, e *Entity) {
	switch {
	case !e.True("isChecked"):
		e.Set("checkedDateTime", json.RawMessage("null"))
	case !present(e.Object, "checkedDateTime"):
		e.SetString("checkedDateTime", nano(tx.Now()))
	}
}

// Create implements [Creator].
func (TaskFile) Create(tx Tx, e *Entity) *grapherr.Error {
	e.SetString("lastModifiedDateTime", nano(tx.Now()))
	if data, err := base64.StdEncoding.DecodeString(text(e.Object, "contentBytes")); err == nil && present(e.Object, "contentBytes") {
		e.Set("size", json.RawMessage(strconv.Itoa(len(data))))
	}
	return nil
}

// Created implements [Created].
func (TaskFile) Created(tx Tx, e Entity) *grapherr.Error { return hasFiles(tx, e, true) }

// Delete implements [Deleter].
func (TaskFile) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	for other := range tx.All(tx.Home(e.Ref)) {
		if other.Ref != e.Ref {
			return false, nil
		}
	}
	return false, hasFiles(tx, e, false)
}

// hasFiles says of the task of a file whether it has any.
func hasFiles(tx Tx, file Entity, some bool) *grapherr.Error {
	task, ok := tx.Entity(tx.Home(file.Ref).Parent)
	if !ok || task.True("hasAttachments") == some {
		return nil
	}
	changed := task.Clone()
	changed.Set("hasAttachments", json.RawMessage(boolean(some)))
	return tx.Replace(task.Ref, changed)
}
