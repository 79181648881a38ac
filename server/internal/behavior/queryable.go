package behavior

// Evidence for what services take as $filter, $orderby, $search and $expand
// (graph-behaviour §2.8 to §2.12):
//   - documented: which properties of users filter by default, which in advanced
//     queries, and that all others do not (page "advanced queries", table of
//     2024); further ones whose own description offers $filter (page of user,
//     2025). endswith for four properties. Sorting without the index. Messages:
//     "using filter and orderby in the same query"; no $filter and no $orderby
//     with $search (page of query parameters).
//   - reported: the words for groups by visibility and createdDateTime, and the
//     codes SearchWithOrderBy and InefficientFilter (issues of 2018 to 2026).
//   - assumed (2026-11): SearchWithFilter, by analogy; the other properties of
//     groups that are only selected.

// Queryable says what the queries of a type may name. The zero value lets pass
// whatever can be evaluated.
type Queryable struct {
	Filtered   []string // the only properties that $filter may name; nil for all
	Advanced   []string // those that it may name in advanced queries only
	Unfiltered []string // those that it may not, where Filtered is nil
	Sorted     []string // those that $orderby may name without an advanced query

	SearchAlone bool // $search stands without $filter and $orderby
	SortsFilter bool // $orderby begins with the properties of $filter, in their order
}

// QueryableOf is what may be asked of a type.
func QueryableOf(typeName string) Queryable { return queryables[typeName] }

// Suffixed are the properties of directory objects that endswith may name.
var Suffixed = []string{"mail", "otherMails", "proxyAddresses", "userPrincipalName"}

var userAdvanced = []string{
	"companyName", "employeeHireDate", "employeeType", "mobilePhone", "officeLocation", "onPremisesExtensionAttributes",
	"onPremisesImmutableId", "onPremisesLastSyncDateTime", "onPremisesSamAccountName", "passwordPolicies", "postalCode",
	"preferredLanguage", "showInAddressList", "streetAddress",
}

var queryables = map[string]Queryable{
	"microsoft.graph.user": {
		Filtered: append([]string{
			"accountEnabled", "ageGroup", "assignedLicenses", "assignedPlans", "businessPhones", "city", "consentProvidedForMinor",
			"country", "createdDateTime", "creationType", "deletedDateTime", "department", "displayName", "employeeId", "givenName", "id",
			"identities", "imAddresses", "infoCatalogs", "isResourceAccount", "jobTitle", "mail", "mailNickname",
			"onPremisesSecurityIdentifier", "onPremisesSyncEnabled", "onPremisesUserPrincipalName", "otherMails", "proxyAddresses",
			"signInActivity", "state", "surname", "usageLocation", "userPrincipalName", "userType",
			"authorizationInfo", "customSecurityAttributes", "employeeLeaveDateTime", "employeeOrgData", "externalUserState",
			"externalUserStateChangeDateTime", "faxNumber", "onPremisesProvisioningErrors", "serviceProvisioningErrors",
		}, userAdvanced...),
		Advanced: userAdvanced,
		Sorted:   []string{"displayName", "userPrincipalName"},
	},
	"microsoft.graph.group": {
		Unfiltered: []string{
			"allowExternalSenders", "autoSubscribeNewMembers", "createdDateTime", "hideFromAddressLists", "hideFromOutlookClients",
			"isArchived", "isSubscribedByMail", "unseenCount", "visibility",
		},
		Sorted: []string{"displayName"},
	},
	"microsoft.graph.message": {SearchAlone: true, SortsFilter: true},
}
