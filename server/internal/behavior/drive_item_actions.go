package behavior

// Evidence for what can be done to items (graph-behaviour §3.2, §10.1, §12):
//   - documented: search, recent and sharedWithMe list items; copy answers 202 with the URL of a monitor that needs no token;
//     permanentDelete, follow and unfollow.
//   - assumed (2026-11): search looks into names only; a copy is there from its beginning.

import (
	"sort"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// SearchItems finds items of a drive, or below a folder, by name.
	SearchItems struct{}
	// RecentItems lists files, the last changed first.
	RecentItems struct{}
	// SharedItems lists what others share with the caller: nothing.
	SharedItems struct{}
	// CopyItem copies a file or a folder with all that is in it.
	CopyItem struct{}
	// RemoveItem deletes without a way back.
	RemoveItem struct{}
)

var (
	_ Invoker = SearchItems{}
	_ Invoker = RecentItems{}
	_ Invoker = SharedItems{}
	_ Invoker = CopyItem{}
	_ Invoker = RemoveItem{}
)

// itemsOf is the items of the drive that an operation is called on, or on an
// item of.
func itemsOf(tx Tx, bound *Entity) Collection {
	if strings.HasSuffix(bound.Type, ".drive") {
		return Below(bound.Ref, "items")
	}
	return tx.Home(bound.Ref)
}

// Invoke implements [Invoker].
func (SearchItems) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	wanted := strings.ToLower(text(parameters, "q"))
	home := itemsOf(tx, bound)
	found := Result{IsList: true}
	for e := range tx.All(home) {
		if present(e.Object, "root") || !strings.Contains(strings.ToLower(text(e.Object, "name")), wanted) {
			continue
		}
		if strings.HasSuffix(bound.Type, ".drive") || within(tx, home, e, bound.ID) {
			found.Collection = append(found.Collection, e)
		}
	}
	return found, nil
}

// within reports whether an item lies below a folder, at any depth.
func within(tx Tx, c Collection, e Entity, folder string) bool {
	for range deepest {
		id := text(inner(e.Object, "parentReference"), "id")
		if id == folder {
			return true
		}
		parent, ok := tx.Get(c, id)
		if !ok {
			return false
		}
		e = parent
	}
	return false
}

// Invoke implements [Invoker].
func (RecentItems) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	found := Result{IsList: true}
	for e := range tx.All(itemsOf(tx, bound)) {
		if present(e.Object, "file") {
			found.Collection = append(found.Collection, e)
		}
	}
	sort.SliceStable(found.Collection, func(i, j int) bool {
		return text(found.Collection[i].Object, "lastModifiedDateTime") > text(found.Collection[j].Object, "lastModifiedDateTime")
	})
	return found, nil
}

// Invoke implements [Invoker].
func (SharedItems) Invoke(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return Result{IsList: true}, nil
}

func boolean(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// list is the objects of a collection member.
func list(o entity.Object, name string) []entity.Object {
	raw, _ := o.Get(name)
	return objects(raw)
}

// Invoke implements [Invoker].
func (CopyItem) Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	home := tx.Home(bound.Ref)
	target, folder := home, text(inner(bound.Object, "parentReference"), "id")
	if ref := inner(parameters, "parentReference"); ref != nil {
		if drive, ok := tx.Get(Root("drives"), text(ref, "driveId")); ok {
			target = Below(drive.Ref, "items")
		}
		if id := text(ref, "id"); id != "" {
			folder = id
		} else if e, ok := itemAt(tx, target, text(ref, "path")); ok {
			folder = e.ID
		} else if text(ref, "driveId") != "" && text(ref, "path") == "" {
			folder = "root" // R: Future-Secure-AI/microsoft-graph copies to drives so
		}
	}
	into, ok := tx.Get(target, folder)
	if drive, known := tx.Entity(target.Parent); !ok && known && (folder == "root" || target != home) {
		root, err := ensureRoot(tx, drive)
		if err != nil {
			return Result{}, err
		}
		into, ok = root, true
	}
	if !ok {
		return Result{}, grapherr.NotFound("files", folder)
	}
	name := text(parameters, "name")
	if name == "" {
		name = text(bound.Object, "name")
	}
	if fault := holdsItems(into); fault != nil {
		return Result{}, fault
	}
	if target == home && present(bound.Object, "folder") && lies(tx, home, bound.Ref, into.ID) {
		return Result{}, &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "A folder cannot be copied into itself."}
	}
	made, err := copyItem(tx, *bound, target, into.ID, name)
	if err != nil {
		return Result{}, err
	}
	monitor, err := tx.Monitor("itemCopy", made.ID, weight(tx, made))
	return Result{Status: 202, Location: monitor}, err
}

// weight is the bytes of a file, or of all that is in a folder.
func weight(tx Tx, e Entity) int64 {
	size, _ := strconv.ParseInt(jsonOf(e.Object, "size"), 10, 64)
	if present(e.Object, "folder") {
		_, size = contents(tx, tx.Home(e.Ref), e.ID)
	}
	return size
}

func copyItem(tx Tx, from Entity, target Collection, folder, name string) (Entity, *grapherr.Error) {
	if _, taken := childNamedIn(tx, target, folder, name, None); taken {
		return Entity{}, &grapherr.Error{Status: 409, Code: "nameAlreadyExists", Message: "The specified item name already exists."}
	}
	e := New(from.Object.Clone()...)
	e.Set("parentReference", fields("id", quoted(folder)).JSON())
	e.SetString("name", name)
	e.Delete("@microsoft.graph.downloadUrl")
	file, size := inner(from.Object, "file"), jsonOf(from.Object, "size")
	stampItem(tx, &e)
	if file != nil {
		e.Set("file", file.JSON())
		e.Set("size", []byte(size))
	}
	made, err := tx.Insert(target, e)
	if err == nil {
		err = tx.CopyStreams(from.Ref, made.Ref)
	}
	if err != nil || !present(from.Object, "folder") {
		return made, err
	}
	var below []Entity
	for child := range childrenIn(tx, tx.Home(from.Ref), from.ID) {
		if child.Ref != made.Ref {
			below = append(below, child)
		}
	}
	for _, child := range below {
		if _, err := copyItem(tx, child, target, made.ID, text(child.Object, "name")); err != nil {
			return made, err
		}
	}
	return made, nil
}

// Invoke implements [Invoker].
func (RemoveItem) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if _, err := (DriveItem{}).Delete(tx, *bound); err != nil {
		return Result{}, err
	}
	return Result{}, tx.Delete(bound.Ref)
}
