package graph

import (
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// unborn is an entity addressed by the path that it will have: bytes put there
// make it (graph-behaviour §1.8), and the folders on the way that are missing
// (said by the service's developers in OneDrive/onedrive-api-docs#83; assumed of
// upload sessions, whose page once wanted the folder first).
type unborn struct {
	parent  store.Entity
	folders []string // below parent, outermost first; not there yet
	name    string
}

// cutAddress parts a key such as "root:/a/b.txt:" into the entity to begin at
// and the names to follow from there; false for a plain key.
func cutAddress(key string) (base string, names []string, ok bool) {
	base, path, found := strings.Cut(key, ":")
	if !found || path != "" && path[0] != '/' || base == "" {
		return "", nil, false
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(path, ":"), "/") {
		if name != "" && name != "." {
			names = append(names, name)
		}
	}
	return base, names, true
}

// address takes an entity by a path between colons, or by one of the names that
// stand for an id; false when the key is neither.
func (w *walk) address(key string) bool {
	if w.at.typ == nil {
		return false
	}
	switch shortName(w.at.typ.Name) {
	case "driveItem":
		return w.item(key)
	case "site":
		return w.site(key)
	}
	return false
}

// item finds an item of the drive whose items the walk has reached.
func (w *walk) item(key string) bool {
	base, names, addressed := cutAddress(key)
	if !addressed {
		base = key
	}
	at, special := w.baseItem(base)
	if !addressed && !special {
		return false
	}
	w.at.entity, w.at.found = at, at.Ordinal != 0
	for i, name := range names {
		if !w.at.found {
			return true
		}
		parent := w.at.entity
		if w.at.entity, w.at.found = w.childNamed(parent.ID, name); !w.at.found {
			last := len(names) - 1
			w.at.unborn = &unborn{parent, names[i:last], names[last]}
		}
	}
	return true
}

// baseItem is the item that an address begins at; special says that its name is
// no id.
func (w *walk) baseItem(base string) (e store.Entity, special bool) {
	if strings.EqualFold(base, "root") {
		for o := range w.run.reader.Links(w.at.set.Parent, "root", 0) {
			if _, e, err := w.run.reader.At(o); err == nil {
				return e, true
			}
		}
		return store.Entity{}, true
	}
	name, special := strings.CutPrefix(base, "special/")
	if special || w.at.marked == "specialFolder" {
		return w.specialFolder(name), true
	}
	e, _ = w.run.reader.Get(w.at.set, base)
	return e, false
}

func (w *walk) specialFolder(name string) store.Entity {
	for e := range w.run.reader.Scan(w.at.set, 0) {
		raw, _ := entity.Field(e.JSON, "specialFolder")
		raw, _ = entity.Field(raw, "name")
		if text, ok := entity.Unquote(raw); ok && strings.EqualFold(text, name) {
			return e
		}
	}
	return store.Entity{}
}

// childNamed finds an item in a folder; names compare without case.
func (w *walk) childNamed(folder, name string) (store.Entity, bool) {
	for e := range having(w.run.reader, w.at.set, behavior.ItemPlace, folder+"/"+name, 0) {
		if fieldText(indexedHolder(e.JSON), "id") == folder {
			return e, true
		}
	}
	return store.Entity{}, false
}

// child takes the key of an item in a folder that is no id for its name, as the
// pages of the permissions Files.* and of batches do: children/file.txt/content
// reads the file or makes it (D).
func (w *walk) child(name string) {
	if w.at.where == nil || w.at.typ == nil || shortName(w.at.typ.Name) != "driveItem" || behavior.IsItemID(name) {
		return
	}
	folder, err := w.run.reader.Get(w.at.set, w.at.value)
	if err != nil {
		return
	}
	if w.at.entity, w.at.found = w.childNamed(folder.ID, name); !w.at.found {
		w.at.unborn = &unborn{parent: folder, name: name}
	}
}

// site finds a site by "root", by host and path, or by the host alone.
func (w *walk) site(key string) bool {
	host, names, addressed := cutAddress(key)
	if !addressed {
		host = key
	}
	if strings.EqualFold(key, "root") {
		w.at.entity, w.at.found = rootOf(w.run.reader, w.at.set)
		return true
	}
	if !addressed && strings.Contains(host, ",") || !strings.Contains(host, ".") {
		return false
	}
	want := strings.Join(append([]string{host}, names...), "/")
	for e := range w.run.reader.Scan(w.at.set, 0) {
		raw, _ := entity.Field(e.JSON, "webUrl")
		text, _ := entity.Unquote(raw)
		if at, err := url.Parse(text); err == nil && strings.EqualFold(strings.Trim(at.Host+at.Path, "/"), want) {
			w.at.entity, w.at.found = e, true
			break
		}
	}
	return true
}

// rootOf is the root among sites.
func rootOf(tx store.Reader, sites store.SetKey) (store.Entity, bool) {
	for e := range tx.Scan(sites, 0) {
		if raw, ok := entity.Field(e.JSON, "root"); ok && string(raw) != "null" {
			return e, true
		}
	}
	return store.Entity{}, false
}

// first takes the first of the linked entities, and goes to where it lives.
func (w *walk) first() {
	for e := range w.run.linked(&w.at, 0) {
		w.at.entity, w.at.found = e, true
		w.home()
		return
	}
}
