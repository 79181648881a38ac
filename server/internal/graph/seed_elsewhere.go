package graph

import (
	"fmt"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// elsewhere is the entity that a fixture's path names by a key, but that lives in
// another set than the path says, as a request finds it ([walk.umbrella],
// [walk.kin], [walk.pickLinked]): an object of /directoryObjects or of a
// reference, a message of another folder of the mailbox. Its type is that of the
// place or derives from it. 0 when there is none; an error when the key is that
// of several.
func (p *planter) elsewhere() (store.Ordinal, error) {
	var found store.Ordinal
	var in store.SetKey
	for set, e := range p.tx.Find(p.at.set.Tenant, p.at.key) {
		switch {
		case p.at.ref != nil && p.linksTo(e.Ordinal):
			return e.Ordinal, nil
		case !p.fits(set, e):
		case found != 0:
			return 0, fmt.Errorf("%q is not in %s, but in %s and in %s: name it by a path that leads to one of them", p.at.key, p.at.set.Name, in.Name, set.Name)
		default:
			found, in = e.Ordinal, set
		}
	}
	return found, nil
}

// fits reports whether an entity of another set may be what the place's key names.
func (p *planter) fits(set store.SetKey, e store.Entity) bool {
	t := homeType(p.tx, p.version, set)
	if e.Type != "" {
		t = p.version.Type(e.Type)
	}
	if isBin(set.Name) || t == nil || p.at.typ == nil || !t.Is(p.at.typ) {
		return false
	}
	switch {
	case p.at.ref != nil:
		return set.Parent == 0
	case p.at.set.Parent == 0: // as /chats shows those of users
		return set.Parent == 0 || set.Name == p.at.set.Name
	}
	return set.Name == p.at.set.Name && p.beside(set)
}

// beside reports whether a set is in an entity next to the one that the place is
// in, below a common owner.
func (p *planter) beside(set store.SetKey) bool {
	mine, _, err := p.tx.At(p.at.set.Parent)
	if err != nil || mine.Parent == 0 || set.Parent == 0 {
		return false
	}
	other, _, err := p.tx.At(set.Parent)
	return err == nil && other == mine
}

// linksTo reports whether the place's reference leads to an entity.
func (p *planter) linksTo(to store.Ordinal) bool {
	from, step := p.at.ref.owner, p.tx.Links
	if p.at.ref.inverse {
		step = p.tx.Backlinks
	}
	for o := range step(from, p.at.ref.link, to-1) {
		return o == to
	}
	return false
}

// led is the entity that an item of a reference names by its id and nothing else, and
// that is there: it stays as it is. 0 for any other.
func (p *planter) led(id string, o entity.Object) store.Ordinal {
	if p.at.ref == nil || id == "" || len(o) > 2 || len(o) == 2 && !o.Has("@odata.type") {
		return 0
	}
	for set, e := range p.tx.Find(p.at.set.Tenant, id) {
		if p.fits(set, e) {
			return e.Ordinal
		}
	}
	return 0
}
