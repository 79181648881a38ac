package behavior

// Evidence for where an item says that it is (graph-behaviour §10, §12):
//   - documented: parentReference with driveId, driveType, id, name and path; the
//     path is percent-encoded, "/drives/{id}/root:/A%20B" (page of itemReference);
//     siteId in a library of SharePoint alone.
//   - observed in public answers: webUrl is that of the library, the folders and
//     the name; the root's is that of the library.
//   - assumed (2026-11): Office files have such an address too, not that of the
//     editor; what a fixture says stands until the item is renamed or moved.

import (
	"net/url"
	"strings"
)

// locate tells the parent and address of an item of a drive. What a fixture puts
// elsewhere keeps what it says.
func locate(tx Tx, home Collection, e *Entity) {
	drive, _ := tx.Entity(home.Parent)
	if home.Name != "items" || !strings.HasSuffix(drive.Type, ".drive") {
		return
	}
	ref := fields("driveType", jsonOf(drive.Object, "driveType"), "driveId", quoted(drive.ID))
	if site, ok := siteOfDrive(tx, drive); ok {
		ref.SetString("siteId", site.ID)
	}
	if parent, ok := tx.Get(home, text(inner(e.Object, "parentReference"), "id")); ok {
		ref.SetString("id", parent.ID)
		ref.SetString("name", text(parent.Object, "name"))
		ref.SetString("path", "/drives/"+drive.ID+"/root:"+pathBelowRoot(tx, home, parent))
	}
	e.Set("parentReference", ref.JSON())
	if address := addressOf(tx, *e); address != "" {
		e.SetString("webUrl", address)
	}
}

// addressOf is an item's webUrl, as stored or as it follows from its place; ""
// in a drive without one.
func addressOf(tx Tx, e Entity) string {
	if said := text(e.Object, "webUrl"); said != "" {
		return said
	}
	home := tx.Home(e.Ref)
	drive, _ := tx.Entity(home.Parent)
	library := text(drive.Object, "webUrl")
	if library == "" {
		return ""
	}
	return library + pathBelowRoot(tx, home, e)
}

// pathBelowRoot is where an item lies below the root, percent-encoded: "" for the
// root, "/a/b%20c".
func pathBelowRoot(tx Tx, c Collection, item Entity) string {
	path := ""
	for range deepest {
		if present(item.Object, "root") {
			break
		}
		path = "/" + url.PathEscape(text(item.Object, "name")) + path
		parent, ok := tx.Get(c, text(inner(item.Object, "parentReference"), "id"))
		if !ok {
			break
		}
		item = parent
	}
	return path
}

// pathSegments yields the names in a reference's path below the root.
func pathSegments(path string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range strings.SplitSeq(path, "/") {
			if plain, err := url.PathUnescape(name); err == nil {
				name = plain
			}
			if name != "" && !yield(name) {
				return
			}
		}
	}
}
