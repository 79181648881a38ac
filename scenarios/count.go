package scenarios

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// RuleState is how often a rule was met.
type RuleState struct {
	Matches   int       `json:"matches"`            // requests that matched before the rule was spent
	Decided   int       `json:"decided"`            // requests that it decided
	LastMatch time.Time `json:"lastMatch,omitzero"` // on the fake's clock; zero: never
}

// active is a scenario in an engine, with its counters for each tenant.
type active struct {
	scenario Scenario // does not change
	tenant   string   // scope in lower case; "" every tenant
	rules    []matcher

	meters    []*meter // built-in limits
	limits    []*meter // of the rules; nil for those that have none
	templated []bool   // by rule
	lag       []lagRule
	moving    []*Moving // transitions
	*counts
}

// counts are the counters of a scenario; they stay when it is switched.
type counts struct {
	mu     sync.Mutex
	counts map[string][]RuleState // by tenant in lower case, then by rule

	enforced waits

	lagged, moved tally // by lag, and by transition
}

// tally counts something by tenant and place. The zero tally is ready.
type tally struct {
	mu     sync.Mutex
	counts map[string][]int // by tenant in lower case
}

func (t *tally) add(tenant string, place, places int) {
	tenant = strings.ToLower(tenant)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[string][]int{}
	}
	if t.counts[tenant] == nil {
		t.counts[tenant] = make([]int, places)
	}
	t.counts[tenant][place]++
}

// sum returns the counts of a tenant, or those of all together for "".
func (t *tally) sum(tenant string, places int) []int {
	sum := make([]int, places)
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, counts := range t.counts {
		for i, n := range counts {
			if tenant == "" || tenant == name {
				sum[i] += n
			}
		}
	}
	return sum
}

// reset forgets the counts of a tenant, or of all for "".
func (t *tally) reset(tenant string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if tenant == "" {
		clear(t.counts)
	}
	delete(t.counts, tenant)
}

// switched is the same scenario, on or off.
func (a *active) switched(on bool) *active {
	next := *a
	next.scenario.Enabled = &on
	return &next
}

func newActive(s Scenario, tenant string) *active {
	a := &active{scenario: s, tenant: tenant, counts: &counts{counts: map[string][]RuleState{}}}
	a.meters, a.lag, a.moving = s.Limits.meters(), lagRules(&s), movings(&s, &a.moved)
	a.limits, a.templated = make([]*meter, len(s.Rules)), make([]bool, len(s.Rules))
	for i := range s.Rules {
		u := &s.Rules[i]
		a.rules = append(a.rules, compileMatch(u.Match))
		a.templated[i] = u.Respond.templated()
		for _, text := range u.Headers {
			a.templated[i] = a.templated[i] || text != nil && templated(*text)
		}
		if u.Limit != nil {
			a.limits[i] = &meter{limit: *u.Limit, full: map[string]time.Time{}}
		}
	}
	return a
}

// count notes that a request of a tenant matches a rule, and reports whether it
// is the rule's turn to decide, which it may decline. A spent rule counts no more.
func (a *active) count(tenant string, i int, now time.Time, decides bool) (c RuleState, turn bool) {
	u := &a.scenario.Rules[i]
	a.mu.Lock()
	defer a.mu.Unlock()
	states := a.counts.counts[tenant]
	if states == nil {
		states = make([]RuleState, len(a.rules))
		a.counts.counts[tenant] = states
	}
	at := &states[i]
	if u.Times > 0 && at.Decided >= u.Times {
		return *at, false
	}
	at.Matches++
	at.LastMatch = now
	if turn = decides && a.turn(i, at.Matches); turn {
		at.Decided++
	}
	return *at, turn
}

// turn reports whether a rule decides its nth match.
func (a *active) turn(i, n int) bool {
	u := &a.scenario.Rules[i]
	n -= u.After
	if n <= 0 || u.Every > 1 && n%u.Every != 0 {
		return false
	}
	const unit = 1 << 53
	return u.Probability == 0 || float64(a.random(i, n+u.After, forTurn)>>11)/unit < u.Probability
}

// Purposes of random numbers: one request draws one for each.
const (
	forTurn uint64 = iota
	forDelay
)

// random returns a number that follows from the seed, the rule and which match
// of the rule it is: a run repeats itself without any state but the counters.
func (a *active) random(rule, match int, purpose uint64) uint64 {
	x := mix(uint64(a.scenario.Seed))
	x = mix(x ^ uint64(rule))
	x = mix(x ^ uint64(match))
	return mix(x ^ purpose)
}

// mix is the step of splitmix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// reset forgets the counters of a tenant, or of all for "".
func (a *active) reset(tenant string) {
	a.enforced.reset(tenant)
	a.lagged.reset(tenant)
	a.moved.reset(tenant)
	for _, m := range slices.Concat(a.meters, a.limits) {
		if m != nil {
			m.reset(tenant)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if tenant == "" {
		clear(a.counts.counts)
		return
	}
	delete(a.counts.counts, tenant)
}

// states returns the counters of a tenant, or those of all together for "".
func (a *active) states(tenant string) []RuleState {
	sum := make([]RuleState, len(a.rules))
	a.mu.Lock()
	defer a.mu.Unlock()
	for t, states := range a.counts.counts {
		if tenant != "" && tenant != t {
			continue
		}
		for i, s := range states {
			sum[i].Matches += s.Matches
			sum[i].Decided += s.Decided
			if s.LastMatch.After(sum[i].LastMatch) {
				sum[i].LastMatch = s.LastMatch
			}
		}
	}
	return sum
}
