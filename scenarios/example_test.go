package scenarios_test

import (
	"fmt"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
)

func ExampleParse() {
	_, problems := scenarios.Parse("busy.yaml", []byte(`
name: busy
rules:
  - match: {method: PATCH, path: /v1.0/users/*}
    tmies: 2
    respond: {status: 429, retryAfter: soon}
`))
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// busy.yaml:5:5: /rules/0/tmies: unknown key "tmies" (did you mean "times"?)
	// busy.yaml:6:40: /rules/0/respond/retryAfter: "soon" is no duration (write a number with a unit, such as 200ms, 2s or 1m30s)
}

func ExampleEngine_Decide() {
	engine := scenarios.NewEngine()
	err := engine.Add([]scenarios.Scenario{{
		Name: "busy",
		Rules: []scenarios.Rule{{
			Match:   scenarios.Match{Method: scenarios.AnyOf{"PATCH"}, Path: scenarios.AnyOf{"/v1.0/users/*"}},
			Times:   2,
			Respond: &scenarios.Respond{Status: 429},
		}},
	}}, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	for range 3 {
		d := engine.Decide(&scenarios.Facts{Method: "PATCH", Path: "/v1.0/users/ada"}, now)
		if d == nil || d.Respond == nil {
			fmt.Println("the operation answers")
			continue
		}
		fmt.Println(d.Respond.Status, d.Reason)
	}
	// Output:
	// 429 scenario "busy", rule 1 (times 1 of 2)
	// 429 scenario "busy", rule 1 (times 2 of 2)
	// the operation answers
}

func ExampleLoad() {
	list, problems, err := scenarios.Load("throttle-then-succeed")
	if err != nil || len(problems) > 0 {
		fmt.Println(err, problems)
		return
	}
	for _, s := range list {
		fmt.Println(s.Name+":", s.Description)
	}
	// Output:
	// throttle-then-succeed: The first two updates are throttled, the third succeeds.
}

func ExampleParseFault() {
	rule, err := scenarios.ParseFault("429; retry-after=2")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rule.Respond.Status, rule.Respond.RetryAfter)

	_, err = scenarios.ParseFault("resett")
	fmt.Println(err)
	// Output:
	// 429 2s
	// unknown word "resett" (did you mean "reset"?)
}
