package graph

import (
	"maps"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// trackedSets are the collections whose changes are asked for: the addressed
// one, those of all types that an umbrella such as directoryObjects covers, or
// those that a behaviour names.
func (q *run) trackedSets() ([]store.SetKey, *refusal) {
	if refused := q.locate(); refused != nil {
		return nil, refused
	}
	if q.place.key != "" && !q.place.found {
		return nil, q.missing(&q.place)
	}
	if tracker, ok := q.special().(behavior.Tracker); ok {
		collections, fault := tracker.Tracked(tx{q})
		if fault != nil {
			return nil, ruled(fault)
		}
		var sets []store.SetKey
		for _, c := range collections {
			sets = append(sets, q.setOf(c))
		}
		return sets, nil
	}
	if q.place.ref != nil {
		return nil, &refusal{err: grapherr.ForStatus(q.family(), 400), reason: "delta: " + q.place.set.Name + " shows links, whose entities have deltas of their own"}
	}
	return append(q.umbrellaSets(), q.place.set), nil // of an item its drive's changes are meant
}

// umbrellaSets are the root sets of types derived from the addressed one.
func (q *run) umbrellaSets() []store.SetKey {
	t := q.place.typ
	if q.place.set.Parent != 0 || t == nil || boundSets[t.Name] != q.place.set.Name {
		return nil
	}
	var sets []store.SetKey
	for _, name := range homeTypes {
		if derived := q.Call.Catalogue.Type(name); derived != nil && derived.Is(t) {
			sets = append(sets, store.SetKey{Tenant: q.Call.Tenant, Name: homeSets[name]})
		}
	}
	return sets
}

// homeTypes are the keys of homeSets, in order.
var homeTypes = slices.Sorted(maps.Keys(homeSets))

// recycled reports whether an entity is in the directory's bin.
func (q *run) recycled(id string) bool {
	_, err := q.reader.Get(store.SetKey{Tenant: q.Call.Tenant, Name: binName}, id)
	return err == nil
}

// removal is the reason of a removal: what is in the bin may come back (D,
// graph-behaviour §8.2).
func (q *run) removal(id string) string {
	if q.recycled(id) {
		return "changed"
	}
	return "deleted"
}

func (q *run) deltaRemoved(b []byte, set store.SetKey, id, reason string) []byte {
	b = entity.Quote(append(separated(b), `{"id":`...), q.outwardID(id))
	if q.op.Family == openapi.FamilyFiles {
		return append(q.remembered(append(b, `,"deleted":{"state":"deleted"}`...), set, id), '}')
	}
	return append(append(append(b, `,"@removed":{"reason":"`...), reason...), `"}}`...)
}

// remembered appends what else is shown of an entity that is gone.
func (q *run) remembered(b []byte, set store.SetKey, id string) []byte {
	gone := q.conductOf(q.place.typ).gone
	if gone == nil {
		return b
	}
	for _, m := range gone.Remembered(tx{q}, collectionOf(set), id) {
		b = append(append(entity.Quote(append(b, ','), m.Name), ':'), m.Value...)
	}
	return b
}

// deltaEntity appends an entity as it is now, without the closing brace.
func (q *run) deltaEntity(b []byte, e store.Entity) []byte {
	e = q.outward(q.computed(e, q.place.typ))
	b = q.own(q.annotated(append(separated(b), '{'), e, e.Type), e, true)
	return b[:len(b)-1]
}

// deltaNavigations are the relations that delta tells without being asked (D,
// graph-behaviour §8.2).
var deltaNavigations = map[string][]string{
	"microsoft.graph.group":              {"members", "owners"},
	"microsoft.graph.administrativeUnit": {"members"},
	"microsoft.graph.directoryRole":      {"members"},
}

// trackedLinks are the relations of an entity that the client wants to hear of.
func (q *run) trackedLinks(e store.Entity) []string {
	t := q.place.typ
	if e.Type != "" {
		t = q.Call.Catalogue.Type(e.Type)
	}
	if t == nil {
		return nil
	}
	if q.options.selection == nil {
		return deltaNavigations[t.Name]
	}
	var list []string
	for _, name := range q.options.selection.names {
		if p := t.Property(name); p != nil && p.Navigation {
			list = append(list, name)
		}
	}
	return list
}

// appendLinks appends "members@delta" into the object that the page ends with,
// from a link on, and returns the last link told and whether there are more.
// Since 0 gives all links.
func (p *deltaPage) appendLinks(e store.Entity, nav string, since uint64, from store.Ordinal) (last store.Ordinal, more bool) {
	var list []byte
	tell := func(to store.Ordinal, id, typ string, removed bool) bool {
		if more = p.links <= 0; more {
			return false
		}
		p.links--
		list, last = p.deltaLink(list, id, typ, removed), to
		return true
	}
	if since == 0 {
		p.allLinks(e, nav, from, tell)
	} else {
		p.changedLinks(e, nav, since, from, tell)
	}
	if len(list) == 0 {
		if more { // no room for a single one: from where it stood
			last = from
		}
		return last, more
	}
	if p.items[len(p.items)-1] != '{' {
		p.items = append(p.items, ',')
	}
	p.items = append(entity.Quote(p.items, nav+"@delta"), `:[`...)
	p.items = append(append(p.items, list...), ']')
	return last, more
}

func (p *deltaPage) allLinks(e store.Entity, nav string, from store.Ordinal, tell func(store.Ordinal, string, string, bool) bool) {
	for o := range p.reader.Links(e.Ordinal, nav, from) {
		set, other, err := p.reader.At(o)
		if err == nil && !isBin(set.Name) && !tell(o, other.ID, p.linkedType(set, other), false) {
			return
		}
	}
}

func (p *deltaPage) changedLinks(e store.Entity, nav string, since uint64, from store.Ordinal, tell func(store.Ordinal, string, string, bool) bool) {
	for c := range p.reader.LinkChanges(e.Ordinal, nav, since) {
		if c.To <= from {
			continue
		}
		typ := c.Type
		if set, other, err := p.reader.At(c.To); err == nil {
			typ, c.Removed = p.linkedType(set, other), c.Removed || isBin(set.Name)
		}
		if !tell(c.To, c.ID, typ, c.Removed) {
			return
		}
	}
}

func (q *run) linkedType(set store.SetKey, e store.Entity) string {
	if e.Type != "" {
		return e.Type
	}
	if t := q.homeType(set); t != nil {
		return t.Name
	}
	return ""
}

func (q *run) deltaLink(b []byte, id, typ string, removed bool) []byte {
	b = append(separated(b), '{')
	if typ != "" {
		b = append(append(append(b, `"@odata.type":"#`...), typ...), `",`...)
	}
	b = entity.Quote(append(b, `"id":`...), id)
	if removed {
		b = append(b, `,"@removed":{"reason":"deleted"}`...)
	}
	return append(b, '}')
}
