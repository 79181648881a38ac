package graph

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// A fixture's path goes through the same doors as a request's, see [door]; what
// stands behind one is made when it is missing.

// through finds the door that a segment is, from where the planter stands.
func (p *planter) through(s *openapi.Segment) (door, bool) {
	if !p.stands() {
		d, ok := doors["/"+s.Name]
		return d, ok && p.at.set.Name == ""
	}
	d, ok := doorFrom(p.at.typ, s.Name)
	return d, ok && !d.tree // which shows what is kept where the model draws it
}

// stands reports whether the place is one entity that can contain others.
func (p *planter) stands() bool { return p.at.key != "" || p.at.self != "" || p.at.solid }

// open goes through a door.
func (p *planter) open(d door, s *openapi.Segment) error {
	if d.via != "" {
		return p.detour(d, s)
	}
	parent, err := p.parent()
	if err != nil {
		return err
	}
	p.listing = nil
	set, owner, err := p.tx.At(parent)
	if err != nil {
		return err
	}
	if d.up {
		p.rise(parent, s)
		return nil
	}
	if d.twin != "" {
		p.at = place{set: store.SetKey{Tenant: set.Tenant, Name: d.twin}, typ: s.Type(), key: owner.ID}
		return nil
	}
	single := s.Kind == openapi.SingleSegment
	p.from = passage{owner: parent, typ: p.at.typ, navigation: s.Name}
	p.at = place{set: set, typ: s.Type(), single: single, solid: single, marked: d.marked}
	switch {
	case d.link != "":
		p.at.set = store.SetKey{Tenant: set.Tenant, Parent: parent, Name: "items"} // of a drive's root
		p.at.ref = &reference{owner: parent, link: d.link}
	case d.root != "":
		p.at.set = store.SetKey{Tenant: set.Tenant, Name: d.root}
	case d.set != "":
		p.at.set.Name = besideName(set.Name, d.set)
	case d.below != "":
		p.at.set.Parent, p.at.set.Name = parent, d.below
	}
	p.at.narrow(p.tx, d, owner)
	return nil
}

// rise goes to the entity that one lies in; without any it is kept below that one.
func (p *planter) rise(from store.Ordinal, s *openapi.Segment) {
	set, above, ok := ancestor(p.tx, p.version, from, s.Type())
	if !ok {
		p.at = place{set: store.SetKey{Tenant: p.at.set.Tenant, Parent: from, Name: s.Name}, typ: s.Type(), single: true}
		return
	}
	p.at = place{set: set, typ: s.Type(), key: above.ID}
}

// detour goes another way first, and then by the segment's own name.
func (p *planter) detour(d door, s *openapi.Segment) error {
	base := "/"
	if p.stands() && p.at.typ != nil {
		base = "/" + typicalSets[shortName(p.at.typ.Name)] + "/x/"
	}
	for name := range strings.SplitSeq(d.via, "/") {
		target, err := p.version.Resolve(base+name, nil)
		if err != nil {
			return err
		}
		if err := p.enter(&target.Segments[len(target.Segments)-1]); err != nil {
			return err
		}
	}
	return p.enter(s)
}

// typicalSets are root sets whose entities have a type.
var typicalSets = map[string]string{"user": "users", "group": "groups"}

// solidID is the id of the one entity behind a door: of what is there, else of
// the item, else one after its owner.
func (p *planter) solidID(item SeedItem) string {
	if raw, ok := entity.Field(item.JSON, "id"); ok {
		if id, isText := entity.Unquote(raw); isText {
			return id
		}
	}
	if item.ID != "" {
		return item.ID
	}
	if e, ok := p.standing(); ok {
		return e.ID
	}
	owner := p.at.set.Parent
	if p.at.ref != nil {
		owner = p.at.ref.owner
	}
	return fmt.Sprintf("%s-%d", strings.ToLower(shortName(p.at.typ.Name)), owner)
}

// standing is the one entity behind a door, if it is there.
func (p *planter) standing() (store.Entity, bool) {
	if p.at.ref != nil {
		for o := range p.tx.Links(p.at.ref.owner, p.at.ref.link, 0) {
			if _, e, err := p.tx.At(o); err == nil {
				return e, true
			}
		}
		return store.Entity{}, false
	}
	for e := range p.tx.Scan(p.at.set, 0) {
		if p.at.shows(e) {
			return e, true
		}
	}
	return store.Entity{}, false
}

// belong gives a new item what makes it visible through the door.
func (p *planter) belong(id string, o *entity.Object) {
	p.at.belong(o)
	name, value, exact := strings.Cut(p.at.marked, "=")
	switch {
	case p.at.marked == "":
	case exact:
		o.SetString(name, value)
	case p.at.marked == "specialFolder":
		o.Set(p.at.marked, entity.Object{{Name: "name", Value: entity.Quote(nil, id)}}.JSON())
	default:
		o.Set(p.at.marked, json.RawMessage("true"))
	}
}
