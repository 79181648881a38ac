package behavior

// Evidence for actions that are a change of state and nothing more:
//   - documented: the pages of each action name the state that it leads to, who and
//     when it notes, and what it answers; states are members of the model's
//     enumerations.
//   - assumed (2026-11): states that take the service a while are reached at once;
//     what an action of another's state would refuse is let through, but for
//     what is in the table.

import (
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// transit is an action that gives its entity other values.
type transit struct {
	set    []Default // of members, or of members of complex values: "status/code"; see [transitValue]
	answer answered
}

// answered is what a transit answers with.
type answered string

const (
	answersNothing answered = ""
	answersItself  answered = "itself" // the entity as it is then
	answersTrue    answered = "true"   // of Boolean functions
	answersStatus  answered = "status" // that member
)

var _ Invoker = transit{}

// Words that stand for values of the moment.
const (
	nowValue   = "$now"
	actorValue = "$actor" // an identity set of the caller
)

// Invoke implements [Invoker].
func (t transit) Invoke(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	for _, d := range t.set {
		setPath(&bound.Object, d.Name, transitValue(tx, d.JSON))
	}
	switch t.answer {
	case answersItself:
		return Result{Entity: bound}, nil
	case answersTrue:
		return Result{Value: json.RawMessage("true")}, nil
	case answersStatus:
		return Object(inner(bound.Object, string(answersStatus))), nil
	}
	return Result{}, nil
}

func transitValue(tx Tx, value string) json.RawMessage {
	switch value {
	case nowValue:
		return json.RawMessage(quoted(instant(tx.Now())))
	case actorValue:
		return actor(tx)
	}
	return json.RawMessage(value)
}

// setPath sets a member, or one of a complex value, "status/code".
func setPath(o *entity.Object, path string, value json.RawMessage) {
	first, rest, deeper := strings.Cut(path, "/")
	if !deeper {
		o.Set(first, value)
		return
	}
	below := inner(*o, first).Clone()
	setPath(&below, rest, value)
	o.Set(first, below.JSON())
}

// stateOf sets one member to a text.
func stateOf(name, state string, more ...Default) []Default {
	return append([]Default{{name, quoted(state)}}, more...)
}

// noted are who did something, and when.
func noted(by, at string) []Default { return []Default{{by, actorValue}, {at, nowValue}} }

// transits are keyed by type and action, both without "microsoft.graph.".
var transits = map[string]transit{
	"educationSubmission/unsubmit": {stateOf("status", "working", noted("unsubmittedBy", "unsubmittedDateTime")...), answersItself},
	"educationSubmission/return":   {stateOf("status", "returned", noted("returnedBy", "returnedDateTime")...), answersItself},
	"educationSubmission/reassign": {stateOf("status", "reassigned", noted("reassignedBy", "reassignedDateTime")...), answersItself},
	"educationSubmission/excuse":   {stateOf("status", "excused", noted("excusedBy", "excusedDateTime")...), answersItself},

	"educationAssignment/activate":   {stateOf("status", "assigned"), answersItself},
	"educationAssignment/deactivate": {stateOf("status", "inactive"), answersItself},
	"educationModule/publish":        {stateOf("status", "published"), answersItself},
	"educationModule/pin":            {[]Default{{"isPinned", "true"}}, answersItself},
	"educationModule/unpin":          {[]Default{{"isPinned", "false"}}, answersItself},

	"printJob/start":  {[]Default{{"status/state", `"processing"`}, {"status/details", "[]"}, {"status/isAcquiredByPrinter", "false"}}, answersStatus},
	"printJob/cancel": {stateOf("status/state", "canceled"), answersNothing},
	"printJob/abort":  {stateOf("status/state", "aborted"), answersNothing},

	"synchronizationJob/start":   {stateOf("status/code", "Active", stateOf("schedule/state", "Active")...), answersNothing},
	"synchronizationJob/pause":   {stateOf("status/code", "Paused", stateOf("schedule/state", "Disabled")...), answersNothing},
	"synchronizationJob/restart": {stateOf("status/code", "Active", stateOf("schedule/state", "Active")...), answersNothing},

	"security.ediscoveryCase/security.close":         {stateOf("status", "closed", noted("closedBy", "closedDateTime")...), answersNothing},
	"security.ediscoveryCase/security.reopen":        {stateOf("status", "active", Default{"closedBy", "null"}, Default{"closedDateTime", "null"}), answersNothing},
	"security.ediscoveryCustodian/security.release":  {stateOf("status", "released", Default{"releasedDateTime", nowValue}), answersNothing},
	"security.ediscoveryCustodian/security.activate": {stateOf("status", "active", Default{"releasedDateTime", "null"}), answersNothing},

	"security.ediscoveryNoncustodialDataSource/security.release": {stateOf("status", "released", Default{"releasedDateTime", nowValue}), answersNothing},

	"accessReviewInstance/stop":           {stateOf("status", "Completed"), answersNothing},
	"accessReviewInstance/applyDecisions": {stateOf("status", "Applied"), answersNothing},
	"accessReviewScheduleDefinition/stop": {stateOf("status", "Completed"), answersNothing},
	"accessReviewStage/stop":              {stateOf("status", "Completed"), answersNothing},

	"accessPackageAssignmentRequest/cancel": {stateOf("state", "canceled"), answersNothing},

	"phoneAuthenticationMethod/enableSmsSignIn":  {stateOf("smsSignInState", "ready"), answersNothing},
	"phoneAuthenticationMethod/disableSmsSignIn": {stateOf("smsSignInState", "notEnabled"), answersNothing},

	"virtualEvent/publish":      {stateOf("status", "published"), answersNothing},
	"virtualEvent/cancel":       {stateOf("status", "canceled"), answersNothing},
	"bookingBusiness/unpublish": {[]Default{{"isPublished", "false"}, {"publicUrl", "null"}}, answersNothing},

	"application/unsetVerifiedPublisher": {[]Default{{"verifiedPublisher", `{"displayName":null,"verifiedPublisherId":null,"addedDateTime":null}`}}, answersNothing},
	"event/dismissReminder":              {[]Default{{"isReminderOn", "false"}}, answersNothing},
	"domain/promote":                     {[]Default{{"isRoot", "true"}}, answersTrue},
	"user/reprocessLicenseAssignment":    {nil, answersItself},
}

func transitions() []Registration {
	var all []Registration
	for name, t := range transits {
		all = append(all, Registration{Bound: "microsoft.graph." + name, Behavior: t})
	}
	for name, t := range moreTransits {
		all = append(all, Registration{Bound: "microsoft.graph." + name, Behavior: t})
	}
	for name, t := range intuneTransits {
		all = append(all, Registration{Bound: "microsoft.graph." + name, Behavior: t})
	}
	return append(append(all, memberTransitions()...), timeCards()...)
}
