package graph

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// ordering is a property by whose order the store keeps the entities of some
// sets, and the entities of each part of them.
type ordering struct {
	behavior.Ordering
	paths []setPath
}

var (
	orders       = readOrderings()
	orderedNames = namesOfOrders()
)

func readOrderings() (all []ordering) {
	for _, o := range behavior.Orderings {
		all = append(all, ordering{o, setPaths(o.Sets)})
	}
	return all
}

func namesOfOrders() map[string]bool {
	names := map[string]bool{}
	for i := range orders {
		for name := range namesIn(orders[i].paths) {
			names[name] = true
		}
	}
	return names
}

// String is what reindexing tells one from another by.
func (o *ordering) String() string {
	return fmt.Sprintf("%s of %s in %v;", o.Property, o.Within, o.paths)
}

// orderingOf is how a set is kept in order; nil for no way.
func orderingOf(r store.Reader, set store.SetKey) *ordering {
	if !orderedNames[set.Name] {
		return nil
	}
	for i := range orders {
		if slices.ContainsFunc(orders[i].paths, func(p setPath) bool { return p.leadsTo(r, set) }) {
			return &orders[i]
		}
	}
	return nil
}

// orderKeys are the keys that keep an entity of a set in its place. Every entity
// has them, whatever it lacks, so that walking the keys is walking the set.
func orderKeys(r store.Reader, set store.SetKey, json []byte) []store.Key {
	o := orderingOf(r, set)
	if o == nil {
		return nil
	}
	raw, _ := entity.Field(json, o.Property)
	at := orderValue(toScalar(raw, "Edm.DateTimeOffset"))
	keys := []store.Key{{Name: o.Property, Value: at, Sorted: true}}
	if part := fieldText(json, o.Within); o.Within != "" && indexable(part) {
		keys = append(keys, store.Key{Name: o.partName(), Value: part + at, Sorted: true})
	}
	return keys
}

// partName is the name of the keys by which the parts of a set are kept in order.
func (o *ordering) partName() string { return o.Within + " " + o.Property }

// orderLength is how many bytes an order's value has.
const orderLength = 1 + 8 + 4

// orderValue is a time as bytes that compare as [scalar.compare] does; what is
// no time comes before or behind all.
func orderValue(s scalar) string {
	b := append(make([]byte, 0, orderLength), byte(s.Kind))
	if s.Kind != timeScalar {
		return string(b[:orderLength])
	}
	b = binary.BigEndian.AppendUint64(b, uint64(s.Time.Unix())^1<<63)
	return string(binary.BigEndian.AppendUint32(b, uint32(s.Time.Nanosecond())))
}

// ranged is the part of the place's set that it shows, in order: false where the
// store does not keep it so, or not as the call is to see it.
func (q *run) ranged() (store.Range, *ordering) {
	p := &q.place
	if p.virtual != nil || p.ref != nil || p.cast != nil || p.marked != "" || p.top || q.watched != nil && q.watched.lags(p.set) {
		return store.Range{}, nil
	}
	o := orderingOf(q.reader, p.set)
	switch {
	case o == nil:
	case p.where == nil:
		return store.Range{Name: o.Property, Length: orderLength}, o
	case len(p.where) == 1 && p.where[0] == o.Within && indexable(p.value):
		return store.Range{Name: o.partName(), Prefix: p.value, Length: orderLength}, o
	}
	return store.Range{}, nil
}

// kept is the range in the order that is asked for, from a position on; false
// where the store does not keep that order, or an index finds the few that pass.
func (q *run) kept(from position) (store.Range, bool) {
	if len(q.options.order) != 1 || q.options.order[0].read != nil {
		return store.Range{}, false
	}
	key := &q.options.order[0]
	of, o := q.ranged()
	if o == nil || len(key.path) != 1 || key.path[0] != o.Property || q.plannedSeek() != nil || q.conductOf(q.place.typ).computesAny(key.path) {
		return store.Range{}, false
	}
	of.Descending, of.After = key.descending, from.after
	if from.after != 0 {
		of.Value = orderValue(from.keys[0])
	}
	return of, true
}

// inOrder collects one page as the store keeps it: nothing is read but the page,
// and what $filter leaves out in front of it.
func (q *run) inOrder(w window, of store.Range) page {
	p := page{items: q.room(w.likely(q))}
	skip := 0
	if q.options.filter == nil {
		skip, w.skip = w.skip, 0
	}
	for e := range q.passing(q.shown(&q.place, q.reader.Ordered(q.place.set, of, skip))) {
		if w.skip > 0 {
			w.skip--
			continue
		}
		if p.more = p.full(w.size); p.more {
			break
		}
		p.items = append(p.items, e)
	}
	if p.more && len(p.items) > 0 {
		p.next.keys = q.keysOf(nil, p.items[len(p.items)-1])
	}
	return q.close(p)
}
