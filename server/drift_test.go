package server_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server"
)

// TestLag_Concurrent lets many clients read at once: exactly as many reads as
// the scenario says see the old state.
func TestLag_Concurrent(t *testing.T) {
	t.Parallel()
	const reads, clients, each = 50, 8, 20
	fake := server.NewTest(t)
	if _, err := fake.Scenarios().Put(scenarios.Scenario{Name: "late", Lag: []scenarios.Lag{{Reads: reads}}}, ""); err != nil {
		t.Fatal(err)
	}
	request(t, fake.Client(), "PATCH", fake.URL+setting, `{"enableConnection":true}`).wants(t, 200, `"enableConnection":true`)
	var old atomic.Int32
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for range each {
				a := request(t, fake.Client(), "GET", fake.URL+setting+"/enableConnection/$value", "")
				if a.body == "false" {
					old.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if old.Load() != reads {
		t.Errorf("%d of %d reads saw the old state, want %d", old.Load(), clients*each, reads)
	}
}

// TestTransitions_Concurrent lets many clients read and write while properties
// move on; at the end all have.
func TestTransitions_Concurrent(t *testing.T) {
	t.Parallel()
	fake := server.NewTest(t, server.WithFixtures("demo"))
	moves := scenarios.Scenario{Name: "moves", Transitions: []scenarios.Transition{{
		Match: scenarios.Match{EntityType: scenarios.AnyOf{"microsoft.graph.group"}}, Property: "description", From: "busy", To: "done", Reads: 1,
	}}}
	if _, err := fake.Scenarios().Put(moves, ""); err != nil {
		t.Fatal(err)
	}
	const group = "/v1.0/groups/02bd9fd6-8f93-4758-87c3-1fb73740a315"
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 25 {
				request(t, fake.Client(), "PATCH", fake.URL+group, `{"description":"busy"}`).wants(t, 204, "")
				request(t, fake.Client(), "GET", fake.URL+group, "").wants(t, 200, "")
			}
		})
	}
	wg.Wait()
	request(t, fake.Client(), "GET", fake.URL+group, "").wants(t, 200, "")
	request(t, fake.Client(), "GET", fake.URL+group, "").wants(t, 200, `"description":"done"`)
}
