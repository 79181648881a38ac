package scenarios

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Forms of names and paths; the JSON Schema has the same patterns.
var (
	pathForm      = regexp.MustCompile(`^(/|(/(\*\*|\*|\*?[^*/?#]+(\*[^*/?#]+)*\*?))+/?)$`)
	pointerForm   = regexp.MustCompile(`^(/([^~/]|~[01])*)*$`)
	fieldNameForm = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
)

// methods are the request methods that Graph has, and "*" for any.
func methods() []string {
	return []string{"*", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
}

func (r *reader) isMapping(v value) bool { return v.node.Kind == yaml.MappingNode }

func (r *reader) match(v value) (m Match) {
	r.object(v, members{
		"method":     func(v value) { m.Method = r.anyOf(v, r.method) },
		"path":       func(v value) { m.Path = r.anyOf(v, r.pathPattern) },
		"query":      func(v value) { m.Query = r.tests(v, r.queryName) },
		"header":     func(v value) { m.Header = r.tests(v, r.fieldName) },
		"body":       func(v value) { m.Body = r.bodyTests(v) },
		"app":        func(v value) { m.App = r.words(v) },
		"user":       func(v value) { m.User = r.words(v) },
		"tenant":     func(v value) { m.Tenant = r.words(v) },
		"permission": func(v value) { m.Permission = r.words(v) },
		"operation":  func(v value) { m.Operation = r.words(v) },
		"entityType": func(v value) { m.EntityType = r.words(v) },
		"service":    func(v value) { m.Service = r.anyOf(v, r.service) },
		"inBatch":    func(v value) { b := r.boolean(v); m.InBatch = &b },
		"delivery":   func(v value) { m.Delivery = r.boolean(v) },
	})
	return m
}

// services are the services behind Graph's operations, as match.service names
// them.
func services() []string {
	return []string{
		"cloudpc", "directory", "education", "excel", "files", "intune", "onenote", "outlook", "planner", "print", "reports",
		"search", "security", "subscriptions", "teams",
	}
}

func (r *reader) service(v value, _ string) { r.word(v, services()...) }

func (r *reader) method(v value, _ string) { r.word(v, methods()...) }

func (r *reader) pathPattern(v value, text string) {
	if pathForm.MatchString(text) {
		return
	}
	reason := "write \"*\" for a segment or a part of one, and \"**\" as a segment of its own"
	switch {
	case !strings.HasPrefix(text, "/"):
		reason = "begin with \"/\" and the version"
	case strings.ContainsAny(text, "?#"):
		reason = "the query is not part of a path: use query"
	case strings.Contains(text, "//"):
		reason = "a segment is empty"
	}
	r.add(v, "pattern", "%s matches no path (%s)", quote(text), reason)
}

// tests reads names and the texts that they must have.
func (r *reader) tests(v value, check func(at value, name string, item value)) map[string]string {
	texts := map[string]string{}
	ok := r.each(v, func(key string, at, item value) {
		check(at, key, item)
		texts[key] = r.scalarText(item)
	})
	r.someMembers(v, ok && len(texts) == 0)
	return texts
}

func (r *reader) someMembers(v value, none bool) {
	if none {
		r.add(v, "minProperties", "the mapping is empty")
	}
}

func (r *reader) queryName(at value, name string, _ value) {
	if name == "" {
		r.add(at, "propertyNames", "the name of the query option is empty")
	}
}

func (r *reader) fieldName(at value, name string, _ value) {
	if !fieldNameForm.MatchString(name) {
		r.add(at, "propertyNames", "%s is no header name", quote(name))
	}
}

// bodyTests reads JSON pointers and the values that they must lead to.
func (r *reader) bodyTests(v value) map[string]any {
	values := map[string]any{}
	ok := r.each(v, func(key string, at, item value) {
		if !pointerForm.MatchString(key) {
			r.add(at, "propertyNames", "%s is no JSON pointer (write %s)", quote(key), quote("/"+strings.ReplaceAll(key, ".", "/")))
		}
		values[key] = r.json(item)
	})
	r.someMembers(v, ok && len(values) == 0)
	return values
}
