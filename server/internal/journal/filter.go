package journal

import (
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Filter picks entries. What is zero picks all.
type Filter struct {
	Method string    // without regard to case
	Path   string    // with the version, as scenarios match it: "*" is one segment or a part of one, "**" any number of them
	Status Status    // of the answer
	Tenant string    // tenant id
	Since  time.Time // arrived then or later, on the fake's clock
	Limit  int       // so many of the newest

	Scenario string // that decided
	Early    bool   // only those that came before they were told to
	Only     Only   // requests of clients, or deliveries
}

// Status is a status code, or a class of them. The zero value is all.
type Status struct{ from, to int }

// ParseStatus reads a code ("404") or a class ("4xx").
func ParseStatus(text string) (Status, error) {
	if len(text) == 3 && text[0] >= '1' && text[0] <= '5' {
		if strings.EqualFold(text[1:], "xx") {
			from := int(text[0]-'0') * 100
			return Status{from, from + 99}, nil
		}
		if code, err := strconv.ParseUint(text, 10, 16); err == nil {
			return Status{int(code), int(code)}, nil
		}
	}
	return Status{}, fmt.Errorf("status %q: want a code such as 404 or a class such as 4xx", text)
}

// Has reports whether a status code is meant.
func (s Status) Has(code int) bool { return s == Status{} || s.from <= code && code <= s.to }

// Requests returns the entries that a filter picks, newest last.
func (j *Journal) Requests(f Filter) []Entry {
	all := j.records(0)
	picked := make([]*Record, 0, min(len(all), 64))
	matches := f.matcher()
	for _, r := range slices.Backward(all) {
		if f.Limit > 0 && len(picked) == f.Limit {
			break
		}
		if matches(r) {
			picked = append(picked, r)
		}
	}
	entries := make([]Entry, len(picked))
	for i, r := range picked {
		entries[len(picked)-1-i] = r.entry()
	}
	return entries
}

// Calls yields the calls that a filter picks, oldest first, each with a function
// that renders its entry. The call is the journal's and must not be changed or
// shown: it holds secrets. Limit is not looked at.
func (j *Journal) Calls(f Filter) iter.Seq2[*call.Call, func() Entry] {
	all, matches := j.records(0), f.matcher()
	return func(yield func(*call.Call, func() Entry) bool) {
		for _, r := range all {
			if matches(r) && !yield(r.call, r.entry) {
				return
			}
		}
	}
}

// Redact is a text for display that has this name: a member, a parameter or a
// header field.
func Redact(name, text string) string {
	if secret(name) {
		return redacted
	}
	if json.Valid([]byte(text)) {
		return string(redactJSON([]byte(text)))
	}
	return redactText(text)
}

// matcher prepares a filter for many records.
func (f Filter) matcher() func(*Record) bool {
	pattern := segments(f.Path)
	return func(r *Record) bool {
		return (f.Method == "" || strings.EqualFold(f.Method, r.call.Method)) &&
			f.Status.Has(r.status()) && f.Only.has(r) &&
			(f.Tenant == "" || r.ofTenant(f.Tenant)) &&
			!r.call.Received.Before(f.Since) &&
			(f.Scenario == "" || f.Scenario == r.rule.Scenario) && (!f.Early || r.early > 0) &&
			(f.Path == "" || matchPath(pattern, segments(r.path())))
	}
}

// segments splits a path, with percent-encoding undone and in lower case: what
// a client escapes or capitalizes makes no difference to a reader.
func segments(path string) []string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i, part := range parts {
		if text, err := url.PathUnescape(part); err == nil {
			part = text
		}
		parts[i] = strings.ToLower(part)
	}
	return parts
}

func matchPath(pattern, path []string) bool {
	return wild(pattern, path, func(p string) bool { return p == "**" }, func(p, s string) bool {
		return wild([]byte(p), []byte(s), func(c byte) bool { return c == '*' }, func(a, b byte) bool { return a == b })
	})
}

// wild matches text against a pattern in which some elements stand for any run.
// It goes back to the last such element only, so its time is bounded by the
// product of the lengths.
func wild[T any](pattern, text []T, any func(T) bool, one func(p, t T) bool) bool {
	p, t := 0, 0
	star, from := -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && any(pattern[p]):
			star, from = p, t
			p++
		case p < len(pattern) && one(pattern[p], text[t]):
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	for p < len(pattern) && any(pattern[p]) {
		p++
	}
	return p == len(pattern)
}
