package graph

import (
	"bytes"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// recorder is a writer that notes what a call changes, for what follows from it:
// reads that do not see it yet, properties that move on, and what logs tell.
type recorder struct {
	store.Writer
	keep    bool            // note also what was there before
	audits  bool            // note what was done to what
	touched []store.Ordinal // inserted or replaced, each once
	gone    []store.Ordinal // deleted
	late    []*late
	deeds   []*deed
	run     *run   // of the call
	round   uint64 // of the tenant, where deeds are noted
}

// recording puts a recorder before a writer when anybody wants to know.
func (q *run) recording(tx store.Writer) store.Writer {
	audits := q.op.Family == openapi.FamilyDirectory
	if q.recorder = nil; q.Lag == nil && len(q.Transitions) == 0 && !audits {
		return tx
	}
	q.recorder = &recorder{Writer: tx, run: q, keep: q.Lag != nil, audits: audits}
	return q.recorder
}

// Insert implements [store.Writer].
func (r *recorder) Insert(set store.SetKey, e store.Entity) (store.Ordinal, error) {
	o, err := r.Writer.Insert(set, e)
	if err != nil {
		return o, err
	}
	if r.touched = append(r.touched, o); r.keep {
		r.late = append(r.late, &late{set: set, entity: o, created: true, tick: uint64(o)})
	}
	if r.audits {
		e.Ordinal = o
		r.did(behavior.Made, set, e, nil)
	}
	return o, nil
}

// Replace implements [store.Writer].
func (r *recorder) Replace(o store.Ordinal, e store.Entity) (uint64, error) {
	known := slices.Contains(r.touched, o)
	var before *late
	if r.audits || r.keep && !known {
		set, old, err := r.Writer.At(o)
		if err == nil && r.keep && !known {
			old.JSON = bytes.Clone(old.JSON)
			before = &late{set: set, entity: o, old: old}
		}
		if err == nil && r.audits {
			e.Ordinal, e.ID = o, old.ID
			r.did(behavior.Changed, set, e, old.JSON)
		}
	}
	revision, err := r.Writer.Replace(o, e)
	if err != nil {
		return revision, err
	}
	if !known {
		r.touched = append(r.touched, o)
	}
	if before != nil {
		before.tick = revision
		r.late = append(r.late, before)
	}
	return revision, nil
}

// Delete implements [store.Writer].
func (r *recorder) Delete(o store.Ordinal) error {
	r.removes(o)
	err := r.Writer.Delete(o)
	if err == nil {
		r.gone = append(r.gone, o)
	}
	return err
}

// removes notes that an entity goes, with what it was.
func (r *recorder) removes(o store.Ordinal) {
	if !r.audits {
		return
	}
	set, e, err := r.Writer.At(o)
	switch {
	case err != nil:
	case isBin(set.Name):
		set.Name = r.run.returnsTo(e.Type)
		r.did(behavior.Purged, set, e, nil)
	default:
		r.did(behavior.Removed, set, e, nil)
	}
}

// Move implements [store.Writer].
func (r *recorder) Move(o store.Ordinal, to store.SetKey) error {
	if r.audits {
		if set, e, err := r.Writer.At(o); err == nil && isBin(to.Name) {
			r.did(behavior.Removed, set, e, nil)
		} else if err == nil && isBin(set.Name) {
			r.did(behavior.Restored, to, e, nil)
		}
	}
	return r.Writer.Move(o, to)
}

// Link implements [store.Writer].
func (r *recorder) Link(from store.Ordinal, nav string, to store.Ordinal) (bool, error) {
	added, err := r.Writer.Link(from, nav, to)
	if added {
		r.link(linkEnds{from, nav, to}, true)
	}
	return added, err
}

// Unlink implements [store.Writer].
func (r *recorder) Unlink(from store.Ordinal, nav string, to store.Ordinal) (bool, error) {
	removed, err := r.Writer.Unlink(from, nav, to)
	if removed {
		r.link(linkEnds{from, nav, to}, false)
	}
	return removed, err
}

func (r *recorder) link(l linkEnds, created bool) {
	if r.audits {
		kind := behavior.Unlinked
		if created {
			kind = behavior.Linked
		}
		r.linked(kind, l)
	}
	if !r.keep {
		return
	}
	if set, _, err := r.Writer.At(l.from); err == nil {
		r.late = append(r.late, &late{set: set, link: l, created: created, tick: r.Writer.Tick()})
	}
}

// ensue lets follow from a call what does, inside its transaction: so nobody
// sees the new state before it is kept back.
func (q *run) ensue() error {
	r := q.recorder
	if r == nil {
		return nil
	}
	if q.trail.notes != nil && len(r.deeds) > 0 {
		r.round = roundOf(r.Writer, q.Call.Tenant)
	}
	q.lagging.deleted(q.Call.Tenant, r.gone)
	if q.Lag != nil && len(r.late) > 0 {
		for _, c := range r.late {
			c.reads, c.reason = q.Lag.Reads, q.Lag.Reason
			if q.Lag.Time > 0 {
				c.until = q.now.Add(q.Lag.Time)
			}
		}
		if q.lagging.add(q.Call.Tenant, r.late, q.now) {
			q.note(q.Lag.Reason)
		} else {
			r.late = nil
			q.note("too many changes lag already, so this one is seen at once")
		}
	}
	return q.notice(r.Writer, r.touched)
}

// undone takes back what followed from a call that came to nothing.
func (q *run) undone() {
	if r := q.recorder; r != nil && len(r.late) > 0 {
		q.lagging.drop(q.Call.Tenant, r.late)
	}
}
