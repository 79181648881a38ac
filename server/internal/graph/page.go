package graph

import (
	"iter"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// window is the part of a collection that is wanted.
type window struct {
	from  position
	skip  int
	size  int  // items of a page; -1 for all that are there
	count bool // the matches in all are wanted, too
}

// page is one page of a collection.
type page struct {
	items []store.Entity
	total int      // matches in all; meaningful when the count was asked for
	next  position // where the next page starts; zero when there is none
	more  bool
}

// page collects one page in the store's order, or in that of $orderby. What it
// holds is bounded by the page, whatever the collection has.
func (q *run) page(w window) page {
	if len(q.options.order) > 0 {
		if of, ok := q.kept(w.from); ok && !w.count {
			return q.inOrder(w, of)
		}
		return q.sorted(w)
	}
	if q.skippable() && w.skip > 0 {
		w.from.after, w.skip = q.reader.Skip(q.place.set, w.from.after, w.skip), 0
	}
	p := page{items: q.room(w.likely(q))}
	after := w.from.after
	if w.count {
		after = 0
	}
	for e := range q.matching(after) {
		p.total++
		past := e.Ordinal > w.from.after
		switch {
		case past && w.skip > 0:
			w.skip--
		case past && !p.full(w.size):
			p.items = append(p.items, e)
		case past:
			p.more = true
		}
		if p.more && !w.count {
			break
		}
	}
	return q.close(p)
}

// skippable reports whether what is skipped need not be looked at.
func (q *run) skippable() bool {
	return q.options.filter == nil && q.wholeSet() && (q.watched == nil || !q.watched.lags(q.place.set))
}

// likely is how many items a page will probably have.
func (w *window) likely(q *run) int {
	if q.options.filter != nil || q.place.ref != nil || w.size < 0 {
		return 0
	}
	return min(w.size, 100)
}

// room is empty, with room for so many items: that of the run's last page where
// there is one.
func (q *run) room(n int) []store.Entity {
	items := q.items
	q.items = nil // what the run reads meanwhile has its own
	if cap(items) < n {
		items = make([]store.Entity, 0, n)
	}
	return items[:0]
}

// leave gives the room of a page back that nobody looks at any more.
func (q *run) leave(p page) {
	if cap(p.items) <= mostRoom {
		q.items = p.items
	}
}

// mostRoom is how many items' room is kept for a later page.
const mostRoom = 100

// usualMember is about how many bytes a selected member takes in an answer.
const usualMember = 48

// length is about how many bytes the items take in an answer.
func (p *page) length(q *run) int {
	names := 0
	if s := q.shownOf(q.place.typ); s != nil {
		names = 1 + len(s.names)
	}
	n := 0
	for i := range p.items {
		if n += 64; names > 0 {
			n += min(names*usualMember, len(p.items[i].JSON))
			continue
		}
		n += len(p.items[i].JSON)
	}
	return n
}

// showsComputed reports whether an answer has of entities of a type what is
// computed.
func (q *run) showsComputed(t *openapi.Type) bool {
	c := q.conductOf(t)
	s := q.shownOf(t)
	if s == nil || !c.computes() || c.reader != nil && q.Call.Header.Get("Prefer") != "" {
		return c.computes() // readers echo the preferences that they honour
	}
	return c.untold || slices.ContainsFunc(c.computed, s.has)
}

// shownOf is what is shown of entities of a type; nil for all.
func (q *run) shownOf(t *openapi.Type) *selection {
	if q.options.selection != nil || t == nil {
		return q.options.selection
	}
	return q.viewOf(t).shown
}

func (p *page) full(size int) bool { return size >= 0 && len(p.items) >= size }

// sorted collects one page in the order of $orderby; equal keys keep the
// store's order.
func (q *run) sorted(w window) page {
	r := ranking{run: q, from: w.from, most: -1}
	if w.size >= 0 {
		r.most = w.skip + w.size + 1
	}
	var p page
	for e, seen := range q.matching(0) {
		p.total++
		r.offer(e, seen)
	}
	rows := r.ranked()
	rows = rows[min(w.skip, len(rows)):]
	if p.more = w.size >= 0 && len(rows) > w.size; p.more {
		rows = rows[:w.size]
	}
	for i := range rows {
		p.items = append(p.items, rows[i].entity)
	}
	if p.more && len(rows) > 0 {
		p.next.keys = rows[len(rows)-1].keys
	}
	return q.close(p)
}

// close notes where the page ends, and computes what it shows.
func (q *run) close(p page) page {
	if p.more && len(p.items) > 0 {
		p.next.after = p.items[len(p.items)-1].Ordinal
	}
	if q.place.virtual != nil {
		for i := range p.items {
			p.items[i].Ordinal = q.place.virtual[p.items[i].Ordinal-1].Ordinal
		}
		return p
	}
	usual := q.showsComputed(q.place.typ)
	for i := range p.items {
		e := &p.items[i]
		if usual || e.Type != "" && q.showsComputed(q.Call.Catalogue.Type(e.Type)) {
			*e = q.computed(*e, q.place.typ)
		}
	}
	return p
}

// matching yields the members behind an ordinal that pass $filter: those that an
// index names, else all in turn. Each comes as the store has it and as $filter
// and $orderby see it, which is the same unless they look at what a reader
// computes: the others are computed once the page is known.
func (q *run) matching(after store.Ordinal) iter.Seq2[store.Entity, store.Entity] {
	return q.passing(q.candidates(after))
}

// passing yields those that pass $filter, likewise.
func (q *run) passing(all iter.Seq[store.Entity]) iter.Seq2[store.Entity, store.Entity] {
	return func(yield func(stored, seen store.Entity) bool) {
		for e := range all {
			seen := e
			switch {
			case q.place.virtual != nil && e.Ordinal <= store.Ordinal(len(q.place.virtual)):
				seen.Ordinal = q.place.virtual[e.Ordinal-1].Ordinal // a filter may go on to other entities
			case q.judgesComputed(e):
				seen = q.computed(e, q.place.typ)
			}
			if q.matches(seen) && !yield(e, seen) {
				return
			}
		}
	}
}
