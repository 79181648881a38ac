package behavior

// Evidence for scheduleChangeRequest (pages approve and decline of
// offerShiftRequest, openShiftChangeRequest, swapShiftsChangeRequest and
// timeOffRequest, 2021 to 2025):
//   - documented: state, and who has decided when with which message.
//   - assumed (2026-11): a request that is decided is decided once.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// decideShift approves or declines a request for a change of shifts.
func decideShift(state string) invoked {
	return func(tx Tx, request *Entity, p entity.Object) (Result, *grapherr.Error) {
		if now := text(request.Object, "state"); now != "" && now != "pending" {
			return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The request is " + now + " already."}
		}
		request.SetString("state", state)
		request.SetString("managerActionDateTime", instant(tx.Now()))
		request.SetString("managerActionMessage", text(p, "message"))
		if self, ok := tx.Self(); ok {
			request.SetString("managerUserId", self.ID)
		}
		return Result{}, nil
	}
}
