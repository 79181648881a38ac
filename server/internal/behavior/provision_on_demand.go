package behavior

// Evidence for provisionOnDemand (page
// synchronization-synchronizationjob-provisionondemand of v1.0, 2024):
//   - documented: the answer is a key and a value, both JSON in a string: what came of
//     it, and the steps of import, scoping, matching and export; who is in the target
//     already as in the source is skipped as RedundantExport.
//   - assumed (2026-11): everything is in the scope of the job; one subject is told of,
//     the first; an object that is not there fails with EntryNotFound; the members that
//     are told, and the name of the target, which is the job's template.

import (
	"cmp"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// provisionedSet has what a job has provisioned on demand, by the ids of the objects.
const provisionedSet = HiddenPrefix + "provisioned"

// provisionedMembers are those that an application is told.
var provisionedMembers = []string{"accountEnabled", "displayName", "mailNickname", "userPrincipalName"}

func provisionOnDemand(tx Tx, job *Entity, p entity.Object) (Result, *grapherr.Error) {
	var subject entity.Object
	for _, one := range list(p, "parameters") {
		for _, s := range list(one, "subjects") {
			if subject == nil {
				subject = s
			}
		}
	}
	id := text(subject, "objectId")
	source, there := tx.Find(id)
	if !there {
		return provisioned(`{"result":"Failure","details":{"errorCode":"EntryNotFound","errorMessage":"The object was not found in the source system."}}`,
			provisioning(tx, job, subject, source, "Other", "Failure")), nil
	}
	now := fields("id", quoted(id))
	for _, name := range provisionedMembers {
		if source.Has(name) {
			now.Set(name, []byte(jsonOf(source.Object, name)))
		}
	}
	target := Below(job.Ref, provisionedSet)
	before, known := tx.Get(target, id)
	if known && string(before.JSON()) == string(now.JSON()) {
		return provisioned(`{"result":"Skipped","details":{"errorCode":"RedundantExport","errorMessage":"The state of the object in source and target is the same."}}`,
			provisioning(tx, job, subject, source, "Other", "Skipped")), nil
	}
	action := "Create"
	if known {
		action = "Update"
	}
	_, fault := tx.Put(target, Entity{ID: id, Object: now})
	return provisioned(`{"result":"Success","details":{}}`, provisioning(tx, job, subject, source, action, "Success")), fault
}

// provisioned is the pair that answers.
func provisioned(outcome string, value entity.Object) Result {
	return Object(fields("key", quoted(outcome), "value", quoted(string(value.JSON()))))
}

// provisioning tells what was done to an object, step by step.
func provisioning(tx Tx, job *Entity, subject entity.Object, source Entity, action, status string) entity.Object {
	at, kind := quoted(instant(tx.Now())), quoted(cmp.Or(text(subject, "objectTypeName"), "User"))
	name := cmp.Or(text(source.Object, "userPrincipalName"), text(source.Object, "displayName"), text(subject, "objectId"))
	target := cmp.Or(text(job.Object, "templateId"), "customappsso")
	step := func(name, kind, status string) entity.Object {
		return fields("name", quoted(name), "type", quoted(kind), "status", quoted(status), "description", `""`, "timestamp", at, "details", "{}")
	}
	steps := []entity.Object{step("EntryImport", "Import", status)}
	if source.Ref != None {
		steps = []entity.Object{step("EntryImport", "Import", "Success"), step("EntryImport", "Matching", "Success"),
			step("EntrySynchronizationScoping", "Scoping", "Success"), step("EntryExport"+action, "Export", status)}
	}
	var modified []entity.Object
	for _, member := range provisionedMembers {
		if value := jsonOf(source.Object, member); source.Ref != None && value != "null" && status == "Success" {
			modified = append(modified, fields("displayName", quoted(member), "oldValue", "null", "newValue", quoted(huntedText(source.Object, member))))
		}
	}
	identity := func(id, kind string) string {
		return string(fields("id", id, "type", kind, "displayName", "null", "details", "null").JSON())
	}
	system := func(name string) string {
		return string(fields("id", "null", "name", quoted(name), "details", "null").JSON())
	}
	return fields("action", quoted(action), "changeId", quoted(tx.NewID()), "startTime", at, "endTime", at,
		"modifiedProperties", string(arrayOf(modified)), "provisioningSteps", string(arrayOf(steps)), "reportableIdentifier", quoted(name),
		"statusInfo", string(fields("status", quoted(status), "errorCode", "null", "reason", "null", "additionalDetails", "null", "errorCategory", "null", "recommendedAction", "null").JSON()),
		"sourceIdentity", identity(quoted(text(subject, "objectId")), kind), "sourceSystem", system("Azure Active Directory"),
		"targetIdentity", identity("null", kind), "targetSystem", system(target))
}
