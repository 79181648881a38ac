package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// A single navigation without a link leads to what the property beside it names
// by its id, as roleDefinition and roleDefinitionId, principal and principalId of
// a role assignment (D: $expand of roleAssignments, whose creates name ids alone).

// keyBeside is the property that has the id of what a navigation leads to; ""
// for none.
func keyBeside(t *openapi.Type, navigation *openapi.Property) string {
	if navigation.Type.Collection {
		return ""
	}
	if key := t.Property(navigation.Name + "Id"); key != nil && key.Type.Name == "Edm.String" {
		return key.Name
	}
	return ""
}

// namedBeside is the entity that the owner of the place names in the property beside.
func (q *run) namedBeside(p *place) (store.Entity, bool) {
	_, owner, err := q.reader.At(p.ref.owner)
	if err != nil || p.typ == nil {
		return store.Entity{}, false
	}
	raw, _ := entity.Field(owner.JSON, p.ref.key)
	id, ok := entity.Unquote(raw)
	if !ok || id == "" {
		return store.Entity{}, false
	}
	for set, e := range q.reader.Find(p.set.Tenant, id) {
		own := q.typeNamed(q.ownType(nil, set, e))
		if isBin(set.Name) || own == nil || !own.Is(p.typ) {
			continue
		}
		e.Type = q.ownType(p.typ, set, e)
		return e, true
	}
	return store.Entity{}, false
}
