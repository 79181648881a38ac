package behavior

// Evidence for Intune's overviews and summaries (pages of the resources of both
// versions, 2021 to 2025):
//   - documented: each has numbers of devices or users by their state.
//   - assumed (2026-11): which state counts under which name; an overview has its
//     policy's id; what a fixture says of a summary stands while there is nothing to count.

import (
	"encoding/json"
	"strconv"
	"strings"
)

// tally is a summary: numbers of what is in a collection, by the value of a property.
type tally struct {
	of     string // a navigation of the summary's owner, or a collection below the service root
	by     string
	counts string // "member: value value; …", "*" for all values
}

var _ Reader = tally{}

// Computes implements [Computing].
func (t tally) Computes() (names []string) {
	for _, c := range t.counted() {
		names = append(names, c[0])
	}
	return names
}

// counted are the members and the values that count for each.
func (t tally) counted() (all [][2]string) {
	for part := range strings.SplitSeq(t.counts, ";") {
		name, values, _ := strings.Cut(strings.TrimSpace(part), ":")
		all = append(all, [2]string{name, " " + strings.ToLower(strings.TrimSpace(values)) + " "})
	}
	return all
}

// Read implements [Reader].
func (t tally) Read(tx Tx, e *Entity) {
	at := Root(t.of)
	if !strings.Contains(t.of, "/") {
		home := tx.Home(e.Ref)
		at = Below(home.Parent, t.of)
	}
	found := map[string]int{}
	for one := range tx.All(at) {
		found[strings.ToLower(text(one.Object, t.by))]++
	}
	if len(found) == 0 {
		return
	}
	for _, c := range t.counted() {
		n := 0
		for value, times := range found {
			if c[1] == " * " || value != "" && strings.Contains(c[1], " "+value+" ") {
				n += times
			}
		}
		setPath(&e.Object, c[0], json.RawMessage(strconv.Itoa(n)))
	}
}

const (
	statusCounts  = "successCount: compliant remediated; failedCount: nonCompliant; errorCount: error; conflictCount: conflict; notApplicableCount: notApplicable; "
	pendingCounts = statusCounts + "pendingCount: unknown notAssigned"
	summedStates  = "compliantDeviceCount: compliant; remediatedDeviceCount: remediated; nonCompliantDeviceCount: nonCompliant; errorDeviceCount: error; " +
		"conflictDeviceCount: conflict; notApplicableDeviceCount: notApplicable; unknownDeviceCount: unknown"
)

// tallies are keyed by type.
var tallies = map[string]tally{
	"deviceConfigurationDeviceOverview":                {"deviceStatuses", "status", pendingCounts},
	"deviceConfigurationUserOverview":                  {"userStatuses", "status", pendingCounts},
	"deviceComplianceDeviceOverview":                   {"deviceStatuses", "status", pendingCounts},
	"deviceComplianceUserOverview":                     {"userStatuses", "status", pendingCounts},
	"managedDeviceMobileAppConfigurationDeviceSummary": {"deviceStatuses", "status", pendingCounts},
	"managedDeviceMobileAppConfigurationUserSummary":   {"userStatuses", "status", pendingCounts},
	"deviceManagementIntentDeviceStateSummary":         {"deviceStates", "state", strings.TrimSuffix(statusCounts, "; ")},
	"deviceManagementIntentUserStateSummary":           {"userStates", "state", strings.TrimSuffix(statusCounts, "; ")},
	"eBookInstallSummary": {"deviceStates", "installState",
		"installedDeviceCount: installed; failedDeviceCount: failed uninstallFailed; notInstalledDeviceCount: notInstalled notApplicable unknown"},
	"deviceManagementScriptRunSummary": {"deviceRunStates", "runState", "successDeviceCount: success; errorDeviceCount: fail scriptError"},
	"deviceHealthScriptRunSummary": {"deviceRunStates", "detectionState", "noIssueDetectedDeviceCount: success; issueDetectedDeviceCount: fail; " +
		"detectionScriptErrorDeviceCount: scriptError; detectionScriptPendingDeviceCount: pending; detectionScriptNotApplicableDeviceCount: notApplicable"},
	"deviceComplianceScriptRunSummary": {"deviceRunStates", "detectionState", "noIssueDetectedDeviceCount: success; issueDetectedDeviceCount: fail; " +
		"detectionScriptErrorDeviceCount: scriptError; detectionScriptPendingDeviceCount: pending"},
	"managedDeviceOverview": {managedDevices, "operatingSystem", "enrolledDeviceCount: *; mdmEnrolledCount: *; deviceOperatingSystemSummary/windowsCount: windows; " +
		"deviceOperatingSystemSummary/iosCount: ios ipados; deviceOperatingSystemSummary/macOSCount: macos; deviceOperatingSystemSummary/androidCount: android; " +
		"deviceOperatingSystemSummary/linuxCount: linux; deviceOperatingSystemSummary/chromeOSCount: chromeos"},
	"deviceCompliancePolicyDeviceStateSummary": {managedDevices, "complianceState", "compliantDeviceCount: compliant; nonCompliantDeviceCount: noncompliant; " +
		"inGracePeriodCount: inGracePeriod; errorDeviceCount: error; conflictDeviceCount: conflict; configManagerCount: configManager; unknownDeviceCount: unknown"},
	"deviceCompliancePolicySettingStateSummary": {"deviceComplianceSettingStates", "state", summedStates},
}

const managedDevices = "deviceManagement/managedDevices"

// overviews are the navigations to summaries of an owner's own.
var overviews = []string{
	"deviceConfiguration/deviceStatusOverview", "deviceConfiguration/userStatusOverview", "deviceCompliancePolicy/deviceStatusOverview",
	"deviceCompliancePolicy/userStatusOverview", "managedDeviceMobileAppConfiguration/deviceStatusSummary", "managedDeviceMobileAppConfiguration/userStatusSummary",
	"deviceManagementIntent/deviceStateSummary", "deviceManagementIntent/userStateSummary", "deviceManagementScript/runSummary",
	"deviceShellScript/runSummary", "deviceCustomAttributeShellScript/runSummary", "deviceHealthScript/runSummary", "deviceComplianceScript/runSummary", "managedEBook/installSummary",
}

// summaries are the registrations of all that is counted.
func summaries() (all []Registration) {
	for name, t := range tallies {
		all = append(all, Registration{Type: "microsoft.graph." + name, Behavior: t})
	}
	return all
}

func standingOverviews() (all []Standing) {
	for _, navigation := range overviews {
		all = append(all, alone("microsoft.graph."+navigation, `{"id":"{owner}"}`))
	}
	for _, name := range []string{"managedDeviceOverview", "deviceCompliancePolicyDeviceStateSummary"} {
		all = append(all, alone("/deviceManagement/"+name, `{"id":"`+name+`"}`))
	}
	return all
}
