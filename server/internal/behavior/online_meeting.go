package behavior

// Evidence for onlineMeeting (pages of the resource, create, get, update and
// createOrGet, 2021 to 2025; answers in issue threads, 2020 to 2025):
//   - documented: what the service sets and the defaults; a meeting without a start
//     begins now, without an end it takes an hour; an end alone, or before the start,
//     is refused; createOrGet finds a meeting of the user by externalId (200), else
//     makes it (201); joinMeetingIdSettings stay as they were made; the passcode is
//     the service's own.
//   - observed: ids, join URLs and thread ids name the organizer and the thread; a list
//     takes one equality by joinWebUrl, joinMeetingId or videoTeleconferenceId and
//     refuses all else, in these words.
//   - assumed (2026-11): nobody has phone conferencing or video interop.

import (
	"encoding/base64"
	"encoding/json"
	"iter"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// OnlineMeeting is what a join URL leads to.
	OnlineMeeting struct{}
	// OnlineMeetings lists the one that a filter names.
	OnlineMeetings struct{}
)

var (
	_ Creator = OnlineMeeting{}
	_ Updater = OnlineMeeting{}
	_ Lister  = OnlineMeetings{}
)

var onlineMeetingRules = &Rules{
	Computed: []string{"joinWebUrl", "chatInfo", "audioConferencing", "videoTeleconferenceId", "creationDateTime", "joinInformation"},
	Defaults: []Default{
		{"allowedPresenters", `"everyone"`}, {"isEntryExitAnnounced", "true"}, {"allowAttendeeToEnableCamera", "true"},
		{"allowAttendeeToEnableMic", "true"}, {"allowMeetingChat", `"enabled"`}, {"allowTeamworkReactions", "true"},
		{"allowParticipantsToChangeName", "false"}, {"recordAutomatically", "false"}, {"isBroadcast", "false"},
		{"lobbyBypassSettings", `{"scope":"organization","isDialInBypassEnabled":false}`},
	},
}

// Create implements [Creator].
func (OnlineMeeting) Create(tx Tx, e *Entity) *grapherr.Error {
	organizer, ok := tx.Entity(tx.Collection().Parent)
	if !ok {
		organizer, _ = tx.Self()
	}
	return stampMeeting(tx, e, organizer)
}

// stampMeeting sets what the service sets on a new meeting.
func stampMeeting(tx Tx, e *Entity, organizer Entity) *grapherr.Error {
	if fault := settleMeetingTimes(tx, e); fault != nil {
		return fault
	}
	thread := "19:meeting_" + base64.RawURLEncoding.EncodeToString([]byte(tx.NewID())) + "@thread.v2"
	e.ID = base64.StdEncoding.EncodeToString([]byte("1*" + organizer.ID + "*0**" + thread))
	e.SetString("id", e.ID)
	e.SetString("creationDateTime", nano(tx.Now()))
	join := joinURL(thread, tx.Tenant(), organizer.ID)
	e.SetString("joinWebUrl", join)
	e.SetString("joinUrl", join) // of beta
	e.Set("chatInfo", fields("threadId", quoted(thread), "messageId", `"0"`, "replyChainMessageId", "null").JSON())
	e.Set("joinMeetingIdSettings", joinMeetingID(e))
	e.Set("joinInformation", fields("content", quoted("data:text/html,"+url.QueryEscape(`<a href="`+join+`">Join</a>`)), "contentType", `"html"`).JSON())
	e.Set("participants", participants(organizer, inner(e.Object, "participants")))
	return nil
}

// settleMeetingTimes fills and judges when a meeting is.
func settleMeetingTimes(tx Tx, e *Entity) *grapherr.Error {
	start, end := text(e.Object, "startDateTime"), text(e.Object, "endDateTime")
	if start == "" && end != "" {
		return meetingRefused("The endDateTime needs a startDateTime.")
	}
	from := timeOf(e.Object, "startDateTime")
	if start == "" {
		from = tx.Now()
	}
	till := timeOf(e.Object, "endDateTime")
	if end == "" {
		till = from.Add(time.Hour)
	}
	if till.Before(from) {
		return meetingRefused("The endDateTime must not be before the startDateTime.")
	}
	e.SetString("startDateTime", nano(from))
	e.SetString("endDateTime", nano(till))
	return nil
}

func meetingRefused(message string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "InvalidArgument", Message: message}
}

// joinURL is where people join a meeting.
func joinURL(thread, tenant, organizer string) string {
	escaped := strings.NewReplacer(":", "%3a", "@", "%40").Replace(thread)
	return "https://teams.microsoft.com/l/meetup-join/" + escaped + "/0?context=%7b%22Tid%22%3a%22" + tenant + "%22%2c%22Oid%22%3a%22" + organizer + "%22%7d"
}

// joinMeetingID is the number by which people join a meeting, with a passcode where
// one is asked for.
func joinMeetingID(e *Entity) json.RawMessage {
	asked, passcode := inner(e.Object, "joinMeetingIdSettings").True("isPasscodeRequired"), "null"
	sum := hexSum(e.ID)
	if asked {
		passcode = quoted(sum[20:26])
	}
	return fields("isPasscodeRequired", boolean(asked), "joinMeetingId", quoted(digits(sum[:13])), "passcode", passcode).JSON()
}

// digits makes a decimal number of a hexadecimal one's digits.
func digits(hex string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' {
			return '1' + r - 'a'
		}
		return r
	}, hex)
}

// participants are those of a body and the organizer.
func participants(organizer Entity, given entity.Object) json.RawMessage {
	who := fields("user", string(fields("id", quoted(organizer.ID), "displayName", jsonOf(organizer.Object, "displayName")).JSON()))
	given.Set("organizer", fields("upn", jsonOf(organizer.Object, "userPrincipalName"), "role", `"presenter"`, "identity", string(who.JSON())).JSON())
	if !present(given, "attendees") {
		given.Set("attendees", json.RawMessage("[]"))
	}
	return given.JSON()
}

// Update implements [Updater].
func (OnlineMeeting) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	if fault := ofOrganizer(tx, after); fault != nil {
		return fault
	}
	if raw, ok := before.Get("joinMeetingIdSettings"); ok {
		after.Set("joinMeetingIdSettings", raw)
	}
	if change.Has("startDateTime") || change.Has("endDateTime") {
		return settleMeetingTimes(tx, after)
	}
	return nil
}

// namesMeeting is a $filter that a list of meetings takes.
var namesMeeting = regexp.MustCompile(`(?i)^\s*(joinWebUrl|videoTeleconferenceId|joinMeetingIdSettings/joinMeetingId)\s+eq\s+'([^']|'')*'\s*$`)

// List implements [Lister].
func (OnlineMeetings) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	if filter, _ := tx.Query("$filter"); !namesMeeting.MatchString(filter) {
		return nil, meetingRefused("Filter expression expected - /onlineMeetings?$filter={ParameterName} eq '{id}'.")
	}
	user, ok := tx.Entity(tx.Collection().Parent)
	if !ok {
		user, _ = tx.Self()
	}
	filter, _ := tx.Query("$filter")
	return func(yield func(Entity) bool) {
		for own := range tx.All(tx.Collection()) {
			if !yield(own) {
				return
			}
		}
		if other, ok := attended(tx, user, filter); ok {
			yield(other)
		}
	}, nil
}

// createOrGetMeeting finds a meeting by the caller's own id for it, or makes it.
func createOrGetMeeting(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	p = lowered(p)
	id := text(p, "externalId")
	if id == "" {
		return Result{}, meetingRefused("The externalId is missing.")
	}
	if found, ok := tx.By(tx.Collection(), "externalId", id); ok {
		return Result{Entity: &found, Status: 200}, nil
	}
	e := Entity{Object: p.Clone()}
	for _, d := range onlineMeetingRules.Defaults {
		e.Set(d.Name, json.RawMessage(d.JSON))
	}
	if fault := (OnlineMeeting{}).Create(tx, &e); fault != nil {
		return Result{}, fault
	}
	made, fault := tx.Insert(tx.Collection(), e)
	return Result{Entity: &made, Status: 201}, fault
}

// meetOnline gives an event the meeting that its join URL leads to.
func meetOnline(tx Tx, e *Entity, owner Entity) *grapherr.Error {
	if !e.True("isOnlineMeeting") || present(e.Object, "onlineMeeting") {
		return nil
	}
	meeting := New(fields("subject", jsonOf(e.Object, "subject"))...)
	for _, d := range onlineMeetingRules.Defaults {
		meeting.Set(d.Name, json.RawMessage(d.JSON))
	}
	describeMeeting(tx, &meeting.Object, owner, e.Object)
	fault := stampMeeting(tx, &meeting, owner)
	if fault == nil && strings.HasSuffix(owner.Type, ".user") {
		_, fault = tx.Insert(Below(owner.Ref, "onlineMeetings"), meeting)
	}
	e.Set("onlineMeeting", fields("joinUrl", jsonOf(meeting.Object, "joinWebUrl")).JSON())
	e.SetString("onlineMeetingUrl", "")
	if provider := text(e.Object, "onlineMeetingProvider"); provider == "" || provider == "unknown" {
		e.SetString("onlineMeetingProvider", "teamsForBusiness")
	}
	return fault
}
