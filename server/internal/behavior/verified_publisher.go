package behavior

// Evidence for setVerifiedPublisher:
//   - documented: the publisher's id is a parameter; its name and the time are noted.
//   - assumed (2026-11): every publisher id is known, and named as the tenant.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func setVerifiedPublisher(tx Tx, app *Entity, p entity.Object) (Result, *grapherr.Error) {
	app.Set("verifiedPublisher", fields("displayName", jsonOf(theOrganization(tx).Object, "displayName"),
		"verifiedPublisherId", jsonOf(p, "verifiedPublisherId"), "addedDateTime", quoted(instant(tx.Now()))).JSON())
	return Result{}, nil
}
