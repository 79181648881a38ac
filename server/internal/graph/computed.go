package graph

import (
	"iter"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// computed is an entity with what its type's reader computes; the entity
// itself for nearly all types.
func (q *run) computed(e store.Entity, declared *openapi.Type) store.Entity {
	t := declared
	if e.Type != "" {
		if own := q.Call.Catalogue.Type(e.Type); own != nil {
			t = own
		}
	}
	c := q.conductOf(t)
	if !c.computes() {
		return e
	}
	if c.reader != nil {
		o, err := entity.Members(e.JSON)
		if err != nil {
			return e
		}
		seen := behavior.Entity{Ref: behavior.Ref(e.Ordinal), ID: e.ID, Type: t.Name, Object: o.Clone()}
		c.reader.Read(tx{q}, &seen)
		e.JSON = q.withheld(e.Ordinal, seen.JSON())
	}
	for _, name := range c.rules.WriteOnly {
		e.JSON = entity.Nulled(e.JSON, name)
	}
	for _, name := range c.rules.ToldOnce {
		if !q.made {
			e.JSON = entity.Nulled(e.JSON, name)
		}
	}
	if len(c.rules.Masked) > 0 && !q.made {
		e.JSON = masked(e.JSON, c.rules.Masked)
	}
	return e
}

// masked is an object whose members of some names are asterisks, unless they are
// null or are asterisks already.
func masked(data []byte, names []string) []byte {
	o, err := entity.Members(data)
	if err != nil {
		return data
	}
	o = o.Clone()
	for _, name := range names {
		if told, ok := o.String(name); ok && strings.Trim(told, "*") != "" {
			o.SetString(name, "****")
		}
	}
	return o.JSON()
}

// judgesComputed reports whether $filter or $orderby look at what is computed
// of an entity; of the zero entity, whether they do for the place's own type.
func (q *run) judgesComputed(e store.Entity) bool {
	o := &q.options
	if len(o.judged) == 0 || q.place.virtual != nil {
		return false
	}
	if e.Type != "" {
		if own := q.Call.Catalogue.Type(e.Type); own != nil && own != q.place.typ {
			return q.conductOf(own).computesAny(o.judged)
		}
	}
	return q.conductOf(q.place.typ).computesAny(o.judged)
}

// computedAll is computed of each entity of a sequence.
func (q *run) computedAll(all iter.Seq[store.Entity]) iter.Seq[store.Entity] {
	plain := !q.conductOf(q.place.typ).computes()
	return func(yield func(store.Entity) bool) {
		for e := range all {
			if !plain || e.Type != "" {
				e = q.computed(e, q.place.typ)
			}
			if !yield(e) {
				return
			}
		}
	}
}

// virtual lists the addressed collection by its behaviour, if it has one.
func (q *run) virtual() *refusal {
	lister, ok := q.special().(behavior.Lister)
	if !ok {
		return nil
	}
	return q.listedBy(lister)
}

// listedBy makes the place show what a lister yields.
func (q *run) listedBy(lister behavior.Lister) *refusal {
	found, fault := lister.List(tx{q})
	if fault != nil {
		return ruled(fault)
	}
	if found == nil {
		return nil // what is stored
	}
	q.place.virtual = []store.Entity{}
	for e := range found {
		q.place.virtual = append(q.place.virtual, q.listedEntity(e))
	}
	return nil
}

// nowhere is the ordinal of what is not stored: nothing lies below it.
const nowhere = ^store.Ordinal(0)

// listedEntity is an entity that a behaviour lists, with the ordinal and revision
// of the stored one where it is that.
func (q *run) listedEntity(e behavior.Entity) store.Entity {
	t := q.typeNamed(e.Type)
	s := store.Entity{Ordinal: store.Ordinal(e.Ref), ID: e.ID}
	switch {
	case e.Ref == behavior.None:
		s.Ordinal = nowhere
	case q.tagRule(q.place.typ) != nil:
		_, kept, _ := q.reader.At(s.Ordinal)
		s.Revision = kept.Revision
	}
	if t != nil && t != q.place.typ {
		s.Type = t.Name
	}
	if t == nil {
		t = q.place.typ
	}
	s.JSON = fresh(t, e.Object).JSON()
	return s
}

// listed yields what is listed behind a place in the list. For pages that place,
// counted from one, is an entity's ordinal; [run.close] gives it back its own.
func (p *place) listed(after store.Ordinal) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		for i := min(int(after), len(p.virtual)); i < len(p.virtual); i++ {
			e := p.virtual[i]
			if e.Ordinal = store.Ordinal(i + 1); !yield(e) {
				return
			}
		}
	}
}
