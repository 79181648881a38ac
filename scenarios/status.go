package scenarios

import (
	"slices"
	"strings"
)

// Status is a scenario as it is read back: the document, and how its rules
// fared. Its JSON is the document with one more member, "status", which Parse
// takes and drops; so what was read can be edited and sent back.
type Status struct {
	Scenario
	State State `json:"status"`
}

// State is the changing part of a Status.
type State struct {
	Tenant string      `json:"tenant,omitempty"` // whose scenario it is; "" every tenant's
	Rules  []RuleState `json:"rules"`            // in the order of the document's

	Lag         []int `json:"lag,omitempty"`         // changes that each has kept back
	Transitions []int `json:"transitions,omitempty"` // entities that each has moved
}

// Get returns a scenario as a tenant sees it: its own one of that name, else the
// one of every tenant, with the counters of that tenant. For "" it is the one of
// every tenant, with the counters of all together.
func (e *Engine) Get(name, tenant string) (Status, bool) {
	all := e.List(tenant)
	i := slices.IndexFunc(all, func(s Status) bool { return s.Name == name })
	if i < 0 {
		return Status{}, false
	}
	return all[i], true
}

// List returns all scenarios that a tenant sees, in the order in which they are
// asked.
func (e *Engine) List(tenant string) []Status {
	set := e.loaded.Load()
	if set == nil {
		return nil
	}
	tenant = strings.ToLower(tenant)
	var all []Status
	for _, a := range set.own[tenant].list() {
		all = append(all, a.status(tenant))
	}
	for _, a := range set.every.list() {
		all = append(all, a.status(tenant))
	}
	return all
}

func (a *active) status(tenant string) Status {
	return Status{a.scenario, State{
		Tenant: a.tenant, Rules: a.states(tenant),
		Lag: a.lagged.sum(tenant, len(a.lag)), Transitions: a.moved.sum(tenant, len(a.moving)),
	}}
}
