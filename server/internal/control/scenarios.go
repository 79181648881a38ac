package control

import (
	"errors"
	"net/http"

	"github.com/fakegraph/fakegraph/scenarios"
)

// The routes of scenarios work on those of the tenant in X-Fake-Tenant; without
// it, on those of every tenant.

func (c *control) listScenarios(r *request) reply {
	all := c.Scenarios.List(r.tenant)
	if all == nil {
		all = []scenarios.Status{}
	}
	return ok(map[string][]scenarios.Status{"scenarios": all})
}

// addScenarios adds all scenarios of a document, or none.
func (c *control) addScenarios(r *request) reply {
	parsed, problems := scenarios.Parse("", r.body)
	if len(problems) > 0 {
		return defective(scenarioDefects(problems))
	}
	if err := c.Scenarios.Add(parsed, r.tenant); err != nil {
		return notTaken(err)
	}
	names := make([]string, len(parsed))
	for i := range parsed {
		names[i] = parsed[i].Name
	}
	answer := encode(http.StatusCreated, jsonType, map[string][]string{"scenarios": names})
	if len(names) == 1 {
		return answer.with("Location", prefix+"/scenarios/"+names[0])
	}
	return answer
}

func notTaken(err error) reply {
	if errors.Is(err, scenarios.ErrExists) {
		return problem(http.StatusConflict, "%v", err)
	}
	return problem(http.StatusBadRequest, "%v", err)
}

func (c *control) readScenario(r *request) reply {
	name := r.variables["name"]
	s, found := c.Scenarios.Get(name, r.tenant)
	if !found {
		return problem(http.StatusNotFound, "there is no scenario %q", name)
	}
	return ok(s)
}

// putScenario adds or replaces the one scenario of its name.
func (c *control) putScenario(r *request) reply {
	name := r.variables["name"]
	parsed, problems := scenarios.Parse("", r.body)
	switch {
	case len(problems) > 0:
		return defective(scenarioDefects(problems))
	case len(parsed) != 1:
		return problem(http.StatusBadRequest, "%d scenarios where one belongs (POST %s/scenarios takes several)", len(parsed), prefix)
	case parsed[0].Name != name:
		return problem(http.StatusBadRequest, "the document's name is %q, the path's %q", parsed[0].Name, name)
	}
	created, err := c.Scenarios.Put(parsed[0], r.tenant)
	if err != nil {
		return notTaken(err)
	}
	answer := c.readScenario(r)
	if created {
		answer.status = http.StatusCreated
	}
	return answer
}

// switchScenario turns a scenario on or off; its counters stay.
func (c *control) switchScenario(r *request) reply {
	var change struct {
		Enabled *bool `json:"enabled"`
	}
	if err := decode(r.body, &change); err != nil {
		return problem(http.StatusBadRequest, `%v (want {"enabled":false} or {"enabled":true}; PUT changes the document)`, err)
	}
	if change.Enabled == nil {
		return problem(http.StatusBadRequest, `body: want {"enabled":false} or {"enabled":true}`)
	}
	if name := r.variables["name"]; !c.Scenarios.Switch(name, r.tenant, *change.Enabled) {
		return c.noScenario(name, r.tenant, "switch")
	}
	return c.readScenario(r)
}

// resetScenario sets a scenario's counters to zero: those of the tenant in
// X-Fake-Tenant, without it those of all.
func (c *control) resetScenario(r *request) reply {
	if name := r.variables["name"]; !c.Scenarios.ResetScenario(name, r.tenant) {
		return c.noScenario(name, r.tenant, "reset")
	}
	return nothing()
}

// noScenario answers that a scope lacks a scenario; do is what to do without a
// tenant when it is every tenant's.
func (c *control) noScenario(name, tenant, do string) reply {
	if _, found := c.Scenarios.Get(name, tenant); found {
		return problem(http.StatusNotFound, "scenario %q is every tenant's, not this tenant's own (%s it without X-Fake-Tenant)", name, do)
	}
	return problem(http.StatusNotFound, "there is no scenario %q", name)
}

func (c *control) removeScenario(r *request) reply {
	name := r.variables["name"]
	if c.Scenarios.Remove(name, r.tenant) {
		return nothing()
	}
	return c.noScenario(name, r.tenant, "remove")
}
