package scenarios

import (
	"regexp"
)

// nameForm keeps a name usable as a path segment, in a header and in a log line.
var nameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// propertyForm is names between "/"; the JSON Schema has the same pattern.
var propertyForm = regexp.MustCompile(`^[^/]+(/[^/]+)*$`)

// scenario reads one document.
func (r *reader) scenario(v value) (s Scenario, name value) {
	name = v
	var rules []ruleAt
	has := r.object(v, members{
		"name":        func(v value) { s.Name, name = r.name(v), v },
		"description": func(v value) { s.Description, _ = r.text(v) },
		"enabled":     func(v value) { b := r.boolean(v); s.Enabled = &b },
		"limits":      func(v value) { s.Limits = r.limits(v) },
		"seed":        func(v value) { s.Seed = r.whole(v, -maxExact, maxExact) },
		"rules":       func(v value) { s.Rules, rules = r.rules(v) },
		"lag":         func(v value) { r.list(v, func(v value) { s.Lag = append(s.Lag, r.lag(v)) }) },
		"transitions": func(v value) { r.list(v, func(v value) { s.Transitions = append(s.Transitions, r.transition(v)) }) },
		"status":      r.status,
	}, "name")
	if has != nil && !has["rules"] && !has["lag"] && !has["transitions"] && !has["limits"] {
		r.add(v, "required", "the scenario does nothing: it has no rules, limits, lag or transitions")
	}
	r.unreachable(rules)
	return s, name
}

func (r *reader) name(v value) string {
	name, ok := r.text(v)
	if ok && !nameForm.MatchString(name) {
		r.add(v, "pattern", "%s is no name (letters, digits, \".\", \"_\" and \"-\", 64 at most, a letter or digit first)", quote(name))
		return ""
	}
	return name
}

// status takes what reading a scenario back adds to its document, so that an
// answer of the control plane can be sent back as it is. It has no effect.
func (r *reader) status(v value) {
	known := members{"tenant": func(v value) { r.text(v) }, "rules": func(v value) { r.json(v) },
		"lag": func(v value) { r.json(v) }, "transitions": func(v value) { r.json(v) }}
	if r.object(v, known) == nil {
		r.problems[len(r.problems)-1].Text += " (the status to answer with belongs in a rule's respond)"
	}
}

func (r *reader) lag(v value) (l Lag) {
	has := r.object(v, members{
		"match": func(v value) { l.Match = r.match(v) },
		"reads": func(v value) { l.Reads = r.count(v, 1) },
		"time":  func(v value) { l.Time = r.lasting(v) },
	})
	r.exactlyOne(v, has, "reads", "time")
	return l
}

func (r *reader) transition(v value) (t Transition) {
	has := r.object(v, members{
		"match":    func(v value) { t.Match = r.entities(v) },
		"property": func(v value) { t.Property = r.property(v) },
		"from":     func(v value) { t.From = r.json(v) },
		"to":       func(v value) { t.To = r.json(v) },
		"reads":    func(v value) { t.Reads = r.count(v, 1) },
		"time":     func(v value) { t.Time = r.duration(v) },
	}, "match", "property", "from", "to")
	if has["reads"] && has["time"] {
		r.add(v, "not", "reads and time exclude each other")
	}
	if has["from"] && has["to"] && equalJSON(t.From, t.To) {
		r.add(v, "conflict", "from and to are the same")
	}
	return t
}

// entities reads which entities are meant. Nothing of a request matters here:
// what moves by itself does so whoever asks.
func (r *reader) entities(v value) (m Match) {
	has := r.object(v, members{
		"path":       func(v value) { m.Path = r.anyOf(v, r.pathPattern) },
		"entityType": func(v value) { m.EntityType = r.words(v) },
		"tenant":     func(v value) { m.Tenant = r.words(v) },
	})
	if has != nil && !has["path"] && !has["entityType"] {
		r.add(v, "anyOf", "path or entityType is missing: say which entities move")
	}
	return m
}

// lasting reads a duration above zero.
func (r *reader) lasting(v value) Duration {
	before := len(r.problems)
	d := r.duration(v)
	if d == 0 && len(r.problems) == before {
		r.add(v, "conflict", "0s is no time (leave the lag out instead)")
	}
	return d
}

func (r *reader) property(v value) string {
	name, ok := r.nonEmpty(v)
	if ok && !propertyForm.MatchString(name) {
		r.add(v, "pattern", "%s is no property's name, or a JSON pointer (write the property's name, such as status or settings/state)", quote(name))
	}
	return name
}
