package odata

import (
	"slices"
	"strings"
	"testing"
)

var queryTrees = []treeCase{
	{"", "<>", ""},
	{"$select=id,displayName", "<select=id, displayName>", ""},
	{"$filter=displayName%20eq%20%27a%26b%3Dc%27&$top=5", `<filter=(eq displayName "a&b=c"); top=5>`, "$filter=displayName%20eq%20'a%26b=c'&$top=5"},
	{"$filter=a+eq+'b%2Bc'", `<filter=(eq a "b+c")>`, "$filter=a%20eq%20'b%2Bc'"},
	{"filter=a eq 1&Select=id&$orderBy=a&$TOP=1", "<filter=(eq a int64:1); select=id; orderby=a; top=1>", "$filter=a%20eq%201&$select=id&$orderby=a&$top=1"},
	{"$count=true&$search=%22displayName:x%22&$skip=3&$format=json&$skiptoken=RFN%2B&$deltatoken=x=y", `<skip=3; count=true; search="displayName:x"> format=json skiptoken=RFN+ deltatoken=x=y`, "$skip=3&$count=true&$search=%22displayName:x%22&$format=json&$skiptoken=RFN%2B&$deltatoken=x=y"},
	{"$expand=members($select=id;$top=1),owners&$orderby=a%20desc", "<expand=members<select=id; top=1>, owners; orderby=a down>", ""},
	{`$filter=x eq @p&@p='a'&@q=[1,"a"]&@id=https://graph.microsoft.com/v1.0/x`, `<filter=(eq x @p); @p="a"; @q=[array int64:1 "a"]; @id=text:https://graph.microsoft.com/v1.0/x>`, "$filter=x%20eq%20@p&@p='a'&@q=%5B1,%22a%22%5D&@id=https://graph.microsoft.com/v1.0/x"},
	{"$apply=groupby((a))&$compute=a add b as c&$index=-1&$schemaversion=*&$id=x&id=5", `<compute=a add b as c> apply=groupby((a)) index=-1 schemaversion=* id=x custom:id="5"`, "$compute=a%20add%20b%20as%20c&$apply=groupby((a))&$index=-1&$schemaversion=*&$id=x&id=5"},
	{"%24filter=a%20eq%201", "<filter=(eq a int64:1)>", "$filter=a%20eq%201"},
	{"startDateTime=2020-01-01&endDateTime=2021-01-01", `<> custom:startDateTime="2020-01-01" custom:endDateTime="2021-01-01"`, ""},
	{"&&a=b&&c&a=%26", `<> custom:a="b" custom:c="" custom:a="&"`, "a=b&c&a=%26"},
	{"levels=1&select=id", `<select=id> custom:levels="1"`, "$select=id&levels=1"},
	{" $top =5", "<top=5>", "$top=5"},
	{"$filter=&$select&$expand=&orderby=&$top=5", "<top=5>", "$top=5"},
	{"$filter=a%20eq%20'%C3%BC'", `<filter=(eq a "ü")>`, ""},
}

var queryMistakes = []struct {
	source   string
	mistakes []string // kind and text of each
}{
	{"$fliter=a&$foo=1&$filter=a eq&$top=-1&$top=2&$count=yes&$levels=1", []string{
		`unknown-option position 0: no option "$fliter" (did you mean "$filter"?)`,
		`unknown-option position 10: no option "$foo"`,
		"expected $filter: position 4: expected an expression, found the end",
		`value $top: position 0: $top takes a whole number from 0 to 2147483647, not "-1"`,
		"duplicate position 38: $top stands twice",
		`value $count: position 0: $count takes true or false, not "yes"`,
		`unknown-option position 56: "$levels" belongs into the parentheses of an item of $expand`,
	}},
	{"$filter=+", []string{
		"empty $filter: position 0: no value (leave the option out instead)",
	}},
	{"$search=+&$top", []string{
		"empty $search: position 0: no value (leave the option out instead)",
		"empty $top: position 0: no value (leave the option out instead)",
	}},
	{"$select=id&select=mail", []string{
		"duplicate position 11: $select stands twice",
	}},
	{"$select=%zz&a%=1&$top=%f", []string{
		`encoding position 8: bad percent-encoding in the value of "$select" (a percent sign itself is written %25, other bytes must be UTF-8)`,
		"encoding position 13: bad percent-encoding in a name (a percent sign itself is written %25, other bytes must be UTF-8)",
		`encoding position 22: bad percent-encoding in the value of "$top" (a percent sign itself is written %25, other bytes must be UTF-8)`,
	}},
	{"$filter=%ff", []string{
		`encoding position 8: bad percent-encoding in the value of "$filter" (a percent sign itself is written %25, other bytes must be UTF-8)`,
	}},
	{"@p=1&@p=2", []string{
		`duplicate position 5: "@p" stands twice`,
	}},
	{"$top=1x", []string{
		`value $top: position 0: $top takes a whole number from 0 to 2147483647, not "1x"`,
	}},
	{"$top=99999999999999", []string{
		`value $top: position 0: $top takes a whole number from 0 to 2147483647, not "99999999999999"`,
	}},
	{"$top=5 6", []string{
		`syntax $top: position 2: "6" does not belong here`,
	}},
	{"$index=1.5", []string{
		`value $index: position 0: $index takes a whole number that fits 32 bits, not "1.5"`,
	}},
	{"$expand=a($select=b&$top=1)", []string{
		"expected $expand: position 11: expected ')' or ';', found the end",
		`syntax $top: position 1: ")" does not belong here`,
	}},
	{"$=1", []string{
		`unknown-option position 0: no option "$"`,
	}},
}

// parseQuery is ParseQuery with its first mistake as the error.
func parseQuery(raw string) (*Query, error) {
	q, mistakes := ParseQuery(raw)
	if len(mistakes) > 0 {
		return nil, mistakes[0]
	}
	return &q, nil
}

func TestQuery(t *testing.T) {
	checkTrees(t, queryTrees, parseQuery, dumpQuery, (*Query).String)
	for _, c := range queryMistakes {
		_, mistakes := ParseQuery(c.source)
		var got []string
		for _, e := range mistakes {
			checkPlace(t, e)
			got = append(got, string(e.Kind)+" "+e.Error())
		}
		if !slices.Equal(got, c.mistakes) {
			t.Errorf("%s\n got %q\nwant %q", c.source, got, c.mistakes)
		}
	}
}

// A mistake in one option leaves the others readable.
func TestQueryKeepsWhatIsRight(t *testing.T) {
	q, mistakes := ParseQuery("$filter=a eq&$select=id&$top=5")
	if len(mistakes) != 1 || q.Filter != nil || len(q.Select) != 1 || q.Top != 5 {
		t.Errorf("%s with %v", dumpQuery(&q), mistakes)
	}
}

func TestQueryCapsMistakes(t *testing.T) {
	_, mistakes := ParseQuery(strings.Repeat("$x=1&", 100))
	last := mistakes[len(mistakes)-1]
	if len(mistakes) != maxMistakes+1 || last.Kind != KindMore || last.Text != "80 more mistakes" {
		t.Errorf("%d mistakes, at the end %v", len(mistakes), last)
	}
}

func TestQueryBare(t *testing.T) {
	q, _ := ParseQuery("filter=a&$select=b&top=1&$expand=c(select=d;$top=1)")
	if q.Bare != NewOptionSet(OptionFilter, OptionTop) {
		t.Errorf("bare: %b", q.Bare)
	}
	if nested := q.Expand[0].Options; nested.Bare != NewOptionSet(OptionSelect) || nested.Given != NewOptionSet(OptionSelect, OptionTop) {
		t.Errorf("nested, bare: %b, given: %b", nested.Bare, nested.Given)
	}
}

func TestQueryRest(t *testing.T) {
	q, _ := ParseQuery("x=1&$Top=5&@p='%C3%BC'&$skiptoken=a+b&skip=1&$filter=a+eq+1")
	drop := NewOptionSet(OptionSkipToken, OptionSkip)
	if got, want := q.Rest(drop), "$Top=5&@p='%C3%BC'&$filter=a+eq+1&x=1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := new(Query).Rest(0); got != "" {
		t.Errorf("rest of nothing: %q", got)
	}
}

// An alias that is no expression matters only to who uses it.
func TestQueryAlias(t *testing.T) {
	q, mistakes := ParseQuery("@id=https://graph.microsoft.com/v1.0/users/x&@p='a'")
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	id, ok := q.Alias("id")
	if !ok || id.Value != nil || id.Err == nil || id.Err.Option != "@id" || id.Text != "https://graph.microsoft.com/v1.0/users/x" {
		t.Errorf("@id: %+v", id)
	}
	if p, ok := q.Alias("p"); !ok || p.Err != nil || dump(p.Value) != `"a"` {
		t.Errorf("@p: %+v", p)
	}
	if _, ok := q.Alias("P"); ok {
		t.Error("aliases are told apart by case")
	}
}
