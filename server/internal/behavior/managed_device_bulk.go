package behavior

// Evidence for actions on several managed devices, and for their logs (pages
// manageddevice-executeaction, -createdevicelogcollectionrequest and
// devicelogcollectionresponse-createdownloadurl of both versions, 2021 to 2025):
//   - documented: parameters; the ids of the answer, by what became of them; a request
//     for logs is an entity, whose logs have a URL.
//   - assumed (2026-11): logs are there after ten seconds, an archive with nothing in it,
//     and are kept for 28 days.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// bulkActions are the actions by the names that they have for several devices, where
// these differ.
var bulkActions = map[string]string{
	"fullScan": "windowsDefenderScan", "quickScan": "windowsDefenderScan", "signatureUpdate": "windowsDefenderUpdateSignatures",
	"customTextNotification": "sendCustomNotificationToCompanyPortal", "collectDiagnostics": "createDeviceLogCollectionRequest",
}

// executeAction does something with each of several devices.
func executeAction(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	name := text(p, "actionName")
	done, missing := []string{}, []string{}
	for _, id := range texts(p, "deviceIds") {
		device, found := tx.Get(Root(managedDevices), id)
		if !found {
			missing = append(missing, id)
			continue
		}
		if fault := executeOne(tx, name, device, p); fault != nil {
			return Result{}, fault
		}
		done = append(done, id)
	}
	return Object(fields("successfulDeviceIds", string(arrayOfTexts(done)), "failedDeviceIds", "[]",
		"notFoundDeviceIds", string(arrayOfTexts(missing)), "notSupportedDeviceIds", "[]")), nil
}

func executeOne(tx Tx, name string, device Entity, p entity.Object) *grapherr.Error {
	if name == "delete" {
		return tx.Discard(device.Ref)
	}
	if known := bulkActions[name]; known != "" {
		name = known
	}
	action := DeviceAction{Name: name}
	for _, a := range deviceActionList() {
		if a.Name == name {
			action = a
		}
	}
	device.Object = device.Clone()
	if _, fault := action.Invoke(tx, &device, p); fault != nil {
		return fault
	}
	return tx.Replace(device.Ref, device.Object)
}

const (
	deviceLogs = "logs"
	logsKept   = 28 * 24 * time.Hour
)

// DeviceLogs is what a device was asked for, and has sent a little later.
type DeviceLogs struct{}

var _ Reader = DeviceLogs{}

// Computes implements [Computing].
func (DeviceLogs) Computes() []string { return []string{"status", "receivedDateTimeUTC"} }

// Read implements [Reader].
func (DeviceLogs) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") != "pending" || !passed(tx, e, "requestedDateTimeUTC", transientTime) {
		return
	}
	requested, _ := time.Parse(time.RFC3339, text(e.Object, "requestedDateTimeUTC")) // passed has read it
	e.SetString("status", "completed")
	e.SetString("receivedDateTimeUTC", instant(requested.Add(transientTime)))
}

// requestDeviceLogs asks a device for its logs.
func requestDeviceLogs(tx Tx, device *Entity, _ entity.Object) (Result, *grapherr.Error) {
	now := tx.Now()
	made, fault := tx.Insert(Below(device.Ref, "logCollectionRequests"), Entity{Object: fields(
		"managedDeviceId", quoted(device.ID), "status", `"pending"`, "requestedDateTimeUTC", quoted(instant(now)), "sizeInKB", "0",
		"expirationDateTimeUTC", quoted(instant(now.Add(logsKept))), "initiatedByUserPrincipalName", quoted(tx.Caller().UPN),
		"enrolledByUser", jsonOf(device.Object, "userPrincipalName"))})
	if fault == nil {
		fault = tx.SetStream(made.Ref, deviceLogs, "application/zip", emptyArchive)
	}
	return Result{Entity: &made}, fault
}

// emptyArchive is a zip archive with nothing in it.
var emptyArchive = append([]byte("PK\x05\x06"), make([]byte, 18)...)

// logsURL is where the logs of a device are.
func logsURL(tx Tx, logs *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Result{Value: []byte(quoted(tx.DownloadURL(logs.Ref, deviceLogs)))}, nil
}
