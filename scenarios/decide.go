package scenarios

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// Decision is what shall happen to one request. The parts belong together:
// perform the operation first when After is set, wait for Delay, then answer with
// Respond or the operation's own answer, and let Fault happen to that answer.
type Decision struct {
	Scenario string        // name of the scenario; "" when X-Fake-Fault decided
	Rule     int           // its rule, from 1; 0 when X-Fake-Fault decided
	Reason   string        // one line for X-Fake-Reason and the journal
	After    bool          // perform the operation, then fail
	Respond  *Respond      // nil: the operation answers; shared, must not be changed
	Delay    time.Duration // 0: none
	Fault    Fault         // "": none
}

// Decide returns what the scenarios and X-Fake-Fault say about a request; nil
// says nothing, the request goes its way. X-Fake-Fault comes before every
// scenario; a tenant's own scenarios come before those of every tenant; within
// a scope they come in the order in which they were added. A header that cannot
// be read is answered with 400, so that a typing error does not pass for success.
//
// Decide may be called by many goroutines. It counts the request, so it is called
// once for each. now is the time on the fake's clock.
func (e *Engine) Decide(f *Facts, now time.Time) *Decision {
	set := e.loaded.Load()
	if set == nil && f.Fault == "" {
		return nil
	}
	if d := decideFault(f); d != nil {
		return d
	}
	return set.decide(f, now)
}

// Idle reports whether no scenario is loaded, so that only X-Fake-Fault can
// decide about a request.
func (e *Engine) Idle() bool { return e.loaded.Load() == nil }

// decideFault judges X-Fake-Fault. Clients send a retry with the headers of the
// first try, so a retry is let through, unless the header insists
// (graph-behaviour §14).
func decideFault(f *Facts) *Decision {
	if f.Fault == "" {
		return nil
	}
	rule, always, err := parseFault(f.Fault)
	if err != nil {
		return badFault(err)
	}
	if f.Retry && !always {
		return nil
	}
	return rule.decision("", 0, FaultHeader+": "+oneLine(f.Fault), 0)
}

func badFault(err error) *Decision {
	reason := FaultHeader + ": " + oneLine(err.Error())
	return &Decision{Reason: reason, Respond: &Respond{Status: 400, Error: &Error{Message: reason}}}
}

// oneLine makes a text safe to stand in a header.
func oneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, text)
}

// decide asks the tenant's own scenarios, then those of every tenant.
func (s *scenarioSet) decide(f *Facts, now time.Time) *Decision {
	if s == nil {
		return nil
	}
	tenant := strings.ToLower(f.Tenant)
	for _, scope := range [...][]*active{s.own[tenant], s.every} {
		for _, a := range scope {
			if d, decided := a.decide(f, tenant, now); decided {
				return d
			}
		}
	}
	return nil
}

// decide returns the decision of the first rule that has its turn.
func (a *active) decide(f *Facts, tenant string, now time.Time) (d *Decision, decided bool) {
	for i := range a.rules {
		if !a.rules[i].match(f) {
			continue
		}
		c, turn := a.count(tenant, i, now)
		if !turn {
			continue
		}
		u := &a.scenario.Rules[i]
		return u.decision(a.scenario.Name, i+1, a.reason(i, c), a.random(i, c.Matches, forDelay)), true
	}
	return nil, false
}

// reason names the rule, and how far it is from being spent.
func (a *active) reason(i int, c RuleState) string {
	text := fmt.Sprintf("scenario %q, rule %d", a.scenario.Name, i+1)
	if times := a.scenario.Rules[i].Times; times > 0 {
		text += fmt.Sprintf(" (times %d of %d)", c.Decided, times)
	}
	return text
}

// decision returns what the rule does to a request; nil when it lets the request
// through untouched.
func (u *Rule) decision(scenario string, number int, reason string, random uint64) *Decision {
	delay := u.Delay.pick(random)
	if u.Respond == nil && u.Fault == "" && delay == 0 {
		return nil
	}
	return &Decision{
		Scenario: scenario, Rule: number, Reason: reason,
		After: u.When == WhenAfter, Respond: u.Respond, Delay: delay, Fault: u.Fault,
	}
}
