package graph

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// FuzzFold holds tests on stored bytes against the same tests on text: where
// they are sure they say the same.
func FuzzFold(f *testing.F) {
	for _, s := range [][2]string{
		{"Anna", "anna"}, {"Anna", "an"}, {"", ""}, {"änne", "ä"}, {"x\"y", "\"y"}, {"İ", "i"}, {"K", "k"}, {"a\\b", "b"}, {"null", "null"},
		{"Straße", "e"}, {"ÄB", "b"}, {"aab", "ab"}, {"\u2028", "28"}, {"\xff", "\xff"}, {"a", "abc"},
	} {
		f.Add(s[0], s[1])
	}
	tests := map[string]textTest{"equal": equalText}
	for name, test := range textFunction {
		tests[name] = test
	}
	f.Fuzz(func(t *testing.T, text, want string) {
		want = strings.ToLower(want)
		raw := entity.Quote(nil, text)
		stored, _ := entity.Unquote(raw)
		for name, test := range tests {
			holds, sure := test.raw(raw, want)
			if sure && holds != test.text(strings.ToLower(stored), want) {
				t.Errorf("%s of %s and %q: %v", name, raw, want, holds)
			}
		}
		if c, sure := compareFolded(raw, want); sure && c != strings.Compare(strings.ToLower(stored), want) {
			t.Errorf("%s and %q compare as %d", raw, want, c)
		}
		for _, other := range []string{"", "null", "12", "true"} {
			for name, test := range tests {
				if holds, sure := test.raw([]byte(other), want); holds || !sure {
					t.Errorf("%s of %q and %q: %v %v", name, other, want, holds, sure)
				}
			}
		}
	})
}
