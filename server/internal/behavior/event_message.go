package behavior

// Evidence for messages about meetings (resources eventMessage, eventMessageRequest
// and eventMessageResponse, pages event: accept, decline, cancel, 2021 to 2024):
//   - documented: invitations, updates and cancellations arrive as messages of these
//     types, answers at the organizer unless sendResponse is false; event leads
//     to the event in the same mailbox; meetingMessageType, responseType.
//   - assumed (2026-11): their subjects; comments are their bodies.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// meetingNews is what a message tells of a meeting.
type meetingNews struct {
	kind, subject, comment string
	event                  Entity // as the recipient has it
	update                 bool
	answer                 string // responseType of an answer
}

// answerKinds are the kinds of messages that answers are, and how their subjects
// begin; one is misspelt in the model.
var answerKinds = map[string][2]string{
	"accepted": {"meetingAccepted", "Accepted: "}, "declined": {"meetingDeclined", "Declined: "},
	"tentativelyAccepted": {"meetingTenativelyAccepted", "Tentative: "},
}

// tellOfMeeting puts a message about a meeting into somebody's inbox.
func tellOfMeeting(tx Tx, to, from Entity, n meetingNews) *grapherr.Error {
	e := New(fields("subject", quoted(n.subject), "meetingMessageType", quoted(n.kind), "isOutOfDate", "false", "isDelegated", "false",
		"body", `{"contentType":"html","content":`+quoted(n.comment)+`}`, "toRecipients", "["+mailAddress(to)+"]")...)
	if sender := mailAddress(from); sender != "" {
		e.Set("from", []byte(sender))
		e.Set("sender", []byte(sender))
	}
	for event, message := range map[string]string{
		"start": "startDateTime", "end": "endDateTime", "location": "location", "isAllDay": "isAllDay", "recurrence": "recurrence", "type": "type",
	} {
		if raw, ok := n.event.Get(event); ok {
			e.Set(message, raw)
		}
	}
	e.Type = "microsoft.graph.eventMessage"
	switch {
	case n.answer != "":
		e.Type = "microsoft.graph.eventMessageResponse"
		e.SetString("responseType", n.answer)
	case n.kind == "meetingRequest":
		e.Type = "microsoft.graph.eventMessageRequest"
		describeRequest(&e.Object, n)
	}
	made, fault := arrive(tx, to, e, false)
	if fault == nil && made.Ref != None && n.event.Ref != None {
		_, fault = tx.Link(made.Ref, "event", n.event.Ref)
	}
	return fault
}

func describeRequest(o *entity.Object, n meetingNews) {
	o.SetString("meetingRequestType", map[bool]string{false: "newMeetingRequest", true: "fullUpdate"}[n.update])
	for _, name := range []string{"allowNewTimeProposals", "responseRequested"} {
		o.Set(name, []byte(jsonOf(n.event.Object, name)))
	}
}
