package behavior

// Evidence for getApplicablePolicyRequirements (page accesspackage-
// getapplicablepolicyrequirements of both versions, 2021 to 2025):
//   - documented: for each policy of the package, its names and what it wants.
//   - assumed (2026-11): all policies apply to the caller.

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// policyRequirements are what the policies of a package want of who asks for it.
func policyRequirements(tx Tx, packaged *Entity, _ entity.Object) (Result, *grapherr.Error) {
	result, words := Result{IsList: true}, wordsOf(tx)
	for policy := range tx.All(Root(entitlementPath + words.policies)) {
		if text(policy.Object, "accessPackageId") != packaged.ID && !leadsTo(tx, policy.Ref, "accessPackage", packaged.Ref) {
			continue
		}
		result.Collection = append(result.Collection, Entity{Object: requirementsOf(policy)})
	}
	return result, nil
}

// leadsTo reports whether a navigation leads from one entity to another.
func leadsTo(tx Tx, from Ref, navigation string, to Ref) bool {
	for e := range tx.Linked(from, navigation) {
		if e.Ref == to {
			return true
		}
	}
	return false
}

// requirementsOf is what a policy wants, in the words of both versions.
func requirementsOf(policy Entity) entity.Object {
	settings := inner(policy.Object, "requestApprovalSettings")
	wants := func(names ...string) string {
		for _, name := range names {
			if settings.True(name) {
				return "true"
			}
		}
		return "false"
	}
	custom := strconv.FormatBool(inner(policy.Object, "requestorSettings").True("allowCustomAssignmentSchedule"))
	return fields(
		"policyId", quoted(policy.ID), "policyDisplayName", jsonOf(policy.Object, "displayName"), "policyDescription", jsonOf(policy.Object, "description"),
		"isApprovalRequiredForAdd", wants("isApprovalRequiredForAdd"), "isApprovalRequired", wants("isApprovalRequired"),
		"isApprovalRequiredForUpdate", wants("isApprovalRequiredForUpdate"), "isApprovalRequiredForExtension", wants("isApprovalRequiredForExtension"),
		"isRequestorJustificationRequired", wants("isRequestorJustificationRequired"),
		"allowCustomAssignmentSchedule", custom, "isCustomAssignmentScheduleAllowed", custom,
		"questions", or(jsonOf(policy.Object, "questions"), "[]"), "schedule", "null")
}
