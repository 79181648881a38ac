package behavior

// Evidence for what Intune's roles allow:
//   - reported: the names of resource actions (constants of
//     deploymenttheory/terraform-provider-microsoft365, 2025), one of which misspells
//     policies; what a Read Only Operator's neighbours may do follows the pages of the
//     built-in roles in the documentation of Intune (2023 to 2025) in outline.
//   - assumed (2026-11): which of the actions each role has: reading for all but the
//     administrator of roles, and everything of the resources of its own.

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

const (
	intuneAction = "Microsoft.Intune_"
	written      = "Read Create Update Delete Assign"
	reported     = written + " ViewReports"
)

// intuneResources are the resources that roles speak of, with their actions.
var intuneResources = []struct{ name, actions string }{
	{"Audit", "Read"}, {"AndroidSync", "Read UpdateApps UpdateOnboarding UpdateEnrollmentProfiles"}, {"AssignmentFilter", "Read Create Update Delete"},
	{"CertificateConnector", "Read Modify"}, {"CorporateDeviceIdentifiers", "Read Create Update Delete"}, {"Customization", written},
	{"DerivedCredentials", "Read Modify"}, {"DeviceCompliancePolices", reported}, {"DeviceConfigurations", reported},
	{"DeviceEnrollmentManagers", "Read Update"}, {"EndpointAnalytics", "Read Create Update Delete"}, {"EndpointProtection", "Read"},
	{"EnrollmentProgramToken", "Read Create Update Delete"}, {"ManagedApps", written + " Wipe"},
	{"ManagedDevices", "Read Update Delete SetPrimaryUser ViewReports"}, {"ManagedGooglePlay", "Read Modify"}, {"MicrosoftDefenderATP", "Read"},
	{"MicrosoftStoreForBusiness", "Read Modify"}, {"MicrosoftTunnelGateway", "Read Create Update Delete"}, {"MobileApps", reported + " Relate"},
	{"MobileThreatDefense", "Read Modify"}, {"Organization", "Read Update"}, {"PartnerDeviceManagement", "Read Modify"}, {"PolicySets", written},
	{"RemoteAssistance", "Read Update ViewReports"}, {"RemoteAssistanceApp", "ViewScreen Elevation TakeFullControl"},
	{"RemoteTasks", "ActivateDeviceEsim CleanPC ConfigurationManagerAction CustomNotification DisableLostMode EnableLostMode EnableWindowsIntuneAgent " +
		"LocateDevice ManageSharedDeviceUsers PlayLostModeSound RebootNow RemoteLock RequestRemoteAssistance ResetPasscode Retire RevokeAppleVppLicenses " +
		"RotateBitLockerKeys RotateFileVaultKey SetDeviceName ShutDown SyncDevice UpdateDeviceAccount WindowsDefender Wipe"},
	{"Roles", "Read Create Update Delete Assign"}, {"SecurityBaselines", written}, {"SecurityTasks", "Read Update"}, {"TelecomExpenses", "Read Update"},
	{"TermsAndConditions", written},
}

// intuneRoleResources are, by the id of the role, the resources that it may do
// everything with.
var intuneRoleResources = map[string]string{
	"0bd113fe-6be5-400c-a28f-ae5553f9c0be": "AssignmentFilter CorporateDeviceIdentifiers Customization DerivedCredentials DeviceCompliancePolices DeviceConfigurations " +
		"EnrollmentProgramToken ManagedGooglePlay PolicySets TermsAndConditions",
	"2f9f4f7e-2d13-427b-adf2-361a1eef7ae8": "DeviceCompliancePolices DeviceConfigurations EnrollmentProgramToken ManagedApps ManagedDevices MobileApps PolicySets RemoteTasks",
	"9e0cc482-82df-4ab2-a24c-0c23a3f52e1e": "RemoteAssistance RemoteAssistanceApp RemoteTasks",
	"c1d9fcbb-cba5-40b0-bf6b-527006585f4b": "AndroidSync ManagedApps ManagedGooglePlay MicrosoftStoreForBusiness MobileApps",
	"c56d53a2-73d0-4502-b6bd-4a9d3dba28d5": "DeviceCompliancePolices MicrosoftDefenderATP SecurityBaselines SecurityTasks",
	"fa1d7878-e8cb-41a1-8254-0142355c9f84": "",
	"fb2603eb-3c87-4be3-8b5b-d58a5b4a0bc0": "Roles",
}

// onlyOwn are the roles that read nothing beside their resources but the
// organization.
var onlyOwn = "fb2603eb-3c87-4be3-8b5b-d58a5b4a0bc0"

// intuneRoleActions are what a built-in role allows.
func intuneRoleActions(id string) (names []string) {
	own := strings.Fields(intuneRoleResources[id])
	for _, r := range intuneResources {
		for action := range strings.FieldsSeq(r.actions) {
			reads := action == "Read" && (id != onlyOwn || r.name == "Organization")
			if reads || slices.Contains(own, r.name) {
				names = append(names, intuneAction+r.name+"_"+action)
			}
		}
	}
	return names
}

// intuneRolePermissions are those of a built-in role; beta has the actions beside.
func intuneRolePermissions(id string) string {
	names := string(arrayOfTexts(intuneRoleActions(id)))
	action := fields("allowedResourceActions", names, "notAllowedResourceActions", "[]")
	return string(arrayOf([]entity.Object{fields("actions", names, "resourceActions", string(arrayOf([]entity.Object{action})))}))
}
