package scenarios

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Decision is what shall happen to one request. The parts belong together:
// perform the operation first when After is set, wait for Delay, then answer with
// Respond or the operation's own answer, change its fields by Headers, and let
// Fault happen to that answer. A decision without a Reason only tells what rate
// limits counted, that the client came too early, or how long a change lags.
type Decision struct {
	Scenario  string             // name of the scenario; "" when X-Fake-Fault decided
	Rule      int                // its rule, from 1; 0 when X-Fake-Fault or a built-in limit decided
	Reason    string             // one line for X-Fake-Reason and the journal
	After     bool               // perform the operation, then fail
	Respond   *Respond           // nil: the operation answers; shared, must not be changed
	Delay     time.Duration      // 0: none
	Fault     Fault              // "": none
	Headers   map[string]*string // fields to set on the answer, nil to remove; shared
	Templated bool               // texts hold expressions: see Fill
	Early     time.Duration      // how much sooner the client came than it was told to; 0: it did not
	Readings  []Reading          // of the rate limits that counted the request
	Lag       *Lagging           // how long what the request changes stays unseen; nil: not at all; shared
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
	if f.Delivery { // nobody is told to wait by what an endpoint answers
		return e.loaded.Load().decide(f, now)
	}
	var early time.Duration
	if e.waits.some.Load() {
		early = e.waits.left(waitKey(f), now)
	}
	d := decideFault(f)
	if d == nil {
		d = e.loaded.Load().decide(f, now)
	}
	if early > 0 {
		d = d.early(early)
	}
	if d != nil && d.Respond != nil {
		d.Respond = withRetryAfter(f, d.Respond)
	}
	if d != nil && d.Respond != nil && d.Respond.RetryAfter != nil && d.Respond.Status >= 400 {
		e.waits.set(waitKey(f), now.Add(d.Delay+wholeSeconds(time.Duration(*d.Respond.RetryAfter))), now)
	}
	return d
}

// early adds to a decision, or to none, that the client did not wait.
func (d *Decision) early(by time.Duration) *Decision {
	if d == nil {
		d = &Decision{}
	}
	d.Early = max(d.Early, by)
	return d
}

// usualWait is the Retry-After of a throttled or unavailable service when a rule
// gives none. It is what the official SDKs would wait by themselves.
const usualWait = Duration(3 * time.Second)

// silent are the services that throttle without Retry-After (graph-behaviour
// §6.1).
var silent = []glob{compileGlob("/*/identityProtection/**"), compileGlob("/*/identity/conditionalAccess/**")}

// withRetryAfter gives 429 and 503 the field that most services send.
func withRetryAfter(f *Facts, r *Respond) *Respond {
	if r.Status != 429 && r.Status != 503 || r.RetryAfter != nil || f.Service == "onenote" {
		return r
	}
	for name := range r.Headers {
		if strings.EqualFold(name, "Retry-After") {
			return r
		}
	}
	for _, g := range silent {
		if g.match(f.Path) {
			return r
		}
	}
	answer, wait := *r, usualWait
	answer.RetryAfter = &wait
	return &answer
}

// wholeSeconds rounds up, as a Retry-After does.
func wholeSeconds(d time.Duration) time.Duration {
	return (d + time.Second - 1) / time.Second * time.Second
}

// Idle reports whether no scenario is loaded and nobody was told to wait, so that only X-Fake-Fault can
// decide about a request.
func (e *Engine) Idle() bool { return e.loaded.Load() == nil && !e.waits.some.Load() }

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
	q := question{facts: f, tenant: strings.ToLower(f.Tenant), now: now}
	if s.lags && f.changes() {
		if q.lag = s.own[q.tenant].lag(f); q.lag == nil {
			q.lag = s.every.lag(f)
		}
	}
	for _, sc := range [...]*scope{s.own[q.tenant], s.every} {
		if sc == nil {
			continue
		}
		var buffer [64]int32
		for _, i := range sc.index.candidates(f, buffer[:0]) {
			if d, decided := q.ask(sc.index.entries[i]); decided {
				return q.with(d)
			}
		}
	}
	return q.with(nil)
}

// question is one request on its way through the rules.
type question struct {
	facts    *Facts
	tenant   string // in lower case
	now      time.Time
	readings []Reading
	lag      *Lagging
}

// with puts on a decision, or on none, what rate limits counted and what lags.
func (q *question) with(d *Decision) *Decision {
	if q.readings == nil && q.lag == nil {
		return d
	}
	if d == nil {
		d = &Decision{}
	}
	d.Readings, d.Lag = q.readings, q.lag
	return d
}

// ask returns the decision of a rule that matches and has its turn.
func (q *question) ask(e entry) (d *Decision, decided bool) {
	if !e.matcher().match(q.facts) {
		return nil, false
	}
	if e.rule < 0 {
		return q.measure(e.a, e.a.meters[-1-e.rule], 0)
	}
	i, u := e.rule, &e.a.scenario.Rules[e.rule]
	if m := e.a.limits[i]; m != nil {
		return q.measure(e.a, m, i+1)
	}
	var key string
	if u.Respond != nil && u.Respond.Enforce {
		key = q.tenant + "|" + q.facts.App + "|" + q.facts.User + "|" + strconv.Itoa(i)
		if left := e.a.enforced.left(key, q.now); left > 0 {
			return q.again(e.a, i, left), true
		}
	}
	c, turn := e.a.count(q.tenant, i, q.now, true)
	if !turn {
		return nil, false
	}
	d = u.decision(e.a.scenario.Name, i+1, e.a.reason(i, c), e.a.random(i, c.Matches, forDelay))
	if d != nil {
		d.Templated = e.a.templated[i]
	}
	if key != "" {
		e.a.enforced.set(key, q.now.Add(d.Delay+wholeSeconds(time.Duration(*u.Respond.RetryAfter))), q.now)
	}
	return d, true
}

// again repeats a rule's answer to a client that did not wait, with what is left.
func (q *question) again(a *active, i int, left time.Duration) *Decision {
	u := &a.scenario.Rules[i]
	answer, rest := *u.Respond, Duration(wholeSeconds(left))
	answer.RetryAfter = &rest
	d := &Decision{
		Scenario: a.scenario.Name, Rule: i + 1, Respond: &answer, Headers: u.Headers, Templated: a.templated[i],
		Reason: fmt.Sprintf("scenario %q, rule %d (not counted)", a.scenario.Name, i+1),
	}
	return d.early(left)
}

// measure counts a request against a rate limit, and decides when it is too much.
func (q *question) measure(a *active, m *meter, rule int) (*Decision, bool) {
	reading := m.take(q.facts, q.tenant, q.now)
	if rule > 0 {
		a.count(q.tenant, rule-1, q.now, reading.Exceeded)
	}
	q.readings = append(q.readings, reading)
	if !reading.Exceeded {
		return nil, false
	}
	answer := Respond{Status: 429}
	var templated bool
	if rule > 0 && a.scenario.Rules[rule-1].Respond != nil {
		answer, templated = *a.scenario.Rules[rule-1].Respond, a.templated[rule-1]
	}
	wait := Duration(wholeSeconds(reading.Wait))
	answer.RetryAfter = &wait
	name := m.name
	if rule > 0 {
		name = fmt.Sprintf("rule %d, limit of %s", rule, m.limit.String())
	}
	return &Decision{
		Scenario: a.scenario.Name, Rule: rule, Respond: &answer, Templated: templated,
		Reason: fmt.Sprintf("scenario %q, %s: exceeded", a.scenario.Name, name),
	}, true
}

// reason names the rule, and how far it is from being spent.
func (a *active) reason(i int, c RuleState) string {
	text := "scenario " + strconv.Quote(a.scenario.Name) + ", rule " + strconv.Itoa(i+1)
	if times := a.scenario.Rules[i].Times; times > 0 {
		text += " (times " + strconv.Itoa(c.Decided) + " of " + strconv.Itoa(times) + ")"
	}
	return text
}

// decision returns what the rule does to a request; nil when it lets the request
// through untouched.
func (u *Rule) decision(scenario string, number int, reason string, random uint64) *Decision {
	delay := u.Delay.pick(random)
	if u.Respond == nil && u.Fault == "" && delay == 0 && u.Headers == nil {
		return nil
	}
	return &Decision{
		Scenario: scenario, Rule: number, Reason: reason, Headers: u.Headers,
		After: u.When == WhenAfter, Respond: u.Respond, Delay: delay, Fault: u.Fault,
	}
}
