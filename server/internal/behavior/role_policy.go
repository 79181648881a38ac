package behavior

// Evidence for unifiedRoleManagementPolicy and its assignments (pages get of the
// policy and list of the policies and of the assignments of the root of policies,
// v1.0 and beta, 2021 to 2025):
//   - documented: each role has a policy of the scope "/" and an assignment that
//     names both, the ids of both, the seventeen rules with their defaults; who
//     changes a rule changes what is effective.
//   - assumed (2026-11): only the scope type DirectoryRole is there; the middle of a
//     policy's id follows from the role's.

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// rolePolicyID is the id of a role's policy.
func rolePolicyID(role string) string {
	sum := hexSum("role policy " + role)
	return "DirectoryRole_" + tenantMark + "_" + sum[:8] + "-" + sum[8:12] + "-4" + sum[13:16] + "-8" + sum[17:20] + "-" + sum[20:32]
}

func standingRolePolicies() []Standing {
	policies := rowsOf("/policies/roleManagementPolicies", roleTemplates, func(t [3]string) string {
		rules := rolePolicyRules()
		return `{"id":` + quoted(rolePolicyID(t[0])) + `,"displayName":"DirectoryRole","description":"DirectoryRole","isOrganizationDefault":false,` +
			`"scopeId":"/","scopeType":"DirectoryRole","lastModifiedDateTime":null,"lastModifiedBy":{"displayName":null,"id":null},` +
			`"rules":` + rules + `,"effectiveRules":` + rules + `}`
	}).bringing("rules", "effectiveRules")
	assigned := rowsOf("/policies/roleManagementPolicyAssignments", roleTemplates, func(t [3]string) string {
		id := rolePolicyID(t[0])
		return `{"id":` + quoted(id+"_"+t[0]) + `,"policyId":` + quoted(id) + `,"scopeId":"/","scopeType":"DirectoryRole","roleDefinitionId":` + quoted(t[0]) + `}`
	})
	assigned.Needs = []Standing{policies}
	return []Standing{policies, assigned}
}

// policyLevels are whom rules are for, and for what.
var policyLevels = [][2]string{{"Admin", "Eligibility"}, {"Admin", "Assignment"}, {"EndUser", "Assignment"}}

// rolePolicyRules are the rules of a policy that nobody has changed.
func rolePolicyRules() string {
	var rules []string
	for _, l := range policyLevels {
		caller, level := l[0], l[1]
		target := fmt.Sprintf(`"target":{"caller":%q,"operations":["all"],"level":%q,"inheritableSettings":[],"enforcedSettings":[]}`, caller, level)
		add := func(kind, id, members string) {
			rules = append(rules, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.unifiedRoleManagementPolicy%sRule","id":%q,%s,%s}`, kind, id, members, target))
		}
		expires, most, enabled := "false", "P365D", "[]"
		switch {
		case caller == "EndUser":
			expires, most, enabled = "true", "PT8H", `["MultiFactorAuthentication","Justification"]`
		case level == "Assignment":
			most, enabled = "P180D", `["Justification"]`
		}
		add("Expiration", "Expiration_"+caller+"_"+level, `"isExpirationRequired":`+expires+`,"maximumDuration":`+quoted(most))
		add("Enablement", "Enablement_"+caller+"_"+level, `"enabledRules":`+enabled)
		if caller == "EndUser" {
			add("Approval", "Approval_EndUser_Assignment", `"setting":{"isApprovalRequired":false,"isApprovalRequiredForExtension":false,"isRequestorJustificationRequired":true,`+
				`"approvalMode":"SingleStage","approvalStages":[{"approvalStageTimeOutInDays":1,"isApproverJustificationRequired":true,"escalationTimeInMinutes":0,`+
				`"isEscalationEnabled":false,"primaryApprovers":[],"escalationApprovers":[]}]}`)
			add("AuthenticationContext", "AuthenticationContext_EndUser_Assignment", `"isEnabled":false,"claimValue":""`)
		}
		for _, who := range []string{"Admin", "Requestor", "Approver"} {
			add("Notification", "Notification_"+who+"_"+caller+"_"+level, `"notificationType":"Email","recipientType":`+quoted(who)+
				`,"notificationLevel":"All","isDefaultRecipientsEnabled":true,"notificationRecipients":[]`)
		}
	}
	return "[" + strings.Join(rules, ",") + "]"
}

// PolicyRule is a rule of a policy.
type PolicyRule struct{}

var _ Updater = PolicyRule{}

// Update implements [Updater].
func (PolicyRule) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	home := tx.Home(after.Ref)
	if home.Name != "rules" {
		return nil
	}
	effective, there := tx.Get(Below(home.Parent, "effectiveRules"), after.ID)
	if !there {
		return nil
	}
	return tx.Replace(effective.Ref, after.Object)
}
