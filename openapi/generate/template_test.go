package main

import (
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

func TestParseTemplate(t *testing.T) {
	for _, test := range []struct {
		text, path      string
		query, required []string
		offered         []string
	}{
		{text: "{+baseurl}/users/{user%2Did}{?%24expand,%24select}", path: "/users/{user-id}", query: []string{"expand", "select"}},
		{
			text: "{+baseurl}/users/{user%2Did}/calendarView?endDateTime={endDateTime}&startDateTime={startDateTime}{&%24top}",
			path: "/users/{user-id}/calendarView", query: []string{"top"}, required: []string{"endDateTime", "startDateTime"},
		},
		{text: "{+baseurl}/groups/{group%2Did}/members/$ref?@id={%40id}", path: "/groups/{group-id}/members/$ref", required: []string{"@id"}},
		{text: "{+baseurl}/users/{user%2Did}/messages{?includeHiddenMessages*,%24count}", path: "/users/{user-id}/messages", query: []string{"count"}, offered: []string{"includeHiddenMessages"}},
		{text: "{+baseurl}/groups/{group%2Did}/members/graph.user/$count{?%24filter}", path: "/groups/{group-id}/members/microsoft.graph.user/$count", query: []string{"filter"}},
		{text: "{+baseurl}/places/range(address='{address}')", path: "/places/range(address='{address}')"},
	} {
		got := parseTemplate(test.text)
		if got.Path != test.path || !slices.Equal(got.Query, test.query) {
			t.Errorf("%s: %+v", test.text, got)
		}
		if required, offered := optionNames(got.Options); !slices.Equal(required, test.required) || !slices.Equal(offered, test.offered) {
			t.Errorf("%s: required %v, offered %v", test.text, required, offered)
		}
	}
}

func optionNames(options []facts.Argument) (required, offered []string) {
	for _, option := range options {
		if option.Required {
			required = append(required, option.Name)
		} else {
			offered = append(offered, option.Name)
		}
	}
	return required, offered
}

func TestLiteralName(t *testing.T) {
	for piece, want := range map[string]string{
		"users":                                  "users",
		"delta()":                                "delta",
		"microsoft.graph.user":                   "user",
		"microsoft.graph.security.reopen":        "reopen",
		"reminderView(StartDateTime='{a}',E='')": "reminderView",
	} {
		if got := literalName(piece); got != want {
			t.Errorf("%s: got %s, want %s", piece, got, want)
		}
	}
}
