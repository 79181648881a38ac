package behavior

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// intuneTransits are the transits of Intune; evidence as for transits, their pages are
// of beta for the most part. What is synchronized is so at once.
var intuneTransits = map[string]Invoker{
	"windowsAutopilotSettings/sync": transit{stateOf("syncStatus", "completed", Default{"lastManualSyncTriggerDateTime", nowValue}, Default{"lastSyncDateTime", nowValue}), answersNothing},
	"windowsDriverUpdateProfile/syncInventory": transit{stateOf("inventorySyncStatus/driverInventorySyncState", "success",
		Default{"inventorySyncStatus/lastSuccessfulSyncDateTime", nowValue}), answersNothing},
	"depOnboardingSetting/syncWithAppleDeviceEnrollmentProgram": transit{[]Default{{"lastSyncTriggeredDateTime", nowValue}, {"lastSuccessfulSyncDateTime", nowValue}, {"lastSyncErrorCode", "0"}}, answersNothing},
	"depOnboardingSetting/shareForSchoolDataSyncService":        transit{[]Default{{"shareTokenWithSchoolDataSyncService", "true"}}, answersNothing},
	"depOnboardingSetting/unshareForSchoolDataSyncService":      transit{[]Default{{"shareTokenWithSchoolDataSyncService", "false"}}, answersNothing},
	"deviceAppManagement/syncMicrosoftStoreForBusinessApps": transit{[]Default{{"microsoftStoreForBusinessLastSuccessfulSyncDateTime", nowValue},
		{"microsoftStoreForBusinessLastCompletedApplicationSyncTime", nowValue}}, answersNothing},

	"androidManagedStoreAccountEnterpriseSettings/syncApps": transit{stateOf("lastAppSyncStatus", "success", Default{"lastAppSyncDateTime", nowValue}), answersNothing},
	"androidManagedStoreAccountEnterpriseSettings/unbind": transit{stateOf("bindStatus", "notBound", Default{"ownerUserPrincipalName", "null"},
		Default{"ownerOrganizationName", "null"}), answersNothing},
	"androidManagedStoreAccountEnterpriseSettings/completeSignup": transit{stateOf("bindStatus", "boundAndValidated", Default{"lastModifiedDateTime", nowValue}), answersNothing},
	"androidForWorkSettings/syncApps":                             transit{stateOf("lastAppSyncStatus", "success", Default{"lastAppSyncDateTime", nowValue}), answersNothing},
	"androidForWorkSettings/unbind":                               transit{stateOf("bindStatus", "notBound"), answersNothing},
	"androidForWorkSettings/completeSignup":                       transit{stateOf("bindStatus", "boundAndValidated", Default{"lastModifiedDateTime", nowValue}), answersNothing},

	"androidDeviceOwnerEnrollmentProfile/revokeToken": transit{[]Default{{"tokenValue", "null"}, {"qrCodeContent", "null"}, {"tokenExpirationDateTime", nowValue}}, answersNothing},
	"androidForWorkEnrollmentProfile/revokeToken":     transit{[]Default{{"tokenValue", "null"}, {"qrCodeContent", "null"}, {"tokenExpirationDateTime", nowValue}}, answersNothing},

	"dataSharingConsent/consentToDataSharing": transit{[]Default{{"granted", "true"}, {"grantDateTime", nowValue}}, answersItself},
	"zebraFotaConnector/connect":              transit{stateOf("state", "connected", Default{"lastSyncDateTime", nowValue}), answersTrue},
	"zebraFotaConnector/disconnect":           transit{stateOf("state", "disconnected"), answersTrue},
	"zebraFotaConnector/approveFotaApps":      transit{[]Default{{"fotaAppsApproved", "true"}}, answersTrue},
	"zebraFotaDeployment/cancel":              transit{[]Default{{"deploymentStatus/cancelRequested", "true"}, {"deploymentStatus/state", `"pendingCancel"`}}, answersTrue},

	"groupPolicyUploadedDefinitionFile/remove": transit{stateOf("status", "removalInProgress"), answersNothing},
	"microsoftTunnelSite/requestUpgrade":       transit{[]Default{{"upgradeAvailable", "false"}}, answersNothing},
	"deviceAppManagementTask/updateStatus":     transitTaking{[]string{"status"}, transit{}},

	"windowsAutopilotDeviceIdentity/assignResourceAccountToDevice":     transitTaking{[]string{"resourceAccountName", "userPrincipalName", "addressableUserName"}, transit{}},
	"windowsAutopilotDeviceIdentity/unassignResourceAccountFromDevice": transit{[]Default{{"userPrincipalName", `""`}, {"addressableUserName", `""`}}, answersNothing},
	"windowsAutopilotDeviceIdentity/allowNextEnrollment":               transit{stateOf("enrollmentState", "notContacted"), answersNothing},

	"deviceManagementConfigurationPolicy/reorder":                              intoPriority,
	"deviceManagementIntent/migrateToTemplate":                                 transit{[]Default{{"isMigratingToConfigurationPolicy", "false"}}, answersNothing},
	"cloudCertificationAuthority/getCloudCertificationAuthority":               transit{nil, answersItself},
	"cloudCertificationAuthority/patchCloudCertificationAuthority":             transit{nil, answersItself},
	"cloudCertificationAuthority/changeCloudCertificationAuthorityStatus":      transitTaking{[]string{"certificationAuthorityStatus"}, transit{nil, answersItself}},
	"cloudCertificationAuthority/revokeCloudCertificationAuthorityCertificate": transit{stateOf("certificationAuthorityStatus", "revoked"), answersItself},
}

// intoPriority notes the priority that a policy is given.
var intoPriority = invoked(func(_ Tx, policy *Entity, p entity.Object) (Result, *grapherr.Error) {
	setPath(&policy.Object, "priorityMetaData/priority", json.RawMessage(jsonOf(p, "priority")))
	return Result{}, nil
})
