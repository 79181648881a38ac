package behavior

// Evidence for notebooks, section groups and sections (pages of their creates, lists
// and gets; "error codes for the OneNote API"; 2021 to 2024):
//   - documented: names are needed, unique within a level, of 128 characters for
//     notebooks and 50 otherwise, without certain ones, with the codes; who made
//     and changed them; the URLs of what is below; sections and pages of all
//     notebooks are seen at the top, those of a notebook below it; the answers show
//     id, name and self of the parent unasked.
//   - observed in public answers: the form of ids and of self.
//   - assumed (2026-11): the first notebook is the default one; addresses that only
//     people open; what only a fixture has told keeps what that says.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// NoteBook keeps notebooks.
	NoteBook struct{}
	// NoteGroup keeps section groups.
	NoteGroup struct{}
	// NoteSection keeps sections.
	NoteSection struct{}
)

var (
	_ Creator = NoteBook{}
	_ Creator = NoteGroup{}
	_ Creator = NoteSection{}
	_ Updater = NoteBook{}
	_ Updater = NoteGroup{}
	_ Updater = NoteSection{}
)

// Names of navigations of notes.
const (
	notebooks     = "notebooks"
	sectionGroups = "sectionGroups"
	noteSections  = "sections"
	notePages     = "pages"
)

var (
	briefOfNotes    = []string{"id", "displayName", "self"}
	noteGroupRules  = &Rules{Brief: []Brief{{"parentNotebook", briefOfNotes}, {"parentSectionGroup", briefOfNotes}}}
	sectionRules    = &Rules{Brief: []Brief{{"parentNotebook", briefOfNotes}, {"parentSectionGroup", briefOfNotes}}}
	notePageRules   = &Rules{Brief: []Brief{{"parentSection", briefOfNotes}}}
	longestNoteName = map[string]int{notebooks: 128, sectionGroups: 50, noteSections: 50}
)

// Create implements [Creator].
func (NoteBook) Create(tx Tx, e *Entity) *grapherr.Error {
	first := isEmpty(tx, tx.Collection())
	e.Set("isDefault", []byte(boolean(first)))
	e.SetString("userRole", "Owner")
	e.Set("isShared", []byte("false"))
	return createNotes(tx, e, notebooks)
}

// Create implements [Creator].
func (NoteGroup) Create(tx Tx, e *Entity) *grapherr.Error { return createNotes(tx, e, sectionGroups) }

// Create implements [Creator].
func (NoteSection) Create(tx Tx, e *Entity) *grapherr.Error {
	e.Set("isDefault", []byte("false"))
	return createNotes(tx, e, noteSections)
}

// Update implements [Updater].
func (NoteBook) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	return renameNotes(tx, change, after, notebooks)
}

// Update implements [Updater].
func (NoteGroup) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	return renameNotes(tx, change, after, sectionGroups)
}

// Update implements [Updater].
func (NoteSection) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	return renameNotes(tx, change, after, noteSections)
}

func renameNotes(tx Tx, change entity.Object, after *Entity, kind string) *grapherr.Error {
	after.SetString("lastModifiedDateTime", instant(tx.Now()))
	after.Set("lastModifiedBy", actor(tx))
	if !change.Has("displayName") {
		return nil
	}
	return noteName(tx, tx.Home(after.Ref), after, kind)
}

// createNotes sets what the service sets on what holds notes.
func createNotes(tx Tx, e *Entity, kind string) *grapherr.Error {
	if fault := noteName(tx, tx.Collection(), e, kind); fault != nil {
		return fault
	}
	stampNotes(tx, tx.Collection(), e, kind)
	return nil
}

func stampNotes(tx Tx, c Collection, e *Entity, kind string) {
	e.ID = "1-" + tx.NewID()
	e.SetString("id", e.ID)
	now := instant(tx.Now())
	e.SetString("createdDateTime", now)
	e.SetString("lastModifiedDateTime", now)
	if kind == notePages {
		return
	}
	e.Set("createdBy", actor(tx))
	e.Set("lastModifiedBy", actor(tx))
	addressNotes(tx, c, e, kind)
}

// addressNotes sets the URLs by which something is reached, and what is below it.
func addressNotes(tx Tx, c Collection, e *Entity, kind string) {
	self := noteURL(tx, c, kind, e.ID)
	e.SetString("self", self)
	if kind == noteSections {
		e.SetString("pagesUrl", self+"/pages")
	} else {
		e.SetString("sectionsUrl", self+"/sections")
		e.SetString("sectionGroupsUrl", self+"/sectionGroups")
	}
	if kind != sectionGroups {
		e.Set("links", noteLinks(e.ID))
	}
}

func noteLinks(id string) []byte {
	web := sharePoint + "/_layouts/15/Doc.aspx?sourcedoc=" + id
	return fields("oneNoteClientUrl", `{"href":`+quoted("onenote:"+web)+`}`, "oneNoteWebUrl", `{"href":`+quoted(web)+`}`).JSON()
}

// noteName refuses names that cannot be, and those that the level has.
func noteName(tx Tx, level Collection, e *Entity, kind string) *grapherr.Error {
	name := text(e.Object, "displayName")
	switch {
	case strings.TrimSpace(name) == "":
		return noteFault("20152", "There is no name value specified for the entity.")
	case strings.HasPrefix(name, " "):
		return noteFault("20154", "The entity name cannot start with a space.")
	case len([]rune(name)) > longestNoteName[kind]:
		return noteFault("20155", "The entity name is too long.")
	case strings.ContainsAny(name, `?*\/:<>|&#"%~`):
		return noteFault("20153", "The entity name contains invalid characters.")
	}
	for other := range tx.All(level) {
		if other.Ref != e.Ref && strings.EqualFold(text(other.Object, "displayName"), name) {
			return &grapherr.Error{Status: 409, Code: "20117", Message: "An item with this name already exists in this location."}
		}
	}
	return nil
}

func noteFault(code, message string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: code, Message: message}
}

// notesOf is the owner of the notes that a collection is part of.
func notesOf(tx Tx, c Collection) Entity {
	for !strings.HasPrefix(c.Name, "onenote/") && c.Parent != None {
		c = tx.Home(c.Parent)
	}
	owner, _ := tx.Entity(c.Parent)
	return owner
}

// noteURL is where something of the notes that a collection is part of is reached.
func noteURL(tx Tx, c Collection, kind, id string) string {
	owner := notesOf(tx, c)
	set := owner.Type[strings.LastIndexByte(owner.Type, '.')+1:] + "s" // users, groups, sites
	return tx.URL("/" + set + "/" + owner.ID + "/onenote/" + kind + "/" + id)
}
