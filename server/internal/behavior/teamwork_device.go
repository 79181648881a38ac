package behavior

// Evidence for devices of Teams (pages teamworkdevice-restart, -rundiagnostics and
// -updatesoftware, beta 2022 to 2025):
//   - documented: 202 with the location of an operation, which is queued at first; a
//     second one of its kind is a conflict while the first is queued.
//   - assumed (2026-11): nothing takes an operation off the queue.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// teamworkDevices are the registrations of what is done to devices.
func teamworkDevices() (all []Registration) {
	for action, kind := range map[string]string{"restart": "deviceRestart", "runDiagnostics": "deviceDiagnostics", "updateSoftware": "softwareUpdate"} {
		all = append(all, Registration{Bound: "microsoft.graph.teamworkDevice/" + action, Behavior: queuedOn(kind)})
	}
	return all
}

func queuedOn(kind string) invoked {
	return func(tx Tx, device *Entity, _ entity.Object) (Result, *grapherr.Error) {
		operations := Below(device.Ref, "operations")
		for op := range tx.Having(operations, "operationType", kind) {
			if text(op.Object, "status") == "queued" {
				return Result{}, grapherr.Conflict(tx.Family(), "The operation is queued already.")
			}
		}
		now, by := quoted(instant(tx.Now())), string(actor(tx))
		op, fault := tx.Insert(operations, New(fields("operationType", quoted(kind), "status", `"queued"`,
			"createdDateTime", now, "lastActionDateTime", now, "createdBy", by, "lastActionBy", by)...))
		return Result{Status: 202, Location: "/teamwork/devices/" + device.ID + "/operations/" + op.ID}, fault
	}
}
