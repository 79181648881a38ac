package graph

import (
	"regexp"
	"sync"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// lacking is what suppliers have yet to make for what an answer expands. A read
// comes upon it while it renders, and is repeated once all of it is made.
type lacking struct{ wants []want }

// want is a navigation of an entity that a supplier knows.
type want struct {
	from       place // its entity is read again in the transaction that makes what is wanted
	navigation *openapi.Segment
}

// passage goes from an entity of the place into a navigation as a path does: it is
// the place that GET of the path would list.
func (q *run) passage(e store.Entity, x *expansion) place {
	from := q.entityPlace(e)
	w := walk{run: q, at: from}
	segment := segmentOf(x.nav)
	refused := w.enter(segment)
	if refused == nil {
		return w.at
	}
	if refused.reason == errSupply.Error() {
		q.lacks().wants = append(q.lacks().wants, want{from, segment})
	}
	return place{set: belowOf(from.set, e, x.nav.Name), typ: x.nav.Type.Type(), single: !x.nav.Type.Collection}
}

// Lack implements [behavior.Reading].
func (q tx) Lack(of behavior.Ref, navigation string) {
	set, e, err := q.reader.At(store.Ordinal(of))
	if err != nil {
		return
	}
	t := q.typeNamed(q.ownType(nil, set, e))
	if t == nil || t.Property(navigation) == nil {
		return
	}
	from, segment := place{set: set, typ: t, entity: e, found: true, key: e.ID}, segmentOf(t.Property(navigation))
	w := walk{run: q.run, at: from}
	if refused := w.enter(segment); refused != nil && refused.reason == errSupply.Error() {
		q.lacks().wants = append(q.lacks().wants, want{from, segment})
	}
}

// segments are the steps through navigation properties, made once each: a filter
// may go through one for each entity of a set.
var segments sync.Map // *openapi.Property -> *openapi.Segment

func segmentOf(p *openapi.Property) *openapi.Segment {
	if known, ok := segments.Load(p); ok {
		return known.(*openapi.Segment)
	}
	made := openapi.NavigationSegment(p)
	known, _ := segments.LoadOrStore(p, &made)
	return known.(*openapi.Segment)
}

// entityPlace is the place of an entity among those of the place.
func (q *run) entityPlace(e store.Entity) place {
	p := place{
		set: q.place.set, typ: q.typeOfStored(e), entity: e, found: true, key: e.ID,
		single: q.place.single, solid: q.place.solid, context: q.place.context, within: q.place.within,
	}
	if q.place.ref != nil || q.place.tree {
		if set, _, err := q.reader.At(e.Ordinal); err == nil {
			p.set = set
		}
	}
	return p
}

// lacks is what the call lacks so far: one for all runs into expansions.
func (q *run) lacks() *lacking {
	if q.lacking == nil {
		q.lacking = &lacking{}
	}
	return q.lacking
}

// lacked reports whether a read came upon something that is yet to be made.
func (q *run) lacked() bool { return q.lacking != nil && len(q.lacking.wants) > 0 }

// supplyLacking lets suppliers make what a read has come upon.
func (q *run) supplyLacking() *refusal {
	if q.lacking == nil {
		return nil
	}
	for _, missing := range q.lacking.wants {
		w := walk{run: q, at: missing.from}
		if o := w.at.entity.Ordinal; o != 0 {
			if _, e, err := q.reader.At(o); err == nil {
				w.at.entity = e
			}
		}
		if refused := w.enter(missing.navigation); refused != nil {
			return refused
		}
	}
	q.lacking.wants = nil
	return nil
}

// listExpanded lets the behaviour of a collection list what is expanded of it.
func (q *run) listExpanded(x *expansion, context string) {
	if !q.Behaviors.Listed(x.nav.Name) {
		return
	}
	template := keyInFragment.ReplaceAllString("/"+context, "/{id}")
	if lister, ok := q.Behaviors.Operation("GET", template).(behavior.Lister); ok {
		_ = q.listedBy(lister) // a refusal leaves the expansion empty
	}
}

// keyInFragment is a key as contexts have it.
var keyInFragment = regexp.MustCompile(`\('[^/]*'\)`)
