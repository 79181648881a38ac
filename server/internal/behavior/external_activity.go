package behavior

// Evidence for activities of external items (page externalitem-addactivities, v1.0 2022
// to 2025):
//   - documented: they are appended, and each has a result without an error, or with
//     one; 207 says that only some were taken.
//   - assumed (2026-11): one without performedBy is not taken.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func addActivities(tx Tx, item *Entity, p entity.Object) (Result, *grapherr.Error) {
	added := Result{IsList: true}
	for _, activity := range list(p, "activities") {
		activity.Delete("@odata.type")
		result := fields("id", quoted(tx.NewID()), "type", jsonOf(activity, "type"), "startDateTime", jsonOf(activity, "startDateTime"), "error", "null")
		if len(inner(activity, "performedBy")) == 0 {
			result.Set("error", []byte(`{"code":"BadRequest","message":"The property performedBy is required.","target":"performedBy"}`))
			added.Status = 207
		} else {
			made, fault := tx.Insert(Below(item.Ref, "activities"), New(activity...))
			if fault != nil {
				return Result{}, fault
			}
			result.SetString("id", made.ID)
		}
		added.Collection = append(added.Collection, Entity{Type: "microsoft.graph.externalConnectors.externalActivityResult", Object: result})
	}
	return added, nil
}
