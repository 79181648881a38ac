package behavior

import "strings"

// Evidence for permissionGrantPolicy (resource page, and the pages list, get and
// list of its includes and excludes, 2021 to 2026):
//   - documented: policies that every tenant has, by their ids, and what four of
//     them include and exclude, with ids.
//   - assumed (2026-11): the names of those that no page shows; what they include
//     is left out, because the fake does not judge by it; descriptions are empty.

// consentSet is what a policy includes or excludes: id, classification, type,
// resource application.
type consentSet [4]string

const anyone, graphOnly, oldGraphOnly = "any", "00000003-0000-0000-c000-000000000000", "00000002-0000-0000-c000-000000000000"

var consentPolicies = []struct {
	id, name           string
	includes, excludes []consentSet
}{
	{"microsoft-user-default-low", "Default User Low Risk Policy", []consentSet{
		{"cb0c20dd-919d-40c5-ba6d-7ffb233b4b0b", "low", "delegated", anyone}, {"8ce99f96-730c-4ebd-8397-07ee65942b97", "low", "delegated", anyone}}, nil},
	{"microsoft-user-default-legacy", "Default User Legacy Policy", nil, nil},
	{"microsoft-user-default-recommended", "Default User Recommended Policy", nil, nil},
	{"microsoft-application-admin", "Application Admin Policy", []consentSet{
		{"811d2da7-443c-43da-96e7-28d285b234e9", "all", "application", anyone}, {"60461179-740e-4d8b-9e00-1456a338c44b", "all", "delegated", anyone}},
		[]consentSet{{"c85b029f-4abf-47d8-ae61-d2a38299033a", "all", "application", graphOnly}, {"2a1fbb36-9d9a-42d8-8804-de2aa45aca80", "all", "application", oldGraphOnly}}},
	{"microsoft-company-admin", "Company Admin Policy", []consentSet{
		{"1f06f3a1-42d3-4243-8fbc-5d0c30d4de4c", "all", "application", anyone}, {"08619a19-ae6f-406c-b9a0-ea6af1f1558d", "all", "delegated", anyone}}, nil},
	{"microsoft-all-application-permissions", "All application permissions, for any client app", nil, nil},
	{"microsoft-all-application-permissions-verified", "All application permissions, for apps from verified publishers", nil, nil},
	{"microsoft-all-application-permissions-for-chat", "All application permissions for chats", nil, nil},
	{"microsoft-dynamically-managed-permissions-for-chat", "Dynamically managed permissions for chats", nil, nil},
	{"microsoft-dynamically-managed-permissions-for-team", "Dynamically managed permissions for teams", nil, nil},
	{"microsoft-pre-approval-apps-for-chat", "Preapproved apps for chats", nil, nil},
	{"microsoft-pre-approval-apps-for-team", "Preapproved apps for teams", nil, nil},
}

func consentSets(sets []consentSet) string {
	made := make([]string, len(sets))
	for i, s := range sets {
		made[i] = `{"id":` + quoted(s[0]) + `,"permissionClassification":` + quoted(s[1]) + `,"permissionType":` + quoted(s[2]) +
			`,"resourceApplication":` + quoted(s[3]) + `,"permissions":["all"],"clientApplicationIds":["all"],"clientApplicationTenantIds":["all"],` +
			`"clientApplicationPublisherIds":["all"],"clientApplicationsFromVerifiedPublisherOnly":false}`
	}
	return "[" + strings.Join(made, ",") + "]"
}

func standingConsent() []Standing {
	rows := func() []string {
		made := make([]string, len(consentPolicies))
		for i, p := range consentPolicies {
			made[i] = `{"id":` + quoted(p.id) + `,"displayName":` + quoted(p.name) + `,"description":"","includes":` + consentSets(p.includes) +
				`,"excludes":` + consentSets(p.excludes) + `}`
		}
		return made
	}
	return []Standing{Standing{Navigation: "/policies/permissionGrantPolicies", Rows: rows}.bringing("includes", "excludes")}
}

var consentPolicyRules = &Rules{Required: []string{"id"}, OwnID: "id", Shown: []string{"includes", "excludes"}}
