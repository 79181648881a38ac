package main

import (
	"fmt"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
)

// manyRules is how many rules the engine holds.
const manyRules = 1000

// ruleKinds are rules by what they ask for; none matches the request.
var ruleKinds = []func(i int) scenarios.Match{
	func(i int) scenarios.Match { // a path
		return scenarios.Match{Method: scenarios.AnyOf{"GET"}, Path: scenarios.AnyOf{fmt.Sprintf("/v1.0/users/id%d/messages", i)}}
	},
	func(i int) scenarios.Match { // a pattern
		return scenarios.Match{Path: scenarios.AnyOf{fmt.Sprintf("/**/kind%d/*", i)}}
	},
	func(i int) scenarios.Match { // a header field
		return scenarios.Match{Header: map[string]string{"X-Test": fmt.Sprintf("t%d", i)}}
	},
	func(i int) scenarios.Match { // another method
		return scenarios.Match{Method: scenarios.AnyOf{"DELETE"}, Query: map[string]string{"$top": fmt.Sprint(i)}}
	},
}

// rules measures the decision about a request that no rule is about: the slowest
// of the kinds, and no rules at all.
func (b *bench) rules() ([]row, error) {
	engines := make([]*scenarios.Engine, len(ruleKinds))
	for i, kind := range ruleKinds {
		engine, err := engineOf(kind)
		if err != nil {
			return nil, err
		}
		engines[i] = engine
	}
	facts := &scenarios.Facts{
		Method: "GET", Path: "/v1.0/users/87d349ed-44d7-43e1-9a83-5f2406dee5bd/messages", Tenant: "t", Operation: "me.ListMessages",
		Header: func(string) string { return "t" },
	}
	var many, none samples
	for range b.rounds {
		slowest := 0.0
		for _, e := range engines {
			slowest = max(slowest, b.decisions(e, facts))
		}
		many = append(many, slowest)
		none = append(none, b.decisions(scenarios.NewEngine(), facts))
	}
	return []row{newRow(rulesGoal, many, "the slowest of %d kinds of rules", len(ruleKinds)), newRow(noRulesGoal, none, "")}, nil
}

func engineOf(kind func(int) scenarios.Match) (*scenarios.Engine, error) {
	s := scenarios.Scenario{Name: "many"}
	for i := range manyRules {
		s.Rules = append(s.Rules, scenarios.Rule{Match: kind(i), Fault: scenarios.FaultReset})
	}
	e := scenarios.NewEngine()
	return e, e.Add([]scenarios.Scenario{s}, "")
}

// decisions is how long one takes, in microseconds.
func (b *bench) decisions(e *scenarios.Engine, f *scenarios.Facts) float64 {
	const repeat = 100_000
	now := b.clock.Now()
	for range repeat {
		if e.Idle() {
			continue
		}
		e.Decide(f, now)
	}
	return float64(b.clock.Now().Sub(now)) / float64(time.Microsecond) / repeat
}
