package behavior

// Evidence for forwarding and reminders (pages event-forward, user-reminderview and
// the resource reminder, v1.0 2018 to 2025):
//   - documented: a meeting is forwarded to recipients, 202, who get its request and are
//     in the organizer's copy; a reminder tells of an event, and when it fires; the
//     view lists those of a range of time.
//   - assumed (2026-11): without recipients as with a message; whose copy is not the
//     organizer's, and whose organizer is not in the tenant, is left as it is.

import (
	"sort"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func forwardEvent(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	invited := invitees(p)
	if len(invited) == 0 {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRecipients",
			Message: "At least one recipient isn't valid., A message can't be sent unless it has at least one recipient."}
	}
	if bound.True("isOrganizer") {
		before := bound.Object.Clone()
		bound.Set("attendees", arrayOf(append(list(before, "attendees"), invited...)))
		return Result{Status: 202}, spread(tx, before, fields("attendees", "[]"), *bound)
	}
	organizer, ok := userAt(tx, text(inner(inner(bound.Object, "organizer"), "emailAddress"), "address"))
	meeting, found := copyOf(tx, organizer, bound.Object)
	if !ok || !found {
		return Result{Status: 202}, nil
	}
	before := meeting.Object.Clone()
	meeting.Set("attendees", arrayOf(append(list(before, "attendees"), invited...)))
	if fault := tx.Replace(meeting.Ref, meeting.Object); fault != nil {
		return Result{}, fault
	}
	return Result{Status: 202}, spread(tx, before, fields("attendees", "[]"), meeting)
}

// invitees are the recipients that a body names, as attendees.
func invitees(p entity.Object) (all []entity.Object) {
	for _, r := range list(lowered(p), "toRecipients") {
		address := lowered(inner(lowered(r), "emailAddress"))
		if text(address, "address") == "" {
			return nil
		}
		all = append(all, fields("type", `"required"`, "status", `{"response":"none","time":"0001-01-01T00:00:00Z"}`,
			"emailAddress", string(address.JSON())))
	}
	return all
}

func reminderView(tx Tx, user *Entity, p entity.Object) (Result, *grapherr.Error) {
	p = lowered(p)
	zone, place := preferredZone(tx)
	from, okFrom := clockTime(text(p, "startDateTime"), place)
	to, okTo := clockTime(text(p, "endDateTime"), place)
	if !okFrom || !okTo || to.Before(from) {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidParameter", Message: "The value of StartDateTime or EndDateTime is invalid."}
	}
	var all []happening
	for calendar := range tx.All(Below(user.Ref, "calendars")) {
		all = append(all, eventsIn(tx, Below(calendar.Ref, "events"), from, to)...)
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return a.start.Compare(b.start) < 0
	})
	view := Result{IsList: true}
	for _, h := range all {
		if h.event.True("isReminderOn") {
			view.Collection = append(view.Collection, Entity{Object: reminder(h, zone, place)})
		}
	}
	return view, nil
}

// reminder is what reminds of an event at one time.
func reminder(h happening, zone string, place *time.Location) entity.Object {
	e := h.event.Object
	fires := h.start.Add(-time.Duration(number(e, "reminderMinutesBeforeStart", 15)) * time.Minute)
	return fields("eventId", quoted(h.event.ID), "changeKey", jsonOf(e, "changeKey"), "eventSubject", jsonOf(e, "subject"),
		"eventStartTime", jsonOf(e, "start"), "eventEndTime", jsonOf(e, "end"), "eventLocation", jsonOf(e, "location"),
		"eventWebLink", jsonOf(e, "webLink"), "reminderFireTime", string(dateTimeTimeZone(fires.In(place), zone)))
}
