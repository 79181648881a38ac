package scenarios

import (
	"errors"
	"testing"
)

// TestEngine_Swap replaces what documents said by what they say now.
func TestEngine_Swap(t *testing.T) {
	rule := func(name string, status int) Scenario {
		return Scenario{Name: name, Rules: []Rule{{Match: Match{Path: AnyOf{"/" + name}}, Times: 1, Respond: &Respond{Status: status}}}}
	}
	e, before := NewEngine(), []Scenario{rule("stays", 500), rule("changes", 500), rule("goes", 500)}
	if err := e.Add(before, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Put(rule("others", 500), ""); err != nil {
		t.Fatal(err)
	}
	status := func(name string) int {
		if d := e.Decide(&Facts{Method: "GET", Path: "/" + name}, noon); d != nil && d.Respond != nil {
			return d.Respond.Status
		}
		return 0
	}
	for _, name := range []string{"stays", "changes", "goes", "others"} {
		if got := status(name); got != 500 {
			t.Errorf("%s: %d", name, got)
		}
	}
	now := []Scenario{rule("comes", 503), rule("changes", 502), rule("stays", 500)}
	if err := e.Swap(before, now, ""); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"stays": 0, "changes": 502, "goes": 0, "others": 0, "comes": 503} {
		if got := status(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	if err := e.Swap(now, append(now, rule("others", 400)), ""); !errors.Is(err, ErrExists) {
		t.Errorf("a name that was taken: %v", err)
	}
	e.Remove("stays", "")
	if err := e.Swap(now, now, ""); err != nil || len(e.List("")) != 3 {
		t.Errorf("the same again: %v, %d scenarios", err, len(e.List("")))
	}
}
