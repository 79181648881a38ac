package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// typeOf is the derived type to keep with an item; one that has a set of its
// own is that set's declared type.
func (p *planter) typeOf(o entity.Object) string {
	name := derivedOf(p.at.typ, o)
	if name == "" && p.at.cast != nil && p.at.cast != p.at.typ {
		name = p.at.cast.Name
	}
	if name == "" && p.at.ref != nil && p.at.typ != nil && narrower[p.at.typ.Name] {
		return p.at.typ.Name
	}
	if p.at.ref != nil && homeSets[name] != "" {
		return ""
	}
	return name
}

func trimHash(name string) string {
	if name != "" && name[0] == '#' {
		return name[1:]
	}
	return name
}

// plain is an object without control information.
func plain(o entity.Object) entity.Object {
	kept := make(entity.Object, 0, len(o))
	for _, m := range o {
		if !control(m.Name) || strings.HasPrefix(m.Name, "@fake.") {
			kept = append(kept, m)
		}
	}
	return kept
}

// standingWith is what a seed says of an entity that every tenant has, under its
// own id and with what the seed leaves out.
func standingWith(set store.SetKey, id string, own entity.Object) (string, entity.Object) {
	stands, ok := behavior.StandingIn(set.Name, id, set.Tenant)
	if !ok {
		return id, own
	}
	if id != "" {
		own.SetString("id", stands.ID)
	}
	whole, err := entity.Members(filled(own.JSON(), stands.JSON()))
	if err != nil {
		return id, own
	}
	return stands.ID, whole
}
