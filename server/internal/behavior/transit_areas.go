package behavior

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// transitTaking is a transit that gives its entity the values of parameters, too,
// which have the names of its members.
type transitTaking struct {
	takes []string
	transit
}

var _ Invoker = transitTaking{}

// Invoke implements [Invoker].
func (t transitTaking) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	for _, name := range t.takes {
		if raw, given := p.Get(name); given {
			bound.Set(name, raw)
		}
	}
	return t.transit.Invoke(tx, bound, p)
}

// moreTransits are those of operations, protection and recommendations; evidence as
// for transits.
var moreTransits = map[string]Invoker{
	"printJob/startPrintJob":  transits["printJob/start"],
	"printJob/cancelPrintJob": transits["printJob/cancel"],

	"recommendation/complete":     transit{stateOf("status", "completedByUser"), answersItself},
	"recommendation/dismiss":      transit{stateOf("status", "dismissed"), answersItself},
	"recommendation/postpone":     transitTaking{[]string{"postponeUntilDateTime"}, transit{stateOf("status", "postponed"), answersItself}},
	"recommendation/reactivate":   transit{stateOf("status", "active"), answersItself},
	"impactedResource/complete":   transit{stateOf("status", "completedByUser"), answersItself},
	"impactedResource/dismiss":    transit{stateOf("status", "dismissed"), answersItself},
	"impactedResource/postpone":   transitTaking{[]string{"postponeUntilDateTime"}, transit{stateOf("status", "postponed"), answersItself}},
	"impactedResource/reactivate": transit{stateOf("status", "active"), answersItself},

	"privilegeManagementElevationRequest/approve": transitTaking{[]string{"reviewerJustification"}, transit{stateOf("status", "approved"), answersItself}},
	"privilegeManagementElevationRequest/deny":    transitTaking{[]string{"reviewerJustification"}, transit{stateOf("status", "denied"), answersItself}},
	"privilegeManagementElevationRequest/revoke":  transitTaking{[]string{"reviewerJustification"}, transit{stateOf("status", "revoked"), answersItself}},

	"protectionPolicyBase/activate":     transit{stateOf("status", "active"), answersItself},
	"protectionPolicyBase/deactivate":   transit{stateOf("status", "inactive"), answersItself},
	"protectionUnitBase/offboard":       transit{stateOf("status", "offboardRequested", Default{"offboardRequestedDateTime", nowValue}), answersItself},
	"protectionUnitBase/cancelOffboard": transit{stateOf("status", "protected", Default{"offboardRequestedDateTime", "null"}), answersItself},
	"restoreSessionBase/activate":       transit{stateOf("status", "activating"), answersItself},
	"serviceApp/activate":               transitTaking{[]string{"effectiveDateTime"}, transit{stateOf("status", "active"), answersItself}},
	"serviceApp/deactivate":             transit{stateOf("status", "inactive"), answersItself},

	"fileStorageContainer/activate": transit{stateOf("status", "active"), answersNothing},
	"fileStorageContainer/unlock":   transit{stateOf("lockState", "unlocked"), answersNothing},
	"plannerPlan/archive":           transit{[]Default{{"isArchived", "true"}}, answersNothing},
	"plannerPlan/unarchive":         transit{[]Default{{"isArchived", "false"}}, answersNothing},

	"remoteAssistancePartner/beginOnboarding": transit{stateOf("onboardingStatus", "onboarding"), answersNothing},
	"remoteAssistancePartner/disconnect":      transit{stateOf("onboardingStatus", "notOnboarded"), answersNothing},
	"deviceManagementPartner/terminate":       transit{stateOf("partnerState", "terminated"), answersNothing},
	"deviceManagementExchangeConnector/sync":  transit{[]Default{{"lastSyncDateTime", nowValue}}, answersNothing},
	"vppToken/syncLicenses":                   transit{stateOf("lastSyncStatus", "completed", Default{"lastSyncDateTime", nowValue}), answersItself},

	"windowsAutopilotDeviceIdentity/unassignUserFromDevice": transit{[]Default{{"userPrincipalName", `""`}, {"addressableUserName", `""`}}, answersNothing},

	"channel/removeEmail":             transit{[]Default{{"email", "null"}}, answersNothing},
	"virtualEventRegistration/cancel": transit{stateOf("status", "canceled", Default{"cancelationDateTime", nowValue}), answersNothing},

	"user/retryServiceProvisioning":       transit{[]Default{{"serviceProvisioningErrors", "[]"}}, answersNothing},
	"group/retryServiceProvisioning":      transit{[]Default{{"serviceProvisioningErrors", "[]"}}, answersNothing},
	"orgContact/retryServiceProvisioning": transit{[]Default{{"serviceProvisioningErrors", "[]"}}, answersNothing},

	"accessReviewInstance/stopApplyDecisions": transit{stateOf("status", "Applied"), answersNothing},
	"privilegedRoleAssignmentRequest/cancel":  transit{stateOf("status", "Canceled"), answersItself},
	"governanceRoleAssignmentRequest/cancel":  transit{[]Default{{"status/status", `"Closed"`}, {"status/subStatus", `"Canceled"`}}, answersNothing},

	"event/snoozeReminder": transit{[]Default{{"isReminderOn", "true"}}, answersNothing},
}
