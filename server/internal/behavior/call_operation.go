package behavior

// Evidence for operations of calls (pages of the actions and of commsOperation,
// 2021 to 2025):
//   - documented: an action answers with its operation, and in Location where that
//     is; it has the clientContext that was sent; what only switches something is
//     completed at once, the others are running; muting shows at the participant.
//   - assumed (2026-11): states are spelt as in the model, with a capital; what runs
//     is completed a second later; a muteAll of some participants mutes those of them
//     that the call has.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// callAction is an action of a call, or of its participants, that an operation
// stands for.
type callAction struct {
	makes string // the operation's type without its namespace
	runs  bool   // it is not completed at once
	mutes bool
}

var _ Invoker = callAction{}

// callActions are the actions by what they are bound to.
var callActions = map[string]callAction{
	"microsoft.graph.call/addLargeGalleryView":        {makes: "addLargeGalleryViewOperation", runs: true},
	"microsoft.graph.call/cancelMediaProcessing":      {makes: "cancelMediaProcessingOperation"},
	"microsoft.graph.call/mute":                       {makes: "muteParticipantOperation"},
	"microsoft.graph.call/unmute":                     {makes: "unmuteParticipantOperation"},
	"microsoft.graph.call/playPrompt":                 {makes: "playPromptOperation", runs: true},
	"microsoft.graph.call/recordResponse":             {makes: "recordOperation", runs: true},
	"microsoft.graph.call/sendDtmfTones":              {makes: "sendDtmfTonesOperation", runs: true},
	"microsoft.graph.call/subscribeToTone":            {makes: "subscribeToToneOperation"},
	"microsoft.graph.call/updateRecordingStatus":      {makes: "updateRecordingStatusOperation"},
	"microsoft.graph.participant/mute":                {makes: "muteParticipantOperation", mutes: true},
	"microsoft.graph.participant/startHoldMusic":      {makes: "startHoldMusicOperation", runs: true},
	"microsoft.graph.participant/stopHoldMusic":       {makes: "stopHoldMusicOperation", runs: true},
	"Collection(microsoft.graph.participant)/muteAll": {makes: "muteParticipantsOperation", mutes: true},
	"Collection(microsoft.graph.participant)/invite":  {makes: "inviteParticipantsOperation", runs: true},
}

// callOperations are the registrations of the actions and of what they make.
func callOperations() []Registration {
	all := []Registration{{Type: "microsoft.graph.commsOperation", Behavior: CommsOperation{}}}
	for bound, action := range callActions {
		all = append(all, Registration{Bound: bound, Behavior: action})
	}
	return all
}

// Invoke implements [Invoker].
func (a callAction) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	call, ok := tx.Entity(tx.Parent())
	if bound != nil && bound.Type != "" && !isParticipant(*bound) {
		call, ok = *bound, true
	}
	if !ok {
		return Result{}, grapherr.NotFound(tx.Family(), tx.Key())
	}
	if a.mutes {
		if fault := muteParticipants(tx, call, bound, p); fault != nil {
			return Result{}, fault
		}
	}
	op, fault := a.operation(tx, call, p)
	return Result{Entity: &op, Location: tx.URL("/communications/calls/" + call.ID + "/operations/" + op.ID)}, fault
}

func isParticipant(e Entity) bool { return e.Type == "microsoft.graph.participant" }

// operation is what a call notes of an action.
func (a callAction) operation(tx Tx, call Entity, p entity.Object) (Entity, *grapherr.Error) {
	status := "Completed"
	if a.runs {
		status = "Running"
	}
	context, _ := lowered(p).Get("clientContext")
	if context == nil {
		context = json.RawMessage("null")
	}
	op := New(fields("status", quoted(status), "clientContext", string(context), "resultInfo", "null")...)
	op.Type = "microsoft.graph." + a.makes
	made, fault := tx.Insert(Below(call.Ref, "operations"), op)
	if fault == nil && a.runs {
		fault = rings(tx, made.Ref)
	}
	return made, fault
}

// muteParticipants mutes the participant that an action is called on, or all
// that it names.
func muteParticipants(tx Tx, call Entity, bound *Entity, p entity.Object) *grapherr.Error {
	if bound != nil && isParticipant(*bound) {
		bound.Set("isMuted", json.RawMessage("true"))
		return nil
	}
	named := map[string]bool{}
	for id := range entity.Elements(json.RawMessage(jsonOf(p, "participants"))) {
		name, _ := entity.Unquote(id)
		named[name] = true
	}
	for each := range tx.All(Below(call.Ref, "participants")) {
		if len(named) > 0 && !named[each.ID] {
			continue
		}
		each.Set("isMuted", json.RawMessage("true"))
		if fault := tx.Replace(each.Ref, each.Object); fault != nil {
			return fault
		}
	}
	return nil
}

// CommsOperation is completed when its time has come.
type CommsOperation struct{}

var (
	_ Reader    = CommsOperation{}
	_ Computing = CommsOperation{}
)

// Read implements [Reader].
func (CommsOperation) Read(tx Tx, e *Entity) {
	since, ok := tx.Get(callStates(e.Ref), "since")
	if ok && text(e.Object, "status") == "Running" && tx.Now().Sub(timeOf(since.Object, "at")) >= ringing {
		e.SetString("status", "Completed")
		e.Set("resultInfo", json.RawMessage(`{"code":200,"subcode":0,"message":"Action completed successfully."}`))
	}
}

// Computes implements [Computing].
func (CommsOperation) Computes() []string { return []string{"status", "resultInfo"} }
