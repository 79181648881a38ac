package behavior

// Evidence for importedWindowsAutopilotDeviceIdentity (pages of the resource and of
// windowsAutopilotDeviceIdentity, both versions, 2021 to 2025; scripts that import
// devices, such as Get-WindowsAutopilotInfo):
//   - documented: the state of an import, from pending to complete, and the id of the
//     registration that it leads to.
//   - reported: scripts wait until deviceImportStatus is complete, then until the device
//     is listed as a registered one under deviceRegistrationId.
//   - assumed (2026-11): an import takes ten seconds on the fake's clock; its device is
//     listed from the beginning; a serial number that is registered is not so again
//     (ZtdDeviceAlreadyAssigned, 806).

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ImportedAutopilotDevice is a device that somebody registers.
type ImportedAutopilotDevice struct{}

var (
	_ Created = ImportedAutopilotDevice{}
	_ Reader  = ImportedAutopilotDevice{}
)

const (
	autopilotDevices  = "deviceManagement/windowsAutopilotDeviceIdentities"
	importsBegun      = HiddenPrefix + "begun" // when, of one import
	alreadyRegistered = `{"deviceImportStatus":"error","deviceRegistrationId":"","deviceErrorCode":806,"deviceErrorName":"ZtdDeviceAlreadyAssigned"}`
)

// Created implements [Created].
func (ImportedAutopilotDevice) Created(tx Tx, e Entity) *grapherr.Error {
	if text(inner(e.Object, "state"), "deviceRegistrationId") != "" {
		return nil // told by who knows
	}
	if _, fault := tx.Insert(Below(e.Ref, importsBegun), Entity{Object: fields("at", quoted(instant(tx.Now())))}); fault != nil {
		return fault
	}
	o := e.Object.Clone()
	serial := text(o, "serialNumber")
	if _, known := tx.By(Root(autopilotDevices), "serialNumber", serial); known && serial != "" {
		o.Set("state", json.RawMessage(alreadyRegistered))
		return tx.Replace(e.Ref, o)
	}
	device, fault := tx.Insert(Root(autopilotDevices), Entity{Object: fields(
		"serialNumber", quoted(serial), "groupTag", jsonOf(o, "groupTag"), "productKey", jsonOf(o, "productKey"),
		"userPrincipalName", jsonOf(o, "assignedUserPrincipalName"), "enrollmentState", `"notContacted"`,
		"deploymentProfileAssignmentStatus", `"notAssigned"`, "lastContactedDateTime", quoted(unsetTime))})
	if fault != nil {
		return fault
	}
	o.Set("state", fields("deviceImportStatus", `"unknown"`, "deviceRegistrationId", quoted(device.ID), "deviceErrorCode", "0", "deviceErrorName", `""`).JSON())
	return tx.Replace(e.Ref, o)
}

// Computes implements [Computing].
func (ImportedAutopilotDevice) Computes() []string { return []string{"state"} }

// Read implements [Reader].
func (ImportedAutopilotDevice) Read(tx Tx, e *Entity) {
	state := inner(e.Object, "state")
	if text(state, "deviceImportStatus") != "unknown" || text(state, "deviceRegistrationId") == "" {
		return
	}
	for begun := range tx.All(Below(e.Ref, importsBegun)) {
		if passed(tx, &begun, "at", transientTime) {
			setPath(&e.Object, "state/deviceImportStatus", json.RawMessage(`"complete"`))
		}
	}
}
