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
	nothing answered = ""
	itself  answered = "itself" // the entity as it is then
	yes     answered = "true"   // of Boolean functions
	status  answered = "status" // that member
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
	case itself:
		return Result{Entity: bound}, nil
	case yes:
		return Result{Value: json.RawMessage("true")}, nil
	case status:
		return Object(inner(bound.Object, string(status))), nil
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
	"educationSubmission/submit":   {stateOf("status", "submitted", noted("submittedBy", "submittedDateTime")...), itself},
	"educationSubmission/unsubmit": {stateOf("status", "working", noted("unsubmittedBy", "unsubmittedDateTime")...), itself},
	"educationSubmission/return":   {stateOf("status", "returned", noted("returnedBy", "returnedDateTime")...), itself},
	"educationSubmission/reassign": {stateOf("status", "reassigned", noted("reassignedBy", "reassignedDateTime")...), itself},
	"educationSubmission/excuse":   {stateOf("status", "excused", noted("excusedBy", "excusedDateTime")...), itself},

	"educationAssignment/publish":    {stateOf("status", "published"), itself},
	"educationAssignment/activate":   {stateOf("status", "assigned"), itself},
	"educationAssignment/deactivate": {stateOf("status", "inactive"), itself},
	"educationModule/publish":        {stateOf("status", "published"), itself},
	"educationModule/pin":            {[]Default{{"isPinned", "true"}}, itself},
	"educationModule/unpin":          {[]Default{{"isPinned", "false"}}, itself},

	"printJob/start":  {[]Default{{"status/state", `"processing"`}, {"status/details", "[]"}, {"status/isAcquiredByPrinter", "false"}}, status},
	"printJob/cancel": {stateOf("status/state", "canceled"), nothing},
	"printJob/abort":  {stateOf("status/state", "aborted"), nothing},

	"synchronizationJob/start":   {stateOf("status/code", "Active"), nothing},
	"synchronizationJob/pause":   {stateOf("status/code", "Paused"), nothing},
	"synchronizationJob/restart": {stateOf("status/code", "Active"), nothing},

	"security.ediscoveryCase/security.close":           {stateOf("status", "closed", noted("closedBy", "closedDateTime")...), nothing},
	"security.ediscoveryCase/security.reopen":          {stateOf("status", "active", Default{"closedBy", "null"}, Default{"closedDateTime", "null"}), nothing},
	"security.ediscoveryCustodian/security.release":    {stateOf("status", "released", Default{"releasedDateTime", nowValue}), nothing},
	"security.ediscoveryCustodian/security.activate":   {stateOf("status", "active", Default{"releasedDateTime", "null"}), nothing},
	"security.ediscoveryCustodian/security.applyHold":  {stateOf("holdStatus", "applied"), nothing},
	"security.ediscoveryCustodian/security.removeHold": {stateOf("holdStatus", "notApplied"), nothing},

	"security.ediscoveryNoncustodialDataSource/security.release":    {stateOf("status", "released", Default{"releasedDateTime", nowValue}), nothing},
	"security.ediscoveryNoncustodialDataSource/security.applyHold":  {stateOf("holdStatus", "applied"), nothing},
	"security.ediscoveryNoncustodialDataSource/security.removeHold": {stateOf("holdStatus", "notApplied"), nothing},

	"accessReviewInstance/stop":           {stateOf("status", "Completed"), nothing},
	"accessReviewInstance/applyDecisions": {stateOf("status", "Applied"), nothing},
	"accessReviewScheduleDefinition/stop": {stateOf("status", "Completed"), nothing},
	"accessReviewStage/stop":              {stateOf("status", "Completed"), nothing},

	"accessPackageAssignmentRequest/cancel":                  {stateOf("state", "canceled"), nothing},
	"unifiedRoleAssignmentScheduleRequest/cancel":            {stateOf("status", "Canceled"), nothing},
	"unifiedRoleEligibilityScheduleRequest/cancel":           {stateOf("status", "Canceled"), nothing},
	"privilegedAccessGroupAssignmentScheduleRequest/cancel":  {stateOf("status", "Canceled"), nothing},
	"privilegedAccessGroupEligibilityScheduleRequest/cancel": {stateOf("status", "Canceled"), nothing},

	"phoneAuthenticationMethod/enableSmsSignIn":  {stateOf("smsSignInState", "ready"), nothing},
	"phoneAuthenticationMethod/disableSmsSignIn": {stateOf("smsSignInState", "notEnabled"), nothing},

	"virtualEvent/publish":      {stateOf("status", "published"), nothing},
	"virtualEvent/cancel":       {stateOf("status", "canceled"), nothing},
	"bookingBusiness/publish":   {[]Default{{"isPublished", "true"}}, nothing},
	"bookingBusiness/unpublish": {[]Default{{"isPublished", "false"}}, nothing},

	"application/unsetVerifiedPublisher": {[]Default{{"verifiedPublisher", `{"displayName":null,"verifiedPublisherId":null,"addedDateTime":null}`}}, nothing},
	"event/dismissReminder":              {[]Default{{"isReminderOn", "false"}}, nothing},
	"domain/promote":                     {[]Default{{"isRoot", "true"}}, yes},
	"user/reprocessLicenseAssignment":    {nil, itself},
}

func transitions() []Registration {
	var all []Registration
	for name, t := range transits {
		all = append(all, Registration{Bound: "microsoft.graph." + name, Behavior: t})
	}
	return all
}
