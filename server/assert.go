package server

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// AssertCalled marks the test as failed unless a call fits a match, which is
// what a scenario's rule has: a method, a path with "*" and "**", values in the
// body. It returns the calls that fit, oldest first. The message shows the call
// that came nearest, what was wanted of it and what it was.
func (f *Test) AssertCalled(t TB, m scenarios.Match) []Call {
	t.Helper()
	return Tenant{t, f, ""}.AssertCalled(m)
}

// AssertNotCalled marks the test as failed when a call fits a match.
func (f *Test) AssertNotCalled(t TB, m scenarios.Match) {
	t.Helper()
	Tenant{t, f, ""}.AssertNotCalled(m)
}

// AssertCalled is [Test.AssertCalled] about the tenant's calls alone.
func (n Tenant) AssertCalled(m scenarios.Match) []Call {
	n.t.Helper()
	search, err := n.search(m)
	if err != nil {
		n.t.Fatalf("fakegraph: %v", err)
		return nil
	}
	if len(search.fit) == 0 {
		n.t.Errorf("fakegraph: %s", search.missing())
	}
	return search.fit
}

// AssertNotCalled is [Test.AssertNotCalled] about the tenant's calls alone.
func (n Tenant) AssertNotCalled(m scenarios.Match) {
	n.t.Helper()
	search, err := n.search(m)
	if err != nil {
		n.t.Fatalf("fakegraph: %v", err)
		return
	}
	if len(search.fit) > 0 {
		n.t.Errorf("fakegraph: %s", search.unwanted())
	}
}

// search is how the journal's calls compare with a match.
type search struct {
	fit     []Call
	all     int
	nearest Call
	missed  int // of the nearest; 0 when there is none
	compare []scenarios.Comparison
	dropped uint64
}

func (n Tenant) search(m scenarios.Match) (*search, error) {
	matcher, err := scenarios.NewMatcher(m)
	if err != nil {
		return nil, err
	}
	s := &search{dropped: n.fake.journal.Dropped()}
	for c, entry := range n.fake.journal.Calls(journal.Filter{Tenant: n.name}) {
		s.add(n.fake, matcher, c, entry)
	}
	return s, nil
}

func (s *search) add(fake *Test, m *scenarios.Matcher, c *call.Call, entry func() Call) {
	s.all++
	facts := fake.facts(c)
	if m.Matches(&facts) {
		s.fit = append(s.fit, entry())
		return
	}
	if n := m.Missed(&facts); s.missed == 0 || n < s.missed {
		s.nearest, s.missed, s.compare = entry(), n, m.Compare(&facts)
	}
}

// missing says that no call fits, with the nearest one.
func (s *search) missing() string {
	var b strings.Builder
	fmt.Fprintf(&b, "no call fits, of %d", s.all)
	if s.dropped > 0 {
		fmt.Fprintf(&b, " (%d older ones have made room in the journal)", s.dropped)
	}
	if s.missed == 0 {
		return b.String()
	}
	fmt.Fprintf(&b, "; the nearest is %s\n", s.nearest)
	b.WriteString("  - wanted, + called\n")
	for _, c := range s.compare {
		name := c.What[strings.LastIndexAny(c.What, " /")+1:]
		got := journal.Redact(name, c.Got)
		if c.Fits {
			fmt.Fprintf(&b, "    %s: %s\n", c.What, got)
			continue
		}
		fmt.Fprintf(&b, "  - %s: %s\n  + %s: %s\n", c.What, journal.Redact(name, c.Want), c.What, orAbsent(got))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func orAbsent(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}

// unwanted lists the calls that fit and should not be there.
func (s *search) unwanted() string {
	const most = 10
	lines := []string{fmt.Sprintf("%d calls fit that were not to be made:", len(s.fit))}
	for i, c := range s.fit {
		if i == most {
			lines = append(lines, fmt.Sprintf("  and %d more", len(s.fit)-most))
			break
		}
		lines = append(lines, "  "+c.String())
	}
	return strings.Join(lines, "\n")
}
