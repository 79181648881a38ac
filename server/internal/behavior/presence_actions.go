package behavior

// Evidence for the actions of presence (their pages, 2021 to 2025):
//   - documented: which pairs of availability and activity each takes; 200 without
//     a body; clearing a session that is not there is 404; at most 650 ids.

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// What an application says of its session, and what a user wishes to be seen as.
var (
	sessionPairs = [][2]string{
		{"Available", "Available"}, {"Busy", "InACall"}, {"Busy", "InAConferenceCall"}, {"Away", "Away"}, {"DoNotDisturb", "Presenting"},
	}
	preferredPairs = [][2]string{
		{"Available", "Available"}, {"Busy", "Busy"}, {"DoNotDisturb", "DoNotDisturb"}, {"BeRightBack", "BeRightBack"},
		{"Away", "Away"}, {"Offline", "OffWork"},
	}
)

// How long a session lasts.
const (
	shortestSession = 5 * time.Minute
	longestSession  = 4 * time.Hour
)

// done is the answer of the actions.
var done = Result{Status: 200}

// setPresence sets the state of an application's session.
func setPresence(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	id := text(p, "sessionId")
	if id == "" || id == preferredPresence {
		return Result{}, presenceRefused("The sessionId is missing.")
	}
	lasts, fault := saidToLast(p, shortestSession)
	if fault != nil {
		return Result{}, fault
	}
	if lasts < shortestSession || lasts > longestSession {
		return Result{}, presenceRefused("The expirationDuration must be between PT5M and PT4H.")
	}
	state, fault := presenceState(tx, p, sessionPairs, lasts)
	if fault != nil {
		return Result{}, fault
	}
	return keepState(tx, e, id, state)
}

// keepState keeps what is said of a presence, which has changed by it.
func keepState(tx Tx, e *Entity, id string, state entity.Object) (Result, *grapherr.Error) {
	renumber(tx, e)
	_, fault := tx.Put(presenceStates(*e), Entity{ID: strings.ToLower(id), Object: state})
	return done, fault
}

// dropState forgets it.
func dropState(tx Tx, e *Entity, state Entity) (Result, *grapherr.Error) {
	renumber(tx, e)
	return done, tx.Delete(state.Ref)
}

// renumber gives a presence the stamp of a new version, which sorts behind all
// earlier ones.
func renumber(tx Tx, e *Entity) {
	n := tx.Now().UnixMilli()
	if before, err := strconv.ParseInt(strings.TrimPrefix(text(e.Object, "sequenceNumber"), "A"), 10, 64); err == nil {
		n = max(n, before+1)
	}
	e.SetString("sequenceNumber", "A"+strconv.FormatInt(n, 10))
}

// saidToLast is the duration of a body, or the one without a word.
func saidToLast(p entity.Object, otherwise time.Duration) (time.Duration, *grapherr.Error) {
	if !present(p, "expirationDuration") {
		return otherwise, nil
	}
	d, ok := lasting(text(p, "expirationDuration"))
	if !ok {
		return 0, presenceRefused("The expirationDuration is invalid.")
	}
	return d, nil
}

// presenceState is a state that lasts from now on, if its pair is one of those.
func presenceState(tx Tx, p entity.Object, pairs [][2]string, lasts time.Duration) (entity.Object, *grapherr.Error) {
	availability, activity := text(p, "availability"), text(p, "activity")
	if !slices.Contains(pairs, [2]string{availability, activity}) {
		return nil, presenceRefused("The combination of availability '" + availability + "' and activity '" + activity + "' is not supported.")
	}
	return fields("availability", quoted(availability), "activity", quoted(activity), "since", quoted(nano(tx.Now())),
		"until", quoted(nano(tx.Now().Add(lasts)))), nil
}

// nano is a time to the tenth of a microsecond, as finely as services write it.
func nano(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.9999999Z") }

// clearPresence ends an application's session.
func clearPresence(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	session, ok := tx.Get(presenceStates(*e), strings.ToLower(text(p, "sessionId")))
	if _, _, alive := sessionState(tx, session.Object); !ok || !alive {
		return Result{}, &grapherr.Error{Status: 404, Code: "NotFound", Message: "The presence session does not exist."}
	}
	return dropState(tx, e, session)
}

// setPreferredPresence sets what the user wishes to be seen as.
func setPreferredPresence(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	otherwise := 7 * 24 * time.Hour
	if a := text(p, "availability"); a == "Busy" || a == "DoNotDisturb" {
		otherwise = 24 * time.Hour
	}
	lasts, fault := saidToLast(p, otherwise)
	if fault != nil {
		return Result{}, fault
	}
	wish, fault := presenceState(tx, p, preferredPairs, lasts)
	if fault != nil {
		return Result{}, fault
	}
	return keepState(tx, e, preferredPresence, wish)
}

func clearPreferredPresence(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if wish, ok := tx.Get(presenceStates(*e), preferredPresence); ok {
		return dropState(tx, e, wish)
	}
	return done, nil
}

// setStatusMessage sets what is shown beside the presence; an empty one clears it.
func setStatusMessage(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	renumber(tx, e)
	status := inner(p, "statusMessage")
	if text(inner(status, "message"), "content") == "" {
		e.Set("statusMessage", json.RawMessage("null"))
		return done, nil
	}
	status.SetString("publishedDateTime", nano(tx.Now()))
	e.Set("statusMessage", status.JSON())
	return done, nil
}

// mostPresences is how many presences one request asks for.
const mostPresences = 650

// presencesByID are the presences of users, in the order of the request.
func presencesByID(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	ids := texts(p, "ids")
	if len(ids) == 0 || len(ids) > mostPresences {
		return Result{}, presenceRefused("The number of ids must be between 1 and 650.")
	}
	all := Result{IsList: true}
	for _, id := range ids {
		all.Collection = append(all.Collection, presenceOf(tx, id))
	}
	return all, nil
}

// presenceOf is a user's presence as it is read.
func presenceOf(tx Tx, id string) Entity {
	c := Root("communications/presences")
	e, ok := tx.Get(c, id)
	if !ok {
		e, ok = Presence{}.Find(tx, c, id)
	}
	if !ok {
		return presenceNow(id, "PresenceUnknown")
	}
	e.Object = e.Object.Clone()
	Presence{}.Read(tx, &e)
	return e
}
