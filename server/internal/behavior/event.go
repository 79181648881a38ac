package behavior

// Evidence for events (graph-behaviour §12):
//   - documented: what the service sets on an event; transactionId makes a POST
//     idempotent; times are shown in UTC or in the zone that
//     Prefer: outlook.timezone names; accept,
//     decline, tentativelyAccept, cancel and forward answer 202; attendees get
//     the event in their calendars.
//   - documented (pages user-post-events and calendar-post-events): the answer to a POST
//     has the times in the zones of the request, and attendees with their names.
//   - reported: an event that ends before it starts fails validation
//     (microsoftgraph/microsoft-graph-docs#7919).
//   - documented (resource event): an event of all day begins and ends at midnight, of
//     one zone; reported (microsoftgraph/microsoft-graph-docs#1802, 2017): and is shown
//     so in every zone.
//   - assumed (2026-11): a declined event stays with its answer; the code for all days
//     that begin at another time.

import (
	"net/url"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Event keeps events.
	Event struct{}
	// Respond answers an invitation.
	Respond struct{ Response string }
	// CancelEvent removes an event from all calendars.
	CancelEvent struct{}
)

var (
	_ Creator = Event{}
	_ Again   = Event{}
	_ Created = Event{}
	_ Updater = Event{}
	_ Reader  = Event{}
	_ Invoker = Respond{}
	_ Invoker = CancelEvent{}
)

// calendarOwner is the user or group whose calendar a collection of events is.
func calendarOwner(tx Tx, c Collection) Entity {
	calendar, _ := tx.Entity(c.Parent)
	if strings.HasSuffix(calendar.Type, ".calendar") {
		calendar, _ = tx.Entity(tx.Home(calendar.Ref).Parent)
	}
	return calendar
}

// Again implements [Again]: the event of the same transactionId.
func (Event) Again(tx Tx, said entity.Object) (Entity, bool) {
	id := text(said, "transactionId")
	if id == "" {
		return Entity{}, false
	}
	return tx.By(tx.Collection(), "transactionId", id)
}

// Create implements [Creator].
func (Event) Create(tx Tx, e *Entity) *grapherr.Error {
	if fault := misplaced(e.Object); fault != nil {
		return fault
	}
	owner := calendarOwner(tx, tx.Collection())
	settleLocations(e, e.Object.Clone())
	stampEvent(tx, e, owner)
	return meetOnline(tx, e, owner)
}

// stampEvent sets what the service sets on a new event.
func stampEvent(tx Tx, e *Entity, owner Entity) {
	e.ID = outlookID(tx)
	e.SetString("id", e.ID)
	e.SetString("createdDateTime", nano(tx.Now()))
	provide(&e.Object, eventDefaults(e.Object, owner))
	e.Set("isOnlineMeeting", []byte(boolean(e.True("isOnlineMeeting"))))
	if !present(e.Object, "iCalUId") {
		e.SetString("iCalUId", "040000008200E00074C5B7101A82E008"+strings.ToUpper(hexSum(e.ID)[:48]))
	}
	settleAttendees(tx, e)
	e.SetString("webLink", "https://outlook.office365.com/owa/?itemid="+url.QueryEscape(e.ID)+"&exvsurl=1&path=/calendar/item")
	settleEvent(tx, e)
}

// eventDefaults are what an event is that says no more than an object.
func eventDefaults(o entity.Object, owner Entity) []Default {
	zone := text(inner(o, "start"), "timeZone")
	if zone == "" {
		zone = "UTC"
	}
	organizer := mailAddress(owner)
	if organizer == "" {
		organizer = "null"
	}
	return []Default{
		{"subject", `""`}, {"body", `{"contentType":"html","content":""}`}, {"importance", `"normal"`}, {"sensitivity", `"normal"`},
		{"showAs", `"busy"`}, {"isAllDay", "false"}, {"isCancelled", "false"}, {"isOrganizer", "true"}, {"responseRequested", "true"},
		{"isReminderOn", "true"}, {"reminderMinutesBeforeStart", "15"}, {"allowNewTimeProposals", "true"}, {"isOnlineMeeting", "false"},
		{"onlineMeetingProvider", `"unknown"`}, {"hasAttachments", "false"}, {"hideAttendees", "false"}, {"isDraft", "false"},
		{"categories", "[]"}, {"attendees", "[]"}, {"locations", "[]"}, {"location", noLocation},
		{"organizer", organizer}, {"responseStatus", `{"response":"organizer","time":"0001-01-01T00:00:00Z"}`},
		{"originalStartTimeZone", quoted(zone)}, {"originalEndTimeZone", quoted(zone)},
	}
}

// settleAttendees gives each attendee a name and a status.
func settleAttendees(tx Tx, e *Entity) {
	var all []string
	for _, a := range list(e.Object, "attendees") {
		nameAddress(tx, &a)
		if !present(a, "status") {
			a.Set("status", []byte(`{"response":"none","time":"0001-01-01T00:00:00Z"}`))
		}
		if !present(a, "type") {
			a.SetString("type", "required")
		}
		all = append(all, string(a.JSON()))
	}
	e.Set("attendees", []byte("["+strings.Join(all, ",")+"]"))
}

// settleEvent recalculates what follows from an event's other members.
func settleEvent(tx Tx, e *Entity) {
	kind := "singleInstance"
	if present(e.Object, "seriesMasterId") {
		kind = "exception"
	}
	if present(e.Object, "recurrence") {
		kind = "seriesMaster"
		completeRecurrence(e)
	}
	e.SetString("type", kind)
	body := inner(e.Object, "body")
	e.SetString("bodyPreview", preview(text(body, "contentType"), text(body, "content")))
	e.SetString("changeKey", changeKey(tx))
	e.SetString("lastModifiedDateTime", nano(tx.Now()))
}

// Created implements [Created]: the attendees of the tenant get the event.
func (Event) Created(tx Tx, e Entity) *grapherr.Error {
	owner := calendarOwner(tx, tx.Home(e.Ref))
	if !e.True("isOrganizer") {
		return nil
	}
	for _, user := range attendeeUsers(tx, e.Object, owner) {
		if err := invite(tx, user, e); err != nil {
			return err
		}
	}
	return nil
}

func invite(tx Tx, user, e Entity) *grapherr.Error {
	if err := (DefaultCalendar{}).Supply(tx, user, ""); err != nil {
		return err
	}
	for c := range tx.All(Below(user.Ref, "calendars")) {
		if !c.True("isDefaultCalendar") {
			continue
		}
		copied := New(e.Object.Clone()...)
		copied.Set("isOrganizer", []byte("false"))
		copied.Set("responseStatus", []byte(`{"response":"notResponded","time":"0001-01-01T00:00:00Z"}`))
		copied.SetString("showAs", "tentative")
		copied.Delete("transactionId")
		stampEvent(tx, &copied, user)
		made, err := tx.Insert(Below(c.Ref, "events"), copied)
		if err != nil {
			return err
		}
		organizer := calendarOwner(tx, tx.Home(e.Ref))
		return tellOfMeeting(tx, user, organizer, meetingNews{kind: "meetingRequest", subject: text(e.Object, "subject"), event: made})
	}
	return nil
}

// misplaced refuses an event whose times are none, or that ends before it starts.
func misplaced(event entity.Object) *grapherr.Error {
	start, from := moment(inner(event, "start"))
	end, to := moment(inner(event, "end"))
	if !from && present(event, "start") || !to && present(event, "end") || from && to && end.Before(start) {
		return &grapherr.Error{Status: 400, Code: "ErrorPropertyValidationFailure", Message: "At least one property failed validation."}
	}
	if event.True("isAllDay") && from && to && (!midnight(start) || !midnight(end) || !start.Before(end)) {
		return &grapherr.Error{Status: 400, Code: "ErrorPropertyValidationFailure",
			Message: "The start and end of an all-day event need to be set to midnight, and to last a day at least."}
	}
	return nil
}

func midnight(t time.Time) bool {
	return t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location()))
}

// Update implements [Updater].
func (Event) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	if change.Has("start") || change.Has("end") || change.Has("isAllDay") {
		if fault := misplaced(after.Object); fault != nil {
			return fault
		}
	}
	if change.Has("attendees") {
		settleAttendees(tx, after)
	}
	settleLocations(after, change)
	for _, name := range []string{"isOnlineMeeting", "onlineMeetingProvider"} {
		if raw, ok := before.Get(name); ok && before.True("isOnlineMeeting") {
			after.Set(name, raw)
		}
	}
	settleEvent(tx, after)
	owner := calendarOwner(tx, tx.Home(after.Ref))
	if after.True("isOnlineMeeting") && !present(after.Object, "onlineMeeting") {
		if fault := meetOnline(tx, after, owner); fault != nil {
			return fault
		}
	} else if fault := carryOn(tx, owner, *after); fault != nil {
		return fault
	}
	return spread(tx, before, change, *after)
}

// Computes implements [Computing].
func (Event) Computes() []string { return []string{"start", "end", "body", "hasAttachments"} }

// Read implements [Reader]. The answer to a create has the times in the zones of the
// request, unless another one is preferred.
func (Event) Read(tx Tx, e *Entity) {
	zone, place, preferred := askedZone(tx)
	preferText(tx, e, "body")
	if e.Ref != None {
		tellAttachments(tx, e)
	}
	for _, name := range []string{"start", "end"} {
		at := inner(e.Object, name)
		t, ok := moment(at)
		switch {
		case ok && e.True("isAllDay"):
			e.Set(name, dateTimeTimeZone(t, zone))
		case ok && tx.Creating() && !preferred:
			e.Set(name, dateTimeTimeZone(t, text(at, "timeZone")))
		case ok:
			e.Set(name, dateTimeTimeZone(t.In(place), zone))
		}
	}
}

// Prefer implements [Preferring].
func (Event) Prefer(tx Tx) {
	preferredZone(tx)
	prefersText(tx)
}

// preferredZone is the zone of Prefer: outlook.timezone, else UTC.
func preferredZone(tx Tx) (string, *time.Location) {
	zone, place, _ := askedZone(tx)
	return zone, place
}

// askedZone is preferredZone, and whether it is asked for.
func askedZone(tx Tx) (string, *time.Location, bool) {
	for part := range strings.SplitSeq(tx.Header("Prefer"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if !strings.EqualFold(name, "outlook.timezone") {
			continue
		}
		value = strings.Trim(value, `"`)
		if place, ok := zoneNamed(value); ok {
			tx.Applied(`outlook.timezone="` + value + `"`)
			return value, place, true
		}
	}
	return "UTC", time.UTC, false
}

// wallClock is how dateTime is written, without offset.
const wallClock = "2006-01-02T15:04:05.0000000"

func dateTimeTimeZone(t time.Time, zone string) []byte {
	return fields("dateTime", quoted(t.Format(wallClock)), "timeZone", quoted(zone)).JSON()
}

// moment reads a dateTimeTimeZone.
func moment(o entity.Object) (time.Time, bool) {
	place, ok := zoneNamed(text(o, "timeZone"))
	if !ok {
		return time.Time{}, false
	}
	return clockTime(text(o, "dateTime"), place)
}

// clockTime reads a time with or without offset; without, it is of a place.
func clockTime(value string, place *time.Location) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, value, place); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
