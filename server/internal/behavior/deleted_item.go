package behavior

// Evidence for directory/deletedItems (page directory: getUserOwnedObjects, 2021
// to 2025; page of its list):
//   - documented: the deleted groups or applications that a user owns, by the
//     parameters userId and type.
//   - documented and reported: a list without a type is refused, in these words
//     (issues of the SDKs, 2020 to 2022).
//   - assumed (2026-11): a user who is not there owns nothing.

import (
	"iter"
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

// DeletedItems is the bin without a type.
type DeletedItems struct{}

var _ Lister = DeletedItems{}

// List implements [Lister].
func (DeletedItems) List(Tx) (iter.Seq[Entity], *grapherr.Error) {
	return nil, &grapherr.Error{Status: 400, Code: "Request_UnsupportedQuery",
		Message: "Searches against this resource are not supported. Only specific instances can be queried."}
}
