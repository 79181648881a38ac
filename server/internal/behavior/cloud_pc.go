package behavior

// Evidence for cloudPC and its remote actions (graph-behaviour §11.5):
//   - documented (action pages, 2021 to 2025): names, parameters, 204; the states
//     of cloudPcStatus; endGracePeriod is for PCs in their grace period.
//   - assumed (2026-11): how long a transient state lasts (ten seconds on the
//     fake's clock), 409 where the state does not allow the action, and which
//     members an action changes.

import (
	"slices"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const virtualEndpoint = "deviceManagement/virtualEndpoint/"

// transientTime is how long a Cloud PC is busy with a remote action.
const transientTime = 10 * time.Second

var transientStates = []string{"provisioning", "resizing", "restoring"}

// CloudPC shows a busy Cloud PC as provisioned once its time has passed.
type CloudPC struct{}

var _ Reader = CloudPC{}

// Read implements [Reader].
func (CloudPC) Read(tx Tx, e *Entity) { settleCloudPC(tx, e) }

func settleCloudPC(tx Tx, e *Entity) {
	switch state := text(e.Object, "status"); {
	case !slices.Contains(transientStates, state) && state != "deprovisioning" || !passed(tx, e, "lastModifiedDateTime", transientTime):
	case state == "deprovisioning":
		e.SetString("status", "notProvisioned")
	default:
		e.SetString("status", "provisioned")
	}
}

// passed reports whether a time since a member's instant has passed.
func passed(tx Tx, e *Entity, name string, wait time.Duration) bool {
	since, err := time.Parse(time.RFC3339, text(e.Object, name))
	return err == nil && !tx.Now().Before(since.Add(wait))
}

// RemoteAction is an action on one Cloud PC.
type RemoteAction struct {
	Name     string
	State    string // the state that it leads to; "" leaves it
	From     string // the state that it needs, unless a fixture tells none; "" any that is not busy
	Required string // a parameter that may not be empty; "" for none
	Apply    func(tx Tx, pc *Entity, p entity.Object) *grapherr.Error
}

var _ Invoker = RemoteAction{}

// Invoke implements [Invoker].
func (a RemoteAction) Invoke(tx Tx, pc *Entity, p entity.Object) (Result, *grapherr.Error) {
	if a.Required != "" && (!present(p, a.Required) || jsonOf(p, a.Required) == `""`) {
		return Result{}, grapherr.Invalid("cloudpc", grapherr.Property{Name: a.Required, Kind: "required"})
	}
	settleCloudPC(tx, pc)
	if state := text(pc.Object, "status"); a.From != "" && state != a.From && state != "" || a.State != "" && slices.Contains(transientStates, state) {
		return Result{}, grapherr.Conflict("cloudpc", "The action '"+a.Name+"' isn't allowed while the Cloud PC is in the state '"+state+"'.")
	}
	if a.Apply != nil {
		if fault := a.Apply(tx, pc, p); fault != nil {
			return Result{}, fault
		}
	}
	if a.State != "" {
		pc.SetString("status", a.State)
	}
	now := instant(tx.Now())
	pc.SetString("lastModifiedDateTime", now)
	pc.Set("lastRemoteActionResult", fields("actionName", quoted(a.Name), "actionState", `"done"`, "startDateTime", quoted(now),
		"lastUpdatedDateTime", quoted(now), "cloudPcId", quoted(pc.ID), "managedDeviceId", jsonOf(pc.Object, "managedDeviceId"),
		"statusDetail", "null").JSON())
	return Result{}, nil
}

// take sets a member from a parameter of the same or another name.
func take(parameter, member string) func(Tx, *Entity, entity.Object) *grapherr.Error {
	return func(_ Tx, pc *Entity, p entity.Object) *grapherr.Error {
		if present(p, parameter) {
			raw, _ := p.Get(parameter)
			pc.Set(member, raw)
		}
		return nil
	}
}

// power sets the power state of a frontline Cloud PC.
func power(state string) func(Tx, *Entity, entity.Object) *grapherr.Error {
	return func(_ Tx, pc *Entity, _ entity.Object) *grapherr.Error {
		pc.SetString("powerState", state)
		return nil
	}
}

func reprovision(tx Tx, pc *Entity, p entity.Object) *grapherr.Error {
	for _, name := range []string{"userAccountType", "osVersion"} {
		take(name, name)(tx, pc, p)
	}
	return nil
}

func resize(tx Tx, pc *Entity, p entity.Object) *grapherr.Error {
	pc.SetString("servicePlanId", text(p, "targetServicePlanId"))
	if plan, ok := tx.Get(Root(virtualEndpoint+"servicePlans"), text(p, "targetServicePlanId")); ok {
		pc.SetString("servicePlanName", text(plan.Object, "displayName"))
	}
	return nil
}

func troubleshoot(tx Tx, pc *Entity, _ entity.Object) *grapherr.Error {
	pc.Set("connectivityResult", fields("failedHealthCheckItems", "[]", "lastModifiedDateTime", quoted(instant(tx.Now())),
		"status", `"available"`, "updatedDateTime", quoted(instant(tx.Now()))).JSON())
	return nil
}

func snapshot(tx Tx, pc *Entity, _ entity.Object) *grapherr.Error {
	_, fault := tx.Insert(Root(virtualEndpoint+"snapshots"), Entity{Object: fields("cloudPcId", quoted(pc.ID),
		"createdDateTime", quoted(instant(tx.Now())), "lastRestoredDateTime", quoted(unsetTime), "snapshotType", `"manual"`, "status", `"ready"`)})
	return fault
}

func remoteActions() []Registration {
	var all []Registration
	for _, a := range []RemoteAction{
		{Name: "reboot"}, {Name: "retryPartnerAgentInstallation"}, {Name: "troubleshoot", Apply: troubleshoot},
		{Name: "rename", Required: "displayName", Apply: take("displayName", "displayName")},
		{Name: "reprovision", State: "provisioning", Apply: reprovision},
		{Name: "resize", State: "resizing", Required: "targetServicePlanId", Apply: resize},
		{Name: "restore", State: "restoring", Required: "cloudPcSnapshotId"},
		{Name: "endGracePeriod", State: "deprovisioning", From: "inGracePeriod"},
		{Name: "changeUserAccountType", Required: "userAccountType", Apply: take("userAccountType", "userAccountType")},
		{Name: "createSnapshot", Apply: snapshot},
		{Name: "setReviewStatus", Required: "reviewStatus", Apply: keepReview},
		{Name: "start", Apply: power("running")}, {Name: "stop", Apply: power("poweredOff")},
		{Name: "powerOn", Apply: power("running")}, {Name: "powerOff", Apply: power("poweredOff")},
	} {
		all = append(all, Registration{Bound: "microsoft.graph.cloudPC/" + a.Name, Behavior: a})
	}
	return all
}
