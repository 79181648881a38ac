package server

import "github.com/fakegraph/fakegraph/scenarios"

// Scenarios returns the server's scenarios, to add, replace, switch, reset and
// remove while it runs. A change holds for the requests that begin after it.
func (s *Server) Scenarios() *scenarios.Engine { return s.scenarios }

// Injected is rules that [Server.Inject] added.
type Injected struct {
	Name   string // of the scenario that holds them, as X-Fake-Reason and the journal give it
	tenant string
	engine *scenarios.Engine
}

// Inject adds rules while the server runs. They are asked before the scenarios
// that were loaded, in the order in which they were injected.
func (s *Server) Inject(rules ...scenarios.Rule) (*Injected, error) { return s.inject("", rules) }

func (s *Server) inject(tenant string, rules []scenarios.Rule) (*Injected, error) {
	name, err := s.scenarios.Inject(rules, tenant)
	if err != nil {
		return nil, err
	}
	return &Injected{Name: name, tenant: tenant, engine: s.scenarios}, nil
}

// Rules returns how often each of the rules matched and decided so far.
func (i *Injected) Rules() []scenarios.RuleState {
	s, _ := i.engine.Get(i.Name, i.tenant)
	return s.State.Rules
}

// Remove takes the rules away. A second call does nothing.
func (i *Injected) Remove() { i.engine.Remove(i.Name, i.tenant) }

// once makes rules that are spent after one decision, where they do not say
// otherwise.
func once(rules []scenarios.Rule) []scenarios.Rule {
	spent := make([]scenarios.Rule, len(rules))
	for i, r := range rules {
		if r.Times == 0 {
			r.Times = 1
		}
		spent[i] = r
	}
	return spent
}

// Tenant is a test's server as one of its tenants sees it: rules that are
// injected there decide about that tenant's requests alone, and calls are
// looked for among its own. So parallel tests can share a server.
type Tenant struct {
	t    TB
	fake *Test
	name string // "" is all of them
}

// Tenant returns the server as a tenant sees it. Requests are of that tenant by
// their token, or by the header X-Fake-Tenant. t is the test that shall fail.
func (f *Test) Tenant(t TB, name string) Tenant { return Tenant{t, f, tenantID(name)} }

// Inject adds rules for this test; see [Server.Inject]. What is wrong with them
// fails the test.
func (f *Test) Inject(rules ...scenarios.Rule) *Injected {
	f.t.Helper()
	return Tenant{f.t, f, ""}.Inject(rules...)
}

// InjectOnce is [Test.Inject] of rules that decide once each.
func (f *Test) InjectOnce(rules ...scenarios.Rule) *Injected {
	f.t.Helper()
	return f.Inject(once(rules)...)
}

// Inject adds rules for the tenant until the test ends.
func (n Tenant) Inject(rules ...scenarios.Rule) *Injected {
	n.t.Helper()
	i, err := n.fake.inject(n.name, rules)
	if err != nil {
		n.t.Fatalf("fakegraph: inject: %v", err)
		return nil
	}
	n.t.Cleanup(i.Remove)
	return i
}

// InjectOnce is [Tenant.Inject] of rules that decide once each.
func (n Tenant) InjectOnce(rules ...scenarios.Rule) *Injected {
	n.t.Helper()
	return n.Inject(once(rules)...)
}
