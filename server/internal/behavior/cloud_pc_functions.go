package behavior

// Evidence for the functions of cloudPC (graph-behaviour §11.5):
//   - documented: names and results; the members of launch details, capabilities
//     and validation results.
//   - assumed (2026-11): which actions a Cloud PC is capable of, its URL, and
//     that the review status is kept beside it.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// invoked is an invoker that is one function.
type invoked func(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error)

// Invoke implements [Invoker].
func (f invoked) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	return f(tx, bound, p)
}

const reviewStatus = "reviewStatus"

func keepReview(tx Tx, pc *Entity, p entity.Object) *grapherr.Error {
	_, fault := tx.Put(Below(pc.Ref, reviewStatus), Entity{Object: inner(p, reviewStatus)})
	return fault
}

func retrieveReviewStatus(tx Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	status := fields("inReview", "false", "restorePointDateTime", quoted(unsetTime), "reviewStartDateTime", "null",
		"subscriptionId", "null", "subscriptionName", "null", "userAccessLevel", `"unrestricted"`)
	kept, _ := tx.Get(Below(pc.Ref, reviewStatus), "")
	for _, m := range kept.Object {
		status.Set(m.Name, m.Value)
	}
	return Object(status), nil
}

func launchDetail(_ Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Object(fields("cloudPcId", quoted(pc.ID), "cloudPcLaunchUrl", quoted("https://rdweb-r0.wvdselfhost.microsoft.com/api/arm/weblaunch/tenants/"+pc.ID),
		"windows365SwitchCompatible", "true", "windows365SwitchCompatibilityFailureReasonType", "null")), nil
}

func supportedActions(_ Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	var all []Entity
	for _, name := range []string{"restart", "rename", "resize", "restore", "reprovision", "troubleshoot"} {
		capability := "enabled"
		if text(pc.Object, "status") != "provisioned" {
			capability = "disabled"
		}
		all = append(all, Entity{Object: fields("actionName", quoted(name), "actionCapability", quoted(capability))})
	}
	return ListOf(all...), nil
}

func snapshotsOf(tx Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	var all []Entity
	for e := range tx.All(Root(virtualEndpoint + "snapshots")) {
		if text(e.Object, "cloudPcId") == pc.ID {
			all = append(all, e)
		}
	}
	return ListOf(all...), nil
}

func remoteActionResults(_ Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	if last := inner(pc.Object, "lastRemoteActionResult"); last != nil {
		return ListOf(Entity{Object: last}), nil
	}
	return ListOf(), nil
}

func accessState(_ Tx, pc *Entity, _ entity.Object) (Result, *grapherr.Error) {
	state := "active"
	if text(pc.Object, "provisioningType") == "dedicated" {
		state = "unassigned"
	}
	return Result{Value: json.RawMessage(quoted(state))}, nil
}

func validateBulkResize(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	var all []Entity
	for _, id := range texts(p, "cloudPcIds") {
		pc, ok := tx.Get(Root(virtualEndpoint+"cloudPCs"), id)
		verdict := "success"
		switch {
		case !ok:
			verdict = "cloudPcNotFound"
		case text(pc.Object, "servicePlanId") == text(p, "targetServicePlanId"):
			verdict = "operationNotSupported"
		}
		all = append(all, Entity{Object: fields("cloudPcId", quoted(id), "validationResult", quoted(verdict))})
	}
	return ListOf(all...), nil
}

// provisionedCloudPCs are the ones of a plan whose user is in a group.
func provisionedCloudPCs(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	group, _ := tx.Get(Root("groups"), text(p, "groupId"))
	users := map[string]bool{}
	for user := range tx.Linked(group.Ref, "members") {
		users[text(user.Object, "userPrincipalName")] = true
	}
	var all []Entity
	for pc := range tx.All(Root(virtualEndpoint + "cloudPCs")) {
		if users[text(pc.Object, "userPrincipalName")] && text(pc.Object, "servicePlanId") == text(p, "servicePlanId") {
			all = append(all, pc)
		}
	}
	return ListOf(all...), nil
}

// effectivePermissions is full rights, as for an administrator of Windows 365.
func effectivePermissions(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return Result{Values: json.RawMessage(`["*"]`)}, nil
}

func scopedPermissions(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return ListOf(Entity{Object: fields("permission", `"*"`, "scopeIds", `["0"]`)}), nil
}

func encryptionSetting(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	return Object(fields("lastSyncDateTime", quoted(instant(tx.Now())), "tenantDiskEncryptionType", `"platformManagedKey"`)), nil
}

func auditActivityTypes(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return Result{Values: json.RawMessage(`["Create CloudPcOnPremisesConnection","Patch CloudPcProvisioningPolicy","Create CloudPcProvisioningPolicy","Patch CloudPcUserSetting","Delete CloudPcDeviceImage"]`)}, nil
}

func sourceImages(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	var all []Entity
	for e := range tx.All(Root(virtualEndpoint + "deviceImages")) {
		resource := text(e.Object, "sourceImageResourceId")
		all = append(all, Entity{Object: fields("id", quoted(resource), "resourceId", quoted(resource), "displayName", jsonOf(e.Object, "displayName"),
			"subscriptionId", quoted(segmentAfter(resource, "subscriptions")), "subscriptionDisplayName", `"Contoso"`)})
	}
	return ListOf(all...), nil
}

// texts is a parameter that is a list of strings.
func texts(o entity.Object, name string) []string {
	raw, _ := o.Get(name)
	var all []string
	if json.Unmarshal(raw, &all) != nil {
		return nil
	}
	return all
}
