package scenarios

import (
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// matcher is a Match made ready for the request path. What does not narrow is
// left out of it: method "*", path "/**".
type matcher struct {
	methods []string
	paths   []glob
	query   []test
	header  []test
	body    []bodyTest
	inBatch *bool
	deliver bool
	// Of texts that compare without case.
	app, user, tenant, permission, operation, entityType, service AnyOf
}

// test is a name and the pattern of the value it must have.
type test struct{ name, pattern string }

// bodyTest is a place in the body, as unescaped members, and the value there.
type bodyTest struct {
	pointer string
	members []string
	want    any
}

func compileMatch(m Match) matcher {
	c := matcher{
		query: compileTests(m.Query, optionName), header: compileTests(m.Header, textproto.CanonicalMIMEHeaderKey),
		app: m.App, user: m.User, tenant: m.Tenant, permission: m.Permission,
		operation: m.Operation, entityType: m.EntityType, service: m.Service, inBatch: m.InBatch, deliver: m.Delivery,
	}
	if !slices.Contains(m.Method, "*") {
		c.methods = m.Method
	}
	if !slices.Contains(m.Path, "/**") {
		for _, pattern := range m.Path {
			c.paths = append(c.paths, compileGlob(pattern))
		}
	}
	for pointer, want := range m.Body {
		c.body = append(c.body, bodyTest{pointer, pointerMembers(pointer), want})
	}
	return c
}

func compileTests(named map[string]string, name func(string) string) []test {
	var tests []test
	for n, pattern := range named {
		tests = append(tests, test{name(n), pattern})
	}
	return tests
}

// optionName makes names of query options comparable: Graph takes "top" for
// "$top", in any case.
func optionName(name string) string { return foldASCII(strings.TrimPrefix(name, "$")) }

// pointerMembers splits a JSON pointer.
func pointerMembers(pointer string) []string {
	if pointer == "" {
		return nil
	}
	members := strings.Split(pointer[1:], "/")
	for i, m := range members {
		members[i] = strings.ReplaceAll(strings.ReplaceAll(m, "~1", "/"), "~0", "~")
	}
	return members
}

// match reports whether the facts fit, the cheap questions first.
func (m *matcher) match(f *Facts) bool {
	return (m.methods == nil || slices.Contains(m.methods, f.Method)) &&
		m.deliver == f.Delivery &&
		(m.inBatch == nil || *m.inBatch == f.InBatch) &&
		m.matchPath(f) &&
		has(m.app, f.App) && has(m.user, f.User) && has(m.tenant, f.Tenant) &&
		has(m.operation, f.Operation) && has(m.entityType, f.EntityType) && has(m.service, f.Service) &&
		(m.permission == nil || slices.ContainsFunc(f.Permissions, func(p string) bool { return has(m.permission, p) })) &&
		m.matchHeader(f) && m.matchQuery(f.RawQuery) && m.matchBody(f)
}

// matchPath judges the path. Signing in is no call to Graph: a rule for all
// calls, or for "/**", leaves it alone.
func (m *matcher) matchPath(f *Facts) bool {
	if m.paths == nil {
		return !f.SignIn
	}
	return slices.ContainsFunc(m.paths, func(g glob) bool { return g.match(f.Path) && !(f.SignIn && g.catchesAll()) })
}

// has reports whether one of the texts is the given one; nil allows all.
func has(texts AnyOf, text string) bool {
	return texts == nil || slices.ContainsFunc(texts, func(t string) bool { return strings.EqualFold(t, text) })
}

func (m *matcher) matchHeader(f *Facts) bool {
	for _, t := range m.header {
		var got string
		if f.Header != nil {
			got = f.Header(t.name)
		}
		if !t.fits(got) {
			return false
		}
	}
	return true
}

// fits judges a value; an empty one is as good as absent.
func (t test) fits(got string) bool {
	if got == "" || t.pattern == "" {
		return got == t.pattern
	}
	return like(t.pattern, got, false)
}

func (m *matcher) matchQuery(raw string) bool {
	for _, t := range m.query {
		if !t.inQuery(raw) {
			return false
		}
	}
	return true
}

// inQuery reports whether an option fits that stands in the query, maybe more
// than once.
func (t test) inQuery(raw string) bool {
	found := false
	for option := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(option, "=")
		if optionName(queryText(name)) != t.name {
			continue
		}
		found = true
		if t.fits(queryText(value)) {
			return true
		}
	}
	return !found && t.fits("")
}

func queryText(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

func (m *matcher) matchBody(f *Facts) bool {
	if m.body == nil {
		return true
	}
	if f.Body == nil {
		return false
	}
	body := f.Body()
	return !slices.ContainsFunc(m.body, func(t bodyTest) bool { return !t.fits(body) })
}

// fits follows the pointer through the body and compares what it leads to.
func (t bodyTest) fits(body any) bool {
	at, ok := follow(body, t.members)
	return ok && equalJSON(t.want, at)
}

// follow goes from a JSON value to the one below it that members name.
func follow(at any, members []string) (any, bool) {
	for _, member := range members {
		switch in := at.(type) {
		case map[string]any:
			next, ok := in[member]
			if !ok {
				return nil, false
			}
			at = next
		case []any:
			i, err := strconv.Atoi(member)
			if err != nil || i < 0 || i >= len(in) {
				return nil, false
			}
			at = in[i]
		default:
			return nil, false
		}
	}
	return at, true
}

// canonicalName is a header field's name as [Facts.Header] takes it.
func canonicalName(name string) string { return textproto.CanonicalMIMEHeaderKey(name) }
