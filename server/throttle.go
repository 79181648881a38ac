package server

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/call"
)

// readCosts are the resource units of a GET in the directory by how its path
// ends; every other request costs 1 (graph-behaviour §6.2).
var readCosts = []struct {
	end   string // of the path's names, without keys
	units int
}{
	{"applications/extensionProperties", 2}, {"applications", 2}, {"contracts", 3}, {"directoryObjects/getByIds", 3},
	{"domains/domainNameReferences", 4}, {"groups/members", 3}, {"groups/transitiveMembers", 5}, {"isMemberOf", 4},
	{"checkMemberGroups", 4}, {"checkMemberObjects", 4}, {"getMemberGroups", 2}, {"getMemberObjects", 2}, {"licenseDetails", 2},
	{"memberOf", 2}, {"ownedObjects", 2}, {"transitiveMemberOf", 2}, {"oauth2PermissionGrants", 2},
	{"servicePrincipals/appRoleAssignments", 2}, {"subscribedSkus", 3}, {"users", 2}, {"me", 2},
}

// units is what a call costs in resource units.
func units(c *call.Call) int {
	if described(c.Method) != "GET" && !readingAction(c) {
		return 1
	}
	cost := 1
	names := namesOf(c.Target.Segments)
	for _, known := range readCosts {
		if names == known.end || strings.HasSuffix(names, "/"+known.end) {
			cost = known.units
			break
		}
	}
	return max(1, cost+optionCost(c.RawQuery))
}

// readingAction reports whether a POST only reads.
func readingAction(c *call.Call) bool {
	return c.Method == "POST" && c.Operation != nil && c.Operation.Kind == openapi.Action && strings.Contains(c.Path, "Member") ||
		strings.HasSuffix(c.Path, "/getByIds")
}

// namesOf is a path without its keys.
func namesOf(segments []openapi.Segment) string {
	var names []string
	for i := range segments {
		if name := segments[i].Name; name != "" && segments[i].Kind != openapi.KeySegment {
			names = append(names, name[strings.LastIndexByte(name, '.')+1:])
		}
	}
	return strings.Join(names, "/")
}

// optionCost is what query options add to the cost or take from it.
func optionCost(query string) int {
	cost := 0
	for option := range strings.SplitSeq(query, "&") {
		name, text, _ := strings.Cut(option, "=")
		switch strings.ToLower(strings.TrimPrefix(strings.Replace(name, "%24", "$", 1), "$")) {
		case "select":
			cost--
		case "expand":
			cost++
		case "top":
			if n, err := strconv.Atoi(text); err == nil && n < 20 {
				cost--
			}
		}
	}
	return cost
}

// nearLimit is the share of an allowance from which on services tell of it.
const nearLimit = 0.8

// tell puts what rate limits counted into the header fields of the service
// (graph-behaviour §5.2).
func tell(c *call.Call, readings []scenarios.Reading, r *call.Response) {
	tightest := -1
	for i := range readings {
		if tightest < 0 || readings[i].Used > readings[tightest].Used {
			tightest = i
		}
	}
	if tightest < 0 {
		return
	}
	m := &readings[tightest]
	switch openapi.Family(family(c)) {
	case openapi.FamilyDirectory, "":
		tellDirectory(c, m, readings, r)
	case openapi.FamilyFiles:
		tellFiles(m, r)
	}
}

func tellDirectory(c *call.Call, m *scenarios.Reading, all []scenarios.Reading, r *call.Response) {
	cost := 0
	for i := range all {
		if all[i].Limit.Units > 0 {
			cost = max(cost, all[i].Units)
		}
	}
	if cost > 0 {
		r.Set("X-Ms-Resource-Unit", strconv.Itoa(cost))
	}
	if m.Used >= nearLimit {
		share := math.Min(m.Used, 1.8)
		r.Set("X-Ms-Throttle-Limit-Percentage", strconv.FormatFloat(math.Round(share*100)/100, 'f', -1, 64))
	}
	if !m.Exceeded {
		return
	}
	kind := m.Kind
	if kind == "" {
		kind = "ResourceUnitLimitExceeded"
	}
	r.Set("X-Ms-Throttle-Information", kind)
	r.Set("X-Ms-Throttle-Scope", throttleScope(c, m.Limit))
}

// throttleScope is "Tenant_Application/ReadWrite/{appId}/{tenantId}".
func throttleScope(c *call.Call, l *scenarios.Limit) string {
	scope, app := "Tenant", ""
	for _, per := range l.Per {
		if per == "app" {
			scope, app = "Tenant_Application", c.Principal.AppID+"/"
		}
	}
	return scope + "/ReadWrite/" + app + c.Tenant
}

func tellFiles(m *scenarios.Reading, r *call.Response) {
	if m.Used < nearLimit {
		return
	}
	allowance := max(m.Limit.Requests, m.Limit.Units)
	r.Set("Ratelimit-Limit", strconv.Itoa(allowance))
	r.Set("Ratelimit-Remaining", strconv.Itoa(m.Left))
	r.Set("Ratelimit-Reset", strconv.Itoa(seconds(m.Reset)))
}

// seconds rounds up, so that who waits so long has waited long enough.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// bodyValue is a body as rules see it: its JSON, or nil.
func bodyValue(body []byte) any {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	return v
}
