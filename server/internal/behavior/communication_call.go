package behavior

// Evidence for call (page application: post calls, and the resource, 2021 to 2024):
//   - documented: a new call is outgoing and establishing, and established when the
//     callee has taken it; what the service sets; answer and reject are for incoming
//     calls.
//   - assumed (2026-11): every callee takes the call a second later; the bot is not
//     called back.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Call is one of a bot.
type Call struct{}

var (
	_ Creator = Call{}
	_ Created = Call{}
	_ Reader  = Call{}
)

// ringing is how long a call is establishing.
const ringing = time.Second

// callStates is where it is noted, below a call and on no path, since when the other
// side rings.
func callStates(ref Ref) Collection { return Below(ref, "~states") }

// Create implements [Creator].
func (Call) Create(tx Tx, e *Entity) *grapherr.Error {
	e.SetString("state", "establishing")
	e.SetString("direction", "outgoing")
	for _, name := range []string{"callChainId", "myParticipantId"} {
		if !present(e.Object, name) {
			e.SetString(name, tx.NewID())
		}
	}
	if who := tx.Caller(); !present(e.Object, "source") && who.AppID != "" {
		app := fields("displayName", quoted(who.AppName), "id", quoted(who.AppID))
		e.Set("source", fields("identity", string(fields("application", string(app.JSON())).JSON()),
			"countryCode", "null", "endpointType", "null", "region", "null", "languageId", "null").JSON())
	}
	return nil
}

// Created implements [Created].
func (Call) Created(tx Tx, e Entity) *grapherr.Error { return rings(tx, e.Ref) }

func rings(tx Tx, call Ref) *grapherr.Error {
	_, fault := tx.Put(callStates(call), Entity{ID: "since", Object: fields("at", quoted(nano(tx.Now())))})
	return fault
}

// Read implements [Reader].
func (Call) Read(tx Tx, e *Entity) {
	since, ok := tx.Get(callStates(e.Ref), "since")
	if ok && text(e.Object, "state") == "establishing" && tx.Now().Sub(timeOf(since.Object, "at")) >= ringing {
		e.SetString("state", "established")
	}
}

// Computes implements [Computing].
func (Call) Computes() []string { return []string{"state"} }

// answerCall takes an incoming call.
func answerCall(tx Tx, call *Entity, p entity.Object) (Result, *grapherr.Error) {
	if fault := incoming(*call); fault != nil {
		return Result{}, fault
	}
	for _, name := range []string{"callbackUri", "mediaConfig"} {
		if raw, ok := lowered(p).Get(name); ok {
			call.Set(name, raw)
		}
	}
	call.SetString("state", "establishing")
	return Result{Status: 202}, rings(tx, call.Ref)
}

// rejectCall refuses one.
func rejectCall(_ Tx, call *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if fault := incoming(*call); fault != nil {
		return Result{}, fault
	}
	call.SetString("state", "terminated")
	return Result{Status: 202}, nil
}

// incoming refuses what is for incoming calls; a call that says nothing of itself
// may be one.
func incoming(call Entity) *grapherr.Error {
	if text(call.Object, "direction") == "outgoing" {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The call is not an incoming one."}
	}
	return nil
}
