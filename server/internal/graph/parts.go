package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// completeParts completes complex values that are there, by their paths, with the
// members that every version knows: all of them show what one wrote.
func (q *run) completeParts(t *openapi.Type, o *entity.Object, paths []string) {
	for _, path := range paths {
		q.completePart(t, o, strings.Split(path, "/"))
	}
}

func (q *run) completePart(t *openapi.Type, o *entity.Object, path []string) {
	p := t.Property(path[0])
	given, _ := o.Get(path[0])
	value, err := entity.Members(given)
	if err != nil || p == nil || p.Type.Type() == nil {
		return
	}
	value = value.Clone()
	if len(path) > 1 {
		q.completePart(p.Type.Type(), &value, path[1:])
	} else {
		q.fill(p.Type.Type(), &value)
	}
	o.Set(path[0], value.JSON())
}

func (q *run) fill(t *openapi.Type, value *entity.Object) {
	for _, m := range complete(t, *value) {
		if !value.Has(m.Name) && q.shared(t, m.Name) {
			value.Set(m.Name, m.Value)
		}
	}
}

// shared reports whether the other versions that have a type know a property of it.
func (q *run) shared(t *openapi.Type, name string) bool {
	for _, v := range q.otherVersions() {
		if other := v.Type(t.Name); other != nil && other.Property(name) == nil {
			return false
		}
	}
	return true
}
