package graph

import (
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// find takes an entity that the collection does not keep, but that a behaviour
// finds by its key, as an occurrence of a series of events. Whoever changes it
// makes it one that is kept.
func (w *walk) find(key string) *refusal {
	q, t := w.run, w.at.typ
	for ; t != nil; t = t.Base() {
		if _, ok := q.Behaviors.Type(t.Name).(behavior.Finder); ok {
			break
		}
	}
	if t == nil {
		return nil
	}
	found, ok := q.Behaviors.Type(t.Name).(behavior.Finder).Find(tx{q}, collectionOf(w.at.set), key)
	if !ok {
		return nil
	}
	if w.isHere(found) {
		return nil
	}
	e := store.Entity{ID: found.ID, JSON: fresh(w.at.typ, found.Object).JSON()}
	w.at.beside = store.Ordinal(found.Ref)
	if q.writer != nil && q.op.Method != "DELETE" {
		ordinal, err := q.writer.Insert(w.at.set, e)
		if err != nil {
			return broken(err)
		}
		e.Ordinal, e.Revision = ordinal, uint64(ordinal)
	}
	w.at.entity, w.at.found = e, true
	return nil
}

// isHere takes an entity that the collection keeps under another key than the one
// that it was found by. What shares what is below another entity has an id of its own.
func (w *walk) isHere(found behavior.Entity) bool {
	if found.Ref == behavior.None {
		return false
	}
	set, e, err := w.run.reader.At(store.Ordinal(found.Ref))
	if err != nil || set != w.at.set || e.ID != found.ID {
		return false
	}
	w.at.entity, w.at.found = e, true
	return true
}
