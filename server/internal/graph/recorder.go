package graph

import (
	"bytes"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// recorder is a writer that notes what a call changes, for what follows from it:
// reads that do not see it yet, and properties that move on.
type recorder struct {
	store.Writer
	keep    bool            // note also what was there before
	touched []store.Ordinal // inserted or replaced, each once
	gone    []store.Ordinal // deleted
	late    []*late
}

// recording puts a recorder before a writer when anybody wants to know.
func (q *run) recording(tx store.Writer) store.Writer {
	if q.recorder = nil; q.Lag == nil && len(q.Transitions) == 0 {
		return tx
	}
	q.recorder = &recorder{Writer: tx, keep: q.Lag != nil}
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
	return o, nil
}

// Replace implements [store.Writer].
func (r *recorder) Replace(o store.Ordinal, e store.Entity) (uint64, error) {
	known := slices.Contains(r.touched, o)
	var before *late
	if r.keep && !known {
		if set, old, err := r.Writer.At(o); err == nil {
			old.JSON = bytes.Clone(old.JSON)
			before = &late{set: set, entity: o, old: old}
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
	err := r.Writer.Delete(o)
	if err == nil {
		r.gone = append(r.gone, o)
	}
	return err
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
