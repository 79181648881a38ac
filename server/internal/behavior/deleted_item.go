package behavior

// Evidence for directory/deletedItems (page directory: getUserOwnedObjects, 2021
// to 2025):
//   - documented: the deleted groups or applications that a user owns, by the
//     parameters userId and type.
//   - assumed (2026-11): a user who is not there owns nothing.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ownedDeleted lists what a user owns of the deleted objects.
func ownedDeleted(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	kind := text(p, "type")
	if !strings.EqualFold(kind, "group") && !strings.EqualFold(kind, "application") {
		return Result{}, grapherr.Rule("directory", "", "Invalid value specified for parameter 'type': it is Group or Application.")
	}
	found := Result{IsList: true}
	for e := range tx.All(Root("directory/deletedItems")) {
		if strings.EqualFold(e.Type, "microsoft.graph."+kind) && owns(tx, e, text(p, "userId")) {
			found.Collection = append(found.Collection, e)
		}
	}
	return found, nil
}

func owns(tx Tx, e Entity, user string) bool {
	for owner := range tx.Linked(e.Ref, "owners") {
		if strings.EqualFold(owner.ID, user) || strings.EqualFold(text(owner.Object, "userPrincipalName"), user) {
			return true
		}
	}
	return false
}
