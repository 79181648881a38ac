package behavior

// Evidence for provisioning policies, user settings, connections and images of
// Cloud PC (graph-behaviour §11.6):
//   - documented: required members, statuses, assign replaces the whole set, ids of
//     assignments are {parent}_{group}; passwords are never returned; images and
//     connections start pending; what is in use cannot be deleted.
//   - assumed (2026-11): the lengths of time on the fake's clock, 409 for in use.

import (
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var provisioningPolicyRules = &Rules{
	Required: []string{"displayName", "imageId"},
	Defaults: []Default{
		{"provisioningType", `"dedicated"`}, {"imageType", `"gallery"`}, {"managedBy", `"windows365"`}, {"enableSingleSignOn", "false"},
		{"localAdminEnabled", "false"}, {"gracePeriodInHours", "4"}, {"cloudPcGroupDisplayName", "null"},
	},
}

var userSettingRules = &Rules{
	Required: []string{"displayName"},
	Defaults: []Default{
		{"localAdminEnabled", "false"}, {"resetEnabled", "false"}, {"selfServiceEnabled", "false"}, {"provisioningSourceType", `"image"`},
		{"restorePointSetting", `{"frequencyInHours":12,"frequencyType":"default","userRestoreEnabled":false}`},
	},
	Created: []string{"createdDateTime"}, Modified: []string{"lastModifiedDateTime"},
}

var connectionRules = &Rules{
	Required:  []string{"displayName", "subscriptionId", "resourceGroupId", "virtualNetworkId", "subnetId"},
	Defaults:  []Default{{"healthCheckStatus", `"pending"`}, {"inUse", "false"}, {"managedBy", `"windows365"`}, {"type", `"hybridAzureADJoin"`}},
	WriteOnly: []string{"adDomainPassword"},
}

var deviceImageRules = &Rules{
	Required: []string{"displayName", "version", "sourceImageResourceId"},
	Defaults: []Default{{"status", `"pending"`}, {"errorCode", "null"}},
	Modified: []string{"lastModifiedDateTime"},
}

// ProvisioningPolicy cannot go while Cloud PCs come from it.
type ProvisioningPolicy struct{}

// DomainConnection is an Azure network connection, whose health is checked.
type DomainConnection struct{}

// DeviceImage is ready some time after its upload.
type DeviceImage struct{}

var (
	_ Creator = ProvisioningPolicy{}
	_ Deleter = ProvisioningPolicy{}
	_ Creator = DomainConnection{}
	_ Reader  = DomainConnection{}
	_ Deleter = DomainConnection{}
	_ Reader  = DeviceImage{}
	_ Created = DeviceImage{}
)

// Create implements [Creator].
func (ProvisioningPolicy) Create(_ Tx, e *Entity) *grapherr.Error {
	for _, join := range list(e.Object, "domainJoinConfigurations") {
		if present(join, "regionName") && present(join, "onPremisesConnectionId") {
			return grapherr.Rule("cloudpc", "parameterValidationFailed", "regionName and onPremisesConnectionId exclude one another.")
		}
	}
	return nil
}

// Delete implements [Deleter].
func (ProvisioningPolicy) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if pc, used := tx.By(Root(virtualEndpoint+"cloudPCs"), "provisioningPolicyId", e.ID); used {
		return false, grapherr.Conflict("cloudpc", "The policy is in use by the Cloud PC '"+pc.ID+"'.")
	}
	return false, nil
}

const healthDetail = "healthCheckStatusDetail"

// Create implements [Creator].
func (DomainConnection) Create(tx Tx, e *Entity) *grapherr.Error {
	startHealthChecks(tx, e)
	return nil
}

func startHealthChecks(tx Tx, e *Entity) {
	e.SetString("healthCheckStatus", "pending")
	e.Set(healthDetail, fields("startDateTime", quoted(instant(tx.Now())), "endDateTime", "null", "healthChecks", "[]").JSON())
}

// Read implements [Reader].
func (DomainConnection) Read(tx Tx, e *Entity) {
	started := Entity{Object: inner(e.Object, healthDetail)}
	if state := text(e.Object, "healthCheckStatus"); state != "pending" && state != "running" {
		return
	}
	if passed(tx, &started, "startDateTime", transientTime) {
		e.SetString("healthCheckStatus", "running")
	}
	if passed(tx, &started, "startDateTime", 3*transientTime) {
		e.SetString("healthCheckStatus", "passed")
		started.SetString("endDateTime", instant(tx.Now()))
		e.Set(healthDetail, started.JSON())
	}
}

// Delete implements [Deleter].
func (DomainConnection) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	for policy := range tx.All(Root(virtualEndpoint + "provisioningPolicies")) {
		for _, join := range list(policy.Object, "domainJoinConfigurations") {
			if strings.EqualFold(text(join, "onPremisesConnectionId"), e.ID) {
				return false, grapherr.Conflict("cloudpc", "The connection is in use by the provisioning policy '"+policy.ID+"'.")
			}
		}
	}
	return false, nil
}

func runHealthChecks(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	startHealthChecks(tx, e)
	return Result{}, nil
}

func updateDomainPassword(_ Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	if text(p, "adDomainPassword") == "" {
		return Result{}, grapherr.Invalid("cloudpc", grapherr.Property{Name: "adDomainPassword", Kind: "required"})
	}
	e.SetString("adDomainPassword", text(p, "adDomainPassword"))
	return Result{}, nil
}

// Read implements [Reader].
func (DeviceImage) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") != "pending" || !passed(tx, e, "lastModifiedDateTime", time.Minute) {
		return
	}
	if _, ours := tx.Get(uploadOf(e.Ref), ""); ours { // what a fixture says stays so
		e.SetString("status", "ready")
	}
}

// Created implements [Created].
func (DeviceImage) Created(tx Tx, e Entity) *grapherr.Error { return beginUpload(tx, e.Ref) }

// uploadOf is where it is noted that an image is uploaded here.
func uploadOf(image Ref) Collection { return Below(image, HiddenPrefix+"upload") }

func beginUpload(tx Tx, image Ref) *grapherr.Error {
	_, fault := tx.Put(uploadOf(image), Entity{Object: fields("begun", quoted(instant(tx.Now())))})
	return fault
}

func uploadAgain(tx Tx, e *Entity, _ entity.Object) (Result, *grapherr.Error) {
	e.SetString("status", "pending")
	e.SetString("lastModifiedDateTime", instant(tx.Now()))
	return Result{}, beginUpload(tx, e.Ref)
}

// assignToGroups replaces the assignments of a policy or a setting.
func assignToGroups(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	if !present(p, "assignments") {
		return Result{}, grapherr.Invalid("cloudpc", grapherr.Property{Name: "assignments", Kind: "required"})
	}
	at := Below(bound.Ref, "assignments")
	for e := range tx.All(at) {
		if fault := tx.Delete(e.Ref); fault != nil {
			return Result{}, fault
		}
	}
	for _, a := range list(p, "assignments") {
		group := text(inner(a, "target"), "groupId")
		if group == "" {
			return Result{}, grapherr.Rule("cloudpc", "parameterValidationFailed", "An assignment needs a target with a groupId.")
		}
		a.SetString("id", bound.ID+"_"+group)
		if _, fault := tx.Insert(at, Entity{Object: a}); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}

// segmentAfter is the segment of a resource id behind a name.
func segmentAfter(path, name string) string {
	_, rest, _ := strings.Cut(path, "/"+name+"/")
	segment, _, _ := strings.Cut(rest, "/")
	return segment
}
