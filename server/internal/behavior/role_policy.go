package behavior

// Evidence for unifiedRoleManagementPolicy and its assignments (pages get of the
// policy and list of the policies and of the assignments of the root of policies,
// v1.0 and beta, 2021 to 2025):
//   - documented: each role has a policy of the scope "/" and an assignment that
//     names both, the ids of both, the seventeen rules with their defaults; who
//     changes a rule changes what is effective.
//   - documented, too (the same pages): who asks for the scope of a group finds one
//     for its members and one for its owners.
//   - assumed (2026-11): the scope type Directory is not there; the middle of a
//     policy's id follows from the role's; every group has policies as soon as
//     somebody asks for them, with the rules of a role.

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// rolePolicyID is the id of a role's policy.
func rolePolicyID(role string) string { return "DirectoryRole_" + tenantMark + "_" + policyGUID(role) }

// groupPolicyID is the id of the policy for who has an access to a group.
func groupPolicyID(group, access string) string {
	return "Group_" + group + "_" + policyGUID(group+" "+access)
}

func policyGUID(of string) string {
	sum := hexSum("role policy " + of)
	return sum[:8] + "-" + sum[8:12] + "-4" + sum[13:16] + "-8" + sum[17:20] + "-" + sum[20:32]
}

// groupAccesses are how somebody can belong to a group.
var groupAccesses = []string{"member", "owner"}

const (
	rolePolicies          = "/policies/roleManagementPolicies"
	rolePolicyAssignments = "/policies/roleManagementPolicyAssignments"
	rolePolicyType        = "microsoft.graph.unifiedRoleManagementPolicy"
)

func standingRolePolicies() []Standing {
	policies := rowsOf(rolePolicies, roleTemplates, func(t [3]string) string {
		return rolePolicy(rolePolicyID(t[0]), "DirectoryRole", "/")
	})
	assigned := rowsOf(rolePolicyAssignments, roleTemplates, func(t [3]string) string {
		return rolePolicyAssigned(rolePolicyID(t[0]), "DirectoryRole", "/", t[0])
	})
	assigned.Needs = []Standing{policies}
	effective := Standing{Navigation: rolePolicyType + "/effectiveRules", Rows: rolePolicyRules}
	rules := Standing{Navigation: rolePolicyType + "/rules", Rows: rolePolicyRules, Needs: []Standing{effective}} // which follow them
	return []Standing{policies, assigned, rules, effective}
}

// standingGroupPolicies are the assignments of a group's policies, which need them.
func standingGroupPolicies(group string) Standing {
	policies := rowsOf(rolePolicies, groupAccesses, func(access string) string {
		return rolePolicy(groupPolicyID(group, access), "Group", group)
	})
	assigned := rowsOf(rolePolicyAssignments, groupAccesses, func(access string) string {
		return rolePolicyAssigned(groupPolicyID(group, access), "Group", group, access)
	})
	assigned.Needs = []Standing{policies}
	return assigned
}

func rolePolicy(id, kind, scope string) string {
	return `{"id":` + quoted(id) + `,"displayName":` + quoted(kind) + `,"description":` + quoted(kind) + `,"isOrganizationDefault":false,` +
		`"scopeId":` + quoted(scope) + `,"scopeType":` + quoted(kind) + `,"lastModifiedDateTime":null,"lastModifiedBy":{"displayName":null,"id":null}}`
}

func rolePolicyAssigned(policy, kind, scope, role string) string {
	return `{"id":` + quoted(policy+"_"+role) + `,"policyId":` + quoted(policy) + `,"scopeId":` + quoted(scope) + `,"scopeType":` + quoted(kind) +
		`,"roleDefinitionId":` + quoted(role) + `}`
}

// RolePolicies are those of the roles, and of the groups that somebody asks for: so
// many groups as there may be, none costs anything before.
type RolePolicies struct{ Standing }

var (
	_ Supplier = RolePolicies{}
	_ Accruing = RolePolicies{}
)

// Accrued implements [Accruing].
func (p RolePolicies) Accrued(tx Tx) bool {
	first := strings.ReplaceAll(rolePolicyID(roleTemplates[0][0]), tenantMark, tx.Tenant())
	if p.Navigation == rolePolicyAssignments {
		first += "_" + roleTemplates[0][0]
	}
	_, there := tx.Get(p.collection(None), first)
	_, lacks := lackingPolicies(tx)
	return !there || lacks
}

// Supply implements [Supplier].
func (p RolePolicies) Supply(tx Tx, owner Entity, key string) *grapherr.Error {
	if fault := p.Standing.Supply(tx, owner, key); fault != nil {
		return fault
	}
	if group, lacks := lackingPolicies(tx); lacks {
		return standingGroupPolicies(group).Supply(tx, owner, key)
	}
	return nil
}

var (
	scopeAsked = regexp.MustCompile(`(?i)scopeId\s+eq\s+'([0-9a-f-]{36})'`)
	scopeKeyed = regexp.MustCompile(`^Group_([0-9a-f-]{36})_`)
)

// lackingPolicies is the group whose policies the call asks for, by $filter or by
// the key, if they were not made yet.
func lackingPolicies(tx Tx) (group string, lacks bool) {
	filter, _ := tx.Query("filter")
	asked := scopeAsked.FindStringSubmatch(filter)
	if asked == nil {
		asked = scopeKeyed.FindStringSubmatch(tx.Key())
	}
	if asked == nil {
		return "", false
	}
	e, there := tx.Get(Root("groups"), asked[1])
	if !there {
		return "", false
	}
	_, made := tx.Get(Root(strings.TrimPrefix(rolePolicyAssignments, "/")), groupPolicyID(e.ID, "owner")+"_owner")
	return e.ID, !made
}

// policyLevels are whom rules are for, and for what.
var policyLevels = [][2]string{{"Admin", "Eligibility"}, {"Admin", "Assignment"}, {"EndUser", "Assignment"}}

// rolePolicyRules are the rules of a policy that nobody has changed.
func rolePolicyRules() (rules []string) {
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
	return rules
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
