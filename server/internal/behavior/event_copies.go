package behavior

// Evidence for what becomes of the attendees' copies of a meeting (pages event:
// update, delete and cancel, the resources event, attendee and eventMessage, 2021
// to 2024):
//   - documented: a change of the organizer's event is sent to the attendees, a
//     change of the attendees alone to those that changed; deleting and cancelling
//     send a cancellation; isCancelled; isOnlineMeeting stays once it is set.
//   - observed in Outlook: a cancelled meeting stays in the attendees' calendars under
//     "Canceled: …", free.
//   - assumed (2026-11): a change of the time asks the attendees anew.

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// sharedMembers are those that the attendees' copies have of the organizer's event.
var sharedMembers = []string{
	"subject", "body", "start", "end", "location", "locations", "recurrence", "isAllDay", "importance", "sensitivity", "attendees",
	"hideAttendees", "allowNewTimeProposals", "responseRequested", "isOnlineMeeting", "onlineMeeting", "onlineMeetingProvider",
	"originalStartTimeZone", "originalEndTimeZone",
}

// attendeeUsers are the users of the tenant who attend an event, but for its owner.
func attendeeUsers(tx Tx, o entity.Object, owner Entity) (users []Entity) {
	for _, a := range list(o, "attendees") {
		user, ok := userAt(tx, text(inner(a, "emailAddress"), "address"))
		if ok && user.Ref != owner.Ref && !slices.ContainsFunc(users, func(u Entity) bool { return u.Ref == user.Ref }) {
			users = append(users, user)
		}
	}
	return users
}

// copyOf is a user's own copy of a meeting.
func copyOf(tx Tx, user Entity, meeting entity.Object) (Entity, bool) {
	id := text(meeting, "iCalUId")
	if id == "" {
		return Entity{}, false
	}
	for c := range tx.All(Below(user.Ref, "calendars")) {
		if found, ok := tx.By(Below(c.Ref, "events"), "iCalUId", id); ok {
			return found, true
		}
	}
	return Entity{}, false
}

// spread carries a change of a meeting to its attendees: new ones are invited,
// those left out are told that it is off for them.
func spread(tx Tx, before entity.Object, change entity.Object, after Entity) *grapherr.Error {
	owner := calendarOwner(tx, tx.Home(after.Ref))
	if !after.True("isOrganizer") || len(list(before, "attendees"))+len(list(after.Object, "attendees")) == 0 {
		return nil
	}
	now := attendeeUsers(tx, after.Object, owner)
	for _, user := range attendeeUsers(tx, before, owner) {
		if slices.ContainsFunc(now, func(u Entity) bool { return u.Ref == user.Ref }) {
			continue
		}
		if fault := callOff(tx, user, owner, after); fault != nil {
			return fault
		}
	}
	for _, user := range now {
		if fault := bringUp(tx, user, owner, change, after); fault != nil {
			return fault
		}
	}
	return nil
}

// bringUp puts an attendee's copy in line with the meeting, or makes it.
func bringUp(tx Tx, user, owner Entity, change entity.Object, meeting Entity) *grapherr.Error {
	theirs, ok := copyOf(tx, user, meeting.Object)
	if !ok {
		return invite(tx, user, meeting)
	}
	e := New(theirs.Object.Clone()...)
	e.Ref, e.ID = theirs.Ref, theirs.ID
	for _, name := range sharedMembers {
		if raw, ok := meeting.Get(name); ok {
			e.Set(name, raw)
		}
	}
	moved := change.Has("start") || change.Has("end") || change.Has("recurrence")
	if moved {
		e.Set("responseStatus", []byte(`{"response":"notResponded","time":"0001-01-01T00:00:00Z"}`))
		e.SetString("showAs", "tentative")
	}
	settleEvent(tx, &e)
	fault := tx.Replace(theirs.Ref, e.Object)
	if fault != nil || len(change) == 1 && change.Has("attendees") {
		return fault
	}
	return tellOfMeeting(tx, user, owner, meetingNews{kind: "meetingRequest", subject: text(meeting.Object, "subject"), event: e, update: true})
}

// callOff marks an attendee's copy as cancelled.
func callOff(tx Tx, user, owner, meeting Entity) *grapherr.Error {
	theirs, ok := copyOf(tx, user, meeting.Object)
	if !ok {
		return nil
	}
	e := New(theirs.Object.Clone()...)
	e.Ref, e.ID = theirs.Ref, theirs.ID
	e.Set("isCancelled", []byte("true"))
	e.SetString("showAs", "free")
	subject := "Canceled: " + text(meeting.Object, "subject")
	e.SetString("subject", subject)
	settleEvent(tx, &e)
	if fault := tx.Replace(theirs.Ref, e.Object); fault != nil {
		return fault
	}
	return tellOfMeeting(tx, user, owner, meetingNews{kind: "meetingCancelled", subject: subject, event: e})
}

// callAllOff cancels a meeting for all who attend it, and what people would join.
func callAllOff(tx Tx, e Entity) *grapherr.Error {
	if e.Ref == None || jsonOf(e.Object, "isOrganizer") == "false" {
		return nil
	}
	owner := calendarOwner(tx, tx.Home(e.Ref))
	for _, user := range attendeeUsers(tx, e.Object, owner) {
		if fault := callOff(tx, user, owner, e); fault != nil {
			return fault
		}
	}
	if meeting, ok := meetingOf(tx, owner, e.Object); ok && !present(e.Object, "seriesMasterId") {
		return tx.Delete(meeting.Ref)
	}
	return nil
}

// meetingOf is the online meeting that the join URL of somebody's event leads to.
func meetingOf(tx Tx, owner Entity, event entity.Object) (Entity, bool) {
	join := text(inner(event, "onlineMeeting"), "joinUrl")
	if join == "" {
		return Entity{}, false
	}
	return tx.By(Below(owner.Ref, "onlineMeetings"), "joinWebUrl", join)
}

// carryOn gives the online meeting of an event what has changed of it.
func carryOn(tx Tx, owner Entity, e Entity) *grapherr.Error {
	meeting, ok := meetingOf(tx, owner, e.Object)
	if !ok {
		return nil
	}
	changed := meeting.Object.Clone()
	describeMeeting(tx, &changed, owner, e.Object)
	return tx.Replace(meeting.Ref, changed)
}

// describeMeeting gives an online meeting the subject, times and attendees of its
// event.
func describeMeeting(tx Tx, meeting *entity.Object, owner Entity, event entity.Object) {
	meeting.Set("subject", []byte(jsonOf(event, "subject")))
	for from, to := range map[string]string{"start": "startDateTime", "end": "endDateTime"} {
		if at, ok := moment(inner(event, from)); ok {
			meeting.SetString(to, nano(at))
		}
	}
	var all []string
	for _, user := range attendeeUsers(tx, event, owner) {
		who := fields("user", string(fields("id", quoted(user.ID), "displayName", jsonOf(user.Object, "displayName")).JSON()))
		all = append(all, string(fields("upn", jsonOf(user.Object, "userPrincipalName"), "role", `"attendee"`, "identity", string(who.JSON())).JSON()))
	}
	given := inner(*meeting, "participants").Clone()
	given.Set("attendees", []byte("["+strings.Join(all, ",")+"]"))
	meeting.Set("participants", given.JSON())
}
