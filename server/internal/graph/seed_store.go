package graph

import (
	"errors"
	"fmt"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// home is the set in which the place's entities live.
func (p *planter) home(o entity.Object) store.SetKey {
	if p.at.ref == nil {
		return p.at.set
	}
	name := derivedOf(p.at.typ, o)
	if name == "" && p.at.cast != nil {
		name = p.at.cast.Name
	}
	if name == "" && p.at.typ != nil {
		name = p.at.typ.Name
	}
	if name == "microsoft.graph.driveItem" && p.at.solid {
		return p.at.set
	}
	return homeOf(p.at.set.Tenant, name, p.at.ref.owner, p.at.ref.link)
}

// put stores an entity under an id, in place of one that is there, and links
// it where the place is a navigation by reference.
func (p *planter) put(id string, o entity.Object) (store.Ordinal, error) {
	ordinal, err := p.store(id, o)
	if err != nil {
		return 0, err
	}
	if p.at.self != "" {
		if err := p.tx.SetValue(selfSpace+p.at.self, p.at.set.Tenant, []byte(id)); err != nil {
			return 0, err
		}
	}
	if r := p.at.ref; r != nil {
		from, to := r.owner, ordinal
		if r.inverse {
			from, to = to, from
		}
		_, err = p.tx.Link(from, r.link, to)
	}
	return ordinal, err
}

func (p *planter) store(id string, o entity.Object) (store.Ordinal, error) {
	if known := p.led(id, o); known != 0 {
		return known, nil
	}
	t := actual(p.at.typ, p.at.cast, o)
	p.belong(id, &o)
	if set, err := p.seenIn(id, &o); err != nil {
		return 0, err
	} else if set.Name != "" {
		p.at.set = set
	}
	own, below := split(t, o)
	if p.at.set.Parent == 0 {
		id, own = standingWith(p.at.set, id, own)
	}
	if ownKey(t) != "" && t.Property("id") == nil {
		own.Delete("id")
	}
	own = p.completed(t, id, own)
	e := store.Entity{ID: id, Type: p.typeOf(o), JSON: fresh(t, plain(own)).JSON()}
	set := p.home(o)
	old, err := p.tx.Get(set, id)
	switch {
	case errors.Is(err, store.ErrNotFound):
		if old.Ordinal, err = p.tx.Insert(set, e); err != nil {
			return 0, err
		}
	case err != nil:
		return 0, err
	default:
		if _, err = p.tx.Replace(old.Ordinal, e); err != nil {
			return 0, err
		}
	}
	n := 0
	return old.Ordinal, insertNested(p.tx, set.Tenant, old.Ordinal, below, nesting{newID: func() string { n++; return fmt.Sprintf("%s-%d", id, n) }})
}
