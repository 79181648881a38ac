package graph

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// errSupply interrupts a read that comes upon something which the service has
// by itself and the store not yet: it is made, and the read begins anew.
var errSupply = errors.New("supply first")

// suppliedSpace is where the store notes what suppliers have done, each time with
// the tenant's round: what they made before it was cleared is gone.
const suppliedSpace = "supplied"

// roundSpace is where the store counts how often a tenant was cleared.
const roundSpace = "supplied rounds"

// firstRound is that of a tenant which was never cleared.
const firstRound = 1

// roundOf is the tenant's round.
func roundOf(r store.Reader, tenant string) uint64 {
	v, _ := r.Value(roundSpace, tenant)
	if n, size := binary.Uvarint(v); size > 0 {
		return n
	}
	return firstRound
}

// Unsupply has suppliers begin anew in a tenant that was cleared.
func Unsupply(w store.Writer, tenant string) error {
	return w.SetValue(roundSpace, tenant, binary.AppendUvarint(nil, roundOf(w, tenant)+1))
}

// supply lets a supplier make what a navigation from the walk's place leads to.
func (w *walk) supply(s *openapi.Segment) *refusal {
	if !w.run.Behaviors.Supplied(s.Name) {
		return nil
	}
	from := w.supplier(s.Name)
	if _, stands := from.(behavior.Standing); stands && s.Kind == openapi.SingleSegment && w.run.leadsOn(s) {
		return nil // what is below it is kept without it
	}
	return w.supplyFrom(from, w.run.keyBehind(s))
}

// supplyShown lets suppliers make what the answer with the addressed entity shows
// of its navigations.
func (w *walk) supplyShown() *refusal {
	if w.at.collection() || !w.at.found {
		return nil
	}
	q := w.run
	for i := range q.options.expand {
		if refused := w.supplyNamed(q.options.expand[i].nav.Name); refused != nil {
			return refused
		}
	}
	for _, name := range q.conductOf(q.entityTypeAt(&w.at)).rules.Shown {
		if refused := w.supplyNamed(name); refused != nil {
			return refused
		}
	}
	return nil
}

func (w *walk) supplyNamed(navigation string) *refusal {
	if !w.run.Behaviors.Supplied(navigation) {
		return nil
	}
	return w.supplyFrom(w.supplier(navigation), "")
}

// supplier is that of a navigation from the walk's place; nil for none.
func (w *walk) supplier(navigation string) behavior.Supplier {
	set := w.run.Behaviors
	if !w.at.stands() && w.at.set.Parent == 0 {
		return set.Supplier("", canonical(join(w.at.set.Name, navigation)))
	}
	if !w.at.stands() {
		if w.at.single && w.at.typ != nil {
			return set.Supplier(w.at.typ.Name, navigation)
		}
		return nil
	}
	for t := w.run.entityTypeAt(&w.at); t != nil; t = t.Base() {
		if from := set.Supplier(t.Name, navigation); from != nil {
			return from
		}
	}
	return nil
}

// leadsOn reports whether the call's path goes on to a navigation behind a
// segment.
func (q *run) leadsOn(s *openapi.Segment) bool {
	next := q.segmentBehind(s)
	return next != nil && (next.Kind == openapi.SetSegment || next.Kind == openapi.SingleSegment)
}

func (w *walk) supplyFrom(from behavior.Supplier, wanted string) *refusal {
	if from == nil || w.at.stands() && !w.at.found {
		return nil
	}
	if a, accrues := from.(behavior.Accruing); accrues {
		return w.gather(from, a)
	}
	whose := w.at.entity.Ordinal
	if !w.at.stands() {
		whose = w.at.set.Parent // a single value of an entity, or the service root
	}
	return w.run.supplyOnce(from, whose, wanted)
}

// supplyOnce lets a supplier make what an entity lacks, or the service for 0, unless
// it has.
func (q *run) supplyOnce(from behavior.Supplier, whose store.Ordinal, wanted string) *refusal {
	name := reflect.TypeOf(from).Name()
	if s, stands := from.(behavior.Standing); stands {
		name = s.Navigation // of one type are many
	}
	if c, collective := from.(behavior.Collective); collective {
		asking, _ := tx{q}.Entity(behavior.Ref(whose))
		whose = store.Ordinal(c.Whole(tx{q}, asking))
	}
	mark := fmt.Sprintf("%s %d %s", name, whose, q.Call.Tenant)
	if special := specialKey(wanted); special != "" {
		mark += " " + special
	}
	if by, follows := from.(behavior.Following); follows {
		owner, _ := tx{q}.Entity(behavior.Ref(whose))
		mark += " " + by.Edition(owner)
	}
	round := binary.AppendUvarint(nil, roundOf(q.reader, q.Call.Tenant))
	if made, done := q.reader.Value(suppliedSpace, mark); done && bytes.Equal(made, round) {
		return nil
	}
	if q.writer == nil {
		return &refusal{reason: errSupply.Error()}
	}
	owner, _ := tx{q}.Entity(behavior.Ref(whose))
	defer q.recorder.unaudited()()
	if fault := from.Supply(tx{q}, owner, wanted); fault != nil {
		return ruled(fault)
	}
	if err := q.writer.SetValue(suppliedSpace, mark, round); err != nil {
		return broken(err)
	}
	return nil
}

// gather lets a supplier make what has accrued, once in a call: what others do
// meanwhile is for the next one.
func (w *walk) gather(from behavior.Supplier, a behavior.Accruing) *refusal {
	q := w.run
	if q.gathered || !a.Accrued(tx{q}) {
		return nil
	}
	if q.writer == nil {
		return &refusal{reason: errSupply.Error()}
	}
	q.gathered = true
	defer q.recorder.unaudited()()
	if fault := from.Supply(tx{q}, behavior.Entity{}, ""); fault != nil {
		return ruled(fault)
	}
	return nil
}

// keyBehind is the key that follows a segment of the call's path.
func (q *run) keyBehind(s *openapi.Segment) string {
	next := q.segmentBehind(s)
	switch {
	case next == nil || next.Kind != openapi.KeySegment:
		return ""
	case s.Name == "special":
		return "special/" + next.Text
	}
	return next.Text
}

// segmentBehind is the one that follows a segment of the call's path; nil for
// none.
func (q *run) segmentBehind(s *openapi.Segment) *openapi.Segment {
	segments := q.Call.Target.Segments
	for i := range segments {
		if &segments[i] == s && i+1 < len(segments) {
			return &segments[i+1]
		}
	}
	return nil
}

// specialKey is the name of the special folder that a key begins with, or a key
// that encodes what is shared: each is supplied on its own.
func specialKey(key string) string {
	if strings.HasPrefix(key, "u!") {
		return key
	}
	base, _, ok := cutAddress(key)
	if !ok {
		base = key
	}
	const special = "special/"
	if len(base) > len(special) && base[:len(special)] == special {
		return base
	}
	return ""
}

// supplied runs a read, and again after what it lacked was made.
func (q *run) supplied(read func() *refusal) *refusal {
	notes, applied := len(q.notes), len(q.applied)
	for range maxSupplies {
		refused := read()
		if !(refused == nil && q.lacked()) && (refused == nil || refused.reason != errSupply.Error()) {
			return refused
		}
		q.notes, q.applied = q.notes[:notes], q.applied[:applied] // the next reading has its own
		var told *refusal
		err := q.Store.Update(func(w store.Writer) error {
			q.reader, q.writer = w, Indexed(w)
			if refused := q.locate(); refused != nil && refused.err != nil {
				told = refused // the read would find the same
				return nil
			}
			if refused := q.supplyLacking(); refused != nil {
				told = refused
			}
			for _, path := range q.asides {
				_, _ = q.locateAt(path) // the read finds what is wrong with it
			}
			return nil
		})
		if q.writer = nil; err != nil {
			return broken(err)
		}
		if told != nil {
			return told
		}
	}
	return broken(errSupply)
}

// maxSupplies is how many suppliers may follow from each other.
const maxSupplies = 8
