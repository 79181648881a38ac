package graph

import (
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

// suppliedSpace is where the store notes what suppliers have done.
const suppliedSpace = "supplied"

// supply lets a supplier make what a navigation from the walk's place leads to.
func (w *walk) supply(s *openapi.Segment) *refusal {
	set := w.run.Behaviors
	if !set.Supplied(s.Name) {
		return nil
	}
	if !w.at.stands() && w.at.single && w.at.set.Parent != 0 && w.at.typ != nil {
		return w.supplyFrom(set.Supplier(w.at.typ.Name, s.Name), s)
	}
	if !w.at.stands() {
		if w.at.set.Parent != 0 || w.at.set.Name != "" {
			return nil
		}
		return w.supplyFrom(set.Supplier("", s.Name), s)
	}
	for t := w.run.entityTypeAt(&w.at); t != nil; t = t.Base() {
		if from := set.Supplier(t.Name, s.Name); from != nil {
			return w.supplyFrom(from, s)
		}
	}
	return nil
}

func (w *walk) supplyFrom(from behavior.Supplier, s *openapi.Segment) *refusal {
	if from == nil || w.at.stands() && !w.at.found {
		return nil
	}
	q, wanted, whose := w.run, w.run.keyBehind(s), w.at.entity.Ordinal
	if !w.at.stands() {
		whose = w.at.set.Parent // a single value of an entity, or the service root
	}
	mark := fmt.Sprintf("%s %d %s", reflect.TypeOf(from).Name(), whose, q.Call.Tenant)
	if special := specialKey(wanted); special != "" {
		mark += " " + special
	}
	if _, done := q.reader.Value(suppliedSpace, mark); done {
		return nil
	}
	if q.writer == nil {
		return &refusal{reason: errSupply.Error()}
	}
	owner, _ := tx{q}.Entity(behavior.Ref(whose))
	if fault := from.Supply(tx{q}, owner, wanted); fault != nil {
		return ruled(fault)
	}
	if err := q.writer.SetValue(suppliedSpace, mark, []byte{1}); err != nil {
		return broken(err)
	}
	return nil
}

// keyBehind is the key that follows a segment of the call's path.
func (q *run) keyBehind(s *openapi.Segment) string {
	segments := q.Call.Target.Segments
	for i := range segments {
		if &segments[i] == s && i+1 < len(segments) && segments[i+1].Kind == openapi.KeySegment {
			if s.Name == "special" {
				return "special/" + segments[i+1].Text
			}
			return segments[i+1].Text
		}
	}
	return ""
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
	for range maxSupplies {
		refused := read()
		if refused == nil || refused.reason != errSupply.Error() {
			return refused
		}
		var told *refusal
		err := q.Store.Update(func(w store.Writer) error {
			q.reader, q.writer = w, Indexed(w)
			if refused := q.locate(); refused != nil && refused.err != nil {
				told = refused // the read would find the same
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
