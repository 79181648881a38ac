package graph

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// row is an entity with its sort keys.
type row struct {
	entity store.Entity
	keys   []scalar
}

// ranking keeps the first rows of an order behind a position: as many as a page
// needs, however many are offered. It is a heap whose top is the last of them.
type ranking struct {
	run  *run
	from position
	most int // rows to keep; -1 for all
	rows []row
	keys []scalar // of the row at hand, used again
}

// offer takes an entity, with its keys read from how it is seen.
func (r *ranking) offer(e, seen store.Entity) {
	if r.outside(seen.JSON) {
		return
	}
	r.keys = r.run.keysOf(r.keys[:0], seen)
	at := row{e, r.keys}
	switch {
	case r.from.after != 0 && r.compare(at, row{store.Entity{Ordinal: r.from.after}, r.from.keys}) <= 0:
	case r.most < 0:
		r.rows = append(r.rows, row{e, slices.Clone(r.keys)})
	case len(r.rows) < r.most:
		heap.Push(r, row{e, slices.Clone(r.keys)})
	case r.compare(at, r.rows[0]) < 0:
		r.rows[0].entity = e
		copy(r.rows[0].keys, r.keys)
		heap.Fix(r, 0)
	}
}

// outside reports whether the first key alone, if it is a text, shows that an
// entity lies outside of what is kept. Most do, and are spared a copy.
func (r *ranking) outside(data []byte) bool {
	first := &r.run.options.order[0]
	if class(first.typ) != "text" || first.read != nil {
		return false
	}
	raw := rawAt(data, first.path)
	full := r.most >= 0 && len(r.rows) == r.most && r.most > 0
	return full && behind(raw, &r.rows[0].keys[0], first.descending) ||
		r.from.after != 0 && behind(raw, &r.from.keys[0], !first.descending)
}

// behind reports whether a stored text surely comes after a key.
func behind(raw []byte, key *scalar, descending bool) bool {
	if key.Kind != textScalar {
		return false
	}
	c, sure := compareFolded(raw, key.Text)
	return sure && c != 0 && (c > 0) != descending
}

// ranked is what was kept, in order.
func (r *ranking) ranked() []row {
	slices.SortFunc(r.rows, r.compare)
	return r.rows
}

// compare orders by the keys, and equal ones as the store has them, or the other
// way round where the newest is to come first.
func (r *ranking) compare(a, b row) int {
	if c := r.run.compareKeys(a.keys, b.keys); c != 0 {
		return c
	}
	if r.run.options.newest {
		a, b = b, a
	}
	return cmp.Compare(a.entity.Ordinal, b.entity.Ordinal)
}

func (r *ranking) Len() int           { return len(r.rows) }
func (r *ranking) Less(i, j int) bool { return r.compare(r.rows[i], r.rows[j]) > 0 }
func (r *ranking) Swap(i, j int)      { r.rows[i], r.rows[j] = r.rows[j], r.rows[i] }
func (r *ranking) Push(x any)         { r.rows = append(r.rows, x.(row)) }

// Pop implements [heap.Interface]; nothing pops, since what is kept is sorted in
// the end.
func (r *ranking) Pop() any {
	last := r.rows[len(r.rows)-1]
	r.rows = r.rows[:len(r.rows)-1]
	return last
}
