package openapi

import (
	"slices"
	"testing"
)

func TestSuggest(t *testing.T) {
	names := []string{"users", "user", "groups", "me", "displayName", "mailNickname", "Users"}
	for _, test := range []struct {
		written string
		want    []string
	}{
		{"usres", []string{"users", "Users"}},
		{"user", []string{"Users", "users"}},
		{"mailNickName", []string{"mailNickname"}},
		{"displayNames", []string{"displayName"}},
		{"m", []string{"me"}},
		{"", nil},
		{"entirelyDifferent", nil},
	} {
		got := suggest(test.written, names)
		slices.Sort(got)
		want := slices.Sorted(slices.Values(test.want))
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", test.written, got, want)
		}
	}
	if got := suggest("aaaa", []string{"aaab", "aaac", "aaad", "aaae"}); len(got) != mostSuggestions {
		t.Errorf("got %v", got)
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"abc", "ABC", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}} {
		if got := distance(test.a, test.b); got != test.want || distance(test.b, test.a) != got {
			t.Errorf("%s, %s: got %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestUnqualify(t *testing.T) {
	for name, want := range map[string]string{
		"microsoft.graph.user": "user", "Microsoft.Graph.Group": "Group", "graph.user": "user", "user": "user",
		"microsoft.graph.security.alert": "security.alert", "microsoft.graphs.user": "microsoft.graphs.user",
	} {
		got, qualified := unqualify(name)
		if got != want || qualified != (got != name) {
			t.Errorf("%s: got %s, %v", name, got, qualified)
		}
	}
}
