package behavior

// Evidence for activities of external items (page externalitem-addactivities, v1.0 2022
// to 2025):
//   - documented: they are appended, and each has a result without an error.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func addActivities(tx Tx, item *Entity, p entity.Object) (Result, *grapherr.Error) {
	added := Result{IsList: true}
	for _, activity := range list(p, "activities") {
		activity.Delete("@odata.type")
		made, fault := tx.Insert(Below(item.Ref, "activities"), New(activity...))
		if fault != nil {
			return Result{}, fault
		}
		added.Collection = append(added.Collection, Entity{Type: "microsoft.graph.externalConnectors.externalActivityResult",
			Object: fields("id", quoted(made.ID), "type", jsonOf(activity, "type"), "startDateTime", jsonOf(activity, "startDateTime"), "error", "null")})
	}
	return added, nil
}
