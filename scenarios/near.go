package scenarios

import (
	"cmp"
	"fmt"
	"sort"
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
	sort.SliceStable(near, func(i, j int) bool {
		a, b := near[i], near[j]
		return cmp.Compare(len(a.Missed), len(b.Missed)) < 0
	})
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
// rule asks for. What stands in header, query and body is not shown: it may be
// secret.
func (m *matcher) missed(f *Facts) (missed []string, asked int) {
	all := m.compare(f)
	for _, c := range all {
		kind, name, inside := strings.Cut(c.What, " ")
		switch {
		case c.Fits:
		case inside && kind == "body":
			missed = append(missed, "body "+quote(name)+" is not as wanted")
		case inside && kind == "query":
			missed = append(missed, "query option "+name+" is not "+quote(c.Want))
		case inside:
			missed = append(missed, "header "+name+" is not "+quote(c.Want))
		case kind == "inBatch":
			missed = append(missed, "inBatch is "+c.Got)
		case kind == "method" || kind == "path" || kind == "permission":
			missed = append(missed, kind+" "+c.Got+", wanted "+c.Want)
		default:
			missed = append(missed, kind+" "+quote(c.Got)+", wanted "+c.Want)
		}
	}
	return missed, len(all)
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

// Unused returns the rules, lags and transitions that nothing of a tenant (""
// all) has met, as "scenario, rule 2".
func (e *Engine) Unused(tenant string) []string {
	unused := []string{}
	for _, s := range e.List(tenant) {
		if !s.on() {
			continue
		}
		never := func(kind string, i, n int) {
			if n == 0 {
				unused = append(unused, fmt.Sprintf("%s, %s %d", s.Name, kind, i+1))
			}
		}
		for i, r := range s.State.Rules {
			never("rule", i, r.Matches)
		}
		for i, n := range s.State.Lag {
			never("lag", i, n)
		}
		for i, n := range s.State.Transitions {
			never("transition", i, n)
		}
	}
	return unused
}
