package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// engine returns an engine with the scenarios of a document, for every tenant.
func engine(t testing.TB, document string) *Engine {
	t.Helper()
	e := NewEngine()
	if err := e.Add(parsed(t, document), ""); err != nil {
		t.Fatal(err)
	}
	return e
}

func parsed(t testing.TB, document string) []Scenario {
	t.Helper()
	list, problems := Parse("test", []byte(document))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return list
}

// run decides the same request n times and returns the rules that decided; 0
// stands for none.
func run(e *Engine, n int, f Facts) []int {
	var rules []int
	for range n {
		d := e.Decide(&f, noon)
		if d == nil {
			rules = append(rules, 0)
			continue
		}
		rules = append(rules, d.Rule)
	}
	return rules
}

func TestDecideSequences(t *testing.T) {
	get := Facts{Method: "GET", Path: "/v1.0/me"}
	tests := []struct {
		name, rules string
		want        []int
	}{
		{"times", `[{times: 2, fault: reset}]`, []int{1, 1, 0, 0}},
		{"one after the other", `[{times: 1, fault: reset}, {times: 2, fault: close}, {fault: stall}]`, []int{1, 2, 2, 3, 3}},
		{"warm-up passes on", `[{after: 2, times: 1, fault: reset}, {times: 3, fault: close}]`, []int{2, 2, 1, 2, 0}},
		{"every", `[{every: 3, fault: reset}]`, []int{0, 0, 1, 0, 0, 1}},
		{"every after warm-up", `[{after: 1, every: 2, times: 2, fault: reset}]`, []int{0, 0, 1, 0, 1, 0, 0}},
		{"no match", `[{match: {method: POST}, fault: reset}, {match: {path: /v1.0/me}, delay: 1ms}]`, []int{2, 2}},
		{"let through untouched", `[{match: {path: /v1.0/me}, delay: 0s}, {fault: reset}]`, []int{0, 0}},
		{"a probability of one", `[{probability: 1, fault: reset}]`, []int{1, 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := engine(t, "name: x\nrules: "+test.rules)
			if got := run(e, len(test.want), get); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestDecideContents(t *testing.T) {
	e := engine(t, `
name: first
rules:
  - times: 2
    when: after
    respond: {status: 429, retryAfter: 2s}
    delay: 200ms
---
name: second
rules: [{fault: reset}]
`)
	f := &Facts{Method: "GET", Path: "/v1.0/me"}
	d := e.Decide(f, noon)
	if d.Scenario != "first" || d.Rule != 1 || !d.After || d.Delay != 200*time.Millisecond || d.Fault != "" || d.Respond.Status != 429 || *d.Respond.RetryAfter != Duration(2*time.Second) {
		t.Errorf("got %+v", d)
	}
	var reasons []string
	for reasons = []string{d.Reason}; len(reasons) < 3; {
		reasons = append(reasons, e.Decide(f, noon).Reason)
	}
	want := []string{`scenario "first", rule 1 (times 1 of 2)`, `scenario "first", rule 1 (times 2 of 2)`, `scenario "second", rule 1`}
	if !slices.Equal(reasons, want) {
		t.Errorf("got %q", reasons)
	}
}

func TestDecideProbability(t *testing.T) {
	document := "name: x\nseed: %d\nrules: [{probability: 0.3, fault: reset}]"
	get := Facts{Method: "GET", Path: "/v1.0/me"}
	first := run(engine(t, fmt.Sprintf(document, 7)), 1000, get)
	if again := run(engine(t, fmt.Sprintf(document, 7)), 1000, get); !slices.Equal(first, again) {
		t.Error("the same seed gives another run")
	}
	if other := run(engine(t, fmt.Sprintf(document, 8)), 1000, get); slices.Equal(first, other) {
		t.Error("another seed gives the same run")
	}
	hits := 0
	for _, rule := range first {
		hits += rule
	}
	if hits < 250 || hits > 350 {
		t.Errorf("%d of 1000 for a probability of 0.3", hits)
	}
}

func TestDecideDelayRange(t *testing.T) {
	e := engine(t, "name: x\nseed: 1\nrules: [{delay: {min: 10ms, max: 20ms}}]")
	seen := map[time.Duration]bool{}
	for range 100 {
		d := e.Decide(&Facts{Method: "GET", Path: "/"}, noon).Delay
		if d < 10*time.Millisecond || d > 20*time.Millisecond {
			t.Fatalf("delay %v", d)
		}
		seen[d] = true
	}
	if len(seen) < 50 {
		t.Errorf("%d different delays of 100", len(seen))
	}
}

func TestDecideCountsPerTenant(t *testing.T) {
	e := engine(t, "name: x\nrules: [{times: 1, fault: reset}]")
	for _, tenant := range []string{"a", "b", "A"} {
		want := []int{1, 0}
		if tenant == "A" {
			want = []int{0, 0}
		}
		if got := run(e, 2, Facts{Method: "GET", Path: "/", Tenant: tenant}); !slices.Equal(got, want) {
			t.Errorf("tenant %s: %v, want %v", tenant, got, want)
		}
	}
}

func TestDecideAsksOwnScenariosFirst(t *testing.T) {
	e := engine(t, "name: all\nrules: [{fault: reset}]")
	if err := e.Add(parsed(t, "name: own\nrules: [{times: 1, fault: close}]"), "T"); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tenant := range []string{"t", "t", "u"} {
		names = append(names, e.Decide(&Facts{Method: "GET", Path: "/", Tenant: tenant}, noon).Scenario)
	}
	if want := []string{"own", "all", "all"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestDecideFaultHeader(t *testing.T) {
	const document = "name: x\nrules: [{fault: stall}]"
	tests := []struct {
		header string
		retry  bool
		want   string
	}{
		{"503", false, "503"}, {"503", true, "scenario"}, {"503; always", true, "503"}, {"", true, "scenario"},
		{"resett", false, "400"}, {"resett", true, "400"},
	}
	for _, test := range tests {
		d := engine(t, document).Decide(&Facts{Method: "GET", Path: "/", Fault: test.header, Retry: test.retry}, noon)
		got := "scenario"
		if d.Respond != nil {
			got = fmt.Sprint(d.Respond.Status)
			if d.Rule != 0 || d.Scenario != "" || !strings.HasPrefix(d.Reason, "X-Fake-Fault: ") {
				t.Errorf("%q: %+v", test.header, d)
			}
		}
		if got != test.want {
			t.Errorf("%q, retry %v: %s, want %s", test.header, test.retry, got, test.want)
		}
	}
	if d := NewEngine().Decide(&Facts{Fault: "503", Retry: true}, noon); d != nil {
		t.Errorf("an empty engine says %+v", d)
	}
}

func TestDecideWordsABadFaultHeader(t *testing.T) {
	d := NewEngine().Decide(&Facts{Fault: "rese\n"}, noon)
	const want = `X-Fake-Fault: unknown word "rese" (did you mean "reset"?)`
	if d.Reason != want || d.Respond.Error.Message != want || d.Respond.Error.Code != "" {
		t.Errorf("got %+v, %+v", d, d.Respond.Error)
	}
	d = NewEngine().Decide(&Facts{Fault: "503;\r\n message=x"}, noon)
	if strings.ContainsAny(d.Reason, "\r\n") {
		t.Errorf("reason %q has a line break", d.Reason)
	}
}

func TestDecideCostsNothingWhenEmpty(t *testing.T) {
	e, f := NewEngine(), &Facts{Method: "GET", Path: "/v1.0/me"}
	if n := testing.AllocsPerRun(100, func() { e.Decide(f, noon) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	e = engine(t, "name: x\nrules: [{match: {method: [PATCH, POST], path: /v1.0/users/**}, fault: reset}, {match: {path: /beta/**/a, user: u}, fault: reset}]")
	if n := testing.AllocsPerRun(100, func() { e.Decide(f, noon) }); n != 0 {
		t.Errorf("%v allocations when nothing matches", n)
	}
}

func BenchmarkDecide(b *testing.B) {
	f := &Facts{Method: "PATCH", Path: "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/1", Tenant: "t"}
	b.Run("empty", func(b *testing.B) {
		e := NewEngine()
		for b.Loop() {
			e.Decide(f, noon)
		}
	})
	b.Run("no match", func(b *testing.B) {
		e := engine(b, "name: x\nrules: [{match: {path: /v1.0/**}, fault: reset}, {match: {path: \"/beta/**/x/*\"}, fault: reset}]")
		for b.Loop() {
			e.Decide(f, noon)
		}
	})
	b.Run("match", func(b *testing.B) {
		e := engine(b, "name: x\nrules: [{match: {path: \"/beta/**\"}, fault: reset}]")
		for b.Loop() {
			e.Decide(f, noon)
		}
	})
}
