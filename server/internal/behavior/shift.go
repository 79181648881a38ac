package behavior

// Evidence for Shifts (pages of schedule, shift, openShift, timeOff, timeOffReason,
// schedulingGroup and the requests, v1.0 2019 to 2025):
//   - documented: ids begin with the kind; who made something, and changed it last; a
//     request is pending, with its recipient or with the managers, and tells who sent
//     it when; a schedule has its team's id, and is provisioned.
//   - assumed (2026-11): what a new schedule does not say is switched on.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Scheduled is what a schedule has.
	Scheduled struct {
		prefix   string
		assigned string // of a request: with whom it is at first
	}
	// Schedule is a team's.
	Schedule struct{}
)

var (
	_ Creator   = Scheduled{}
	_ Updater   = Scheduled{}
	_ Reader    = Schedule{}
	_ Computing = Schedule{}
)

// shifts are the registrations of Shifts.
func shifts() []Registration {
	all := []Registration{{Type: "microsoft.graph.schedule", Behavior: Schedule{}}}
	for name, kind := range map[string]Scheduled{
		"shift": {prefix: "SHFT_"}, "openShift": {prefix: "OPNSHFT_"}, "timeOff": {prefix: "TOFF_"}, "timeOffReason": {prefix: "TOR_"},
		"schedulingGroup": {prefix: "TAG_"}, "offerShiftRequest": {"SREQ_", "recipient"}, "swapShiftsChangeRequest": {"SREQ_", "recipient"},
		"openShiftChangeRequest": {"SREQ_", "manager"}, "timeOffRequest": {"SREQ_", "manager"},
	} {
		all = append(all, Registration{Type: "microsoft.graph." + name, Behavior: kind})
	}
	return all
}

// Create implements [Creator].
func (s Scheduled) Create(tx Tx, e *Entity) *grapherr.Error {
	if id := text(e.Object, "id"); len(id) == guidLength { // one that the service has made
		e.ID = s.prefix + id
		e.SetString("id", e.ID)
	}
	by := json.RawMessage(puncher(tx))
	e.Set("createdBy", by)
	e.Set("lastModifiedBy", by)
	if s.assigned == "" {
		return nil
	}
	provide(&e.Object, []Default{{"state", `"pending"`}, {"assignedTo", quoted(s.assigned)}, {"senderDateTime", quoted(instant(tx.Now()))}})
	if self, ok := tx.Self(); ok && tx.Caller().User && !present(e.Object, "senderUserId") {
		e.SetString("senderUserId", self.ID)
	}
	return nil
}

// Update implements [Updater].
func (Scheduled) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	after.Set("lastModifiedBy", json.RawMessage(puncher(tx)))
	return nil
}

// scheduleDefaults are what a schedule has that says nothing else.
var scheduleDefaults = []Default{
	{"provisionStatus", `"Completed"`}, {"timeClockEnabled", "true"}, {"openShiftsEnabled", "true"},
	{"swapShiftsRequestsEnabled", "true"}, {"offerShiftRequestsEnabled", "true"}, {"timeOffRequestsEnabled", "true"},
}

// Read implements [Reader].
func (Schedule) Read(tx Tx, e *Entity) {
	if id := text(e.Object, "id"); id == "" || id == "schedule" {
		if team, ok := tx.Entity(tx.Home(e.Ref).Parent); ok {
			e.SetString("id", team.ID)
		}
	}
	if e.True("enabled") {
		provide(&e.Object, scheduleDefaults)
	}
}

// Computes implements [Computing].
func (Schedule) Computes() []string {
	names := []string{"id"}
	for _, d := range scheduleDefaults {
		names = append(names, d.Name)
	}
	return names
}
