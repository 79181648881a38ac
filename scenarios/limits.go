package scenarios

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"
)

// Limits turns on built-in rate limits: those that Graph documents. A document
// writes "graph" for all of them as they are, or {of: graph, services:
// [directory], scale: 0.01}.
type Limits struct {
	Of       string  `json:"of"`                 // "graph"
	Services AnyOf   `json:"services,omitempty"` // nil: all
	Scale    float64 `json:"scale,omitempty"`    // of every allowance, so that tests can reach it; 0 is 1; at least 1 request stays
}

// UnmarshalJSON reads both forms.
func (l *Limits) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*l = Limits{}
		return json.Unmarshal(data, &l.Of)
	}
	type plain Limits
	return json.Unmarshal(data, (*plain)(l))
}

// builtLimit is one documented limit.
type builtLimit struct {
	service string
	match   Match
	limit   Limit
	kind    string // of x-ms-throttle-information; "" where the service sends none
}

var writes = AnyOf{"POST", "PUT", "PATCH", "DELETE"}

func below(names ...string) AnyOf {
	var paths AnyOf
	for _, name := range names {
		paths = append(paths, "/*/"+name, "/*/"+name+"/**")
	}
	return paths
}

func allow(requests int, window time.Duration, per ...string) Limit {
	return Limit{Requests: requests, Window: Duration(window), Per: per}
}

// graphLimits are the documented ones (graph-behaviour §6.2, §6.3). Those of an
// app across all tenants are left out, since tenants share nothing here, and so
// are limits of concurrent requests and of bytes. The directory's is that of a
// small tenant.
var graphLimits = []builtLimit{
	{"global", Match{}, allow(2000, time.Second, "app"), ""},
	{"directory", Match{Service: AnyOf{"directory"}}, Limit{Units: 3500, Window: Duration(10 * time.Second), Per: AnyOf{"app", "tenant"}}, "ResourceUnitLimitExceeded"},
	{"directory", Match{Service: AnyOf{"directory"}, Method: writes}, allow(3000, 150*time.Second, "app", "tenant"), "WriteLimitExceeded"},
	{"directory", Match{Service: AnyOf{"directory"}, Method: writes}, allow(18000, 5*time.Minute, "tenant"), "WriteLimitExceeded"},
	{"intune", Match{Service: AnyOf{"intune"}, Method: writes}, allow(400, 20*time.Second, "tenant"), ""},
	{"intune", Match{Service: AnyOf{"intune"}, Method: writes}, allow(200, 20*time.Second, "app", "tenant"), ""},
	{"intune", Match{Service: AnyOf{"intune"}}, allow(4000, 20*time.Second, "tenant"), ""},
	{"intune", Match{Service: AnyOf{"intune"}}, allow(2000, 20*time.Second, "app", "tenant"), ""},
	{"outlook", Match{Service: AnyOf{"outlook"}}, allow(10000, 10*time.Minute, "app", "user"), ""},
	{"teams", Match{Service: AnyOf{"teams"}, Method: AnyOf{"GET"}, Path: AnyOf{"/**/messages", "/**/messages/**"}}, allow(20, time.Second, "app", "tenant"), ""},
	{"teams", Match{Service: AnyOf{"teams"}, Method: AnyOf{"POST"}, Path: AnyOf{"/*/teams/*/channels/*/messages/**"}}, allow(50, time.Second, "app", "tenant"), ""},
	{"teams", Match{Service: AnyOf{"teams"}, Method: AnyOf{"POST"}, Path: AnyOf{"/*/teams"}}, allow(10, time.Second, "app", "tenant"), ""},
	{"teams", Match{Service: AnyOf{"teams"}, Method: AnyOf{"DELETE"}}, allow(15, time.Second, "app", "tenant"), ""},
	{"teams", Match{Service: AnyOf{"teams"}, Method: AnyOf{"GET"}}, allow(60, time.Second, "app", "tenant"), ""},
	{"teams", Match{Service: AnyOf{"teams"}, Method: AnyOf{"POST", "PUT", "PATCH"}}, allow(50, time.Second, "app", "tenant"), ""},
	{"reports", Match{Service: AnyOf{"reports"}}, allow(14, 10*time.Minute, "app"), ""},
	{"reports", Match{Service: AnyOf{"reports"}}, allow(40, 10*time.Minute, "tenant"), ""},
	{"auditLogs", Match{Path: below("auditLogs")}, allow(5, 10*time.Second, "app", "tenant"), ""},
	{"identityProtection", Match{Path: below("identityProtection", "identity/conditionalAccess")}, allow(1, time.Second, "tenant"), ""},
	{"invitations", Match{Path: below("invitations")}, allow(150, 5*time.Second, "tenant"), ""},
	{"extensions", Match{Path: AnyOf{"/**/extensions", "/**/extensions/*", "/*/schemaExtensions/**"}}, allow(455, 10*time.Second, "app"), ""},
	{"onenote", Match{Service: AnyOf{"onenote"}}, allow(120, time.Minute, "app", "user"), ""},
	{"onenote", Match{Service: AnyOf{"onenote"}}, allow(400, time.Hour, "app", "user"), ""},
	{"security", Match{Path: below("security/alerts", "security/alerts_v2", "security/securityActions")}, allow(150, time.Minute, "app"), ""},
	{"serviceCommunications", Match{Path: below("admin/serviceAnnouncement")}, allow(240, time.Minute, "app", "tenant"), ""},
	{"serviceCommunications", Match{Path: below("admin/serviceAnnouncement")}, allow(800, time.Hour, "app", "tenant"), ""},
	{"education", Match{Service: AnyOf{"education"}}, allow(500, 10*time.Second, "app", "tenant"), ""},
	{"presence", Match{Path: AnyOf{"/**/presence", "/*/communications/getPresencesByUserId"}}, allow(1500, 30*time.Second, "app", "tenant"), ""},
	{"callRecords", Match{Path: below("communications/callRecords")}, allow(10000, 20*time.Second, "tenant"), ""},
	{"callRecords", Match{Path: below("communications/callRecords")}, allow(1500, 20*time.Second, "app", "tenant"), ""},
	{"people", Match{Path: AnyOf{"/**/people", "/**/people/*", "/**/insights/**"}}, allow(10000, 10*time.Minute, "app", "user"), ""},
	{"informationProtection", Match{Path: below("informationProtection")}, allow(150, 15*time.Minute, "app", "tenant"), ""},
	{"dataPolicy", Match{Path: below("dataPolicyOperations")}, allow(10000, time.Hour, "app"), ""},
}

// limitServices are the names that Limits.Services may have.
func limitServices() []string {
	var names []string
	for i := range graphLimits {
		if !slices.Contains(names, graphLimits[i].service) {
			names = append(names, graphLimits[i].service)
		}
	}
	slices.Sort(names)
	return names
}

// meters makes a meter of each limit that is turned on.
func (l *Limits) meters() []*meter {
	var all []*meter
	if l == nil {
		return nil
	}
	for i := range graphLimits {
		g := &graphLimits[i]
		if l.Services != nil && !slices.Contains(l.Services, g.service) {
			continue
		}
		limit := g.limit
		limit.Requests, limit.Units = scaled(limit.Requests, l.Scale), scaled(limit.Units, l.Scale)
		all = append(all, &meter{
			name: g.service + " limit, " + limit.String(), kind: g.kind, match: compileMatch(g.match), limit: limit,
			full: map[string]time.Time{},
		})
	}
	return all
}

func scaled(allowance int, scale float64) int {
	if allowance == 0 || scale == 0 {
		return allowance
	}
	return max(1, int(math.Min(float64(allowance)*scale, math.MaxInt32)))
}

// String is "5 requests in 10s per app and tenant".
func (l *Limit) String() string {
	amount, unit := l.allowance(), " requests in "
	if l.Units > 0 {
		unit = " resource units in "
	}
	return quantity(amount) + unit + l.Window.String() + " per " + strings.Join(l.Per, " and ")
}

func (r *reader) limits(v value) *Limits {
	var l Limits
	if !r.isMapping(v) {
		l.Of = r.word(v, "graph")
		return &l
	}
	r.object(v, members{
		"of":       func(v value) { l.Of = r.word(v, "graph") },
		"services": func(v value) { l.Services = r.anyOf(v, func(v value, _ string) { r.word(v, limitServices()...) }) },
		"scale":    func(v value) { l.Scale = r.upTo(v, 1000, "") },
	}, "of")
	return &l
}
