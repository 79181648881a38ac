package scenarios

import (
	"strings"
	"testing"
)

func TestGlobMatch(t *testing.T) {
	tests := []struct {
		pattern string
		yes, no []string
	}{
		{"/v1.0/users", []string{"/v1.0/users", "/v1.0/users/", "/V1.0/Users", "/v1.0/us%65rs"}, []string{"/v1.0/users/1", "/v1.0", "/beta/users", "/v1.0/user", "/"}},
		{"/v1.0/users/*", []string{"/v1.0/users/1", "/v1.0/users/a%2Fb"}, []string{"/v1.0/users", "/v1.0/users/1/messages", "/v1.0/users//"}},
		{"/v1.0/**", []string{"/v1.0", "/v1.0/users", "/v1.0/users/1/messages"}, []string{"/beta/users", "/"}},
		{"/**", []string{"/", "/v1.0", "/v1.0/a/b/c"}, nil},
		{"/**/messages", []string{"/messages", "/v1.0/me/messages", "/v1.0/messages/messages"}, []string{"/v1.0/messages/1"}},
		{"/*/users/**/$ref", []string{"/beta/users/$ref", "/beta/users/1/manager/$ref"}, []string{"/beta/users/1/manager"}},
		{"/**/a/*/b/**/c", []string{"/x/a/1/b/c", "/a/a/1/b/x/y/c", "/a/1/b/a/2/b/c"}, []string{"/a/b/c", "/a/1/b/c/d"}},
		{"/v1.0/users('*')", []string{"/v1.0/users('ada@contoso.com')", "/v1.0/users('')", "/v1.0/users(%27x%27)"}, []string{"/v1.0/users/x"}},
		{"/v1.0/*@contoso.com", []string{"/v1.0/ada@CONTOSO.com", "/v1.0/ada%40contoso.com"}, []string{"/v1.0/ada@fabrikam.com"}},
		{"/v1.0/a%20b", []string{"/v1.0/a b", "/v1.0/a%20b"}, []string{"/v1.0/ab"}},
		{"/", []string{"/", ""}, []string{"/v1.0"}},
		{"/v1.0/100%", []string{"/v1.0/100%", "/v1.0/100%25"}, nil},
	}
	for _, test := range tests {
		g := compileGlob(test.pattern)
		for _, path := range test.yes {
			if !g.match(path) {
				t.Errorf("%s does not match %s", test.pattern, path)
			}
		}
		for _, path := range test.no {
			if g.match(path) {
				t.Errorf("%s matches %s", test.pattern, path)
			}
		}
	}
}

func TestGlobFoldsASCIIOnly(t *testing.T) {
	if compileGlob("/v1.0/k").match("/v1.0/\u212a") {
		t.Error("the Kelvin sign passes for k")
	}
}

func TestGlobCovers(t *testing.T) {
	tests := []struct {
		wide, narrow string
		want         bool
	}{
		{"/a/b", "/A/B", true}, {"/a/*", "/a/b", true}, {"/a/*", "/a/*", true}, {"/a/*", "/a/b*", true},
		{"/a/**", "/a", true}, {"/a/**", "/a/*/c", true}, {"/**/c", "/a/**/c", true}, {"/**", "/**", true},
		{"/a/*", "/a/**", false}, {"/a/b", "/a/*", false}, {"/a/b*", "/a/bc", false}, {"/a/*", "/a", false}, {"/a/**/c", "/a/**", false},
	}
	for _, test := range tests {
		if got := compileGlob(test.wide).covers(compileGlob(test.narrow)); got != test.want {
			t.Errorf("%s covers %s: %v, want %v", test.wide, test.narrow, got, test.want)
		}
	}
}

// simpleGlob is the definition of match, by recursion; it may take for ever.
func simpleGlob(pattern, path []string) bool {
	if len(pattern) == 0 {
		return len(path) == 0
	}
	if pattern[0] == "**" {
		return simpleGlob(pattern[1:], path) || len(path) > 0 && simpleGlob(pattern, path[1:])
	}
	return len(path) > 0 && (pattern[0] == "*" && path[0] != "" || pattern[0] == path[0]) && simpleGlob(pattern[1:], path[1:])
}

// TestGlobAgainstItsDefinition tries all short patterns and paths over two
// segment names; a pattern that covers another matches all that the other does.
func TestGlobAgainstItsDefinition(t *testing.T) {
	patterns := sequences([]string{"a", "b", "*", "**"}, 4)
	paths := sequences([]string{"a", "b"}, 5)
	matches := make([][]bool, len(patterns))
	globs := make([]glob, len(patterns))
	for i, p := range patterns {
		globs[i] = compileGlob("/" + strings.Join(p, "/"))
		matches[i] = make([]bool, len(paths))
		for j, path := range paths {
			matches[i][j] = globs[i].match("/" + strings.Join(path, "/"))
			if matches[i][j] != simpleGlob(p, path) {
				t.Fatalf("%v matches %v: %v", p, path, matches[i][j])
			}
		}
	}
	for i := range globs {
		for k := range globs {
			if !globs[i].covers(globs[k]) {
				continue
			}
			for j, path := range paths {
				if matches[k][j] && !matches[i][j] {
					t.Fatalf("%v covers %v, yet not %v", patterns[i], patterns[k], path)
				}
			}
		}
	}
}

// sequences returns all lists of the words up to a length.
func sequences(words []string, most int) [][]string {
	all := [][]string{nil}
	last := all
	for range most {
		var next [][]string
		for _, s := range last {
			for _, w := range words {
				next = append(next, append(s[:len(s):len(s)], w))
			}
		}
		all, last = append(all, next...), next
	}
	return all
}

func TestLike(t *testing.T) {
	tests := []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true}, {"", "", true}, {"a*c", "abc", true}, {"a*c", "ac", true}, {"a*c", "acb", false},
		{"*return=minimal*", "respond-async, return=minimal", true}, {"a", "A", false}, {"*ab*ab", "abab", true}, {"*ab*ab", "ab", false},
	}
	for _, test := range tests {
		if got := like(test.pattern, test.text, false); got != test.want {
			t.Errorf("%q like %q: %v", test.text, test.pattern, got)
		}
	}
	if !like("a*", "AB", true) {
		t.Error("fold does not fold")
	}
}
