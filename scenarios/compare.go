package scenarios

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
)

// Comparison is one thing that a match asks for, beside what a request has.
type Comparison struct {
	What string // "method", "path", "header Prefer", "body /displayName", …
	Got  string // "" when the request has none
	Want string
	Fits bool
}

// Matcher is a Match that was checked and made ready for many requests.
type Matcher struct{ m matcher }

// NewMatcher checks a match as [Parse] does and makes it ready.
func NewMatcher(m Match) (*Matcher, error) {
	checked := Scenario{Name: "match", Rules: []Rule{{Match: m, Delay: &Delay{}}}}
	all, err := activate([]Scenario{checked}, "")
	if err != nil {
		return nil, err
	}
	return &Matcher{all[0].rules[0]}, nil
}

// Matches reports whether a request fits.
func (m *Matcher) Matches(f *Facts) bool { return m.m.match(f) }

// Compare puts what is asked for beside what a request has.
func (m *Matcher) Compare(f *Facts) []Comparison { return m.m.compare(f) }

// Missed is how many things do not fit.
func (m *Matcher) Missed(f *Facts) int {
	n := 0
	for _, c := range m.m.compare(f) {
		if !c.Fits {
			n++
		}
	}
	return n
}

// compare puts what a rule asks for beside what a request has.
func (m *matcher) compare(f *Facts) []Comparison {
	var all []Comparison
	note := func(asks, fits bool, what, got, want string) {
		if asks {
			all = append(all, Comparison{what, got, want, fits})
		}
	}
	note(m.methods != nil, slices.Contains(m.methods, f.Method), "method", f.Method, strings.Join(m.methods, ", "))
	note(m.paths != nil, slices.ContainsFunc(m.paths, func(g glob) bool { return g.match(f.Path) }), "path", f.Path, globsText(m.paths))
	for _, t := range []struct {
		name string
		want AnyOf
		got  string
	}{
		{"app", m.app, f.App}, {"user", m.user, f.User}, {"tenant", m.tenant, f.Tenant},
		{"operation", m.operation, f.Operation}, {"entityType", m.entityType, f.EntityType}, {"service", m.service, f.Service},
	} {
		note(t.want != nil, has(t.want, t.got), t.name, t.got, strings.Join(t.want, ", "))
	}
	fits := slices.ContainsFunc(f.Permissions, func(p string) bool { return has(m.permission, p) })
	note(m.permission != nil, fits, "permission", strings.Join(f.Permissions, ", "), strings.Join(m.permission, ", "))
	note(m.inBatch != nil, m.inBatch != nil && *m.inBatch == f.InBatch, "inBatch", jsonText(f.InBatch), jsonText(m.inBatch))
	note(m.deliver, f.Delivery, "delivery", jsonText(f.Delivery), jsonText(m.deliver))
	return append(all, m.compareTests(f)...)
}

// compareTests is compare for what stands in header, query and body.
func (m *matcher) compareTests(f *Facts) []Comparison {
	var all []Comparison
	for _, t := range m.header {
		got := ""
		if f.Header != nil {
			got = f.Header(t.name)
		}
		all = append(all, Comparison{"header " + t.name, got, t.pattern, t.fits(got)})
	}
	for _, t := range m.query {
		all = append(all, Comparison{"query " + t.name, t.find(f.RawQuery), t.pattern, t.inQuery(f.RawQuery)})
	}
	for _, t := range m.body {
		c := Comparison{What: "body " + t.pointer, Want: jsonText(t.want)}
		if f.Body != nil {
			body := f.Body()
			if got, there := follow(body, t.members); there {
				c.Got = jsonText(got)
			}
			c.Fits = t.fits(body)
		}
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return strings.Compare(a.What, b.What) < 0
	})
	return all
}

// find is the first value of an option in a query.
func (t test) find(raw string) string {
	for option := range strings.SplitSeq(raw, "&") {
		if name, value, _ := strings.Cut(option, "="); optionName(queryText(name)) == t.name {
			return queryText(value)
		}
	}
	return ""
}

// jsonText is a value as JSON.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}
