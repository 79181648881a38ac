package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// The texts of an answer may hold expressions. There is no code in them:
//
//	{{request.method}}          the method
//	{{request.path}}            the path with its version
//	{{request.segment.3}}       a segment of it, from 1; {{request.segment.last}}
//	{{request.query.$top}}      a query option, decoded; "" when absent
//	{{request.header.Accept}}   a header field; "" when absent
//	{{request.body}}            the JSON body, {{request.body./a/0}} a value in it
//	{{request.user}}            the signed-in user; also app, tenant, operation, id
//	{{now}}                     the fake's time, ISO 8601 in UTC
//	{{uuid}}                    a new GUID
//
// A text that is one expression and nothing else takes the value's JSON type.

// Given is what expressions need beside the facts of a request.
type Given struct {
	Now       time.Time
	NewID     func() string
	RequestID string
}

// wholeNames are expressions that take no argument.
var wholeNames = []string{
	"request.method", "request.path", "request.body", "request.user", "request.app", "request.tenant", "request.operation",
	"request.id", "now", "uuid",
}

// prefixes are expressions that end in an argument.
var prefixes = []string{"request.segment.", "request.query.", "request.header.", "request.body."}

// checkTemplate judges the expressions of a text.
func checkTemplate(text string) error {
	for {
		_, rest, open := strings.Cut(text, "{{")
		if !open {
			return nil
		}
		expression, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return errors.New(`"{{" is not closed by "}}"`)
		}
		if err := checkExpression(strings.TrimSpace(expression)); err != nil {
			return err
		}
		text = after
	}
}

func checkExpression(expression string) error {
	for _, name := range wholeNames {
		if expression == name {
			return nil
		}
	}
	for _, prefix := range prefixes {
		argument, ok := strings.CutPrefix(expression, prefix)
		switch {
		case !ok:
			continue
		case argument == "":
			return fmt.Errorf("{{%s}} lacks what comes after the last dot", expression)
		case prefix == "request.body." && !pointerForm.MatchString(argument):
			return fmt.Errorf("{{%s}}: after request.body. comes a JSON pointer, such as /displayName", expression)
		case prefix == "request.segment." && argument != "last":
			if n, err := strconv.Atoi(argument); err != nil || n < 1 {
				return fmt.Errorf("{{%s}}: segments are counted from 1, or last", expression)
			}
		}
		return nil
	}
	return fmt.Errorf("there is no value %s%s", quote("{{"+expression+"}}"), didYouMean(expression, append(wholeNames, prefixes...)))
}

func (r *reader) template(v value, text string) {
	if err := checkTemplate(text); err != nil {
		r.add(v, "template", "%v", err)
	}
}

// templates judges all texts in a value. Its shape has been read already.
func (r *reader) templates(v value) {
	if v.node.Kind == yaml.ScalarNode {
		if isText(v.node) {
			r.template(v, v.node.Value)
		}
		return
	}
	if r.budget <= 0 || strings.Count(v.path, "/") > maxDepth {
		return
	}
	for i, n := range v.node.Content {
		r.templates(r.child(v, strconv.Itoa(i), n))
	}
}

// filler replaces expressions.
type filler struct {
	facts *Facts
	given Given
	body  any
	read  bool // body is known
}

// templated reports whether a value holds an expression anywhere.
func templated(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, "{{")
	case map[string]any:
		for _, item := range v {
			if templated(item) {
				return true
			}
		}
	case []any:
		for _, item := range v {
			if templated(item) {
				return true
			}
		}
	}
	return false
}

// templated reports whether any text of the answer holds an expression.
func (r *Respond) templated() bool {
	if r == nil {
		return false
	}
	for _, text := range r.Headers {
		if templated(text) {
			return true
		}
	}
	return templated(r.Body) || r.Error != nil && (templated(r.Error.Code) || templated(r.Error.Message) || templated(r.Error.InnerError))
}

// Fill returns the decision with the expressions of its texts replaced by the
// values of the request; d itself when there are none.
func (d *Decision) Fill(f *Facts, given Given) *Decision {
	if !d.Templated {
		return d
	}
	t := &filler{facts: f, given: given}
	filled := *d
	filled.Headers = maps.Clone(d.Headers)
	for name, text := range filled.Headers {
		if text != nil {
			changed := headerText(t.text(*text))
			filled.Headers[name] = &changed
		}
	}
	if d.Respond != nil {
		filled.Respond = t.respond(d.Respond)
	}
	return &filled
}

func (t *filler) respond(r *Respond) *Respond {
	filled := *r
	filled.Body = t.any(r.Body)
	filled.Headers = maps.Clone(r.Headers)
	for name, text := range filled.Headers {
		filled.Headers[name] = headerText(t.text(text))
	}
	if r.Error != nil {
		inner, _ := t.any(r.Error.InnerError).(map[string]any)
		filled.Error = &Error{Code: t.text(r.Error.Code), Message: t.text(r.Error.Message), InnerError: inner}
	}
	return &filled
}

// headerText keeps a request from writing further lines into an answer's header.
func headerText(text string) string { return oneLine(text) }

// any replaces expressions in all texts of a JSON value.
func (t *filler) any(v any) any {
	switch v := v.(type) {
	case string:
		if expression, whole := wholeExpression(v); whole {
			return t.value(expression)
		}
		return t.text(v)
	case map[string]any:
		if v == nil {
			return v
		}
		filled := make(map[string]any, len(v))
		for name, item := range v {
			filled[name] = t.any(item)
		}
		return filled
	case []any:
		filled := make([]any, len(v))
		for i, item := range v {
			filled[i] = t.any(item)
		}
		return filled
	}
	return v
}

// wholeExpression is the expression that a text consists of.
func wholeExpression(text string) (string, bool) {
	inner, ok := strings.CutPrefix(text, "{{")
	if !ok {
		return "", false
	}
	inner, ok = strings.CutSuffix(inner, "}}")
	return strings.TrimSpace(inner), ok && !strings.Contains(inner, "{{")
}

// text replaces the expressions in a text.
func (t *filler) text(text string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		expression, after, _ := strings.Cut(rest, "}}")
		b.WriteString(asText(t.value(strings.TrimSpace(expression))))
		text = after
	}
}

func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}

// value is what an expression stands for.
func (t *filler) value(expression string) any {
	f := t.facts
	switch expression {
	case "request.method":
		return f.Method
	case "request.path":
		return f.Path
	case "request.body":
		return t.json()
	case "request.user":
		return f.User
	case "request.app":
		return f.App
	case "request.tenant":
		return f.Tenant
	case "request.operation":
		return f.Operation
	case "request.id":
		return t.given.RequestID
	case "now":
		return t.given.Now.UTC().Format("2006-01-02T15:04:05Z")
	case "uuid":
		return t.given.NewID()
	}
	return t.argument(expression)
}

func (t *filler) argument(expression string) any {
	if pointer, ok := strings.CutPrefix(expression, "request.body."); ok {
		at, _ := follow(t.json(), pointerMembers(pointer))
		return at
	}
	if name, ok := strings.CutPrefix(expression, "request.header."); ok && t.facts.Header != nil {
		return t.facts.Header(canonicalName(name))
	}
	if name, ok := strings.CutPrefix(expression, "request.query."); ok {
		return queryOption(t.facts.RawQuery, name)
	}
	if number, ok := strings.CutPrefix(expression, "request.segment."); ok {
		return pathSegment(t.facts.Path, number)
	}
	return ""
}

func (t *filler) json() any {
	if !t.read && t.facts.Body != nil {
		t.body = t.facts.Body()
	}
	t.read = true
	return t.body
}

func queryOption(raw, name string) string {
	for option := range strings.SplitSeq(raw, "&") {
		n, text, _ := strings.Cut(option, "=")
		if optionName(queryText(n)) == optionName(name) {
			return queryText(text)
		}
	}
	return ""
}

func pathSegment(path, number string) string {
	all := strings.Split(strings.Trim(path, "/"), "/")
	n := len(all)
	if number != "last" {
		n, _ = strconv.Atoi(number)
	}
	if n < 1 || n > len(all) {
		return ""
	}
	if text, err := url.PathUnescape(all[n-1]); err == nil {
		return text
	}
	return all[n-1]
}
