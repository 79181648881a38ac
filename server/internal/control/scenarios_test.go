package control_test

import (
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
)

const (
	throttle = `{"name":"throttle","rules":[{"match":{"path":"/**"},"times":2,"respond":{"status":429}}]}`
	yamlTwo  = "name: one\nrules: [{respond: {status: 500}}]\n---\nname: two\nrules: [{respond: {status: 503}}]\n"
)

func TestScenarios(t *testing.T) {
	p := newPlane()
	w := p.call("POST", "/_fake/scenarios", throttle)
	want(t, w, 201, `{"scenarios":["throttle"]}`)
	if got := w.Header().Get("Location"); got != "/_fake/scenarios/throttle" {
		t.Errorf("Location %q", got)
	}
	want(t, p.call("POST", "/_fake/scenarios", throttle), 409, `…scenario \"throttle\": there is`)

	p.scenarios.Decide(&scenarios.Facts{Method: "GET", Path: "/v1.0/users", Tenant: "t1"}, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	read := p.call("GET", "/_fake/scenarios/throttle", "")
	want(t, read, 200, `…"status":{"rules":[{"matches":1,"decided":1,"lastMatch":"2026-03-01T12:00:00Z"}]}`)
	want(t, p.call("GET", "/_fake/scenarios/throttle", "", "X-Fake-Tenant: t2"), 200, `…{"matches":0,"decided":0}`)

	want(t, p.call("PUT", "/_fake/scenarios/throttle", read.Body.String()), 200, `…{"matches":0,"decided":0}`)
	want(t, p.call("POST", "/_fake/scenarios", yamlTwo, "Content-Type: application/yaml"), 201, `{"scenarios":["one","two"]}`)
	want(t, p.call("GET", "/_fake/scenarios", ""), 200, `…"name":"two"`)

	want(t, p.call("DELETE", "/_fake/scenarios/throttle", ""), 204, "")
	want(t, p.call("DELETE", "/_fake/scenarios/throttle", ""), 404, "…there is no scenario")
	want(t, p.call("GET", "/_fake/scenarios/throttle", ""), 404, "…there is no scenario")
}

func TestScenarios_Tenant(t *testing.T) {
	p := newPlane()
	const t1 = "X-Fake-Tenant: t1"
	want(t, p.call("PUT", "/_fake/scenarios/throttle", throttle, t1), 201, `…"tenant":"t1"`)
	want(t, p.call("GET", "/_fake/scenarios", ""), 200, `{"scenarios":[]}`)
	want(t, p.call("GET", "/_fake/scenarios/throttle", "", t1), 200, `…"tenant":"t1"`)
	want(t, p.call("DELETE", "/_fake/scenarios/throttle", ""), 404, "…there is no scenario")
	want(t, p.call("DELETE", "/_fake/scenarios/throttle", "", t1), 204, "")

	want(t, p.call("POST", "/_fake/scenarios", throttle), 201, "…throttle")
	want(t, p.call("DELETE", "/_fake/scenarios/throttle", "", t1), 404, "…remove it without X-Fake-Tenant")
}

func TestScenarios_SwitchAndReset(t *testing.T) {
	p := newPlane()
	want(t, p.call("POST", "/_fake/scenarios", throttle), 201, "…throttle")
	request := &scenarios.Facts{Method: "GET", Path: "/v1.0/users", Tenant: "t1"}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	decided := func(want bool) {
		t.Helper()
		now = now.Add(time.Minute) // nobody comes too early
		if got := p.scenarios.Decide(request, now) != nil; got != want {
			t.Errorf("decided %v, want %v", got, want)
		}
	}
	decided(true)
	want(t, p.call("PATCH", "/_fake/scenarios/throttle", `{"enabled":false}`), 200, `…"enabled":false,`)
	decided(false)
	want(t, p.call("PATCH", "/_fake/scenarios/throttle", `{"enabled":true}`), 200, `…"matches":1`)
	decided(true)
	decided(false) // spent
	want(t, p.call("POST", "/_fake/scenarios/throttle/reset", "", "X-Fake-Tenant: t1"), 204, "")
	decided(true)

	want(t, p.call("PATCH", "/_fake/scenarios/throttle", `{"enabled":false}`, "X-Fake-Tenant: t1"), 404, "…switch it without X-Fake-Tenant")
	want(t, p.call("PATCH", "/_fake/scenarios/other", `{"enabled":false}`), 404, "…there is no scenario")
	want(t, p.call("PATCH", "/_fake/scenarios/throttle", `{}`), 400, "…want")
	want(t, p.call("PATCH", "/_fake/scenarios/throttle", `{"rules":[]}`), 400, "…PUT changes the document")
	want(t, p.call("POST", "/_fake/scenarios/other/reset", ""), 404, "…there is no scenario")
}

func TestScenarios_Refused(t *testing.T) {
	p := newPlane()
	want(t, p.call("POST", "/_fake/scenarios", "name: x\nrules:\n  - respond: {status: 1}\n    tiems: 2\n"), 400, `…"detail":"2 problems; nothing was changed","problems":[{"line":3,`)
	want(t, p.call("POST", "/_fake/scenarios", ""), 400, "…there is no scenario")
	want(t, p.call("PUT", "/_fake/scenarios/throttle", "}"), 400, `…"problems":[`)
	want(t, p.call("PUT", "/_fake/scenarios/one", yamlTwo), 400, "…2 scenarios where one belongs")
	want(t, p.call("PUT", "/_fake/scenarios/other", throttle), 400, `…the document's name is \"throttle\", the path's \"other\"`)
	want(t, p.call("GET", "/_fake/scenarios", ""), 200, `{"scenarios":[]}`)
}
