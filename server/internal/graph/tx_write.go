package graph

import (
	"errors"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

func (q tx) Insert(c behavior.Collection, e behavior.Entity) (behavior.Entity, *grapherr.Error) {
	if id, ok := e.String("id"); ok && e.ID == "" {
		e.ID = id
	}
	if e.ID == "" {
		e.ID = q.NewID()
	}
	return q.store(c, e)
}

func (q tx) Put(c behavior.Collection, e behavior.Entity) (behavior.Entity, *grapherr.Error) {
	old, ok := q.Get(c, e.ID)
	if !ok {
		return q.store(c, e)
	}
	e.Ref = old.Ref
	return e, q.Replace(old.Ref, e.Object)
}

func (q tx) store(c behavior.Collection, e behavior.Entity) (behavior.Entity, *grapherr.Error) {
	if fault := q.writable(); fault != nil {
		return e, fault
	}
	set := q.setOf(c)
	kept := q.shaped(set, e)
	ordinal, err := q.writer.Insert(set, kept)
	if errors.Is(err, store.ErrExists) {
		return e, grapherr.Conflict(q.family(), "An object with the id '"+e.ID+"' already exists.")
	}
	kept.Ordinal = ordinal
	return q.known(set, kept), q.broken(err)
}

// shaped is an entity as the store keeps it, with its type where that is not the
// set's own.
func (q tx) shaped(set store.SetKey, e behavior.Entity) store.Entity {
	t := q.homeType(set)
	kept := store.Entity{ID: e.ID}
	if named := q.typeNamed(e.Type); named != nil && named != t {
		t, kept.Type = named, named.Name
	}
	if e.ID != "" {
		e.SetString("id", e.ID)
	}
	kept.JSON = fresh(t, plain(e.Object)).JSON()
	return kept
}

func (q tx) Replace(ref behavior.Ref, members entity.Object) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	set, e, err := q.reader.At(store.Ordinal(ref))
	if err != nil {
		return q.broken(err)
	}
	e.JSON = lean(q.typeNamed(q.ownType(nil, set, e)), members).JSON()
	e.Revision, err = q.writer.Replace(e.Ordinal, e)
	if q.place.entity.Ordinal == e.Ordinal {
		q.place.entity = e
	}
	return q.broken(err)
}

func (q tx) Delete(ref behavior.Ref) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	return q.broken(q.writer.Delete(store.Ordinal(ref)))
}

func (q tx) Discard(ref behavior.Ref) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	return q.faultOf(q.discard(store.Entity{Ordinal: store.Ordinal(ref)}))
}

func (q tx) Restore(ref behavior.Ref) *grapherr.Error {
	if fault := q.writable(); fault != nil {
		return fault
	}
	_, e, err := q.reader.At(store.Ordinal(ref))
	if err != nil {
		return q.broken(err)
	}
	_, refused := q.unbin(e)
	return q.faultOf(refused)
}

// faultOf is the fault behind a refusal.
func (q tx) faultOf(r *refusal) *grapherr.Error {
	if r == nil {
		return nil
	}
	if r.err == nil {
		return q.broken(errors.New(r.reason))
	}
	return r.err
}

func (q tx) Link(from behavior.Ref, navigation string, to behavior.Ref) (bool, *grapherr.Error) {
	if fault := q.writable(); fault != nil {
		return false, fault
	}
	added, err := q.writer.Link(store.Ordinal(from), navigation, store.Ordinal(to))
	return added, q.broken(err)
}

func (q tx) Unlink(from behavior.Ref, navigation string, to behavior.Ref) (bool, *grapherr.Error) {
	if fault := q.writable(); fault != nil {
		return false, fault
	}
	removed, err := q.writer.Unlink(store.Ordinal(from), navigation, store.Ordinal(to))
	return removed, q.broken(err)
}

// writable is the fault of a behaviour that writes where nothing may be
// written.
func (q tx) writable() *grapherr.Error {
	if q.writer != nil {
		return nil
	}
	q.note("a behaviour writes in an operation that only reads")
	return grapherr.Internal()
}

func (q tx) broken(err error) *grapherr.Error {
	if err == nil {
		return nil
	}
	q.note("store: " + err.Error())
	return grapherr.Internal()
}
