package graph

import (
	"errors"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// linksPerPage is how many links of entities one page tells: a large group
// repeats over pages (D, graph-behaviour §8.2; the number is ours).
const linksPerPage = 200

// deltaPage collects the entries of one page.
type deltaPage struct {
	*run
	state deltaState
	items []byte
	size  int  // entries that there is room for
	links int  // links that there is room for
	full  bool // there is more
}

// fill goes through the tracked sets, from where the page before ended.
func (p *deltaPage) fill(sets []store.SetKey) *refusal {
	if refused := p.resumeLinks(); refused != nil || p.full {
		return refused
	}
	for ; p.state.Set < len(sets); p.state.Set, p.state.At = p.state.Set+1, 0 {
		if refused := p.fillFrom(sets[p.state.Set]); refused != nil || p.full {
			return refused
		}
	}
	return nil
}

func (p *deltaPage) fillFrom(set store.SetKey) *refusal {
	if p.state.Since == 0 || uint64(set.Parent) > p.state.Since { // what contains it is new, so all in it is
		p.first(set)
		return nil
	}
	return p.later(set)
}

// first lists what was there when the round began and has not changed since:
// what has is part of the next round, so that each client sees it once. Entities
// that bring links are listed all the same, or those would never be told.
func (p *deltaPage) first(set store.SetKey) {
	for e := range p.reader.Scan(set, store.Ordinal(p.state.At)) {
		if uint64(e.Ordinal) > p.state.Through {
			return
		}
		if p.full = p.size <= 0; p.full {
			return
		}
		p.state.At = uint64(e.Ordinal)
		e.Type = p.ownType(p.place.typ, set, e)
		if e.Revision > p.state.Through && len(p.trackedLinks(e)) == 0 || !p.inScope(e) {
			continue
		}
		if p.show(e, 0); p.full {
			return
		}
	}
}

// later lists what changed since the round before.
func (p *deltaPage) later(set store.SetKey) *refusal {
	changes, err := p.reader.Changes(set, max(p.state.At, p.state.Since))
	if errors.Is(err, store.ErrForgotten) {
		return p.deltaGone("the changes since then are not recorded any more")
	}
	if err != nil {
		return broken(err)
	}
	for c := range changes {
		if c.Tick > p.state.Through {
			return nil
		}
		if p.full = p.size <= 0; p.full {
			return nil
		}
		p.state.At = c.Tick
		if p.change(set, c); p.full {
			return nil
		}
	}
	return nil
}

// change tells what became of one entity, unless it does not concern the client.
func (p *deltaPage) change(set store.SetKey, c store.Change) {
	since := p.state.Since
	if c.Deleted {
		if uint64(c.Ordinal) > since && !p.recycled(c.ID) {
			return // made and deleted between two rounds
		}
		if _, err := p.reader.Get(set, c.ID); err == nil {
			return // it is back, which is a later change
		}
		p.remove(set, c.ID, p.removal(c.ID))
		return
	}
	_, e, err := p.reader.At(c.Ordinal)
	if err != nil {
		return
	}
	e.Type = p.ownType(p.place.typ, set, e)
	if p.unheard(e, since) {
		return
	}
	if p.inScope(e) && p.show(e, since) {
		return
	}
	if uint64(e.Ordinal) > since || p.options.filterByID || p.full {
		return
	}
	p.remove(set, e.ID, "changed")
}

// inScope reports whether an entity of a tracked set is seen where the client
// asked: a folder shows some of a mailbox's messages.
func (p *deltaPage) inScope(e store.Entity) bool {
	return (!p.place.collection() || p.sees(&p.place, e)) && p.matches(e)
}

func (p *deltaPage) remove(set store.SetKey, id, reason string) {
	p.items = p.deltaRemoved(p.items, set, id, reason)
	p.size--
}

// show tells of an entity as it is now, with what became of its links since a
// tick; false when it is out of the scope that the client asked for.
func (p *deltaPage) show(e store.Entity, since uint64) bool {
	tracker, ok := p.special().(behavior.Tracker)
	if !ok {
		p.entry(e, since, linkPosition{})
		return true
	}
	known, _ := tx{p.run}.Entity(behavior.Ref(e.Ordinal))
	seen := tracker.Seen(tx{p.run}, known)
	for _, s := range seen {
		p.items = p.deltaEntity(p.items, p.viewed(s, p.place.typ))
		p.items = append(p.items, '}')
		p.size--
	}
	return len(seen) > 0
}

// entry appends an entity, with as many of its links as there is room for.
func (p *deltaPage) entry(e store.Entity, since uint64, from linkPosition) {
	if names, minimal := p.minimal(e, since); minimal {
		p.items = p.deltaMembers(p.items, p.computed(e, p.place.typ), names)
	} else {
		p.items = p.deltaEntity(p.items, p.computed(e, p.place.typ))
	}
	p.size--
	for _, nav := range p.trackedLinks(e) {
		if from.nav != "" && nav != from.nav {
			continue // told on the page before
		}
		last, more := p.appendLinks(e, nav, since, from.to)
		if from = (linkPosition{}); more {
			p.full = true
			p.state.Owner, p.state.Nav, p.state.To, p.state.From = uint64(e.Ordinal), nav, uint64(last), since
			break
		}
	}
	p.items = append(p.items, '}')
}

// linkPosition is where the links of an entity go on; zero at the beginning.
type linkPosition struct {
	nav string
	to  store.Ordinal
}

// resumeLinks goes on with the links that had no room on the page before.
func (p *deltaPage) resumeLinks() *refusal {
	owner, from, since := store.Ordinal(p.state.Owner), linkPosition{p.state.Nav, store.Ordinal(p.state.To)}, p.state.From
	if owner == 0 {
		return nil
	}
	p.state.Owner, p.state.Nav, p.state.To, p.state.From = 0, "", 0, 0
	set, e, err := p.reader.At(owner)
	if err != nil {
		return nil // gone since: a later change
	}
	e.Type = p.ownType(p.place.typ, set, e)
	p.entry(e, since, from)
	return nil
}
