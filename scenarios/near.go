package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// NearMiss is a rule that would have decided about a request but for one or two
// things.
type NearMiss struct {
	Scenario string   `json:"scenario"`
	Rule     int      `json:"rule"`   // from 1
	Missed   []string `json:"missed"` // what did not fit
}

// mostMissed is how many things may be amiss in a near miss.
const mostMissed = 2

// NearMisses returns the rules that a request came closest to, at most so many,
// the closest first. It counts nothing. What it says is about the scenarios and
// counters of now.
func (e *Engine) NearMisses(f *Facts, most int) []NearMiss {
	set, tenant := e.loaded.Load(), strings.ToLower(f.Tenant)
	if set == nil {
		return nil
	}
	var near []NearMiss
	for _, sc := range [...]*scope{set.own[tenant], set.every} {
		for _, a := range sc.list() {
			for i := range a.rules {
				if n, ok := a.nearMiss(f, tenant, i); ok {
					near = append(near, n)
				}
			}
		}
	}
	slices.SortStableFunc(near, func(a, b NearMiss) int { return cmp.Compare(len(a.Missed), len(b.Missed)) })
	return near[:min(len(near), most)]
}

func (a *active) nearMiss(f *Facts, tenant string, i int) (NearMiss, bool) {
	missed, asked := a.rules[i].missed(f)
	if len(missed) > mostMissed || len(missed) > 0 && len(missed) >= asked {
		return NearMiss{}, false
	}
	u := &a.scenario.Rules[i]
	state := a.states(tenant)[i]
	switch {
	case !a.scenario.on():
		missed = append(missed, "the scenario is switched off")
	case len(missed) > 0:
	case u.Times > 0 && state.Decided >= u.Times:
		missed = append(missed, fmt.Sprintf("it is spent: it decided %d of %d times", state.Decided, u.Times))
	case u.Limit != nil:
		missed = append(missed, "its limit was not exceeded")
	case !u.endless():
		missed = append(missed, "it was not its turn (after, every or probability)")
	default:
		missed = append(missed, "a rule before it decided, or it came later than the request")
	}
	return NearMiss{a.scenario.Name, i + 1, missed}, true
}

// missed names what of a rule does not fit a request, and how many things the
// rule asks for.
func (m *matcher) missed(f *Facts) (missed []string, asked int) {
	note := func(asks, fits bool, format string, args ...any) {
		if asks {
			asked++
		}
		if asks && !fits {
			missed = append(missed, fmt.Sprintf(format, args...))
		}
	}
	note(m.methods != nil, slices.Contains(m.methods, f.Method), "method %s, wanted %s", f.Method, strings.Join(m.methods, ", "))
	note(m.paths != nil, slices.ContainsFunc(m.paths, func(g glob) bool { return g.match(f.Path) }), "path %s, wanted %s", f.Path, globsText(m.paths))
	for _, t := range []struct {
		name string
		want AnyOf
		got  string
	}{
		{"app", m.app, f.App}, {"user", m.user, f.User}, {"tenant", m.tenant, f.Tenant},
		{"operation", m.operation, f.Operation}, {"entityType", m.entityType, f.EntityType}, {"service", m.service, f.Service},
	} {
		note(t.want != nil, has(t.want, t.got), "%s %s, wanted %s", t.name, quote(t.got), strings.Join(t.want, ", "))
	}
	fits := slices.ContainsFunc(f.Permissions, func(p string) bool { return has(m.permission, p) })
	note(m.permission != nil, fits, "permission %s, wanted %s", strings.Join(f.Permissions, ", "), strings.Join(m.permission, ", "))
	note(m.inBatch != nil, m.inBatch != nil && *m.inBatch == f.InBatch, "inBatch is %v", f.InBatch)
	for _, t := range m.header {
		one := matcher{header: []test{t}}
		note(true, one.matchHeader(f), "header %s is not %s", t.name, quote(t.pattern))
	}
	for _, t := range m.query {
		note(true, t.inQuery(f.RawQuery), "query option %s is not %s", t.name, quote(t.pattern))
	}
	for _, t := range m.body {
		one := matcher{body: []bodyTest{t}}
		note(true, one.matchBody(f), "body %s is not as wanted", quote(t.pointer))
	}
	return missed, asked
}

func globsText(globs []glob) string {
	var texts []string
	for _, g := range globs {
		text := ""
		for _, s := range g {
			text += "/" + s.text
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// Unused returns the rules that no request of a tenant ("" all) has met, as
// "scenario, rule 2".
func (e *Engine) Unused(tenant string) []string {
	unused := []string{}
	for _, s := range e.List(tenant) {
		for i, r := range s.State.Rules {
			if r.Matches == 0 && s.on() {
				unused = append(unused, fmt.Sprintf("%s, rule %d", s.Name, i+1))
			}
		}
	}
	return unused
}
