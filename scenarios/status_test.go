package scenarios

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestStatus(t *testing.T) {
	e := engine(t, "name: a\nrules: [{match: {method: GET}, every: 2, fault: reset}, {match: {method: POST}, fault: reset}]")
	for _, tenant := range []string{"t", "t", "u"} {
		e.Decide(&Facts{Method: "GET", Path: "/", Tenant: tenant}, noon)
	}
	for tenant, want := range map[string]string{
		"t": `[{"matches":2,"decided":1,"lastMatch":"2024-05-01T12:00:00Z"},{"matches":0,"decided":0}]`,
		"":  `[{"matches":3,"decided":1,"lastMatch":"2024-05-01T12:00:00Z"},{"matches":0,"decided":0}]`,
		"v": `[{"matches":0,"decided":0},{"matches":0,"decided":0}]`,
	} {
		s, ok := e.Get("a", tenant)
		got, err := json.Marshal(s)
		want = `{"name":"a","rules":[{"match":{"method":"GET"},"every":2,"fault":"reset"},{"match":{"method":"POST"},"fault":"reset"}],"status":{"rules":` + want + `}}`
		if !ok || err != nil || string(got) != want {
			t.Errorf("tenant %q: %s, %v", tenant, got, err)
		}
		if back := parsed(t, string(got)); !slices.Equal(encode(t, back[0]), encode(t, s.Scenario)) {
			t.Errorf("sent back it reads %s", encode(t, back[0]))
		}
	}
	if _, ok := e.Get("b", ""); ok {
		t.Error("found what is not there")
	}
}
