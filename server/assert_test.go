package server_test

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server"
)

func ExampleTest_AssertCalled() {
	var t *testing.T // your test's

	fake := server.NewTest(t)
	// … what is under test does its work …
	calls := fake.AssertCalled(t, scenarios.Match{
		Method: scenarios.AnyOf{"PATCH"},
		Path:   scenarios.AnyOf{"/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/*"},
		Body:   map[string]any{"/enableConnection": true},
	})
	if len(calls) != 1 {
		t.Errorf("changed %d times", len(calls))
	}
	fake.AssertNotCalled(t, scenarios.Match{Method: scenarios.AnyOf{"DELETE"}})
}

func TestAssertCalled(t *testing.T) {
	t.Parallel()
	fake := server.NewTest(t)
	request(t, fake.Client(), "GET", fake.URL+settings, "")
	request(t, fake.Client(), "PATCH", fake.URL+setting+"?$select=id", `{"enableConnection":true}`, "Accept-Language", "en-US", "X-Api-Secret", "s3cret")

	matched := scenarios.Match{Method: scenarios.AnyOf{"PATCH"}, Path: scenarios.AnyOf{settings + "/*"}, Body: map[string]any{"/enableConnection": true}}
	if calls := fake.AssertCalled(t, matched); len(calls) != 1 || calls[0].Number != 2 {
		t.Errorf("found %v", calls)
	}
	fake.AssertNotCalled(t, scenarios.Match{Method: scenarios.AnyOf{"DELETE"}})
	other := fake.Tenant(t, "another")
	other.AssertNotCalled(matched)

	for name, test := range map[string]struct {
		assert func(server.TB)
		want   string
	}{
		"nearest": {
			func(r server.TB) {
				fake.AssertCalled(r, scenarios.Match{
					Method: scenarios.AnyOf{"PATCH"}, Path: scenarios.AnyOf{settings + "/*"}, Query: map[string]string{"$select": "status"},
					Body:   map[string]any{"/enableConnection": false, "/status": "healthy"},
					Header: map[string]string{"X-Api-Secret": "other", "Accept-Language": "en-*"},
				})
			},
			`fakegraph: no call fits, of 2; the nearest is 2: PATCH ` + setting + `: 200
  - wanted, + called
    method: PATCH
    path: ` + setting + `
  - body /enableConnection: false
  + body /enableConnection: true
  - body /status: "healthy"
  + body /status: (none)
    header Accept-Language: en-US
  - header X-Api-Secret: [redacted]
  + header X-Api-Secret: [redacted]
  - query select: status
  + query select: id`,
		},
		"unwanted": {
			func(r server.TB) { fake.AssertNotCalled(r, scenarios.Match{}) },
			"fakegraph: 2 calls fit that were not to be made:\n  1: GET " + settings + ": 200\n  2: PATCH " + setting + ": 200",
		},
		"none": {
			func(r server.TB) { fake.Tenant(r, "another").AssertCalled(matched) },
			"fakegraph: no call fits, of 0",
		},
		"mistake": {
			func(r server.TB) { fake.AssertCalled(r, scenarios.Match{Path: scenarios.AnyOf{"users"}}) },
			`begin with "/" and the version`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{}
			test.assert(r)
			if got := strings.Join(r.lines, "\n"); !r.failed || got != test.want && (name != "mistake" || !strings.Contains(got, test.want)) {
				t.Errorf("failed %v, told\n%s\nwant\n%s", r.failed, got, test.want)
			}
		})
	}
}
