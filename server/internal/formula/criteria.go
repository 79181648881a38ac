package formula

import "strings"

// mostPattern is how long a pattern may be.
const mostPattern = 255

// patternOf is a text for [matches], without regard to case.
//
//go:noinline
func patternOf(t string) []rune {
	pattern := []rune(strings.ToLower(t))
	return pattern[:min(len(pattern), mostPattern)]
}

// Like reports whether a text is as a pattern of wildcards has it, in any letter case.
func Like(pattern, text string) bool {
	return matches(patternOf(pattern), []rune(strings.ToLower(text)))
}

// matches reports whether a text is as a pattern has it: "?" for one character,
// "*" for any, "~" in front of those that stand for themselves.
func matches(pattern, text []rune) bool {
	p, t := 0, 0
	star, from := -1, 0
	for t < len(text) {
		size, any, same := step(pattern, p, text[t])
		switch {
		case any:
			star, from = p, t
			p++
		case same:
			p, t = p+size, t+1
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p >= len(pattern)
}

// step is what a pattern says at a place of one character.
func step(pattern []rune, p int, r rune) (size int, any, same bool) {
	switch {
	case p >= len(pattern):
		return 0, false, false
	case pattern[p] == '*':
		return 1, true, false
	case pattern[p] == '~' && p+1 < len(pattern) && strings.ContainsRune("*?~", pattern[p+1]):
		return 2, false, pattern[p+1] == r
	}
	return 1, false, pattern[p] == '?' || pattern[p] == r
}

// criterion tests values as COUNTIF does.
type criterion struct {
	op      string
	value   Value  // what is compared
	pattern []rune // of texts, in small letters
	text    string
}

// criterionOf reads a criterion: a value, or a text that begins with an operator.
func criterionOf(v Value) *criterion {
	t, is := v.(string)
	if !is {
		return &criterion{op: "=", value: like(v, 0.0)}
	}
	c := &criterion{}
	for _, op := range operators[0] {
		if strings.HasPrefix(t, op) {
			c.op, t = op, t[len(op):]
			break
		}
	}
	c.text, c.value = t, t
	if n, ok := ParseNumber(t); ok {
		c.value = n
	} else if fold(t, "TRUE") || fold(t, "FALSE") {
		c.value = fold(t, "TRUE")
	} else {
		for _, e := range errorCodes {
			if fold(t, string(e)) {
				c.value = e
			}
		}
	}
	c.pattern = patternOf(t)
	return c
}

// holds reports whether a value meets the criterion.
func (c *criterion) holds(v Value) bool {
	switch c.op {
	case "":
		return c.equals(v) || c.text == "" && v == nil
	case "=":
		return c.equals(v)
	case "<>":
		return !c.equals(v)
	}
	if t, is := v.(string); is {
		if _, numeric := c.value.(float64); numeric {
			return false
		}
		v = t
	}
	if v == nil || rank(v) != rank(c.value) {
		return false
	}
	if _, wrong := v.(Error); wrong {
		return false
	}
	return decide(c.op, compare(v, c.value))
}

func (c *criterion) equals(v Value) bool {
	switch want := c.value.(type) {
	case Error:
		return v == want
	case string:
		if want == "" {
			return c.op == "" && v == "" || c.op != "" && v == nil
		}
		t, is := v.(string)
		return is && matches(c.pattern, []rune(strings.ToLower(t)))
	case float64:
		if t, is := v.(string); is {
			n, ok := ParseNumber(t)
			return ok && n == want
		}
		n, is := v.(float64)
		return is && compare(n, want) == 0
	}
	return v == c.value
}
