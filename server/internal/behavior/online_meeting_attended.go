package behavior

// Evidence for meetings that a user attends (pages onlineMeeting: get, 2021 to 2025):
//   - documented: attendees read a meeting by its id, and by its join URL, below their
//     own path.
//   - assumed (2026-11): only the organizer changes it.

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Finder = OnlineMeeting{}

// Find implements [Finder]: a meeting of somebody else, which the user attends.
func (OnlineMeeting) Find(tx Tx, c Collection, key string) (Entity, bool) {
	user, ok := tx.Entity(c.Parent)
	if !ok {
		user, _ = tx.Self()
	}
	for meeting := range tx.Named(key) {
		if strings.HasSuffix(meeting.Type, ".onlineMeeting") && attends(user, meeting.Object) {
			return meeting, true
		}
	}
	return Entity{}, false
}

// attends reports whether a user is among the attendees of an online meeting.
func attends(user Entity, meeting entity.Object) bool {
	for _, a := range list(inner(meeting, "participants"), "attendees") {
		if text(inner(inner(a, "identity"), "user"), "id") == user.ID || strings.EqualFold(text(a, "upn"), text(user.Object, "userPrincipalName")) {
			return user.ID != ""
		}
	}
	return false
}

var (
	joinFilter    = regexp.MustCompile(`(?i)^\s*joinWebUrl\s+eq\s+'(.*)'\s*$`)
	joinOrganizer = regexp.MustCompile(`(?i)"Oid":"([^"]*)"`)
)

// attended is the meeting that a user attends, of the join URL that a filter names.
func attended(tx Tx, user Entity, filter string) (Entity, bool) {
	m := joinFilter.FindStringSubmatch(filter)
	if m == nil {
		return Entity{}, false
	}
	join := strings.ReplaceAll(m[1], "''", "'")
	plain, err := url.QueryUnescape(join)
	oid := joinOrganizer.FindStringSubmatch(plain)
	if err != nil || oid == nil || oid[1] == user.ID {
		return Entity{}, false
	}
	organizer, _ := tx.Get(Root("users"), oid[1])
	for meeting := range tx.All(Below(organizer.Ref, "onlineMeetings")) {
		if text(meeting.Object, "joinWebUrl") == join && attends(user, meeting.Object) {
			return meeting, true
		}
	}
	return Entity{}, false
}

// ofOrganizer refuses a change of a meeting that is somebody else's.
func ofOrganizer(tx Tx, after *Entity) *grapherr.Error {
	for own := range tx.Named(after.ID) {
		if own.Ref != after.Ref && strings.HasSuffix(own.Type, ".onlineMeeting") {
			return grapherr.ForStatus("teams", 403)
		}
	}
	return nil
}
