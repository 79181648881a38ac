package behavior

// Evidence for the actions that every directory object has (graph-behaviour
// §3.2; pages of getMemberGroups, checkMemberObjects, getByIds,
// validateProperties, 2021 to 2025):
//   - documented: membership is transitive; securityEnabledOnly; at most 1,000 ids
//     in getByIds, 20 in checkMemberGroups; unknown ids are left out.
//   - assumed (2026-11): the texts of refusals.

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// memberships are what an object belongs to, directly or through others.
func memberships(tx Tx, of Ref) []Entity {
	seen := map[Ref]bool{of: true}
	var all []Entity
	for queue := []Ref{of}; len(queue) > 0; queue = queue[1:] {
		for e := range tx.Linking(queue[0], "members") {
			if !seen[e.Ref] {
				seen[e.Ref] = true
				all = append(all, e)
				queue = append(queue, e.Ref)
			}
		}
	}
	return all
}

// memberIDs answers with the ids of memberships that pass.
func memberIDs(tx Tx, of *Entity, pass func(Entity) bool) (Result, *grapherr.Error) {
	ids := []string{}
	for _, e := range memberships(tx, of.Ref) {
		if pass(e) {
			ids = append(ids, e.ID)
		}
	}
	raw, err := json.Marshal(ids)
	if err != nil {
		return Result{}, grapherr.Internal()
	}
	return Result{Values: raw}, nil
}

func isGroup(e Entity) bool { return e.Type == "microsoft.graph.group" }

func memberGroups(tx Tx, of *Entity, p entity.Object) (Result, *grapherr.Error) {
	return memberIDs(tx, of, func(e Entity) bool {
		return isGroup(e) && (!p.True("securityEnabledOnly") || e.True("securityEnabled"))
	})
}

func memberObjects(tx Tx, of *Entity, p entity.Object) (Result, *grapherr.Error) {
	return memberIDs(tx, of, func(e Entity) bool {
		return !p.True("securityEnabledOnly") || !isGroup(e) || e.True("securityEnabled")
	})
}

func checkGroups(tx Tx, of *Entity, p entity.Object) (Result, *grapherr.Error) {
	wanted := texts(p, "groupIds")
	if len(wanted) > 20 {
		return Result{}, grapherr.Rule("directory", "", "Too many group ids: at most 20 are allowed.")
	}
	return memberIDs(tx, of, func(e Entity) bool { return isGroup(e) && slices.ContainsFunc(wanted, sameID(e.ID)) })
}

func checkObjects(tx Tx, of *Entity, p entity.Object) (Result, *grapherr.Error) {
	wanted := texts(p, "ids")
	return memberIDs(tx, of, func(e Entity) bool { return slices.ContainsFunc(wanted, sameID(e.ID)) })
}

func sameID(id string) func(string) bool {
	return func(other string) bool { return strings.EqualFold(id, other) }
}

// maxIDs is the documented limit of getByIds.
const maxIDs = 1000

func getByIDs(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	ids, types := texts(p, "ids"), texts(p, "types")
	if len(ids) == 0 || len(ids) > maxIDs {
		return Result{}, grapherr.Rule("directory", "", "The ids must be between 1 and 1000.")
	}
	var all []Entity
	for _, id := range ids {
		e, ok := tx.Find(id)
		if ok && (len(types) == 0 || slices.ContainsFunc(types, sameID(strings.TrimPrefix(e.Type, "microsoft.graph.")))) {
			all = append(all, e)
		}
	}
	return ListOf(all...), nil
}

// validateProperties accepts names: the fake has no naming policy.
func validateProperties(_ Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	if kind := text(p, "entityType"); kind != "" && !strings.EqualFold(kind, "Group") {
		return Result{}, grapherr.Rule("directory", "", "Invalid value specified for property 'entityType'.")
	}
	return Result{}, nil
}
