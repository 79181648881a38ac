package behavior

import (
	_ "embed"
	"strings"
	"sync"
)

// Evidence for what services take as $filter, $orderby, $search and $expand
// (graph-behaviour §2.8 to §2.12):
//   - documented: queryable.tsv has, type by type of the directory, what the
//     descriptions of properties offer ("Supports $filter (eq, ne, …)", models of
//     the SDKs of 2026) united with the tables of the page "advanced queries"
//     (2023), which says that no other property filters or sorts; which of users'
//     properties filter in advanced queries only. endswith for four properties.
//     Sorting without the index. Messages: "using filter and orderby in the same
//     query"; no $filter and no $orderby with $search (page of query parameters).
//   - reported: the words for groups by visibility and createdDateTime, for keys
//     of $orderby and for references (issues of 2019 to 2023), and the codes
//     SearchWithOrderBy and InefficientFilter (issues of 2018 to 2026);
//     servicePrincipalType filters. managedDevices answer with all devices when
//     $filter names one of a few properties (issues of 2022 to 2024).
//   - documented: signIn likewise, by what its properties offer in either version
//     (2026); that status filters by equality alone is reported, too (2020).
//     Reported (2019 to 2021): the audit logs' words for any filter that they do
//     not take. Assumed: what tells tenants, ids and kinds of sign-ins apart
//     filters, whatever its description omits.
//   - assumed (2026-11): SearchWithFilter, by analogy; uniqueName filters, since it
//     is a key; passwordProfile does not, whatever its description says: its
//     password would be found out.

// Queryable says what the queries of a type may name. The zero value lets pass
// whatever can be evaluated.
type Queryable struct {
	Properties map[string]Queries // the only properties that $filter and $orderby may name; nil for all
	Advanced   []string           // those that $filter may name in advanced queries only
	Sorted     []string           // those that $orderby may name without an advanced query

	Refusal Refusal // words for a $filter that is not taken; the zero value is those of the directory

	Through  []string // single-valued navigations whose properties $orderby may name
	Unheeded []string // those by which the service does not filter, without saying so

	SearchAlone bool // $search stands without $filter and $orderby
	SortsFilter bool // $orderby begins with the properties of $filter, in their order

	AnyOrder []string // those that $filter may name whatever the order is (R: mpalermiti/outlook-mcp#31, of isRead)
}

// Refusal is a code and a message for all that is wrong with a $filter.
type Refusal struct{ Code, Message string }

// invalidFilter is what audit logs say.
var invalidFilter = Refusal{"BadRequest", "Invalid filter clause"}

// Queries is what a property can be asked for.
type Queries uint8

// What a property can be asked for. "ne", "not" and "in" go wherever "eq" goes.
const (
	QueryEqual  Queries = 1 << iota
	QueryRange          // ge and le
	QueryPrefix         // startswith
	QueryCount          // how many there are
	QuerySort
)

// queryWords are those of the table that say more than that "eq" goes.
var queryWords = map[string]Queries{
	"eq": QueryEqual, "ne": QueryEqual, "not": QueryEqual, "in": QueryEqual, "null": QueryEqual, "endswith": QueryEqual,
	"ge": QueryRange, "le": QueryRange, "startswith": QueryPrefix, "count": QueryCount, "$orderby": QuerySort,
}

//go:embed queryable.tsv
var queryableTable string

// QueryableOf is what may be asked of a type.
func QueryableOf(typeName string) Queryable { return queryables()[typeName] }

// Suffixed are the properties of directory objects that endswith may name.
var Suffixed = []string{"mail", "otherMails", "proxyAddresses", "userPrincipalName"}

// userAdvanced are the properties of users that filter in advanced queries only.
var userAdvanced = []string{
	"companyName", "employeeHireDate", "employeeType", "mobilePhone", "officeLocation", "onPremisesExtensionAttributes",
	"onPremisesImmutableId", "onPremisesLastSyncDateTime", "onPremisesSamAccountName", "passwordPolicies", "postalCode",
	"preferredLanguage", "showInAddressList", "streetAddress",
}

// queryables reads the table when somebody asks first.
var queryables = sync.OnceValue(func() map[string]Queryable {
	all := map[string]Queryable{
		"microsoft.graph.user":           {Advanced: userAdvanced, Sorted: []string{"displayName", "userPrincipalName"}},
		"microsoft.graph.group":          {Sorted: []string{"displayName"}},
		"microsoft.graph.subscribedSku":  {Properties: map[string]Queries{}}, // only $select (D, graph-behaviour §12)
		"microsoft.graph.chat":           {Through: []string{"lastMessagePreview"}},
		"microsoft.graph.listItem":       {Through: []string{"fields"}},
		"microsoft.graph.managedDevice":  {Unheeded: []string{"deviceEnrollmentType", "id", "skuFamily", "userId", "wiFiMacAddress"}},
		"microsoft.graph.signIn":         {Refusal: invalidFilter},
		"microsoft.graph.directoryAudit": {Refusal: invalidFilter},
		"microsoft.graph.message":        {SearchAlone: true, SortsFilter: true, AnyOrder: []string{"isRead"}},
	}
	for line := range strings.Lines(queryableTable) {
		column := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		name := "microsoft.graph." + column[0]
		of := all[name]
		if of.Properties == nil {
			of.Properties = map[string]Queries{}
		}
		for word := range strings.FieldsSeq(column[2]) {
			of.Properties[column[1]] |= queryWords[word]
		}
		all[name] = of
	}
	return all
})
