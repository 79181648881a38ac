package behavior

// Evidence for the fields of an item in a document library:
//   - reported (answers of real tenants, 2021 to 2024): those of libraryFields, in answers
//     that do not select others; sizes and counts are texts; FileRef, FileDirRef and
//     FSObjType on $select alone, the paths below the host and decoded; the application
//     is the user 1073741822.
//   - reported (pnp/pnpcore#750): a change of FileLeafRef renames the file.
//   - assumed (2026-11): what the service keeps itself is left as it is by a change; the
//     numbers of users; the version of a file's contents or of its fields, whichever is
//     higher.

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Reader = ItemFields{}

// Read implements [Reader].
func (ItemFields) Read(tx Tx, e *Entity) {
	entry, ok := tx.Entity(tx.Home(e.Ref).Parent)
	if !ok || tx.Home(e.Ref).Name != "fields" {
		return
	}
	if item, ok := itemOfEntry(tx, entry.Ref); ok {
		for _, m := range libraryFields(tx, entry, item) {
			e.Set(m.Name, m.Value)
		}
		for _, m := range pathFields(tx, item) {
			if asksFor(tx, m.Name) {
				e.Set(m.Name, m.Value)
			}
		}
	}
}

// libraryFields are what the fields of a library's item show of the file or folder.
func libraryFields(tx Tx, entry, item Entity) entity.Object {
	name, folder := quoted(text(item.Object, "name")), present(item.Object, "folder")
	kind := text(inner(entry.Object, "contentType"), "name")
	if kind == "" {
		list, _ := tx.Entity(tx.Home(entry.Ref).Parent)
		_, kind = typeOfEntry(tx, list, item)
	}
	all := fields("id", quoted(entry.ID), "FileLeafRef", name, "ContentType", quoted(kind),
		"Created", jsonOf(item.Object, "createdDateTime"), "AuthorLookupId", lookupID(inner(item.Object, "createdBy")),
		"Modified", jsonOf(item.Object, "lastModifiedDateTime"), "EditorLookupId", lookupID(inner(item.Object, "lastModifiedBy")),
		"_CheckinComment", `""`, "LinkFilenameNoMenu", name, "LinkFilename", name)
	if !folder {
		all.SetString("DocIcon", strings.ToLower(strings.TrimPrefix(path.Ext(text(item.Object, "name")), ".")))
		all.SetString("FileSizeDisplay", or(jsonOf(item.Object, "size"), "0"))
	}
	items, folders := childrenCounted(tx, item, folder)
	for _, m := range fields("ItemChildCount", quoted(items), "FolderChildCount", quoted(folders), "_ComplianceFlags", `""`,
		"_ComplianceTag", `""`, "_ComplianceTagWrittenTime", `""`, "_ComplianceTagUserId", `""`, "_CommentCount", `""`, "_LikeCount", `""`,
		"_DisplayName", `""`, "Edit", `"0"`, "_UIVersionString", quoted(entryVersion(tx, entry, item))) {
		all.Set(m.Name, m.Value)
	}
	return all
}

// pathFields are what the fields say of where an item is, to those who ask for it.
func pathFields(tx Tx, item Entity) entity.Object {
	at, _ := url.Parse(addressOf(tx, item))
	if at == nil || at.Path == "" {
		return nil
	}
	kind := "0"
	if present(item.Object, "folder") {
		kind = "1"
	}
	return fields("FileRef", quoted(at.Path), "FileDirRef", quoted(path.Dir(at.Path)), "FSObjType", quoted(kind))
}

// asksFor reports whether the call selects a field by its name.
func asksFor(tx Tx, field string) bool {
	for _, option := range []string{"$select", "$expand"} {
		if asked, ok := tx.Query(option); ok && strings.Contains(strings.ToLower(asked), strings.ToLower(field)) {
			return true
		}
	}
	return false
}

// lookupID is the number by which a site knows who did something.
func lookupID(who entity.Object) string {
	user := text(inner(who, "user"), "id")
	if user == "" {
		return `"1073741822"`
	}
	n, _ := strconv.ParseUint(hexSum(user)[:8], 16, 64)
	return quoted(strconv.FormatUint(6+n%9000, 10))
}

// childrenCounted are how many files and how many folders lie in an item.
func childrenCounted(tx Tx, item Entity, folder bool) (files, folders string) {
	n, below := 0, 0
	if folder {
		for child := range childrenIn(tx, tx.Home(item.Ref), item.ID) {
			if present(child.Object, "folder") {
				below++
			} else {
				n++
			}
		}
	}
	return strconv.Itoa(n), strconv.Itoa(below)
}

// entryVersion is the version of a library's item.
func entryVersion(tx Tx, entry, item Entity) string {
	_, ofFields := latestVersion(tx, entry)
	_, ofFile := latestVersion(tx, item)
	return strconv.Itoa(max(ofFields, ofFile, 1)) + ".0"
}

// changeEntry applies a change of a library item's fields, which keep the values of the
// list's own columns alone.
func changeEntry(tx Tx, entry, item Entity, before, change entity.Object, after *Entity) *grapherr.Error {
	if name := text(change, "FileLeafRef"); name != "" && name != text(item.Object, "name") {
		if fault := renameItem(tx, &item, name); fault != nil {
			return fault
		}
	}
	for _, m := range append(libraryFields(tx, entry, item), pathFields(tx, item)...) {
		if m.Name != "id" {
			after.Delete(m.Name)
		}
	}
	if _, n := latestVersion(tx, entry); n == 0 {
		if fault := noteVersion(tx, entry, before); fault != nil {
			return fault
		}
	}
	if fault := touchItem(tx, item); fault != nil {
		return fault
	}
	return noteVersion(tx, entry, after.Object)
}

// renameItem gives an item of a drive another name, which its folder must not have.
func renameItem(tx Tx, item *Entity, name string) *grapherr.Error {
	if fault := properName(name); fault != nil {
		return fault
	}
	if _, taken := childNamedIn(tx, tx.Home(item.Ref), text(inner(item.Object, "parentReference"), "id"), name, item.Ref); taken {
		return &grapherr.Error{Status: 409, Code: "nameAlreadyExists", Message: "The specified item name already exists."}
	}
	item.Object = item.Object.Clone()
	item.SetString("name", name)
	item.Delete("webUrl") // that of a fixture names the old place
	return nil
}
