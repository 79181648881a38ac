package behavior

// Evidence for contacts and to-do lists (graph-behaviour §12):
//   - documented: ids as those of messages, change keys; a task has status
//     notStarted, importance normal, isReminderOn false; a user has the list
//     Tasks with wellknownListName defaultList; mailbox settings.
//   - assumed (2026-11): displayName of a contact follows from its names.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Contact keeps contacts of a mailbox.
	Contact struct{}
	// TodoLists gives a user the default list.
	TodoLists struct{}
	// TodoList keeps lists of tasks.
	TodoList struct{}
	// TodoTask keeps tasks.
	TodoTask struct{}
)

var (
	_ Creator  = Contact{}
	_ Updater  = Contact{}
	_ Supplier = TodoLists{}
	_ Creator  = TodoList{}
	_ Creator  = TodoTask{}
	_ Updater  = TodoTask{}
)

// Create implements [Creator].
func (Contact) Create(tx Tx, e *Entity) *grapherr.Error {
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	now := instant(tx.Now())
	e.SetString("createdDateTime", now)
	e.SetString("lastModifiedDateTime", now)
	e.SetString("changeKey", changeKey(tx))
	for _, name := range []string{"emailAddresses", "businessPhones", "homePhones", "imAddresses", "children", "categories"} {
		if !present(e.Object, name) {
			e.Set(name, []byte("[]"))
		}
	}
	nameContact(e)
	return nil
}

// nameContact fills what is shown of a contact from its names.
func nameContact(e *Entity) {
	name := strings.TrimSpace(text(e.Object, "givenName") + " " + text(e.Object, "surname"))
	if !present(e.Object, "displayName") && name != "" {
		e.SetString("displayName", name)
	}
	if !present(e.Object, "fileAs") && name != "" {
		e.SetString("fileAs", strings.Trim(text(e.Object, "surname")+", "+text(e.Object, "givenName"), ", "))
	}
}

// Update implements [Updater].
func (Contact) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	after.SetString("lastModifiedDateTime", instant(tx.Now()))
	after.SetString("changeKey", changeKey(tx))
	return nil
}

// Supply implements [Supplier].
func (TodoLists) Supply(tx Tx, owner Entity, _ string) *grapherr.Error {
	lists := Below(owner.Ref, "todo/lists")
	if _, ok := tx.By(lists, "wellknownListName", "defaultList"); ok {
		return nil
	}
	_, err := tx.Insert(lists, New(fields("id", quoted(folderID(tx)), "displayName", `"Tasks"`, "isOwner", "true",
		"isShared", "false", "wellknownListName", `"defaultList"`)...))
	return err
}

// Create implements [Creator].
func (TodoList) Create(tx Tx, e *Entity) *grapherr.Error {
	e.ID = folderID(tx)
	e.SetString("id", e.ID)
	e.Set("isOwner", []byte("true"))
	e.Set("isShared", []byte("false"))
	e.SetString("wellknownListName", "none")
	return nil
}

// Create implements [Creator].
func (TodoTask) Create(tx Tx, e *Entity) *grapherr.Error {
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	e.SetString("createdDateTime", instant(tx.Now()))
	for _, d := range [][2]string{
		{"status", `"notStarted"`}, {"importance", `"normal"`}, {"isReminderOn", "false"}, {"categories", "[]"},
		{"body", `{"content":"","contentType":"text"}`}, {"hasAttachments", "false"},
	} {
		if !present(e.Object, d[0]) {
			e.Set(d[0], []byte(d[1]))
		}
	}
	if !present(e.Object, "bodyLastModifiedDateTime") {
		e.SetString("bodyLastModifiedDateTime", instant(tx.Now()))
	}
	settleTask(tx, e)
	return nil
}

// Update implements [Updater].
func (TodoTask) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	if change.Has("body") {
		after.SetString("bodyLastModifiedDateTime", instant(tx.Now()))
	}
	settleTask(tx, after)
	return recur(tx, before, after)
}

func settleTask(tx Tx, e *Entity) {
	e.SetString("lastModifiedDateTime", instant(tx.Now()))
	done := text(e.Object, "status") == "completed"
	switch {
	case done && !present(e.Object, "completedDateTime"):
		e.Set("completedDateTime", dateTimeTimeZone(tx.Now().UTC(), "UTC"))
	case !done:
		e.Set("completedDateTime", []byte("null"))
	}
}
