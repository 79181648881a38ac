package scenarios

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var reset = []Rule{{Fault: FaultReset}}

func names(list []Status) []string {
	var all []string
	for _, s := range list {
		all = append(all, s.Name)
	}
	return all
}

func TestEngineScopes(t *testing.T) {
	e := NewEngine()
	steps := []struct {
		do   func() error
		want string // part of the error; "" none
		own  string // what tenant t sees, in order
		all  string // what is there for every tenant
	}{
		{func() error { return e.Add([]Scenario{{Name: "a", Rules: reset}, {Name: "b", Rules: reset}}, "") }, "", "a b", "a b"},
		{func() error { return e.Add([]Scenario{{Name: "c", Rules: reset}, {Name: "a", Rules: reset}}, "") }, `scenario "a": there is a scenario of that name already`, "a b", "a b"},
		{func() error { return e.Add([]Scenario{{Name: "d", Rules: reset}, {Name: "d", Rules: reset}}, "") }, `scenario "d": there is`, "a b", "a b"},
		{func() error { return e.Add([]Scenario{{Name: "a", Rules: reset}}, "T") }, "", "a a b", "a b"},
		{func() error { return e.Replace([]Scenario{{Name: "e", Rules: reset}}, "t") }, "", "e a b", "a b"},
		{func() error { _, err := e.Put(Scenario{Name: "b"}, ""); return err }, `scenario "b": the scenario does nothing`, "e a b", "a b"},
		{func() error { return e.Replace(nil, "t") }, "", "a b", "a b"},
		{func() error { return e.Replace(nil, "") }, "", "", ""},
	}
	for i, step := range steps {
		err := step.do()
		if step.want == "" && err != nil || step.want != "" && (err == nil || !strings.Contains(err.Error(), step.want)) {
			t.Errorf("step %d: %v, want %q", i, err, step.want)
		}
		if got := strings.Join(names(e.List("t")), " "); got != step.own {
			t.Errorf("step %d: tenant sees %q, want %q", i, got, step.own)
		}
		if got := strings.Join(names(e.List("")), " "); got != step.all {
			t.Errorf("step %d: all see %q, want %q", i, got, step.all)
		}
	}
	if e.loaded.Load() != nil {
		t.Error("an emptied engine keeps a set")
	}
}

func TestEngineAddErrIsExists(t *testing.T) {
	e := NewEngine()
	list := []Scenario{{Name: "a", Rules: reset}}
	if err := errors.Join(e.Add(list, ""), e.Add(list, "t")); err != nil {
		t.Fatal(err)
	}
	if err := e.Add(list, ""); !errors.Is(err, ErrExists) {
		t.Errorf("got %v", err)
	}
}

func TestEngineAddReportsAllProblems(t *testing.T) {
	err := NewEngine().Add([]Scenario{{Name: "a", Rules: []Rule{{Times: -1, Respond: &Respond{Status: 7}, Limit: &Limit{Per: AnyOf{"app"}, Requests: 1, Window: Duration(time.Second)}}}}}, "")
	const want = `scenario "a": /rules/0: limit and times exclude each other: a limit counts by itself and lets through what it allows (use two rules)
scenario "a": /rules/0/times: -1 is too small, the least is 1
scenario "a": /rules/0/respond/status: 7 is too small, the least is 200`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v", err)
	}
}

func TestEnginePutAndRemove(t *testing.T) {
	e := engine(t, "name: a\nrules: [{times: 1, fault: reset}]\n---\nname: b\nrules: [{fault: close}]")
	f := Facts{Method: "GET", Path: "/"}
	run(e, 1, f)
	if created, err := e.Put(parsed(t, "name: a\nrules: [{times: 1, fault: stall}]")[0], ""); created || err != nil {
		t.Errorf("replaced: created %v, %v", created, err)
	}
	if d := e.Decide(&f, noon); d.Scenario != "a" || d.Fault != FaultStall {
		t.Errorf("counters or place were kept: %+v", d)
	}
	if created, err := e.Put(Scenario{Name: "c", Rules: reset}, ""); !created || err != nil {
		t.Errorf("added: created %v, %v", created, err)
	}
	if !e.Remove("b", "") || e.Remove("b", "") || e.Remove("a", "t") {
		t.Error("Remove is wrong about what was there")
	}
	if got := names(e.List("")); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("left %v", got)
	}
}

func TestEngineReset(t *testing.T) {
	e := engine(t, "name: a\nrules: [{times: 1, fault: reset}]")
	if err := e.Add(parsed(t, "name: own\nrules: [{times: 1, fault: reset}]"), "t"); err != nil {
		t.Fatal(err)
	}
	hits := func(tenant string) int {
		n := 0
		for _, rule := range run(e, 3, Facts{Method: "GET", Path: "/", Tenant: tenant}) {
			n += rule
		}
		return n
	}
	for _, step := range []struct{ reset, tenant string }{{"none", "t"}, {"none", "u"}, {"T", "t"}, {"", "t"}, {"", "u"}} {
		if step.reset != "none" {
			e.Reset(step.reset)
		}
		want := 1
		if step.tenant == "t" {
			want = 2
		}
		if got := hits(step.tenant); got != want {
			t.Errorf("after reset %q tenant %s has %d decisions, want %d", step.reset, step.tenant, got, want)
		}
	}
	if e.Reset("t"); hits("u") != 0 {
		t.Error("the reset of one tenant reached another")
	}
}

// TestEngineKeepsItsOwnCopy: a caller's later change does not reach the engine.
func TestEngineKeepsItsOwnCopy(t *testing.T) {
	s := Scenario{Name: "a", Rules: []Rule{{Respond: &Respond{Status: 500, Headers: map[string]string{"X-A": "1"}}}}}
	e := NewEngine()
	if err := e.Add([]Scenario{s}, ""); err != nil {
		t.Fatal(err)
	}
	s.Rules[0].Respond.Status = 7
	if d := e.Decide(&Facts{Method: "GET", Path: "/"}, noon); d.Respond.Status != 500 {
		t.Errorf("status %d", d.Respond.Status)
	}
}

// TestEngineConcurrently: with many callers and a set that changes under them,
// a rule decides exactly as often as it says.
func TestEngineConcurrently(t *testing.T) {
	e := engine(t, "name: a\nrules: [{times: 100, probability: 0.5, fault: reset}, {times: 50, fault: close}]")
	var mu sync.Mutex
	counts := map[Fault]int{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				d := e.Decide(&Facts{Method: "GET", Path: "/", Tenant: "t"}, noon)
				if d == nil || d.Scenario != "a" {
					continue
				}
				mu.Lock()
				counts[d.Fault]++
				mu.Unlock()
			}
		})
	}
	wg.Go(func() {
		for range 100 {
			if _, err := e.Put(Scenario{Name: "b", Rules: []Rule{{Match: Match{Method: AnyOf{"POST"}}, Fault: FaultStall}}}, "t"); err != nil {
				t.Error(err)
			}
			e.List("t")
			e.Reset("u")
			e.Remove("b", "t")
		}
	})
	wg.Wait()
	if counts[FaultReset] != 100 || counts[FaultClose] != 50 {
		t.Errorf("got %v", counts)
	}
}
