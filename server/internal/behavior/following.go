package behavior

// Evidence for following files and sites:
//   - documented: follow answers the item, and it is in /me/drive/following then;
//     followedSites/add and remove take sites by their ids; add answers them with 207,
//     and with an error in place of those that are not there, remove only the errors,
//     and nothing if there are none.
//   - assumed (2026-11): the id of a site that is not there, if well formed, is none of
//     the errors of a remove.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func followItem(tx Tx, item *Entity, _ entity.Object) (Result, *grapherr.Error) {
	drive, fault := ownDrive(tx)
	if fault == nil {
		_, fault = tx.Link(drive.Ref, "following", item.Ref)
	}
	return Result{Entity: item}, fault
}

func unfollowItem(tx Tx, item *Entity, _ entity.Object) (Result, *grapherr.Error) {
	drive, fault := ownDrive(tx)
	if fault == nil {
		_, fault = tx.Unlink(drive.Ref, "following", item.Ref)
	}
	return Result{}, fault
}

// ownDrive is the caller's, which has the list of what they follow.
func ownDrive(tx Tx) (Entity, *grapherr.Error) {
	self, ok := tx.Self()
	if !ok {
		return Entity{}, grapherr.NotFound("files", "drive")
	}
	if fault := (OwnDrive{}).Supply(tx, self, ""); fault != nil {
		return Entity{}, fault
	}
	for drive := range tx.Linked(self.Ref, "drives") {
		return drive, nil
	}
	return Entity{}, grapherr.NotFound("files", "drive")
}

// followSites adds sites to those that a user follows, or removes them.
func followSites(remove bool) invoked {
	return func(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
		owner, change := ownerOfList(tx), tx.Link
		if remove {
			change = tx.Unlink
		}
		all := Result{IsList: true}
		for _, given := range list(p, "value") {
			site, ok := tx.Get(Root("sites"), text(given, "id"))
			if !ok && remove && strings.Count(text(given, "id"), ",") == 2 {
				continue // a site that nobody follows
			} else if !ok {
				all.Collection = append(all.Collection, Entity{Object: fields("id", jsonOf(given, "id"),
					"error", `{"@odata.type":"#microsoft.graph.publicError","code":"invalidRequest","message":"The site Id is invalid."}`)})
				continue
			}
			if _, fault := change(owner.Ref, "followedSites", site.Ref); fault != nil {
				return Result{}, fault
			} else if remove {
				continue
			}
			site.Type = "microsoft.graph.site"
			all.Collection = append(all.Collection, site)
		}
		if remove && len(all.Collection) == 0 {
			return Result{}, nil
		} else if remove {
			all.Status = 207
		}
		return all, nil
	}
}
