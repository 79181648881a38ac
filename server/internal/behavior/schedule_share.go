package behavior

// Evidence for schedule: share (page of both versions, 2021 to 2025):
//   - documented: parameters; drafts of shifts, open shifts and times off between two
//     moments are shared with the team; 204.
//   - assumed (2026-11): what begins and ends between them is shared.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// drafted are the collections of a schedule with the two sides of their entities.
var drafted = [][3]string{
	{"shifts", "draftShift", "sharedShift"}, {"openShifts", "draftOpenShift", "sharedOpenShift"}, {"timesOff", "draftTimeOff", "sharedTimeOff"},
}

// shareSchedule shows the team what was a draft.
func shareSchedule(tx Tx, schedule *Entity, p entity.Object) (Result, *grapherr.Error) {
	from, to := text(p, "startDateTime"), text(p, "endDateTime")
	c := tx.Home(schedule.Ref)
	for _, d := range drafted {
		for e := range tx.All(Collection{Parent: c.Parent, Name: c.Name + "/" + d[0]}) {
			draft := inner(e.Object, d[1])
			if len(draft) == 0 || text(draft, "startDateTime") < from || to != "" && text(draft, "endDateTime") > to {
				continue
			}
			o := e.Object.Clone()
			o.Set(d[2], json.RawMessage(jsonOf(e.Object, d[1])))
			o.Set(d[1], json.RawMessage("null"))
			if fault := tx.Replace(e.Ref, o); fault != nil {
				return Result{}, fault
			}
		}
	}
	return Result{}, nil
}
