package behavior

// Evidence for answers to invitations and for events that are called off: event.go.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Invoke implements [Invoker].
func (r Respond) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	if bound.True("isOrganizer") {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest",
			Message: "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer."}
	}
	p = lowered(p)
	if present(p, "proposedNewTime") && jsonOf(bound.Object, "allowNewTimeProposals") == "false" {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest",
			Message: "Your request can't be completed. The meeting organizer doesn't allow new time proposals."}
	}
	status := fields("response", quoted(r.Response), "time", quoted(instant(tx.Now())))
	bound.Set("responseStatus", status.JSON())
	if r.Response == "accepted" {
		bound.SetString("showAs", "busy")
	}
	settleEvent(tx, bound)
	if jsonOf(p, "sendResponse") == "false" {
		return Result{Status: 202}, nil
	}
	return Result{Status: 202}, tellOrganizer(tx, *bound, status, p)
}

// tellOrganizer notes an answer on the organizer's event, and sends it.
func tellOrganizer(tx Tx, e Entity, status, p entity.Object) *grapherr.Error {
	me := calendarOwner(tx, tx.Home(e.Ref))
	organizer, ok := userAt(tx, text(inner(inner(e.Object, "organizer"), "emailAddress"), "address"))
	if !ok || organizer.Ref == me.Ref {
		return nil
	}
	theirs, ok := copyOf(tx, organizer, e.Object)
	if !ok {
		return nil
	}
	answer := fields("status", string(status.JSON()))
	if proposed := inner(p, "proposedNewTime"); len(proposed) > 0 {
		answer.Set("proposedNewTime", proposed.JSON())
	}
	if fault := noteAnswer(tx, theirs, me, answer); fault != nil {
		return fault
	}
	kind := answerKinds[text(status, "response")]
	return tellOfMeeting(tx, organizer, me, meetingNews{kind: kind[0], subject: kind[1] + text(e.Object, "subject"),
		comment: text(p, "comment"), event: theirs, answer: text(status, "response")})
}

func noteAnswer(tx Tx, e, attendee Entity, answer entity.Object) *grapherr.Error {
	var all []string
	for _, a := range list(e.Object, "attendees") {
		address := text(inner(a, "emailAddress"), "address")
		if strings.EqualFold(address, text(attendee.Object, "mail")) || strings.EqualFold(address, text(attendee.Object, "userPrincipalName")) {
			for _, m := range answer {
				a.Set(m.Name, m.Value)
			}
		}
		all = append(all, string(a.JSON()))
	}
	changed := e.Object.Clone()
	changed.Set("attendees", []byte("["+strings.Join(all, ",")+"]"))
	return tx.Replace(e.Ref, changed)
}

// Invoke implements [Invoker].
func (CancelEvent) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if jsonOf(bound.Object, "isOrganizer") == "false" {
		return Result{}, &grapherr.Error{Status: 400, Code: "ErrorInvalidRequest",
			Message: "Your request can't be completed. You need to be an organizer to cancel a meeting."}
	}
	if _, fault := (Event{}).Delete(tx, *bound); fault != nil {
		return Result{}, fault
	}
	return Result{Status: 202}, tx.Delete(bound.Ref)
}
