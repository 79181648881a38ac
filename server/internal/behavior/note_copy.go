package behavior

// Evidence for copies of notes (pages copyNotebook, copyToNotebook, copyToSectionGroup,
// copyToSection, onenoteOperation: get; 2021 to 2024):
//   - documented: 202 with Operation-Location; the operation ends as completed with
//     the place and the id of the copy, or as failed with an error; groupId names
//     the group to copy to, renameAs the copy's name.
//   - the model spells the states with capitals.
//   - assumed (2026-11): it is done at once; a destination that is not there fails
//     the operation, with the documented code.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// CopyNotes copies something of the notes below an entity of a type.
type CopyNotes struct {
	Kind  string // navigation that the copy is put under
	Below string // type of the destination; "" for the notes themselves
}

var _ Invoker = CopyNotes{}

// noteChildren are the navigations of what is copied with something.
var noteChildren = map[string][]string{
	notebooks: {noteSections, sectionGroups}, sectionGroups: {noteSections, sectionGroups}, noteSections: {notePages},
}

// Invoke implements [Invoker].
func (c CopyNotes) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	owner := notesOf(tx, tx.Home(bound.Ref))
	to, ok := c.destination(tx, owner, p)
	if !ok {
		return noteOperation(tx, owner, fields("status", `"Failed"`, "error",
			`{"code":"20156","message":"The specified ID for the destination resource does not exist."}`))
	}
	copied, fault := copyNotes(tx, *bound, to, c.Kind, text(p, "renameAs"))
	if fault != nil {
		return Result{}, fault
	}
	return noteOperation(tx, owner, fields("status", `"Completed"`, "percentComplete", `"100"`,
		"resourceId", quoted(copied.ID), "resourceLocation", quoted(noteURL(tx, to, c.Kind, copied.ID))))
}

// destination is where the copy goes; false when there is no such place.
func (c CopyNotes) destination(tx Tx, owner Entity, p entity.Object) (Collection, bool) {
	if id := text(p, "groupId"); id != "" {
		group, ok := tx.Get(Root("groups"), id)
		if !ok {
			return Collection{}, false
		}
		owner = group
	}
	if c.Below == "" {
		return Collection{owner.Ref, "onenote/" + c.Kind}, true
	}
	for to := range tx.Named(text(p, "id")) {
		if strings.HasSuffix(to.Type, "."+c.Below) && notesOf(tx, tx.Home(to.Ref)).Ref == owner.Ref {
			return Below(to.Ref, c.Kind), true
		}
	}
	return Collection{}, false
}

// copyNotes copies an entity with all that it contains.
func copyNotes(tx Tx, from Entity, to Collection, kind, name string) (Entity, *grapherr.Error) {
	e := New(from.Object.Clone()...)
	if name != "" {
		e.SetString("displayName", name)
	}
	stampNotes(tx, to, &e, kind)
	if kind == notePages {
		addressPage(tx, to, &e)
	}
	made, fault := tx.Insert(to, e)
	if fault == nil {
		fault = tx.CopyStreams(from.Ref, made.Ref)
	}
	for _, navigation := range noteChildren[kind] {
		for child := range tx.All(Below(from.Ref, navigation)) {
			if fault == nil {
				_, fault = copyNotes(tx, child, Below(made.Ref, navigation), navigation, "")
			}
		}
	}
	return made, fault
}

// noteOperation keeps an operation of somebody's notes, and answers with it.
func noteOperation(tx Tx, owner Entity, said entity.Object) (Result, *grapherr.Error) {
	now := instant(tx.Now())
	said.SetString("id", "copy-"+tx.NewID())
	said.SetString("createdDateTime", now)
	said.SetString("lastActionDateTime", now)
	c := Collection{owner.Ref, "onenote/operations"}
	made, fault := tx.Insert(c, New(said...))
	return Result{Status: 202, Entity: &made, Operation: noteURL(tx, c, "operations", made.ID)}, fault
}

// notebookAt answers getNotebookFromWebUrl.
func notebookAt(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	for book := range tx.All(tx.Collection()) {
		if text(inner(inner(book.Object, "links"), "oneNoteWebUrl"), "href") == text(p, "webUrl") {
			return Object(book.Object), nil
		}
	}
	tx.Note("no notebook has this address: the answer stands for one")
	book := noteURL(tx, tx.Collection(), notebooks, "1-"+tx.NewID())
	return Object(fields("isDefault", "false", "sectionsUrl", quoted(book+"/sections"), "sectionGroupsUrl", quoted(book+"/sectionGroups"), "self", quoted(book), "isShared", "false", "userRole", `"Owner"`, "id", quoted("1-"+tx.NewID()),
		"links", `{"oneNoteClientUrl":{"href":`+quoted("onenote:"+text(p, "webUrl"))+`},"oneNoteWebUrl":{"href":`+quoted(text(p, "webUrl"))+`}}`)), nil
}
