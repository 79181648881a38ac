package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// sealed is an object of a type as a read may give it: without the values that
// are told only when somebody selects them of one entity.
func (q *run) sealed(object []byte, t *openapi.Type) []byte {
	if t == nil || q.op.Method != "GET" {
		return object
	}
	for _, s := range q.viewOf(t).sealed {
		if q.op.Kind == openapi.Get && q.options.selection != nil && q.options.selection.has(s.Property) {
			continue
		}
		object = seal(object, s)
	}
	return object
}

func seal(object []byte, s behavior.Sealed) []byte {
	values, ok := entity.Field(object, s.Property)
	if !ok || len(values) < 3 { // [] and the like
		return object
	}
	closed := []byte{'['}
	for value := range entity.Elements(values) {
		if len(closed) > 1 {
			closed = append(closed, ',')
		}
		closed = append(closed, entity.Nulled(value, s.Member)...)
	}
	o, err := entity.Members(object)
	if err != nil {
		return object
	}
	o = o.Clone()
	o.Set(s.Property, append(closed, ']'))
	return o.JSON()
}
