package main

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// template is what a URL template of the SDK says.
type template struct {
	Path    string           // below the version, casts in full
	Query   []string         // system query options without "$", sorted
	Options []facts.Argument // other query options, sorted by name
}

// parseTemplate reads a template of RFC 6570 as Kiota writes it:
// "{+baseurl}/users/{user%2Did}/calendarView?endDateTime={endDateTime}{&%24top}".
// Options that the path spells out are required.
func parseTemplate(text string) template {
	text = strings.TrimPrefix(text, "{+baseurl}")
	var offered string
	if at := strings.IndexAny(text, "?&"); at > 0 {
		for _, mark := range []string{"{?", "{&"} {
			if at := strings.Index(text, mark); at >= 0 {
				text, offered = text[:at], strings.TrimSuffix(text[at+2:], "}")
			}
		}
	}
	path, fixed, _ := strings.Cut(text, "?")
	t := template{Path: bracketKeys(fullNames(unescape(path)))}
	for pair := range strings.SplitSeq(fixed, "&") {
		name, _, _ := strings.Cut(pair, "=")
		t.addOption(unescape(name), true)
	}
	for name := range strings.SplitSeq(offered, ",") {
		t.addOption(strings.TrimSuffix(unescape(name), "*"), false)
	}
	slices.Sort(t.Query)
	slices.SortFunc(t.Options, func(a, b facts.Argument) int { return strings.Compare(a.Name, b.Name) })
	return t
}

// addOption puts "$top" among the system query options, "startDateTime" among
// the others.
func (t *template) addOption(name string, required bool) {
	if name == "" {
		return
	}
	if system, ok := strings.CutPrefix(name, "$"); ok {
		t.Query = append(t.Query, system)
		return
	}
	option := facts.Argument{In: "query"}
	option.Name, option.Type, option.Required = name, facts.TypeRef{Name: "Edm.String"}, required
	t.Options = append(t.Options, option)
}

// unescape undoes "user%2Did"; what does not decode stays.
func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// fullNames writes the casts of a path in full: the SDK's "graph.user" is
// microsoft.graph.user.
func fullNames(path string) string {
	return strings.ReplaceAll(path, "/graph.", "/microsoft.graph.")
}

// bracketKeys writes keys of several properties as OData does: the SDK's
// "states/id='{id}',policyId='{policyId}'" is states(id='{id}',policyId='{policyId}').
func bracketKeys(path string) string {
	return severalKeys.ReplaceAllString(path, "($1)")
}

var severalKeys = regexp.MustCompile(`/(\w+='\{\w+\}'(?:,\w+='\{\w+\}')+)`)

// pieces are the parts of a path between slashes.
func pieces(path string) []string {
	return strings.Split(strings.TrimPrefix(path, "/"), "/")
}

// argumentNames are the names in a piece's parentheses, in order:
// "range(address='{address}')" has one.
func argumentNames(piece string) []string {
	_, inside, ok := strings.Cut(strings.TrimSuffix(piece, ")"), "(")
	if !ok || inside == "" {
		return nil
	}
	var names []string
	for pair := range strings.SplitSeq(inside, ",") {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	return names
}

// literalName is a piece without parentheses and without its namespace:
// "microsoft.graph.security.reopen" is reopen.
func literalName(piece string) string {
	name, _, _ := strings.Cut(piece, "(")
	if strings.HasPrefix(name, "microsoft.graph.") || strings.HasPrefix(name, "graph.") {
		name = name[strings.LastIndexByte(name, '.')+1:]
	}
	return name
}
