package behavior

// Evidence for what a document library holds (pages of driveItem, listItem, list and
// sharepointIds, listitem-get, listitem-update and listitem-delete, 2017 to 2025):
//   - documented: an item of a library is a driveItem as well as a listItem, which lead
//     to each other; a list item has a number within its list; a deleted one goes with
//     its file.
//   - reported (answers of real tenants, 2021 to 2024): its webUrl is that of the file;
//     its parentReference has the id of the folder, a GUID; its eTag is the GUID of the
//     file's with a counter; folders are numbered as files are; OneDrive has such a list,
//     too (/me/drive/list/items).
//   - assumed (2026-11): one counter for both eTags; the list of OneDrive is on no site's
//     list of lists; consumers' drives have none.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// LibraryList leads from a drive to its list, ItemEntry from an item of the drive to
// that of the list, and EntryItem back.
const (
	LibraryList = "list"
	ItemEntry   = "listItem"
	EntryItem   = "driveItem"
)

// Entries gives a drive its list, and so each of its items that of the list.
type Entries struct{}

var (
	_ Supplier   = Entries{}
	_ Collective = Entries{}
	_ Reader     = ListItem{}
	_ Computing  = ListItem{}
	_ Deleter    = ListItem{}
)

// Whole implements [Collective].
func (Entries) Whole(tx Tx, item Entity) Ref {
	if home := tx.Home(item.Ref); home.Name == "items" && home.Parent != None {
		return home.Parent
	}
	return item.Ref
}

// Supply implements [Supplier].
func (Entries) Supply(tx Tx, drive Entity, _ string) *grapherr.Error {
	if !strings.HasSuffix(drive.Type, ".drive") {
		return nil
	}
	return Libraries{}.Supply(tx, drive, "")
}

// itemOfEntry is the item of a drive that an item of a list is; false for one of a list
// that is no library.
func itemOfEntry(tx Tx, entry Ref) (Entity, bool) { return firstLinked(tx, entry, EntryItem) }

// uniqueID is the GUID of an item of a drive; "" where a fixture says another eTag.
func uniqueID(item Entity) string {
	guid, _, _ := strings.Cut(strings.Trim(text(item.Object, "eTag"), `"`), ",")
	return strings.ToLower(strings.Trim(guid, "{}"))
}

// Computes implements [Computing].
func (ListItem) Computes() []string {
	return []string{"contentType", "createdBy", "createdDateTime", "eTag", "lastModifiedBy", "lastModifiedDateTime", "parentReference", "webUrl"}
}

// Read implements [Reader].
func (ListItem) Read(tx Tx, e *Entity) {
	item, ok := itemOfEntry(tx, e.Ref)
	if !ok {
		return
	}
	for _, name := range []string{"createdDateTime", "lastModifiedDateTime", "createdBy", "lastModifiedBy"} {
		if raw, ok := item.Get(name); ok {
			e.Set(name, raw)
		}
	}
	if address := addressOf(tx, item); address != "" {
		e.SetString("webUrl", address)
	}
	if _, n, ok := strings.Cut(text(item.Object, "eTag"), ","); ok {
		e.SetString("eTag", `"`+uniqueID(item)+","+n)
	}
	list, _ := tx.Entity(tx.Home(e.Ref).Parent)
	e.Set("parentReference", entryParent(tx, list, item).JSON())
	if !present(e.Object, "contentType") {
		id, name := typeOfEntry(tx, list, item)
		e.Set("contentType", fields("id", quoted(id), "name", quoted(name)).JSON())
	}
}

// entryParent is where an item of a library's list lies.
func entryParent(tx Tx, list, item Entity) (ref entity.Object) {
	if folder, ok := tx.Get(tx.Home(item.Ref), text(inner(item.Object, "parentReference"), "id")); ok && uniqueID(folder) != "" {
		ref.SetString("id", uniqueID(folder))
	}
	if site := text(inner(list.Object, "parentReference"), "siteId"); site != "" {
		ref.SetString("siteId", site)
	}
	return ref
}

// typeOfEntry is the content type that an item of a library has unless it says another.
func typeOfEntry(tx Tx, list, item Entity) (id, name string) {
	if present(item.Object, "folder") {
		if folder, ok := tx.By(Below(list.Ref, "contentTypes"), "parentId", "0x0120"); ok {
			return folder.ID, text(folder.Object, "name")
		}
		return "0x0120", builtInTypes["0x0120"]
	}
	if id, name = defaultType(tx, list); id == "0x0100" { // a fixture's list without any
		return "0x0101", builtInTypes["0x0101"]
	}
	return id, name
}

// Delete implements [Deleter]: what is deleted in a library's list is deleted in its
// drive.
func (ListItem) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	item, ok := itemOfEntry(tx, e.Ref)
	if !ok {
		return false, nil
	}
	if done, fault := (DriveItem{}).Delete(tx, item); done || fault != nil {
		return true, fault
	}
	return true, tx.Delete(item.Ref)
}

// touchItem notes on an item of a drive that its list's item was changed.
func touchItem(tx Tx, item Entity) *grapherr.Error {
	item.Object = item.Object.Clone()
	touch(tx, &item)
	return tx.Replace(item.Ref, item.Object)
}
