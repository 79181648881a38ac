package behavior

// Evidence for driveItem (graph-behaviour §10, §12):
//   - documented: names unique within a folder without regard to case,
//     conflictBehavior, parentReference, folder childCount, eTag and cTag,
//     @microsoft.graph.downloadUrl, content by 302, move and rename by PATCH,
//     characters that names cannot have.
//   - assumed (2026-11): a folder's size is the sum of what is in it.
// Where an item is found: drive_item_place.go.

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// DriveItem keeps files and folders.
type DriveItem struct{}

var (
	_ Creator    = DriveItem{}
	_ Updater    = DriveItem{}
	_ Deleter    = DriveItem{}
	_ Reader     = DriveItem{}
	_ Receiver   = DriveItem{}
	_ Redirector = DriveItem{}
)

// Redirects implements [Redirector].
func (DriveItem) Redirects(stream string) bool { return stream == "content" }

// Create implements [Creator].
func (DriveItem) Create(tx Tx, e *Entity) *grapherr.Error {
	parent := text(inner(e.Object, "parentReference"), "id")
	at, ok := tx.Get(tx.Collection(), parent)
	if fault := holdsItems(at); fault != nil {
		return fault
	}
	if !ok {
		root, err := ensureRoot(tx, driveOf(tx))
		if err != nil {
			return err
		}
		parent = root.ID
		e.Set("parentReference", fields("id", quoted(parent)).JSON())
	}
	if err := properName(text(e.Object, "name")); err != nil {
		return err
	}
	if err := unclash(tx, e, parent); err != nil {
		return err
	}
	stampItem(tx, e)
	return nil
}

// holdsItems refuses a file where a folder is needed.
func holdsItems(parent Entity) *grapherr.Error {
	if present(parent.Object, "file") {
		return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "The parent item is not a folder."}
	}
	return nil
}

func driveOf(tx Tx) Entity {
	drive, _ := tx.Entity(tx.Collection().Parent)
	return drive
}

// properName refuses names that no item can have.
func properName(name string) *grapherr.Error {
	switch {
	case name == "":
		return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "The name in the provided request is missing or empty."}
	case strings.ContainsAny(name, `"*:<>?/\|`) || name != strings.TrimSpace(name):
		return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "The provided name contains invalid characters.",
			Inner: &grapherr.Cause{Code: "invalidPath"}}
	}
	return nil
}

// unclash deals with a name that the folder has already.
func unclash(tx Tx, e *Entity, parent string) *grapherr.Error {
	name := text(e.Object, "name")
	taken, ok := childNamed(tx, parent, name, e.Ref)
	if !ok {
		return nil
	}
	how, ok := tx.Query("@microsoft.graph.conflictBehavior")
	if !ok {
		how, _ = tx.Annotation("@microsoft.graph.conflictBehavior")
	}
	switch strings.ToLower(how) {
	case "rename":
		e.SetString("name", freeName(tx, parent, name))
		return nil
	case "replace":
		return tx.Delete(taken.Ref)
	}
	return &grapherr.Error{Status: 409, Code: "nameAlreadyExists", Message: "The specified item name already exists."}
}

// ItemPlace stands for the folder and the name of an item of a drive, as one text
// "{id of the folder}/{name}".
const ItemPlace = "parentReference/id name"

func childNamed(tx Tx, parent, name string, but Ref) (Entity, bool) {
	return childNamedIn(tx, tx.Collection(), parent, name, but)
}

func childNamedIn(tx Tx, c Collection, parent, name string, but Ref) (Entity, bool) {
	for other := range tx.Having(c, ItemPlace, parent+"/"+name) {
		if other.Ref != but && text(inner(other.Object, "parentReference"), "id") == parent {
			return other, true
		}
	}
	return Entity{}, false
}

// childrenIn yields the items of a folder.
func childrenIn(tx Tx, c Collection, parent string) func(yield func(Entity) bool) {
	return func(yield func(Entity) bool) {
		for e := range tx.Having(c, "parentReference/id", parent) {
			if text(inner(e.Object, "parentReference"), "id") == parent && !yield(e) {
				return
			}
		}
	}
}

func freeName(tx Tx, parent, name string) string {
	stem, ext := name, ""
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		stem, ext = name[:i], name[i:]
	}
	for n := 1; ; n++ {
		free := fmt.Sprintf("%s %d%s", stem, n, ext)
		if _, taken := childNamed(tx, parent, free, None); !taken {
			return free
		}
	}
}

// stampItem sets what the service sets on a new item.
func stampItem(tx Tx, e *Entity) {
	now, who := instant(tx.Now()), actor(tx)
	e.ID = itemID(tx)
	e.SetString("id", e.ID)
	e.SetString("createdDateTime", now)
	e.SetString("lastModifiedDateTime", now)
	e.Set("createdBy", who)
	e.Set("lastModifiedBy", who)
	if !present(e.Object, "fileSystemInfo") {
		e.Set("fileSystemInfo", fields("createdDateTime", quoted(now), "lastModifiedDateTime", quoted(now)).JSON())
	}
	e.Set("size", []byte("0"))
	e.Delete("webUrl") // follows from where the item is
	if present(e.Object, "folder") {
		e.Set("folder", []byte(`{"childCount":0}`))
	} else if present(e.Object, "file") {
		describeFile(e, Media{XorHash: emptyXorHash})
	}
	tag(e, tx.NewID(), 1)
}

// emptyXorHash is the quickXorHash of nothing.
const emptyXorHash = "AAAAAAAAAAAAAAAAAAAAAAAAAAA="

// tag sets the two tags of an item: both grow with its content, the eTag with
// its metadata as well.
func tag(e *Entity, guid string, n int) {
	guid = strings.ToUpper(guid)
	e.SetString("eTag", fmt.Sprintf(`"{%s},%d"`, guid, n))
	e.SetString("cTag", fmt.Sprintf(`"c:{%s},%d"`, guid, n))
}

func retag(e *Entity, member string) {
	old := text(e.Object, member)
	i := strings.LastIndexByte(old, ',')
	if i < 0 {
		return
	}
	n, _ := strconv.Atoi(strings.TrimSuffix(old[i+1:], `"`))
	e.SetString(member, old[:i+1]+strconv.Itoa(n+1)+`"`)
}

// Update implements [Updater].
func (DriveItem) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	parent := text(inner(before, "parentReference"), "id")
	if change.Has("parentReference") {
		to, err := destination(tx, inner(change, "parentReference"), parent)
		if err != nil {
			return err
		}
		parent = to
	}
	if lies(tx, tx.Collection(), after.Ref, parent) {
		return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "A folder cannot be moved into itself."}
	}
	after.Set("parentReference", fields("id", quoted(parent)).JSON())
	if change.Has("name") || change.Has("parentReference") {
		if err := properName(text(after.Object, "name")); err != nil {
			return err
		}
		if err := unclash(tx, after, parent); err != nil {
			return err
		}
		after.Delete("webUrl") // that of a fixture names the old place
	}
	touch(tx, after)
	return nil
}

// lies reports whether a folder is an item, or in it.
func lies(tx Tx, c Collection, item Ref, folder string) bool {
	for range deepest {
		at, ok := tx.Get(c, folder)
		if !ok || at.Ref == item {
			return ok
		}
		folder = text(inner(at.Object, "parentReference"), "id")
	}
	return false
}

// destination is the folder that a reference names, which must be of the drive.
// The reference is merged with the one before, so that its id may be the old one.
func destination(tx Tx, ref entity.Object, before string) (string, *grapherr.Error) {
	id := text(ref, "id")
	if (id == "" || id == before) && text(ref, "path") != "" {
		e, ok := itemAt(tx, tx.Collection(), text(ref, "path"))
		if !ok {
			return "", grapherr.NotFound("files", text(ref, "path"))
		}
		id = e.ID
	}
	if id == "" {
		return before, nil
	}
	if id == "root" {
		root, err := ensureRoot(tx, driveOf(tx))
		return root.ID, err
	}
	if e, ok := tx.Get(tx.Collection(), id); !ok || !present(e.Object, "folder") {
		return "", grapherr.NotFound("files", id)
	}
	return id, nil
}

// itemAt is the item that a reference's path names: "/drive/root:/a/b",
// "/drives/{id}/root:/a/b".
func itemAt(tx Tx, c Collection, path string) (Entity, bool) {
	drive, _ := tx.Entity(c.Parent)
	at, err := ensureRoot(tx, drive)
	_, names, found := strings.Cut(path, "root:")
	if err != nil || !found {
		return Entity{}, false
	}
	for name := range pathSegments(names) {
		next, ok := childNamedIn(tx, c, at.ID, name, None)
		if !ok {
			return Entity{}, false
		}
		at = next
	}
	return at, true
}

func touch(tx Tx, e *Entity) {
	e.SetString("lastModifiedDateTime", instant(tx.Now()))
	e.Set("lastModifiedBy", actor(tx))
	retag(e, "eTag")
}

// Delete implements [Deleter]: a folder goes with all that is in it.
func (DriveItem) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if present(e.Object, "root") {
		return false, &grapherr.Error{Status: 403, Code: "accessDenied", Message: "The root of a drive cannot be deleted."}
	}
	return false, deleteBelow(tx, e)
}

// deleteBelow prepares an item to be deleted, and deletes what is in it.

func deleteBelow(tx Tx, e Entity) *grapherr.Error {
	if err := forget(tx, e); err != nil || !present(e.Object, "folder") {
		return err
	}
	for child := range childrenIn(tx, tx.Home(e.Ref), e.ID) {
		if err := deleteBelow(tx, child); err != nil {
			return err
		}
		if err := tx.Delete(child.Ref); err != nil {
			return err
		}
	}
	return nil
}

// Read implements [Reader].
func (DriveItem) Read(tx Tx, e *Entity) {
	home := tx.Home(e.Ref)
	locate(tx, home, e)
	showIdentifiers(tx, home, e)
	if present(e.Object, "folder") {
		count, size := contents(tx, home, e.ID)
		folder := inner(e.Object, "folder")
		if count == 0 && number(folder, "childCount", 0) > 0 { // a fixture may tell of items that it does not hold
			return
		}
		folder.Set("childCount", []byte(strconv.Itoa(count)))
		e.Set("folder", folder.JSON())
		e.Set("size", []byte(strconv.FormatInt(size, 10)))
		return
	}
	e.SetString("@microsoft.graph.downloadUrl", tx.DownloadURL(e.Ref, "content"))
}

// deepest bounds folders within folders, so that a fixture's circle ends.
const deepest = 100

// Contents is where a drive keeps what is in each folder, by the folder's id: count
// of items, and size of all files at any depth.
const Contents = HiddenPrefix + "contents"

// AllContents stands there for the whole drive.
const AllContents = "*"

// contents are how many items a folder has, and how large all is that is in it.
func contents(tx Tx, c Collection, folder string) (count int, size int64) {
	kept, ok := tx.Get(Below(c.Parent, Contents), folder)
	if !ok {
		return 0, 0
	}
	size, _ = strconv.ParseInt(jsonOf(kept.Object, "size"), 10, 64)
	return number(kept.Object, "count", 0), size
}
