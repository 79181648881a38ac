package control_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// record puts a call into the journal.
func (p *plane) record(c call.Call, status int, notes ...func(*journal.Record)) {
	c.Received, c.Version = p.clock.Now(), "v1.0"
	r := p.journal.Begin(&c)
	for _, note := range notes {
		note(r)
	}
	r.End(&call.Response{Status: status})
}

func TestRequests(t *testing.T) {
	p := newPlane()
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	p.clock.Freeze(true)
	p.clock.Set(noon)
	p.record(call.Call{Method: "GET", Path: "/users", Tenant: "t1"}, 200)
	p.clock.Advance(time.Minute)
	p.record(call.Call{Method: "PATCH", Path: "/users/1", Tenant: "t2"}, 429, func(r *journal.Record) { r.RetriedEarly(time.Second) })
	p.record(call.Call{Method: "GET", Path: "/users/1", Tenant: "t1"}, 404, func(r *journal.Record) { r.Decided(journal.Rule{Scenario: "slow", Rule: 1}) })
	for _, test := range []struct {
		query, tenant, want string
	}{
		{"", "", "[1 2 3]"},
		{"?method=get", "", "[1 3]"},
		{"?path=/v1.0/users/*", "", "[2 3]"},
		{"?path=/**/users/**", "", "[1 2 3]"},
		{"?status=4xx", "", "[2 3]"},
		{"?status=429", "", "[2]"},
		{"?tenant=t1", "", "[1 3]"},
		{"", "t2", "[2]"},
		{"?tenant=t1", "t2", "[1 3]"},
		{"?since=2026-03-01T12:00:30Z", "", "[2 3]"},
		{"?limit=2", "", "[2 3]"},
		{"?scenario=slow", "", "[3]"},
		{"?scenario=fast", "", "[]"},
		{"?early=true", "", "[2]"},
		{"?method=GET&status=4xx&tenant=t1&limit=5", "", "[3]"},
		{"?tenant=t3", "", "[]"},
	} {
		w := p.call("GET", "/_fake/requests"+test.query, "", "X-Fake-Tenant: "+test.tenant)
		var list struct{ Requests []journal.Entry }
		if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != 200 {
			t.Fatalf("%s: %d %s", test.query, w.Code, w.Body)
		}
		numbers := []uint64{}
		for _, e := range list.Requests {
			numbers = append(numbers, e.Number)
		}
		if got := fmt.Sprint(numbers); got != test.want {
			t.Errorf("%s %s: got %s, want %s", test.query, test.tenant, got, test.want)
		}
	}
	for query, detail := range map[string]string{
		"status=abc": "want a code", "since=yesterday": "want a time", "limit=0": "want a number", "limit=x": "want a number", "path=users": "in front", "early=no": "want true", "format=xml": "no format", "colour=red": "no parameter",
	} {
		want(t, p.call("GET", "/_fake/requests?"+query, ""), 400, "…"+detail)
	}

	want(t, p.call("DELETE", "/_fake/requests", "", "X-Fake-Tenant: t1"), 204, "")
	if got := p.journal.Requests(journal.Filter{}); len(got) != 1 || got[0].Number != 2 {
		t.Errorf("left: %d", len(got))
	}
	want(t, p.call("DELETE", "/_fake/requests", ""), 204, "")
	if got := p.journal.Requests(journal.Filter{}); len(got) != 0 {
		t.Errorf("left: %d", len(got))
	}
}

func TestRequests_HAR(t *testing.T) {
	p := newPlane()
	p.record(call.Call{Method: "GET", Path: "/users", Tenant: "t1"}, 200)
	p.record(call.Call{Method: "GET", Path: "/groups", Tenant: "t1"}, 404)
	for _, url := range []string{"/_fake/requests?format=har&status=404", "/_fake/requests.har?status=404"} {
		w := p.call("GET", url, "")
		want(t, w, 200, `…{"log":{"version":"1.2","creator":{"name":"fakegraph","version":"1.2.3"},"entries":[{`)
		var har journal.HAR
		if err := json.Unmarshal(w.Body.Bytes(), &har); err != nil || len(har.Log.Entries) != 1 || har.Log.Entries[0].Response.Status != 404 {
			t.Errorf("%s: %v %+v", url, err, har)
		}
	}
	want(t, p.call("GET", "/_fake/requests.har?format=har", ""), 400, "…no parameter")
	want(t, p.call("GET", "/_fake/requests", ""), 200, `…"dropped":0,"limit":{"requests":2000,"bytes":16777216}`)
}
