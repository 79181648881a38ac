package graph

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Transition moves a property of entities from one value to the next: with the
// answer to the change that gave it the value, after a number of reads, or after
// a time. What it does goes through the store like any change, so that ETags and
// delta follow. It is shared and does not change; who has the same pointer has
// the same transition.
type Transition struct {
	Fits     func(paths, types []string) bool // whether an entity is meant; paths begin with a version, types are its own and the bases
	Property []string                         // names that lead to the property
	From, To json.RawMessage
	Reads    int           // 0 does not wait for reads
	Time     time.Duration // on the fake's clock; 0 does not wait
	Reason   string        // for X-Fake-Reason
	Moved    func()        // told of each entity that has moved
}

// atOnce reports whether the transition waits for nothing.
func (t *Transition) atOnce() bool { return t.Reads == 0 && t.Time == 0 }

// applies reports whether an entity has the value that the transition starts
// from. A member that is absent is null.
func (t *Transition) applies(data []byte) bool {
	for _, name := range t.Property {
		data, _ = entity.Field(data, name)
	}
	if len(data) == 0 {
		data = []byte("null")
	}
	var has, from any
	return json.Unmarshal(data, &has) == nil && json.Unmarshal(t.From, &from) == nil && reflect.DeepEqual(has, from)
}

// move stores an entity with the new value.
func (t *Transition) move(tx store.Writer, e store.Entity) error {
	e.JSON, e.Keys = moved(e.JSON, t.Property, t.To), nil
	_, err := Indexed(tx).Replace(e.Ordinal, e)
	if err == nil {
		t.Moved()
	}
	return err
}

// moved is an entity's JSON with the new value.
func moved(data []byte, property []string, to json.RawMessage) []byte {
	if len(property) == 0 {
		return to
	}
	o, err := entity.Members(data)
	if err != nil {
		o = nil // null, or no object yet
	}
	old, _ := o.Get(property[0])
	o = o.Clone()
	o.Set(property[0], moved(old, property[1:], to))
	return o.JSON()
}

// moveDue lets the properties of a tenant move that are due, before a call is
// answered. A tenant that is new, or has other transitions than before, is
// searched for what begins to wait.
func (q *run) moveDue() *refusal {
	if len(q.Transitions) == 0 {
		return nil
	}
	if q.moves.unsettled(q.Call.Tenant, q.Transitions) {
		if err := q.Store.View(q.searchMoving); err != nil {
			return broken(err)
		}
	}
	return q.move(q.moves.due(q.Call.Tenant, q.now))
}

// searchMoving finds all entities of the tenant that wait for a transition.
func (q *run) searchMoving(tx store.Reader) error {
	q.reader = tx
	var found []waiter
	q.searchBelow(0, "", &found)
	q.moves.begin(q.Call.Tenant, q.Transitions, found, q.now)
	return nil
}

func (q *run) searchBelow(parent store.Ordinal, prefix string, found *[]waiter) {
	for set := range q.reader.Sets(q.Call.Tenant, parent) {
		types := q.typesOf(set)
		var parents []store.Entity
		for e := range q.reader.Scan(set, 0) {
			path := entityPath(prefix, set, e)
			for _, t := range q.Transitions {
				if t.applies(e.JSON) && t.Fits(versioned(path), q.namesOf(e, types)) {
					*found = append(*found, waiter{e.Ordinal, t})
				}
			}
			parents = append(parents, store.Entity{Ordinal: e.Ordinal, ID: e.ID})
		}
		for _, e := range parents {
			q.searchBelow(e.Ordinal, entityPath(prefix, set, e), found)
		}
	}
}

// entityPath is where an entity stands, without a version.
func entityPath(prefix string, set store.SetKey, e store.Entity) string {
	path := prefix + "/" + set.Name
	if e.ID == "" {
		return path
	}
	return path + "/" + url.PathEscape(e.ID)
}

// versioned is a path with each version in front: an entity is there in both.
func versioned(path string) []string { return []string{"/v1.0" + path, "/beta" + path} }

// typesOf are the declared type of a set and its bases, as the version that
// knows the set has them.
func (q *run) typesOf(set store.SetKey) []string {
	t := q.homeType(set)
	if t == nil && q.Catalogue != nil {
		for _, v := range q.Catalogue.Versions() {
			other, c := *q, *q.Call
			c.Catalogue, other.Call = v, &c
			if t = other.homeType(set); t != nil {
				break
			}
		}
	}
	return lineage(t)
}

// namesOf are the types of an entity: its own, when it has one of its own, and
// those of its set.
func (q *run) namesOf(e store.Entity, declared []string) []string {
	if e.Type == "" {
		return declared
	}
	if own := lineage(q.Call.Catalogue.Type(e.Type)); own != nil {
		return own
	}
	return append([]string{e.Type}, declared...)
}

// lineage is the name of a type and those of its bases.
func lineage(t *openapi.Type) (names []string) {
	for ; t != nil; t = t.Base() {
		names = append(names, t.Name)
	}
	return names
}

// notice looks at what a call has written, inside its transaction: what has a
// value that moves on begins to wait, and what waits for nothing moves.
func (q *run) notice(w store.Writer, touched []store.Ordinal) error {
	if len(q.Transitions) == 0 {
		return nil
	}
	reader := q.reader
	q.reader = w
	defer func() { q.reader = reader }()
	for _, o := range touched {
		// Each transition at most once: two that lead back and forth end.
		left := slices.Clone(q.Transitions)
		for len(left) > 0 {
			t, err := q.noticeOne(w, o, left)
			if err != nil {
				return err
			}
			if t == nil {
				break
			}
			left = slices.DeleteFunc(left, func(other *Transition) bool { return other == t })
		}
	}
	return nil
}

// noticeOne looks at one entity and returns the transition that it has made.
func (q *run) noticeOne(w store.Writer, o store.Ordinal, list []*Transition) (*Transition, error) {
	set, e, err := w.At(o)
	if err != nil {
		return nil, nil // gone again
	}
	path := ""
	for _, t := range list {
		if !t.applies(e.JSON) {
			q.moves.leave(q.Call.Tenant, waiter{o, t})
			continue
		}
		if path == "" {
			path = q.pathOf(set, e)
		}
		if !t.Fits(versioned(path), q.namesOf(e, q.typesOf(set))) {
			continue
		}
		if !t.atOnce() {
			q.moves.begin(q.Call.Tenant, nil, []waiter{{o, t}}, q.now)
			continue
		}
		return t, t.move(w, e)
	}
	return nil, nil
}

// pathOf is where an entity stands, without a version.
func (q *run) pathOf(set store.SetKey, e store.Entity) string {
	prefix := ""
	if set.Parent != 0 {
		home, parent, err := q.reader.At(set.Parent)
		if err != nil {
			return ""
		}
		prefix = q.pathOf(home, parent)
	}
	return entityPath(prefix, set, e)
}

// withheld is an entity's JSON without what its behaviour has already done to a
// property that waits for a transition: when a scenario says how a property
// moves on, it has the word.
func (q *run) withheld(o store.Ordinal, data []byte) []byte {
	for _, t := range q.Transitions {
		if q.moves.waits(q.Call.Tenant, waiter{o, t}) {
			data = moved(data, t.Property, t.From)
		}
	}
	return data
}

// move lets properties move on that were waited for long enough.
func (q *run) move(due []waiter) *refusal {
	if len(due) == 0 {
		return nil
	}
	err := q.Store.Update(func(tx store.Writer) error {
		for _, w := range due {
			if err := q.moveOne(tx, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return broken(err)
	}
	return nil
}

func (q *run) moveOne(tx store.Writer, w waiter) error {
	set, e, err := tx.At(w.entity)
	if err != nil || !w.transition.applies(e.JSON) {
		return nil // gone, or somebody else has changed it
	}
	if err := w.transition.move(tx, e); err != nil {
		return err
	}
	q.reader = tx
	q.note(w.transition.Reason + ": " + q.pathOf(set, e) + " moved on")
	return q.notice(tx, []store.Ordinal{w.entity})
}
