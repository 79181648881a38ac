package graph

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// settleConflict decides what becomes of an item that bytes are put to: it is
// replaced, the request fails, or another one is made under a free name, as the
// client wishes (graph-behaviour §10.3).
func (q *run) settleConflict() *refusal {
	if !q.place.found || q.place.typ == nil || shortName(q.place.typ.Name) != "driveItem" {
		return nil
	}
	switch conflictOf(q.Call, "replace") {
	case "fail":
		return nameTaken()
	case "rename":
		o, err := entity.Members(q.place.entity.JSON)
		if err != nil {
			return broken(err)
		}
		name, _ := o.String("name")
		parent, ok := q.parentItem(q.place.entity)
		if !ok {
			return q.missing(&q.place)
		}
		w := walk{run: q, at: q.place}
		q.place.unborn = &unborn{parent: parent, name: w.freeName(parent.ID, name)}
		q.place.found, q.place.entity = false, store.Entity{}
	}
	return nil
}

// parentItem is the folder that an item is in.
func (q *run) parentItem(e store.Entity) (store.Entity, bool) {
	raw, _ := entity.Field(e.JSON, "parentReference")
	raw, _ = entity.Field(raw, "id")
	id, _ := entity.Unquote(raw)
	parent, err := q.reader.Get(q.place.set, id)
	return parent, err == nil
}

// freeName is the name "a 1.txt" for "a.txt", or one with the next number.
func (w *walk) freeName(folder, name string) string {
	stem, ext := name, ""
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		stem, ext = name[:i], name[i:]
	}
	for n := 1; ; n++ {
		free := fmt.Sprintf("%s %d%s", stem, n, ext)
		if _, taken := w.childNamed(folder, free); !taken {
			return free
		}
	}
}

// born makes the entity that was addressed by its path, and the folders that
// lead to it.
func (q *run) born() *refusal {
	b := q.place.unborn
	parent, refused := b.parent, (*refusal)(nil)
	for _, name := range b.folders {
		if parent, refused = q.bearItem(parent, name, "folder"); refused != nil {
			return refused
		}
	}
	e, refused := q.bearItem(parent, b.name, "file")
	if refused != nil {
		return refused
	}
	q.place.entity, q.place.found, q.place.unborn = e, true, nil
	return nil
}

// bearItem makes an item of a drive in a folder; facet says what it is.
func (q *run) bearItem(parent store.Entity, name, facet string) (store.Entity, *refusal) {
	var o entity.Object
	o.SetString("id", q.Engine.NewID())
	o.SetString("name", name)
	o.Set(facet, json.RawMessage("{}"))
	o.Set("parentReference", entity.Object{{Name: "id", Value: entity.Quote(nil, parent.ID)}}.JSON())
	if creator := q.conductOf(q.place.typ).creator; creator != nil {
		e := behavior.Entity{Type: q.place.typ.Name, Object: o}
		if err := creator.Create(tx{q}, &e); err != nil {
			return store.Entity{}, ruled(err)
		}
		o = e.Object
	}
	id, _ := o.String("id")
	e := store.Entity{ID: id, JSON: fresh(q.place.typ, o).JSON()}
	ordinal, err := q.writer.Insert(q.place.set, e)
	if err != nil {
		return store.Entity{}, broken(err)
	}
	e.Ordinal = ordinal
	return e, nil
}
