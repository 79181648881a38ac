package behavior

// Evidence for getSchedule and findMeetingTimes (graph-behaviour §3.2):
//   - documented: getSchedule answers one scheduleInformation per address with
//     availabilityView, a digit per interval (0 free, 1 tentative, 2 busy, 3
//     out of office, 4 working elsewhere), and scheduleItems; findMeetingTimes
//     answers suggestions, or the reason why there are none; see meeting_times.go.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// GetSchedule tells when people are busy.
type GetSchedule struct{}

var _ Invoker = GetSchedule{}

var availability = map[string]byte{"free": '0', "tentative": '1', "busy": '2', "oof": '3', "workingElsewhere": '4'}

// maxIntervals bounds an availabilityView: the service takes 62 days at most.
const maxIntervals = 62 * 24 * 12

// Invoke implements [Invoker].
func (GetSchedule) Invoke(tx Tx, _ *Entity, parameters entity.Object) (Result, *grapherr.Error) {
	parameters = lowered(parameters)
	from, okFrom := moment(inner(parameters, "startTime"))
	to, okTo := moment(inner(parameters, "endTime"))
	if !okFrom || !okTo || !from.Before(to) {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest", Message: "The start or end time of the schedule is invalid."}
	}
	step := 30
	if raw, ok := parameters.Get("availabilityViewInterval"); ok {
		if n, err := strconv.Atoi(string(raw)); err == nil && n >= 5 {
			step = n
		}
	}
	raw, _ := parameters.Get("schedules")
	var addresses []string
	if json.Unmarshal(raw, &addresses) != nil || int(to.Sub(from).Minutes())/step > maxIntervals {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest", Message: "The schedules or their time window are invalid."}
	}
	all := Result{IsList: true}
	for _, address := range addresses {
		all.Collection = append(all.Collection, Entity{Object: scheduleOf(tx, address, from, to, time.Duration(step)*time.Minute)})
	}
	return all, nil
}

func scheduleOf(tx Tx, address string, from, to time.Time, step time.Duration) entity.Object {
	user, ok := userAt(tx, address)
	if !ok {
		return fields("scheduleId", quoted(address), "availabilityView", `""`, "scheduleItems", "[]",
			"error", `{"message":"Unable to resolve e-mail address.","responseCode":"ErrorMailRecipientNotFound"}`)
	}
	var items []string
	busy := eventsOf(tx, user, from, to)
	for _, h := range busy {
		items = append(items, string(fields("isPrivate", "false", "status", jsonOf(h.event.Object, "showAs"),
			"subject", jsonOf(h.event.Object, "subject"), "location", quoted(text(inner(h.event.Object, "location"), "displayName")),
			"isMeeting", "true", "isRecurring", boolean(present(h.event.Object, "seriesMasterId")), "isException", "false", "isReminderSet", "true",
			"start", jsonOf(h.event.Object, "start"), "end", jsonOf(h.event.Object, "end")).JSON()))
	}
	var view strings.Builder
	for at := from; at.Before(to); at = at.Add(step) {
		view.WriteByte(busyAt(busy, at, at.Add(step)))
	}
	return fields("scheduleId", quoted(address), "availabilityView", quoted(view.String()), "scheduleItems", "["+strings.Join(items, ",")+"]",
		"workingHours", `{"daysOfWeek":["monday","tuesday","wednesday","thursday","friday"],"startTime":"08:00:00.0000000","endTime":"17:00:00.0000000","timeZone":{"name":"UTC"}}`)
}

// eventsOf is what happens to a user in a range of time, all calendars together.
func eventsOf(tx Tx, user Entity, from, to time.Time) []happening {
	var all []happening
	for c := range tx.All(Below(user.Ref, "calendars")) {
		all = append(all, eventsIn(tx, Below(c.Ref, "events"), from, to)...)
	}
	return all
}

// busyAt is the digit of an interval: the busiest of what overlaps it.
func busyAt(all []happening, from, to time.Time) byte {
	most := byte('0')
	for _, h := range all {
		end, ok := moment(inner(h.event.Object, "end"))
		if !ok || !overlaps(h.start, end, from, to) {
			continue
		}
		digit, known := availability[text(h.event.Object, "showAs")]
		if !known {
			digit = '2'
		}
		most = max(most, digit)
	}
	return most
}
