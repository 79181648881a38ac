package control

import (
	"net/http"
	"slices"
	"strings"
)

// prefix is where the control plane lives.
const prefix = "/_fake"

// route is a path with what can be done there.
type route struct {
	path    string // below the prefix; {…} as gorilla/mux has it
	methods []method
}

// method is one thing that can be done at a path.
type method struct {
	name   string   // GET includes HEAD
	text   string   // for the index
	query  []string // the parameters it knows; any other is refused
	handle func(*request) reply
}

// requestFilters are the parameters that pick calls of the journal.
var requestFilters = []string{"method", "path", "status", "tenant", "since", "scenario", "early", "limit"}

// routes is the whole control plane. GET is free of side effects everywhere:
// guard.go relies on it.
func (c *control) routes() []route {
	index := []method{{"GET", "these routes", nil, c.index}}
	return []route{
		{"", index},
		{"/", index},
		{"/health", []method{
			{"GET", "200 once ready, 503 before", nil, c.health},
		}},
		{"/info", []method{
			{"GET", "versions, addresses, what is loaded", nil, c.info},
		}},
		{"/reset", []method{
			{"POST", "back to the loaded fixtures; counters, journal and clock too", nil, c.reset},
		}},
		{"/fixtures", []method{
			{"GET", "the state as a fixture document, JSON or YAML", []string{"version", "format"}, c.exportFixtures},
			{"POST", "add a fixture document, JSON or YAML, all of it or nothing", []string{"file"}, c.addFixtures},
		}},
		{"/scenarios", []method{
			{"GET", "the scenarios and how often their rules matched", nil, c.listScenarios},
			{"POST", "add scenarios, JSON or YAML", nil, c.addScenarios},
		}},
		{"/scenarios/{name}", []method{
			{"GET", "one scenario and how often its rules matched", nil, c.readScenario},
			{"PUT", "add or replace one scenario", nil, c.putScenario},
			{"PATCH", `switch one scenario: {"enabled":false}`, nil, c.switchScenario},
			{"DELETE", "remove one scenario", nil, c.removeScenario},
		}},
		{"/scenarios/{name}/reset", []method{
			{"POST", "one scenario's counters back to zero", nil, c.resetScenario},
		}},
		{"/requests", []method{
			{"GET", "what was called and answered, newest last; format=har for other programs", slices.Concat(requestFilters, []string{"format"}), c.listRequests},
			{"DELETE", "forget what was called", []string{"tenant"}, c.clearRequests},
		}},
		{"/requests.har", []method{
			{"GET", "the same as a HAR file", requestFilters, c.exportRequests},
		}},
		{"/clock", []method{
			{"GET", "the fake's time", nil, c.readClock},
			{"PUT", `change it: {"now":"2026-03-01T12:00:00Z"}, {"advance":"90s"}, {"frozen":true}`, nil, c.setClock},
		}},
		{"/tokens", []method{
			{"POST", `mint an access token: {"scopes":["User.Read"]}, {"roles":["User.Read.All"]}`, nil, c.mintToken},
		}},
		{"/openapi/{version}.json", []method{
			{"GET", "the OpenAPI document of a version, or of one path of it", []string{"path"}, c.openAPI},
		}},
		{"/postman/{file}.json", []method{
			{"GET", "collection.json and environment.json for Postman and newman", []string{"version", "area", "all"}, c.postman},
		}},
		{"/metrics", []method{
			{"GET", "numbers for Prometheus: requests, durations, faults, what is held", nil, c.metrics},
		}},
		{"/pprof/{profile}", []method{
			{"GET", "with --pprof, profiles for go tool pprof: heap, goroutine, profile, trace and others", []string{"seconds", "debug"}, c.pprof},
		}},
		{"/ca.pem", []method{
			{"GET", "the certificate to trust", nil, c.ca},
		}},
		{"/coverage", []method{
			{"GET", "per version and area: operations with rules of their own, generic ones, refused ones", nil, c.coverage},
		}},
	}
}

// method finds what to do, nil when there is nothing to do by that name.
func (r *route) method(name string) *method {
	if name == http.MethodHead {
		name = http.MethodGet
	}
	for i := range r.methods {
		if r.methods[i].name == name {
			return &r.methods[i]
		}
	}
	return nil
}

// allow is the value of the Allow header.
func (r *route) allow() string {
	var names []string
	for _, m := range r.methods {
		if names = append(names, m.name); m.name == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	return strings.Join(names, ", ")
}

// indexLine is what the index says of one method of a route.
type indexLine struct {
	Method string   `json:"method"`
	Path   string   `json:"path"`
	Query  []string `json:"query,omitempty"`
	Text   string   `json:"text"`
}

// index answers GET /_fake/.
func (c *control) index(*request) reply {
	var lines []indexLine
	for _, r := range c.routes() {
		for _, m := range r.methods {
			if r.path != "" {
				lines = append(lines, indexLine{m.name, prefix + r.path, m.query, m.text})
			}
		}
	}
	return ok(map[string][]indexLine{"routes": lines})
}
