package behavior

// Evidence for presence (pages of the resource and its actions, 2021 to 2025):
//   - documented: a user has one presence, whatever way leads to it; without any
//     session it is Offline; a session per application lasts from five minutes to
//     four hours, five by default, and of several Busy goes before Available and that
//     before Away; Available fades to AvailableInactive after five minutes and to
//     Away after ten; a preferred presence wins over all while there is a session,
//     for a day where it is Busy or DoNotDisturb and for seven otherwise; others do
//     not see when a status message was published and ends.
//   - assumed (2026-11): texts of refusals; what a fixture or a PATCH says is a
//     session that never ends; who is no user of the tenant is PresenceUnknown.

import (
	"encoding/json"
	"iter"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Presence follows from sessions, the user's wish and the clock.
type Presence struct{}

var (
	_ Finder = Presence{}
	_ Reader = Presence{}
)

// presenceStates are what applications have said below a presence, which no path
// leads to; the user's wish is among them.
func presenceStates(e Entity) Collection { return Below(e.Ref, "~states") }

const preferredPresence = "preferred"

// presenceOffline is what who has no session is.
const presenceOffline = "Offline"

// Find implements [Finder]: every user has one.
func (Presence) Find(tx Tx, _ Collection, key string) (Entity, bool) {
	user, ok := tx.Get(Root("users"), key)
	if !ok {
		return Entity{}, false
	}
	return presenceNow(user.ID, presenceOffline), true
}

// presenceNow is a presence without any session.
func presenceNow(id, state string) Entity {
	return Entity{ID: id, Type: "microsoft.graph.presence", Object: fields("id", quoted(id), "availability", quoted(state),
		"activity", quoted(state), "outOfOfficeSettings", `{"message":null,"isOutOfOffice":false}`)}
}

// Read implements [Reader].
func (Presence) Read(tx Tx, e *Entity) {
	availability, activity := text(e.Object, "availability"), text(e.Object, "activity")
	if availability == "" {
		availability, activity = presenceOffline, presenceOffline
	}
	anyone := presenceRank[availability] > 0
	var wish entity.Object
	for session := range statesOf(tx, *e) {
		if session.ID == preferredPresence {
			wish = session.Object
			continue
		}
		a, b, alive := sessionState(tx, session.Object)
		if alive && presenceRank[a] > presenceRank[availability] {
			availability, activity = a, b
		}
		anyone = anyone || alive
	}
	if anyone && tx.Now().Before(timeOf(wish, "until")) {
		availability, activity = text(wish, "availability"), text(wish, "activity")
	}
	e.SetString("availability", availability)
	e.SetString("activity", activity)
	showStatus(tx, e)
}

// statesOf are the sessions of a presence and the user's wish.
func statesOf(tx Tx, e Entity) iter.Seq[Entity] {
	if e.Ref == None {
		return func(func(Entity) bool) {}
	}
	return tx.All(presenceStates(e))
}

// presenceRank is which availability goes before others; 0 is no session.
var presenceRank = map[string]int{
	"Away": 1, "BeRightBack": 2, "AvailableIdle": 3, "Available": 4, "BusyIdle": 5, "Busy": 6, "DoNotDisturb": 7,
}

// availableFade is how long a session is Available, and then how long it is
// inactive, unless the application speaks again.
const availableFade = 5 * time.Minute

// sessionState is what a session says now; false when it has ended.
func sessionState(tx Tx, session entity.Object) (availability, activity string, alive bool) {
	availability, activity = text(session, "availability"), text(session, "activity")
	if availability == "Available" {
		switch age := tx.Now().Sub(timeOf(session, "since")); {
		case age >= 2*availableFade:
			availability, activity = "Away", "Away"
		case age >= availableFade:
			activity = "AvailableInactive"
		}
	}
	return availability, activity, tx.Now().Before(timeOf(session, "until"))
}

// showStatus leaves of the status message what the caller may see now.
func showStatus(tx Tx, e *Entity) {
	status := inner(e.Object, "statusMessage")
	if len(status) == 0 {
		return
	}
	if ends, ok := moment(inner(status, "expiryDateTime")); ok && !tx.Now().Before(ends) {
		e.Set("statusMessage", json.RawMessage("null"))
		return
	}
	if self, ok := tx.Self(); !ok || !strings.EqualFold(self.ID, text(e.Object, "id")) {
		status.Delete("expiryDateTime")
		status.Delete("publishedDateTime")
		e.Set("statusMessage", status.JSON())
	}
}

// timeOf is a time that a member holds; the zero time for none.
func timeOf(o entity.Object, name string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, text(o, name))
	return t
}

func presenceRefused(message string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "BadRequest", Message: message}
}
