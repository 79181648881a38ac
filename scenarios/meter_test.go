package scenarios

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func engineOf(t testing.TB, text string) *Engine {
	t.Helper()
	list, problems := Parse("t.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	e := NewEngine()
	if err := e.Add(list, ""); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestLimitWaitSucceeds exhausts a limit in many shapes: whoever waits as long
// as he is told gets through, and whoever waits a nanosecond less than the exact
// time does not.
func TestLimitWaitSucceeds(t *testing.T) {
	for _, requests := range []int{1, 3, 7, 1000} {
		for _, window := range []time.Duration{time.Second, 7 * time.Second, 10 * time.Minute} {
			m := &meter{limit: allow(requests, window, "app"), full: map[string]time.Time{}}
			f, now := &Facts{}, noon
			for range requests {
				if r := m.take(f, "t", now); r.Exceeded {
					t.Fatalf("%d in %v: refused too soon: %+v", requests, window, r)
				}
			}
			for range 50 {
				r := m.take(f, "t", now)
				if !r.Exceeded || r.Wait <= 0 || r.Wait > window {
					t.Fatalf("%d in %v: %+v", requests, window, r)
				}
				if r := m.take(f, "t", now.Add(r.Wait-1)); !r.Exceeded {
					t.Fatalf("%d in %v: let through a nanosecond early", requests, window)
				}
				now = now.Add(r.Wait)
				if r := m.take(f, "t", now); r.Exceeded {
					t.Fatalf("%d in %v: refused after the wait: %+v", requests, window, r)
				}
			}
		}
	}
}

func TestLimitKeys(t *testing.T) {
	e := engineOf(t, "name: x\nrules: [{match: {method: GET}, limit: {per: app, requests: 1, window: 10s}}]")
	for _, c := range []struct {
		f    Facts
		want int
	}{
		{Facts{Method: "GET", App: "A", Tenant: "1"}, 0}, {Facts{Method: "GET", App: "a", Tenant: "1"}, 429},
		{Facts{Method: "GET", App: "b", Tenant: "1"}, 0}, {Facts{Method: "GET", App: "A", Tenant: "2"}, 0},
		{Facts{Method: "PATCH", App: "A", Tenant: "1"}, 0},
	} {
		got := 0
		d := e.Decide(&c.f, noon)
		if d != nil && d.Respond != nil {
			got = d.Respond.Status
		}
		if got != c.want {
			t.Errorf("%+v: %d, want %d", c.f, got, c.want)
		}
	}
	e.Reset("1")
	if d := e.Decide(&Facts{Method: "GET", App: "a", Tenant: "1"}, noon); d.Respond != nil {
		t.Error("reset left the bucket empty")
	}
}

func TestLimitKeys_ofUsers(t *testing.T) {
	e := engineOf(t, "name: x\nrules: [{match: {method: GET}, limit: {per: [app, user], requests: 1, window: 10s}}]")
	for i, c := range []struct {
		app, user string
		refused   bool
	}{
		{"a", "u", false}, {"a", "U", true}, {"a", "v", false}, {"b", "u", false}, {"b", "u", true}, {"", "", false}, {"", "", true},
	} {
		d := e.Decide(&Facts{Method: "GET", App: c.app, User: c.user, Tenant: "1"}, noon)
		if refused := d != nil && d.Respond != nil; refused != c.refused {
			t.Errorf("request %d, of app %q and user %q: refused: %v", i+1, c.app, c.user, refused)
		}
	}
}

func TestBuiltInLimitsByUnits(t *testing.T) {
	e := engineOf(t, "name: x\nlimits: {of: graph, services: directory, scale: 0.002}") // 7 units in 10 s
	f := &Facts{Method: "GET", Service: "directory", Units: 3}
	var got []int
	for range 3 {
		d := e.Decide(f, noon)
		if d.Respond != nil {
			got = append(got, int(time.Duration(*d.Respond.RetryAfter)/time.Second))
			continue
		}
		got = append(got, -d.Readings[0].Left)
	}
	if !slices.Equal(got, []int{-4, -1, 3}) { // 2 units are missing, and fill in 2.86 s
		t.Error(got)
	}
}

// TestEnforcedWait throttles again who comes early, without counting, and lets
// through who waited.
func TestEnforcedWait(t *testing.T) {
	e := engineOf(t, "name: x\nrules: [{times: 1, respond: {status: 429, retryAfter: 3s, enforce: true}}]")
	f := &Facts{Method: "GET", Path: "/v1.0/me"}
	first, early := e.Decide(f, noon), e.Decide(f, noon.Add(1200*time.Millisecond))
	if first.Early != 0 || early.Early != 1800*time.Millisecond || *early.Respond.RetryAfter != Duration(2*time.Second) {
		t.Errorf("%+v, then %+v", first, early)
	}
	if d := e.Decide(f, noon.Add(3200*time.Millisecond)); d != nil {
		t.Errorf("after the wait: %+v", d)
	}
	if s, _ := e.Get("x", ""); s.State.Rules[0].Decided != 1 {
		t.Errorf("%+v", s.State)
	}
}

func TestIndexFindsWhatMatches(t *testing.T) {
	matches := []Match{
		{}, {Method: AnyOf{"GET"}}, {Path: AnyOf{"/v1.0/Users/*"}}, {Path: AnyOf{"/**/messages"}}, {Path: AnyOf{"/v1.0/**/a*c"}},
		{Path: AnyOf{"/*/users/x", "/**/photo"}}, {Header: map[string]string{"x-test": "T1"}}, {Header: map[string]string{"X-Test": "T*"}},
		{User: AnyOf{"ADA@contoso.com"}}, {Permission: AnyOf{"User.Read"}}, {Tenant: AnyOf{"é"}}, {Query: map[string]string{"$top": "5"}},
		{Service: AnyOf{"outlook"}, Path: AnyOf{"/**"}}, {Path: AnyOf{"/**/users/*/messages"}}, {Operation: AnyOf{"op.A"}}, {Path: AnyOf{"/"}},
	}
	header := func(name string) string { return map[string]string{"X-Test": "T1"}[name] }
	facts := []Facts{
		{Method: "GET", Path: "/v1.0/users/x"}, {Method: "GET", Path: "/v1.0/users/x/messages/"}, {Path: "/v1.0/US%45RS/abc", Header: header},
		{Path: "/beta/me/photo", User: "ada@Contoso.com", Permissions: []string{"A", "user.read"}}, {Path: "/", Tenant: "É"},
		{Path: "/messages", RawQuery: "%24top=5", Service: "outlook", Operation: "OP.a"}, {Path: ""},
	}
	var rules []Rule
	for _, m := range matches {
		rules = append(rules, Rule{Match: m, Fault: FaultReset})
	}
	ix := newIndex([]*active{newActive(Scenario{Rules: rules}, "")})
	for _, f := range facts {
		found := ix.candidates(&f, nil)
		for i, m := range matches {
			c := compileMatch(m)
			if c.match(&f) && !slices.Contains(found, int32(i)) {
				t.Errorf("%+v: the index lost %+v", f, m)
			}
		}
	}
}

func thousandRules(text func(i int) string) string {
	doc := "name: many\nrules:\n"
	for i := range 1000 {
		doc += "  - " + text(i) + "\n"
	}
	return doc
}

// BenchmarkDecideNoMatch is a request that none of 1,000 rules matches: under
// 2 µs is the goal.
func BenchmarkDecideNoMatch(b *testing.B) {
	for name, text := range map[string]func(i int) string{
		"paths": func(i int) string {
			return fmt.Sprintf("{match: {method: GET, path: /v1.0/users/id%d/messages}, respond: {status: 429}}", i)
		},
		"globs":   func(i int) string { return fmt.Sprintf("{match: {path: /**/kind%d/*}, respond: {status: 429}}", i) },
		"headers": func(i int) string { return fmt.Sprintf("{match: {header: {X-Test: t%d}}, respond: {status: 429}}", i) },
		"methods": func(i int) string {
			return fmt.Sprintf("{match: {method: DELETE, query: {$top: %d}}, fault: reset}", i)
		},
	} {
		b.Run(name, func(b *testing.B) {
			e := engineOf(b, thousandRules(text))
			f := &Facts{
				Method: "GET", Path: "/v1.0/users/87d349ed-44d7-43e1-9a83-5f2406dee5bd/messages", Tenant: "t", Operation: "me.ListMessages",
				Header: func(string) string { return "t" },
			}
			b.ReportAllocs()
			for b.Loop() {
				if e.Decide(f, noon) != nil {
					b.Fatal("matched")
				}
			}
		})
	}
}
