package behavior

// Evidence for managedDevice (graph-behaviour §12; action pages of Intune, 2021):
//   - documented: names and parameters of the actions, 204; their outcome is told
//     by deviceActionResults.
//   - assumed (2026-11): an action is pending for ten seconds on the fake's clock,
//     which states follow, and that retired and wiped devices stay in the list.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ManagedDevice tells what became of the actions on it.
type ManagedDevice struct{}

var _ Reader = ManagedDevice{}

// Computes implements [Computing].
func (ManagedDevice) Computes() []string { return []string{"deviceActionResults"} }

// Read implements [Reader].
func (ManagedDevice) Read(tx Tx, e *Entity) {
	results := list(e.Object, "deviceActionResults")
	for i := range results {
		r := Entity{Object: results[i]}
		if text(r.Object, "actionState") == "pending" && passed(tx, &r, "startDateTime", transientTime) {
			r.SetString("actionState", "done")
			results[i] = r.Object
		}
	}
	if len(results) > 0 {
		e.Set("deviceActionResults", arrayOf(results))
	}
}

// DeviceAction is an action on one managed device.
type DeviceAction struct {
	Name  string
	Sets  string // a member that it sets; "" for none
	Value string // JSON; "" is the time
}

var _ Invoker = DeviceAction{}

// Invoke implements [Invoker].
func (a DeviceAction) Invoke(tx Tx, device *Entity, p entity.Object) (Result, *grapherr.Error) {
	now := quoted(instant(tx.Now()))
	if a.Sets != "" {
		value := a.Value
		if strings.HasPrefix(value, "$") {
			value = jsonOf(p, value[1:])
		}
		device.Set(a.Sets, []byte(or(value, now)))
	}
	kept := list(device.Object, "deviceActionResults")
	for i := range kept {
		if text(kept[i], "actionName") == a.Name {
			kept = append(kept[:i], kept[i+1:]...)
			break
		}
	}
	kept = append(kept, fields("actionName", quoted(a.Name), "actionState", `"pending"`, "startDateTime", now, "lastUpdatedDateTime", now))
	device.Set("deviceActionResults", arrayOf(kept))
	return Result{}, nil
}

func deviceActions() []Registration {
	var all []Registration
	for _, a := range deviceActionList() {
		all = append(all, Registration{Bound: "microsoft.graph.managedDevice/" + a.Name, Behavior: a})
	}
	return all
}

// deviceActionList is all that can be done to one device and leaves a mark.
func deviceActionList() []DeviceAction {
	return []DeviceAction{
		{Name: "syncDevice", Sets: "lastSyncDateTime", Value: "null"}, {Name: "rebootNow"}, {Name: "shutDown"}, {Name: "remoteLock"},
		{Name: "resetPasscode"}, {Name: "bypassActivationLock"}, {Name: "disableLostMode", Sets: "lostModeState", Value: `"disabled"`}, {Name: "locateDevice"},
		{Name: "logoutSharedAppleDeviceActiveUser"}, {Name: "requestRemoteAssistance"}, {Name: "recoverPasscode"},
		{Name: "windowsDefenderScan"}, {Name: "windowsDefenderUpdateSignatures"}, {Name: "cleanWindowsDevice"},
		{Name: "activateDeviceEsim"}, {Name: "deprovision"}, {Name: "enrollNowAction"}, {Name: "initiateDeviceAttestation"},
		{Name: "initiateMobileDeviceManagementKeyRecovery"}, {Name: "initiateOnDemandProactiveRemediation"}, {Name: "pauseConfigurationRefresh"},
		{Name: "playLostModeSound"}, {Name: "removeDeviceFirmwareConfigurationInterfaceManagement"}, {Name: "revokeAppleVppLicenses"},
		{Name: "rotateFileVaultKey"}, {Name: "rotateLocalAdminPassword"}, {Name: "sendCustomNotificationToCompanyPortal"},
		{Name: "triggerConfigurationManagerAction"}, {Name: "changeAssignments"}, {Name: "enableLostMode", Sets: "lostModeState", Value: `"enabled"`},
		{Name: "disable"}, {Name: "reenable"}, {Name: "overrideComplianceState"},
		{Name: "deleteUserFromSharedAppleDevice"}, {Name: "updateWindowsDeviceAccount"}, {Name: "rotateBitLockerKeys"},
		{Name: "setDeviceName", Sets: "deviceName", Value: "$deviceName"},
		{Name: "retire", Sets: "managementState", Value: `"retirePending"`}, {Name: "wipe", Sets: "managementState", Value: `"wipePending"`},
	}
}

// assignPolicy replaces the assignments of an Intune policy and answers them
// where the action returns them.
func assignPolicy(parameter string) invoked {
	return func(tx Tx, policy *Entity, p entity.Object) (Result, *grapherr.Error) {
		at := Below(policy.Ref, "assignments")
		for e := range tx.All(at) {
			if fault := tx.Delete(e.Ref); fault != nil {
				return Result{}, fault
			}
		}
		result := Result{IsList: true}
		for _, a := range list(p, parameter) {
			if id := AssignmentID(policy.ID, a); id != "" {
				a.SetString("id", id)
			}
			made, fault := tx.Insert(at, Entity{Object: a})
			if fault != nil {
				return Result{}, fault
			}
			result.Collection = append(result.Collection, made)
		}
		return result, nil
	}
}
