package behavior

// Evidence for sendActivityNotification (pages of team, chat, userTeamwork and
// teamwork, 2021 to 2025):
//   - documented: 204, 202 to several recipients; topic, activityType and previewText;
//     a topic of text has a webUrl; chats and teams name the recipient; at most 100
//     recipients.
//   - assumed (2026-11): the texts of the refusals; previewText may be left out.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// NotifyActivity tells users of an activity in Teams.
type NotifyActivity struct {
	Recipient string // parameter that says whom; "" for the user below whose path it is
	Status    int
}

var _ Invoker = NotifyActivity{}

// mostNotified is how many users one request notifies.
const mostNotified = 100

// Invoke implements [Invoker].
func (n NotifyActivity) Invoke(_ Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	topic := inner(p, "topic")
	missing := ""
	switch {
	case text(topic, "source") == "" || text(topic, "value") == "":
		missing = "topic"
	case text(topic, "source") == "text" && text(topic, "webUrl") == "":
		missing = "topic/webUrl"
	case text(p, "activityType") == "":
		missing = "activityType"
	case n.Recipient != "" && !present(p, n.Recipient):
		missing = n.Recipient
	}
	if missing != "" {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The parameter " + missing + " is missing."}
	}
	if len(list(p, n.Recipient)) > mostNotified {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "A request has 100 recipients at most."}
	}
	return Result{Status: n.Status}, nil
}
