package graph

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// watched is a reader for one call that shows the state from before changes that
// reads do not see yet, and counts what the call reads for transitions that wait
// for reads.
type watched struct {
	store.Reader
	q       *run
	unseen  *unseen                  // nil: everything is seen
	counted func(store.Ordinal) bool // whether a read of an entity counts; nil: none does
	sights  map[store.Ordinal]*late  // what this call sees in place of an entity; nil as it is
	links   map[linkEnds]*late       // likewise
	read    map[store.Ordinal]bool   // of those that count
	reasons []string                 // why this call saw something old
}

// watch puts a watched reader before a transaction's when anything is to be
// watched. A read that begins anew goes on with the sights of its first try.
func (q *run) watch(tx store.Reader) store.Reader {
	if q.watched == nil {
		unseen := q.lagging.of(q.Call.Tenant, q.now)
		counted := q.moves.counted(q.Call.Tenant)
		if unseen == nil && counted == nil {
			return tx
		}
		q.watched = &watched{
			q: q, unseen: unseen, counted: counted,
			sights: map[store.Ordinal]*late{}, links: map[linkEnds]*late{}, read: map[store.Ordinal]bool{},
		}
	}
	q.watched.Reader = tx
	return q.watched
}

// sight is what the call sees in place of an entity; nil for the entity itself.
func (w *watched) sight(e *store.Entity) *late {
	if w.counted != nil && w.counted(e.Ordinal) {
		w.read[e.Ordinal] = true
	}
	if w.unseen == nil {
		return nil
	}
	seen, known := w.sights[e.Ordinal]
	if !known {
		seen = w.q.lagging.view(w.unseen, e.Ordinal, e.Revision, w.q.now)
		w.sights[e.Ordinal] = seen
		w.tell(seen)
	}
	return seen
}

// tell notes why something old is seen.
func (w *watched) tell(c *late) {
	if c != nil && !slices.Contains(w.reasons, c.reason) {
		w.reasons = append(w.reasons, c.reason)
	}
}

// show returns the entity as the call sees it; false when it is not there yet.
func (w *watched) show(e store.Entity) (store.Entity, bool) {
	switch c := w.sight(&e); {
	case c == nil:
		return e, true
	case c.created:
		return store.Entity{}, false
	default:
		return c.old, true
	}
}

// Get implements [store.Reader].
func (w *watched) Get(set store.SetKey, id string) (store.Entity, error) {
	e, err := w.Reader.Get(set, id)
	if err != nil {
		return e, err
	}
	return w.found(e)
}

func (w *watched) found(e store.Entity) (store.Entity, error) {
	if shown, there := w.show(e); there {
		return shown, nil
	}
	return store.Entity{}, store.ErrNotFound
}

// At implements [store.Reader].
func (w *watched) At(o store.Ordinal) (store.SetKey, store.Entity, error) {
	set, e, err := w.Reader.At(o)
	if err != nil {
		return set, e, err
	}
	if e, err = w.found(e); err != nil {
		return store.SetKey{}, e, err
	}
	return set, e, nil
}

// Find implements [store.Reader].
func (w *watched) Find(tenant, id string) iter.Seq2[store.SetKey, store.Entity] {
	return func(yield func(store.SetKey, store.Entity) bool) {
		for set, e := range w.Reader.Find(tenant, id) {
			if shown, there := w.show(e); there && !yield(set, shown) {
				return
			}
		}
	}
}

// Lookup implements [store.Reader].
func (w *watched) Lookup(set store.SetKey, k store.Key) (store.Entity, error) {
	for e := range w.Matches(set, k, 0) {
		return e, nil
	}
	return store.Entity{}, store.ErrNotFound
}

// Matches implements [store.Reader]: by the keys that entities had in the state
// that is seen.
func (w *watched) Matches(set store.SetKey, k store.Key, after store.Ordinal) iter.Seq[store.Entity] {
	if !w.lags(set) {
		return w.seen(w.Reader.Matches(set, k, after))
	}
	return func(yield func(store.Entity) bool) {
		var found []store.Entity
		for e := range w.Reader.Matches(set, k, after) {
			if c := w.sight(&e); c == nil {
				found = append(found, e)
			}
		}
		for e := range w.Reader.Scan(set, after) {
			if c := w.sight(&e); c != nil && !c.created && slices.Contains(keysFor(w.Reader, set, c.old), k) {
				found = append(found, c.old)
			}
		}
		sort.Slice(found, func(i, j int) bool {
			a, b := found[i], found[j]
			return cmp.Compare(a.Ordinal, b.Ordinal) < 0
		})
		slices.Values(found)(yield)
	}
}

// lags reports whether anything in a set is not seen yet.
func (w *watched) lags(set store.SetKey) bool {
	if w.unseen == nil {
		return false
	}
	w.q.lagging.mu.Lock()
	defer w.q.lagging.mu.Unlock()
	return w.unseen.sets[set] > 0
}

// seen is a sequence of entities as the call sees them.
func (w *watched) seen(all iter.Seq[store.Entity]) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		for e := range all {
			if shown, there := w.show(e); there && !yield(shown) {
				return
			}
		}
	}
}

// Ordered implements [store.Reader], for sets in which nothing lags.
func (w *watched) Ordered(set store.SetKey, of store.Range, skip int) iter.Seq[store.Entity] {
	return w.seen(w.Reader.Ordered(set, of, skip))
}

// Scan implements [store.Reader].
func (w *watched) Scan(set store.SetKey, after store.Ordinal) iter.Seq[store.Entity] {
	return w.seen(w.Reader.Scan(set, after))
}

// Count implements [store.Reader].
func (w *watched) Count(set store.SetKey) int {
	if !w.lags(set) {
		return w.Reader.Count(set)
	}
	n := 0
	for range w.Scan(set, 0) {
		n++
	}
	return n
}

// Links implements [store.Reader].
func (w *watched) Links(from store.Ordinal, nav string, after store.Ordinal) iter.Seq[store.Ordinal] {
	return w.linked(w.Reader.Links(from, nav, after), after, func(l linkEnds) (store.Ordinal, bool) {
		return l.to, l.from == from && l.nav == nav
	}, func(other store.Ordinal) linkEnds { return linkEnds{from, nav, other} })
}

// Backlinks implements [store.Reader].
func (w *watched) Backlinks(to store.Ordinal, nav string, after store.Ordinal) iter.Seq[store.Ordinal] {
	return w.linked(w.Reader.Backlinks(to, nav, after), after, func(l linkEnds) (store.Ordinal, bool) {
		return l.from, l.to == to && l.nav == nav
	}, func(other store.Ordinal) linkEnds { return linkEnds{other, nav, to} })
}

// linked is the far ends of links as the call sees them: without those that came
// late, with those that went late. far is the end of a link that belongs here,
// and link names the one that leads to an end.
func (w *watched) linked(all iter.Seq[store.Ordinal], after store.Ordinal, far func(linkEnds) (store.Ordinal, bool),
	link func(store.Ordinal) linkEnds) iter.Seq[store.Ordinal] {
	if w.unseen == nil {
		return all
	}
	return func(yield func(store.Ordinal) bool) {
		gone := w.goneLinks(after, far)
		for o := range all {
			for len(gone) > 0 && gone[0] < o {
				if !yield(gone[0]) {
					return
				}
				gone = gone[1:]
			}
			if w.hidden(link(o), o) {
				continue
			}
			if !yield(o) {
				return
			}
		}
		slices.Values(gone)(yield)
	}
}

// goneLinks are the ends of links that were removed and are still seen.
func (w *watched) goneLinks(after store.Ordinal, far func(linkEnds) (store.Ordinal, bool)) []store.Ordinal {
	var gone []store.Ordinal
	for _, l := range w.lateLinks() {
		end, belongs := far(l)
		if !belongs || end <= after {
			continue
		}
		if c := w.linkSight(l); c == nil || c.created {
			continue
		}
		if _, _, err := w.Reader.At(end); err == nil {
			gone = append(gone, end)
		}
	}
	slices.Sort(gone)
	return gone
}

// lateLinks are the links that something is not seen of.
func (w *watched) lateLinks() []linkEnds {
	w.q.lagging.mu.Lock()
	defer w.q.lagging.mu.Unlock()
	all := make([]linkEnds, 0, len(w.unseen.links))
	for l := range w.unseen.links {
		all = append(all, l)
	}
	return all
}

// hidden reports whether a link, or what it leads to, is not seen yet.
func (w *watched) hidden(l linkEnds, end store.Ordinal) bool {
	if c := w.linkSight(l); c != nil && c.created {
		return true
	}
	if !w.isLate(end) {
		return false
	}
	_, _, err := w.At(end)
	return err != nil
}

func (w *watched) isLate(o store.Ordinal) bool {
	w.q.lagging.mu.Lock()
	defer w.q.lagging.mu.Unlock()
	return len(w.unseen.entities[o]) > 0
}

// linkSight is sight for a link.
func (w *watched) linkSight(l linkEnds) *late {
	seen, known := w.links[l]
	if !known {
		seen = w.q.lagging.viewLink(w.unseen, l, w.q.now)
		w.links[l] = seen
		w.tell(seen)
	}
	return seen
}
