package scenarios

import "time"

// ruleAt is a rule with its place, for the checks between rules.
type ruleAt struct {
	rule  Rule
	at    value
	sound bool // nothing is wrong in it
}

func (r *reader) rules(v value) (rules []Rule, at []ruleAt) {
	r.list(v, func(v value) {
		before := len(r.problems)
		rule := r.rule(v)
		rules = append(rules, rule)
		at = append(at, ruleAt{rule, v, len(r.problems) == before})
	})
	return rules, at
}

func (r *reader) rule(v value) (u Rule) {
	has := r.object(v, members{
		"match":       func(v value) { u.Match = r.match(v) },
		"when":        func(v value) { u.When = When(r.word(v, string(WhenBefore), string(WhenAfter))) },
		"times":       func(v value) { u.Times = r.count(v, 1) },
		"after":       func(v value) { u.After = r.count(v, 0) },
		"every":       func(v value) { u.Every = r.count(v, 1) },
		"probability": func(v value) { u.Probability = r.upTo(v, 1, "") },
		"respond":     func(v value) { u.Respond = r.respond(v) },
		"delay":       func(v value) { u.Delay = r.delay(v) },
		"fault":       func(v value) { u.Fault = r.fault(v) },
		"limit":       func(v value) { u.Limit = r.limit(v) },
		"headers":     func(v value) { u.Headers = r.changes(v) },
	})
	if has != nil && !has["respond"] && !has["delay"] && !has["fault"] && !has["limit"] && !has["headers"] {
		r.add(v, "anyOf", "the rule does nothing: it has no respond, delay, fault, headers or limit (delay: 0s lets requests through untouched)")
	}
	if u.Respond != nil && !u.Fault.answers() {
		r.add(v, "conflict", "fault %s sends no answer, so respond has no effect: remove one", u.Fault)
	}
	for _, name := range []string{"times", "after", "every", "probability", "fault", "delay", "when", "headers"} {
		if has["limit"] && has[name] {
			r.add(v, "not", "limit and %s exclude each other: a limit counts by itself and lets through what it allows (use two rules)", name)
		}
	}
	return u
}

func (r *reader) fault(v value) Fault {
	return Fault(r.word(v, faultWords()...))
}

// duration reads a text with a unit.
func (r *reader) duration(v value) Duration {
	if _, ok := number(v.node); ok {
		r.add(v, "type", "%s has no unit (write 200ms, 2s or 1m30s)", v.node.Value)
		return 0
	}
	text, ok := r.text(v)
	if !ok {
		return 0
	}
	d, err := parseDuration(text)
	if err != nil {
		r.add(v, "pattern", "%v", err)
	}
	return Duration(d)
}

func (r *reader) delay(v value) *Delay {
	if !r.isMapping(v) {
		d := time.Duration(r.duration(v))
		return &Delay{Min: d, Max: d}
	}
	var d Delay
	has := r.object(v, members{
		"min":    func(v value) { d.Min = time.Duration(r.duration(v)) },
		"max":    func(v value) { d.Max = time.Duration(r.duration(v)) },
		"median": func(v value) { d.Median = time.Duration(r.duration(v)) },
		"sigma":  func(v value) { d.Sigma = r.upTo(v, 10, " (0.1 hardly varies, 2 has a long tail)") },
	}, "max")
	if has != nil && !(has["min"] && !has["median"] && !has["sigma"] || !has["min"] && has["median"] && has["sigma"]) {
		r.add(v, "oneOf", "want {min, max} for a range, or {median, sigma, max} for a lognormal delay")
	}
	if has["median"] && has["max"] && d.Median > d.Max {
		r.add(v, "conflict", "median %v is above max %v", d.Median, d.Max)
	}
	if has["max"] && d.Min > d.Max {
		r.add(v, "conflict", "min %v is above max %v", d.Min, d.Max)
	}
	return &d
}

func (r *reader) limit(v value) *Limit {
	var l Limit
	has := r.object(v, members{
		"per":      func(v value) { l.Per = r.anyOf(v, r.limitKey) },
		"requests": func(v value) { l.Requests = r.count(v, 1) },
		"units":    func(v value) { l.Units = r.count(v, 1) },
		"window":   func(v value) { l.Window = r.window(v) },
	}, "per", "window")
	r.exactlyOne(v, has, "requests", "units")
	return &l
}

func (r *reader) limitKey(v value, _ string) { r.word(v, "app", "tenant", "user") }

func (r *reader) window(v value) Duration {
	before := len(r.problems)
	d := r.duration(v)
	if d == 0 && len(r.problems) == before {
		r.add(v, "conflict", "a window of no time holds no requests")
	}
	return d
}
