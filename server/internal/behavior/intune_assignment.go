package behavior

// Evidence for the ids of Intune's assignments:
//   - reported (exports of tenants, 2021 to 2025): the id of the policy and that of the
//     group, joined by "_"; all users and all devices stand for groups with ids of
//     their own; assignments of apps have the target, the intent and a number.
//   - assumed (2026-11): the number is 0; targets of a collection have its id.

import (
	"cmp"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// everybody are the groups that stand for targets without one.
var everybody = map[string]string{
	"#microsoft.graph.allLicensedUsersAssignmentTarget": "acacacac-9df4-4c7d-9d50-4ef0226f57a9",
	"#microsoft.graph.allDevicesAssignmentTarget":       "adadadad-808e-44e2-905a-0b7873a8a531",
}

// intents are the numbers of what an app is assigned for.
var intents = map[string]string{"available": "0", "required": "1", "uninstall": "2", "availableWithoutEnrollment": "3"}

// AssignmentID is the id of what is assigned to a target; "" where the target says
// too little.
func AssignmentID(owner string, assignment entity.Object) string {
	target := inner(assignment, "target")
	to := cmp.Or(text(target, "groupId"), text(target, "collectionId"), everybody[text(target, "@odata.type")], text(assignment, "targetGroupId"))
	switch intent, ofApp := intents[text(assignment, "intent")]; {
	case to == "":
		return ""
	case ofApp:
		return to + "_" + intent + "_0"
	}
	return owner + "_" + to
}
