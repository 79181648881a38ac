package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// typeOf is the derived type to keep with an item; one that has a set of its
// own is that set's declared type.
func (p *planter) typeOf(o entity.Object) string {
	name := derivedOf(p.at.typ, o)
	if name == "" && p.at.cast != nil && p.at.cast != p.at.typ {
		name = p.at.cast.Name
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
