package scenarios

import (
	"fmt"
	"time"
)

// Lagging is what becomes visible late: how long reads shall see the state from
// before a change. One of Reads and Time is set.
type Lagging struct {
	Reads  int
	Time   time.Duration
	Reason string // one line for X-Fake-Reason and the journal
}

// lagRule is a Lag in an engine.
type lagRule struct {
	match   matcher
	lagging Lagging // shared, must not be changed
}

// lagRules makes a scenario's lag ready.
func lagRules(s *Scenario) []lagRule {
	rules := make([]lagRule, len(s.Lag))
	for i, l := range s.Lag {
		how := fmt.Sprintf("for %d reads", l.Reads)
		if l.Time > 0 {
			how = "for " + l.Time.String()
		}
		rules[i] = lagRule{compileMatch(l.Match), Lagging{
			Reads: l.Reads, Time: time.Duration(l.Time),
			Reason: fmt.Sprintf("scenario %q, lag %d: %s the state before a change is seen", s.Name, i+1, how),
		}}
	}
	return rules
}

// lag finds how long a change stays unseen; nil when it is seen at once.
func (s *scope) lag(f *Facts) *Lagging {
	if s == nil {
		return nil
	}
	for _, a := range s.all {
		for i := range a.lag {
			if a.scenario.on() && a.lag[i].match.match(f) {
				a.lagged.add(f.Tenant, i, len(a.lag))
				return &a.lag[i].lagging
			}
		}
	}
	return nil
}

// changes reports whether a request may change something.
func (f *Facts) changes() bool {
	return f.Method != "GET" && f.Method != "HEAD" && f.Method != "OPTIONS" && !f.SignIn
}
