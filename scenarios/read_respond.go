package scenarios

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// maxSeconds bounds a Retry-After that is written as a number.
const maxSeconds = 1_000_000_000

// framing are the fields that follow from the body and the connection; a
// scenario that set them would break the connection, which is what faults do.
func framing() []string {
	return []string{"Connection", "Content-Length", "Keep-Alive", "Trailer", "Transfer-Encoding", "Upgrade"}
}

func (r *reader) respond(v value) *Respond {
	var p Respond
	has := r.object(v, members{
		"status":     func(v value) { p.Status = int(r.whole(v, 200, 599)) },
		"error":      func(v value) { p.Error = r.graphError(v) },
		"headers":    func(v value) { p.Headers = r.headers(v) },
		"body":       func(v value) { p.Body = r.notNull(v); r.templates(v) },
		"retryAfter": func(v value) { p.RetryAfter = r.retryAfter(v) },
		"enforce":    func(v value) { p.Enforce = r.boolean(v) },
	}, "status")
	if has == nil {
		return nil
	}
	if p.Error != nil && p.Body != nil {
		r.add(v, "not", "error and body exclude each other")
	}
	if p.Error != nil && p.Status > 0 && p.Status < 400 {
		r.add(v, "not", "error needs a status of 400 or more, not %d", p.Status)
	}
	if p.Body != nil && slices.Contains([]int{204, 205, 304}, p.Status) {
		r.add(v, "not", "an answer with status %d has no body", p.Status)
	}
	if has["enforce"] && !has["retryAfter"] {
		r.add(v, "dependentRequired", "enforce needs retryAfter: without it nobody can come too early")
	}
	for name := range p.Headers {
		if p.RetryAfter != nil && strings.EqualFold(name, "Retry-After") {
			r.add(v, "conflict", "retryAfter and the header %s exclude each other", name)
		}
	}
	return &p
}

func (r *reader) graphError(v value) *Error {
	var e Error
	has := r.object(v, members{
		"code":       func(v value) { e.Code, _ = r.nonEmpty(v); r.template(v, e.Code) },
		"message":    func(v value) { e.Message, _ = r.nonEmpty(v); r.template(v, e.Message) },
		"innerError": func(v value) { e.InnerError = r.innerError(v) },
	})
	r.someMembers(v, has != nil && len(has) == 0)
	return &e
}

func (r *reader) innerError(v value) map[string]any {
	if !r.isMapping(v) {
		r.want(v, "a mapping")
		return nil
	}
	object, _ := r.json(v).(map[string]any)
	r.someMembers(v, len(object) == 0)
	return object
}

// headers reads the fields to send.
func (r *reader) headers(v value) map[string]string {
	return r.tests(v, r.headerCheck())
}

// headerCheck judges one field after the other of the same answer.
func (r *reader) headerCheck() func(at value, name string, item value) {
	lines := map[string]int{}
	return func(at value, name string, item value) {
		r.fieldName(at, name, item)
		if slices.ContainsFunc(framing(), func(f string) bool { return strings.EqualFold(f, name) }) {
			r.add(at, "propertyNames", "%s is set by the server", name)
		}
		folded := strings.ToLower(name)
		if line, again := lines[folded]; again {
			r.add(at, "conflict", "header %s is already on line %d", name, line)
		}
		lines[folded] = at.node.Line
		if strings.ContainsFunc(item.node.Value, unicode.IsControl) {
			r.add(item, "pattern", "a header cannot hold line breaks or other control characters")
		}
		r.templates(item)
	}
}

// changes reads fields to set, or with null to remove.
func (r *reader) changes(v value) map[string]*string {
	fields, check := map[string]*string{}, r.headerCheck()
	ok := r.each(v, func(name string, at, item value) {
		check(at, name, item)
		fields[name] = nil
		if item.node.Kind != yaml.ScalarNode || item.node.ShortTag() != "!!null" {
			text := r.scalarText(item)
			fields[name] = &text
		}
	})
	r.someMembers(v, ok && len(fields) == 0)
	return fields
}

// retryAfter reads a duration of whole seconds, or their number.
func (r *reader) retryAfter(v value) *Duration {
	if _, ok := number(v.node); ok {
		d := Duration(r.whole(v, 0, maxSeconds)) * Duration(time.Second)
		return &d
	}
	text, ok := r.text(v)
	if !ok {
		return nil
	}
	d, err := parseSeconds(text)
	if err != nil {
		r.add(v, "pattern", "%v", err)
	}
	return &d
}
