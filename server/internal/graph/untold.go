package graph

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// untold judges a body that names no type anew, by the type of the entity that
// it changes, when it has members that the declared type lacks. A fixture may
// not have told the entity's type either: it is then the one derived type that
// has all of the members, when there is no other.
func (q *run) untold(e store.Entity) store.Entity {
	if q.Payload.Has("@odata.type") || !q.strange() {
		return e
	}
	if e.Type == "" {
		if t := onlyWith(q.place.typ, q.Payload); t != nil {
			e.Type = t.Name
		}
	}
	t := q.Call.Catalogue.Type(e.Type)
	var body map[string]any
	if t == nil || json.Unmarshal(q.Payload.JSON(), &body) != nil {
		return e
	}
	q.Findings = q.op.ValidateAs(t, body)
	return e
}

// strange reports whether the body has members that the declared type lacks.
func (q *run) strange() bool {
	for _, f := range q.Findings {
		if f.Kind == "additionalProperties" {
			return true
		}
	}
	return false
}

// onlyWith is the one type derived from another that has all members of an
// object; nil for none or several.
func onlyWith(base *openapi.Type, o entity.Object) (found *openapi.Type) {
	if base == nil {
		return nil
	}
	for _, t := range base.Derived() {
		switch {
		case !hasAll(t, o), found != nil && t.Is(found):
		case found != nil && !found.Is(t):
			return nil
		default:
			found = t
		}
	}
	return found
}

func hasAll(t *openapi.Type, o entity.Object) bool {
	for _, m := range o {
		if !control(m.Name) && t.Property(m.Name) == nil {
			return false
		}
	}
	return true
}
