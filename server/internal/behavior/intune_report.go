package behavior

// Evidence for the reports of Intune (deviceManagementReports; pages of the actions of
// both versions, 2021 to 2025; scripts and tools that read the answers, 2022 to 2026):
//   - documented: the parameters. The generated examples have the bytes in value, as
//     base64, which no reader expects: the operations answer with a stream.
//   - reported by all who read one: the answer is application/octet-stream, and holds JSON of
//     TotalRowCount, Schema, Values and SessionId; 50 rows where the call says no
//     number; names of columns, and of policies' types in filters.
//   - assumed (2026-11): a row for each device, app or policy, and for each state that a
//     device has told about a policy; what nobody has told is in no report.

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// intuneReport is a kind of report: what it has rows about, and the columns.
type intuneReport struct {
	columns []string
	rows    func(tx Tx) []entity.Object
}

// Invoke implements [Invoker].
func (r intuneReport) Invoke(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	table := reportTable{columns: r.columns, top: 50, session: true}
	if r.rows != nil {
		table.rows = r.rows(tx)
	}
	return table.answer(tx, p)
}

var (
	devicesReport      = intuneReport{strings.Fields("DeviceId DeviceName OS OSVersion OwnerType UPN UserId ComplianceState LastContact"), deviceReportRows}
	noncompliantReport = intuneReport{devicesReport.columns, noncompliantRows}
	unassessedReport   = intuneReport{devicesReport.columns, unassessedRows}
	encryptionReport   = intuneReport{strings.Fields("DeviceId DeviceName DeviceType OSVersion TpmSpecificationVersion EncryptionReadinessState EncryptionStatus UPN"), encryptionRows}
	appsReport         = intuneReport{strings.Fields("ApplicationId DisplayName Publisher Platform AppVersion " + appCounts), appRows}
	policiesReport     = intuneReport{strings.Fields("PolicyId PolicyName PolicyBaseTypeName UnifiedPolicyPlatformType NumberOfCompliantDevices NumberOfNonCompliantDevices " +
		"NumberOfErrorDevices NumberOfConflictDevices NumberOfNotApplicableDevices NumberOfNonCompliantOrErrorDevices"), policyRows}
	statesReport  = intuneReport{strings.Fields("PolicyId PolicyName PolicyBaseTypeName DeviceName IntuneDeviceId UPN UserName ReportStatus PolicyStatus PspdpuLastModifiedTimeUtc"), stateRows}
	nothingReport = intuneReport{columns: []string{"Id"}}
)

// intuneReportNames are the actions of each kind.
var intuneReportNames = map[*intuneReport]string{
	&devicesReport:      "getConfigManagerDevicePolicyStatusReport retrieveAndroidWorkProfileDeviceMigrationStatuses getCachedReport getHistoricalReport",
	&noncompliantReport: "getDeviceNonComplianceReport getNoncompliantDevicesAndSettingsReport",
	&unassessedReport:   "getDevicesWithoutCompliancePolicyReport",
	&encryptionReport:   "getEncryptionReportForDevices",
	&appsReport:         "getAppsInstallSummaryReport getAppStatusOverviewReport getFailedMobileAppsReport getFailedMobileAppsSummaryReport",
	&policiesReport: "getConfigurationPolicyNonComplianceReport getConfigurationPolicyNonComplianceSummaryReport getCompliancePolicyNonComplianceReport " +
		"getCompliancePolicyNonComplianceSummaryReport getPolicyNonComplianceReport getPolicyNonComplianceSummaryReport " +
		"getConfigurationPolicyDeviceSummaryReport getCompliancePolicyDeviceSummaryReport getDeviceStatusSummaryByCompliacePolicyReport " +
		"getDeviceConfigurationPolicyStatusSummary",
	&statesReport: "getConfigurationPolicyDevicesReport getCompliancePolicyDevicesReport getConfigurationPoliciesReportForDevice getCompliancePoliciesReportForDevice " +
		"getDevicePoliciesComplianceReport getDeviceStatusByCompliacePolicyReport getDevicesStatusByPolicyPlatformComplianceReport",
	&nothingReport: "getActiveMalwareReport getActiveMalwareSummaryReport getAllCertificatesReport getCertificatesReport getComplianceSettingDetailsReport " +
		"getComplianceSettingNonComplianceReport getComplianceSettingsReport getConfigurationPolicySettingsDeviceSummaryReport getConfigurationSettingDetailsReport " +
		"getConfigurationSettingNonComplianceReport getConfigurationSettingsReport getDeviceConfigurationPolicySettingsSummaryReport getDeviceInstallStatusReport " +
		"getDeviceManagementIntentPerSettingContributingProfiles getDeviceManagementIntentSettingsReport getDevicePolicySettingsComplianceReport " +
		"getDeviceStatusByCompliancePolicySettingReport getDeviceStatusSummaryByCompliancePolicySettingsReport getDevicesStatusBySettingReport " +
		"getEnrollmentConfigurationPoliciesByDevice getGroupPolicySettingsDeviceSettingsReport getMalwareSummaryReport getMobileApplicationManagementAppConfigurationReport " +
		"getMobileApplicationManagementAppRegistrationSummaryReport getPolicyNonComplianceMetadata getQuietTimePolicyUserSummaryReport getQuietTimePolicyUsersReport " +
		"getRelatedAppsStatusReport getRemoteAssistanceSessionsReport getReportFilters getSettingNonComplianceReport getUnhealthyDefenderAgentsReport " +
		"getUnhealthyFirewallReport getUnhealthyFirewallSummaryReport getUserInstallStatusReport getWindowsDriverUpdateAlertSummaryReport " +
		"getWindowsDriverUpdateAlertsPerPolicyPerDeviceReport getWindowsQualityUpdateAlertSummaryReport getWindowsQualityUpdateAlertsPerPolicyPerDeviceReport " +
		"getWindowsUpdateAlertSummaryReport getWindowsUpdateAlertsPerPolicyPerDeviceReport getZebraFotaDeploymentReport retrieveCloudPkiLeafCertificateReport " +
		"retrieveCloudPkiLeafCertificateSummaryReport retrieveDeviceAppInstallationStatusReport retrieveSecurityTaskAppsReport retrieveWin32CatalogAppsUpdateReport",
}

// intuneReports are the registrations of all.
func intuneReports() []Registration {
	all := []Registration{{Bound: "Collection(microsoft.graph.deviceCompliancePolicy)/getNoncompliantDevicesToRetire", Behavior: noncompliantReport}}
	for kind, names := range intuneReportNames {
		for name := range strings.FieldsSeq(names) {
			all = append(all, Registration{Bound: "microsoft.graph.deviceManagementReports/" + name, Behavior: *kind})
		}
	}
	return all
}

// devicesColumns are the members of a managed device behind columns of reports.
var devicesColumns = func() map[string]string {
	columns := maps.Clone(deviceColumns)
	maps.Copy(columns, map[string]string{
		"IntuneDeviceId": "id", "AadDeviceId": "azureADDeviceId", "UserId": "userId", "UserName": "userDisplayName", "OwnerType": "managedDeviceOwnerType",
		"ComplianceStatus": "complianceState", "DeviceType": "deviceType", "ManagementAgents": "managementAgent", "OSDescription": "operatingSystem",
	})
	return columns
}()

func deviceReportRows(tx Tx) (rows []entity.Object) {
	for device := range tx.All(Root("deviceManagement/managedDevices")) {
		rows = append(rows, rowOf(device.Object, devicesColumns))
	}
	return rows
}

// rowsWith are rows about devices in some state of compliance.
func rowsWith(tx Tx, fits func(state string) bool) (rows []entity.Object) {
	for _, row := range deviceReportRows(tx) {
		if fits(text(row, "ComplianceState")) {
			rows = append(rows, row)
		}
	}
	return rows
}

func noncompliantRows(tx Tx) []entity.Object {
	return rowsWith(tx, func(state string) bool { return state == "noncompliant" || state == "inGracePeriod" })
}

func unassessedRows(tx Tx) []entity.Object {
	return rowsWith(tx, func(state string) bool { return state == "" || state == "unknown" })
}

func encryptionRows(tx Tx) (rows []entity.Object) {
	for device := range tx.All(Root("deviceManagement/managedDevices")) {
		row := rowOf(device.Object, devicesColumns)
		status, ready := "1", `"Not ready"`
		if jsonOf(device.Object, "isEncrypted") == "true" {
			status, ready = "2", `"Ready"`
		}
		row.Set("EncryptionStatus", json.RawMessage(status))
		row.Set("EncryptionReadinessState", json.RawMessage(ready))
		rows = append(rows, row)
	}
	return rows
}

// appColumns are the members of an app behind columns of reports.
var appColumns = map[string]string{"ApplicationId": "id", "DisplayName": "displayName", "Publisher": "publisher", "AppVersion": "displayVersion"}

// appCounts are columns of numbers of devices and users, which nobody tells.
const appCounts = "InstalledDeviceCount InstalledUserCount FailedDeviceCount FailedUserCount PendingInstallDeviceCount PendingInstallUserCount " +
	"NotInstalledDeviceCount NotInstalledUserCount NotApplicableDeviceCount NotApplicableUserCount FailedDevicePercentage"

func appRows(tx Tx) (rows []entity.Object) {
	for app := range tx.All(Root("deviceAppManagement/mobileApps")) {
		row := rowOf(app.Object, appColumns)
		row.SetString("Platform", platformOf(app.Type))
		for column := range strings.FieldsSeq(appCounts) {
			row.Set(column, json.RawMessage("0"))
		}
		rows = append(rows, row)
	}
	return rows
}

// platformOf is the platform that the name of a type tells.
func platformOf(typ string) string {
	name := strings.ToLower(strings.TrimPrefix(typ, "microsoft.graph."))
	for _, p := range [][2]string{{"ios", "iOS"}, {"android", "Android"}, {"mac", "macOS"}, {"win", "Windows"}, {"office", "Windows"}, {"microsoftstore", "Windows"}} {
		if strings.Contains(name, p[0]) {
			return p[1]
		}
	}
	return "All"
}

// policySets are the collections of policies that devices tell about, and the names of
// their types in reports.
var policySets = [][2]string{
	{"deviceManagement/deviceConfigurations", "Microsoft.Management.Services.Api.DeviceConfiguration"},
	{"deviceManagement/deviceCompliancePolicies", "Microsoft.Management.Services.Api.DeviceCompliancePolicy"},
	{"deviceManagement/configurationPolicies", "DeviceManagementConfigurationPolicy"},
	{"deviceManagement/groupPolicyConfigurations", "DeviceConfigurationAdmxPolicy"},
	{"deviceManagement/intents", "Microsoft.Management.Services.Api.DeviceManagementIntent"},
}

// policyRow is what all rows about a policy have.
func policyRow(policy Entity, typ string) entity.Object {
	row := fields("PolicyId", quoted(policy.ID), "PolicyBaseTypeName", quoted(typ), "UnifiedPolicyPlatformType", quoted(platformOf(policy.Type)))
	name := text(policy.Object, "displayName")
	if name == "" {
		name = text(policy.Object, "name")
	}
	row.SetString("PolicyName", name)
	return row
}

// statusNames are the states of compliance in the order of their numbers.
var statusNames = strings.Fields("unknown notApplicable compliant remediated nonCompliant error conflict notAssigned")

func policyRows(tx Tx) (rows []entity.Object) {
	for _, of := range policySets {
		for policy := range tx.All(Root(of[0])) {
			count := map[string]int{}
			for state := range tx.All(Below(policy.Ref, "deviceStatuses")) {
				count[text(state.Object, "status")]++
			}
			row := policyRow(policy, of[1])
			for column, n := range map[string]int{
				"NumberOfCompliantDevices": count["compliant"] + count["remediated"], "NumberOfNonCompliantDevices": count["nonCompliant"],
				"NumberOfErrorDevices": count["error"], "NumberOfConflictDevices": count["conflict"], "NumberOfNotApplicableDevices": count["notApplicable"],
				"NumberOfNonCompliantOrErrorDevices": count["nonCompliant"] + count["error"],
			} {
				row.Set(column, json.RawMessage(strconv.Itoa(n)))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func stateRows(tx Tx) (rows []entity.Object) {
	for _, of := range policySets {
		for policy := range tx.All(Root(of[0])) {
			for state := range tx.All(Below(policy.Ref, "deviceStatuses")) {
				rows = append(rows, stateRow(tx, policyRow(policy, of[1]), state))
			}
		}
	}
	return rows
}

// stateRow is the row about a policy with what a device has told.
func stateRow(tx Tx, row entity.Object, state Entity) entity.Object {
	for column, member := range map[string]string{
		"DeviceName": "deviceDisplayName", "UPN": "userPrincipalName", "UserName": "userName", "PspdpuLastModifiedTimeUtc": "lastReportedDateTime",
	} {
		row.Set(column, json.RawMessage(jsonOf(state.Object, member)))
	}
	row.Set("IntuneDeviceId", json.RawMessage("null"))
	if device, found := tx.By(Root("deviceManagement/managedDevices"), "deviceName", text(state.Object, "deviceDisplayName")); found {
		row.SetString("IntuneDeviceId", device.ID)
	}
	status := text(state.Object, "status")
	row.SetString("ReportStatus", status)
	for number, name := range statusNames {
		if name == status {
			row.Set("PolicyStatus", json.RawMessage(strconv.Itoa(number)))
		}
	}
	return row
}
