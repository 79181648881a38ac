package behavior

// Evidence for the import of snapshots (pages importSnapshot, retrieveSnapshotImportResult
// and purgeImportedSnapshot, and of cloudPcSnapshotImportActionResult, beta, 2025):
//   - documented: files and the user whom the snapshot is for; one for each user, and
//     none of them is among the snapshots of Cloud PCs; the states, and what is not
//     known yet is null; a policy of provisioning is assigned to the user beforehand.
//   - assumed (2026-11): an import is done five minutes later on the clock; the file's
//     name is the last part of where it comes from; a result is told without a policy
//     where none is assigned; results of snapshots that nobody imported are not found.

import (
	"net/url"
	"path"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var importedSnapshots = Root(HiddenPrefix + "importedSnapshots")

const importTime = 5 * time.Minute

// importSnapshot begins the import of a snapshot for a user.
func importSnapshot(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	user, known := tx.Get(Root("users"), text(p, "assignedUserId"))
	name := "null"
	if known {
		name = jsonOf(user.Object, "userPrincipalName")
		if _, has := tx.By(importedSnapshots, "assignedUserPrincipalName", text(user.Object, "userPrincipalName")); has {
			return Result{}, grapherr.Rule("cloudpc", "parameterValidationFailed", "The user has an imported snapshot already.")
		}
	}
	e, fault := tx.Insert(importedSnapshots, New(fields("filename", quoted(importedFile(p)), "assignedUserPrincipalName", name,
		"policyName", policyOver(tx, text(p, "assignedUserId")), "startDateTime", quoted(instant(tx.Now())))...))
	return Object(importResult(tx, e)), fault
}

// importedFile is the name of the first of the files.
func importedFile(p entity.Object) string {
	for _, file := range list(p, "sourceFiles") {
		if name := text(inner(file, "storageBlobInfo"), "blobName"); name != "" {
			return path.Base(name)
		}
		if at, err := url.Parse(text(file, "sasUrl")); err == nil && at.Path != "" {
			return path.Base(at.Path)
		}
	}
	return "snapshot"
}

// policyOver is the name of a policy that is assigned to a group of a user, as JSON.
func policyOver(tx Tx, user string) string {
	e, known := tx.Get(Root("users"), user)
	if !known {
		return "null"
	}
	for policy := range tx.All(Root(virtualEndpoint + "provisioningPolicies")) {
		for a := range tx.All(Below(policy.Ref, "assignments")) {
			for group := range tx.Linking(e.Ref, "members") {
				if text(inner(a.Object, "target"), "groupId") == group.ID {
					return jsonOf(policy.Object, "displayName")
				}
			}
		}
	}
	return "null"
}

// importResult is how far an import is.
func importResult(tx Tx, e Entity) entity.Object {
	status, ended := "inProgress", "null"
	began, err := time.Parse(time.RFC3339, text(e.Object, "startDateTime"))
	if err == nil && !tx.Now().Before(began.Add(importTime)) {
		status, ended = "succeeded", quoted(instant(began.Add(importTime)))
	}
	return fields("snapshotId", quoted(e.ID), "filename", jsonOf(e.Object, "filename"), "usageStatus", `"notUsed"`, "importStatus", quoted(status),
		"assignedUserPrincipalName", or(jsonOf(e.Object, "assignedUserPrincipalName"), "null"), "policyName", or(jsonOf(e.Object, "policyName"), "null"),
		"startDateTime", jsonOf(e.Object, "startDateTime"), "endDateTime", ended, "additionalDetail", "null")
}

// snapshotImportResult tells how far the import of a snapshot is.
func snapshotImportResult(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	e, ok := tx.Get(importedSnapshots, text(p, "snapshotId"))
	if !ok {
		return Result{}, grapherr.NotFound("cloudpc", text(p, "snapshotId"))
	}
	return Object(importResult(tx, e)), nil
}
