package control_test

import (
	"slices"
	"testing"
)

func TestReset(t *testing.T) {
	p := newPlane()
	want(t, p.call("POST", "/_fake/reset", ""), 204, "")
	want(t, p.call("POST", "/_fake/reset", "{}", "X-Fake-Tenant: t1"), 204, "")
	want(t, p.call("POST", "/_fake/reset", `{"tenant":"t1"}`), 400, "…X-Fake-Tenant")
	if want := []string{"reset ", "reset t1"}; !slices.Equal(p.fake.asked, want) {
		t.Errorf("got %q", p.fake.asked)
	}
	p.fake.broken = true
	want(t, p.call("POST", "/_fake/reset", ""), 500, "…reset: disk is full")
}
