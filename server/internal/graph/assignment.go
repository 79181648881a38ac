package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// nameAssignments gives what an action assigns without ids those that Intune makes
// of the entity and the target.
func (q *run) nameAssignments(e store.Entity, below []nested) {
	if q.op.Family != openapi.FamilyIntune {
		return
	}
	for _, n := range below {
		if !strings.HasSuffix(strings.ToLower(n.property.Name), "assignments") {
			continue
		}
		t := n.property.Type.Type()
		for i := range n.items {
			given, _ := n.items[i].String("id")
			if id := behavior.AssignmentID(e.ID, n.items[i]); id != "" && given == "" {
				n.items[i].SetString("id", id)
			}
			if !n.items[i].Has("sourceId") && t != nil && t.Property("sourceId") != nil {
				n.items[i].SetString("sourceId", e.ID)
			}
		}
	}
}
