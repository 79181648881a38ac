package behavior

// Evidence for calls on all of a tenant's Cloud PCs (graph-behaviour §11.5, §11.7):
//   - documented: names, bodies and results.
//   - assumed (2026-11): an organization action is done at once, and one that nobody
//     has asked for has not begun; the user of a shared device is its own.

import (
	"encoding/json"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// countByStatus counts Cloud PCs, in the order in which a status is met first.
func countByStatus(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	counts := map[string]int{}
	var met []string
	for pc := range tx.All(Root(virtualEndpoint + "cloudPCs")) {
		status := text(pc.Object, "status")
		if status == "" {
			continue
		}
		if counts[status] == 0 {
			met = append(met, status)
		}
		counts[status]++
	}
	var all []Entity
	for _, status := range met {
		all = append(all, Entity{Object: fields("count", strconv.Itoa(counts[status]), "status", quoted(status))})
	}
	return ListOf(all...), nil
}

func frontlineDetail(_ Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Object(fields("assignedToUserPrincipalName", quoted(text(pc.Object, "userPrincipalName")))), nil
}

// organizationActions is where the last action of each kind is kept.
const organizationActions = virtualEndpoint + "organizationActions"

func organizationAction(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	detail := fields("status", `"succeeded"`, "errorDescription", "null")
	kept := Entity{ID: text(p, "actionType"), Object: append(fields("id", quoted(text(p, "actionType"))), detail...)}
	_, fault := tx.Put(Root(organizationActions), kept)
	return Object(detail), fault
}

func organizationActionDetail(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	if kept, ok := tx.Get(Root(organizationActions), text(p, "actionType")); ok {
		return Object(fields("status", jsonOf(kept.Object, "status"), "errorDescription", "null")), nil
	}
	return Object(fields("status", `"notStarted"`, "errorDescription", "null")), nil
}

func purgeSnapshots(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	raw, _ := p.Get("snapshotIds")
	var ids []string
	if json.Unmarshal(raw, &ids) != nil {
		return Result{}, grapherr.Rule("cloudpc", "parameterValidationFailed", "snapshotIds is no list of ids.")
	}
	for _, id := range ids {
		snapshot, ok := tx.Get(importedSnapshots, id)
		if !ok {
			snapshot, ok = tx.Get(Root(virtualEndpoint+"snapshots"), id)
		}
		if !ok {
			return Result{}, grapherr.NotFound("cloudpc", id)
		}
		if fault := tx.Delete(snapshot.Ref); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}
