package graph

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// crowd is what the filters and orders of this package's tests choose from.
var crowd = []string{
	`{"id":"a","name":"Anna","age":30,"score":1.5,"active":true,"born":"1990-05-01","seen":"2026-01-01T00:00:00Z","color":"red","home":{"city":"Oslo","geo":{"lat":59.9}},"key":"0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81"}`,
	`{"id":"b","name":"bert","age":20,"score":-2,"active":false,"born":"2000-01-31","seen":"2026-01-01T01:00:00.5+01:00","color":"green","home":{"city":"Rome","geo":null}}`,
	`{"id":"c","name":"Carl O'Neil","age":30,"score":0,"active":null,"born":null,"seen":"2025-12-31T23:59:59.9999999Z","color":"darkBlue","home":null}`,
	`{"id":"d","name":null,"age":null,"score":null}`,
	`{"id":"e","name":"änne","age":-5,"score":1e3,"active":true,"born":"1990-05-01","seen":null,"color":null,"home":{"city":null,"geo":{"lat":-1}}}`,
}

func TestFilter(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	for _, c := range []struct{ filter, want string }{
		// comparisons
		{"age eq 30", "ac"}, {"age ne 30", "bde"}, {"age gt 20", "ac"}, {"age ge 20", "abc"}, {"age lt 20", "e"}, {"age le 20", "be"},
		{"30 eq age", "ac"}, {"age eq 30.0", "ac"}, {"age eq -5", "e"}, {"score gt 1", "ae"}, {"score eq 1.5", "a"}, {"score eq 1000", "e"},
		{"score lt 0.1 and score gt -0.1", "c"}, {"age eq 99999999999999999999", ""}, {"score lt INF", "abce"},
		// text compares without case, and by code point
		{"name eq 'anna'", "a"}, {"name eq 'BERT'", "b"}, {"name eq 'Carl O''Neil'", "c"}, {"name gt 'b'", "bce"}, {"name le 'bert'", "ab"},
		{"name eq 'ÄNNE'", "e"}, {"name eq ''", ""}, {"Name eq 'anna'", "a"},
		// null equals itself alone
		{"name eq null", "d"}, {"name ne null", "abce"}, {"null eq name", "d"}, {"null eq null", "abcde"}, {"age gt null", ""}, {"age le null", ""},
		{"name ne 'anna'", "bcde"}, {"active eq null", "cd"}, {"active ne true", "bcd"},
		// Booleans
		{"active eq true", "ae"}, {"active eq false", "b"}, {"active", "ae"}, {"not active", "bcd"}, {"true", "abcde"}, {"false", ""},
		{"active and age gt 0", "a"},
		// dates and times compare as instants
		{"seen eq 2026-01-01T00:00:00Z", "a"}, {"seen eq 2026-01-01T01:00:00%2B01:00", "a"}, {"seen gt 2026-01-01T00:00:00Z", "b"},
		{"seen le 2026-01-01T00:00:00Z", "ac"}, {"seen lt 2026-01-01T00:00:00Z", "c"}, {"seen eq null", "de"}, {"seen ge 2026-01-01", "ab"},
		{"born eq 1990-05-01", "ae"}, {"born gt 1990-05-01", "b"}, {"born le 1999-12-31", "ae"}, {"born ne 1990-05-01", "bcd"}, {"born eq null", "cd"},
		// enumerations
		{"color eq 'red'", "a"}, {"color eq microsoft.graph.color'darkBlue'", "c"}, {"color ne 'red'", "bcde"}, {"color in ('red','green')", "ab"}, {"color eq null", "de"},
		// GUIDs
		{"key eq 0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81", "a"}, {"key eq '0D6F5A30-7C1B-4A1E-9D4E-2A8F5B6C7D81'", "a"},
		// in
		{"age in (20,-5)", "be"}, {"name in ('anna')", "a"}, {"name in ('x',null)", "d"}, {"not (age in (20,30))", "de"}, {"age in ()", ""},
		// functions
		{"startswith(name,'an')", "a"}, {"startsWith(name, 'AN')", "a"}, {"endswith(name,'NE')", "e"}, {"contains(name,'r')", "bc"},
		{"contains(name,'''')", "c"}, {"contains(name,'')", "abce"}, {"contains('xannax',name)", "a"}, {"startswith(color,'dark')", "c"},
		{"tolower(name) eq 'anna'", "a"}, {"startswith(toupper(name),'B')", "b"},
		// precedence: not, comparisons, and, or
		{"age eq 20 or age eq 30 and active", "ab"}, {"(age eq 20 or age eq 30) and active", "a"},
		{"not (age eq 30) and active", "e"}, {"not not active", "ae"}, {"age eq 20 or active and age eq -5 or name eq null", "bde"},
		// complex values at any depth
		{"home/city eq 'oslo'", "a"}, {"home/geo/lat gt 0", "a"}, {"home/geo/lat lt 0", "e"}, {"home/city eq null", "cde"}, {"Home/City ne null", "ab"},
	} {
		t.Run(c.filter, func(t *testing.T) {
			f.t = t
			url := "/people?$filter=" + strings.ReplaceAll(c.filter, " ", "%20")
			if got := strings.Join(f.ids(url), ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			count := f.must(200, "GET", strings.Replace(url, "?", "/$count?", 1), "")
			if count != fmt.Sprint(len(c.want)) {
				t.Errorf("$count says %s, want %d", count, len(c.want))
			}
		})
	}
}

// The parts of the language beyond comparisons of properties.
func TestFilterLanguage(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	f.plant("/people", `{"id":"e","name":"Eve","tags":["x","Yy"],"homes":[{"city":"Bonn"},{"city":"Kiel","geo":{"lat":54.3}}]}`)
	for _, c := range []struct{ filter, want string }{
		{"home eq null", "cde"},
		{"age eq 20 or home ne null", "ab"},
		{"age add 1 eq 31", "ac"},
		{"age mul 2 sub 10 gt 40", "ac"},
		{"age div 7 eq 4", "ac"},
		{"age divby 8 eq 2.5", "b"},
		{"age mod 20 eq 10", "ac"},
		{"age div 0 eq null", "abcde"},
		{"-age lt -25", "ac"},
		{"length(name) eq 4", "ab"},
		{"indexof(name,'NN') eq 1", "a"},
		{"substring(name,1) eq 'nna'", "a"},
		{"substring(name,1,2) eq 'ar'", "c"},
		{"concat(name,'!') eq 'eve!'", "e"},
		{"tolower(trim(name)) eq 'bert'", "b"},
		{"matchesPattern(name,'^[ab]')", "ab"},
		{"year(seen) eq 2025", "c"},
		{"month(seen) eq 1 and day(seen) eq 1", "ab"},
		{"date(seen) eq 2026-01-01", "ab"},
		{"floor(score) eq 1", "a"},
		{"ceiling(score) eq 2", "a"},
		{"round(score) eq 2", "a"},
		{"color has 'red'", "a"},
		{"(age gt 25) eq true", "ac"},
		{"startswith(name,'a') eq false", "bcde"},
		{"tags/any()", "e"},
		{"tags/any(t:t eq 'X')", "e"},
		{"tags/any(t:startswith(t,'y') and length(t) eq 2)", "e"},
		{"tags/all(t:length(t) lt 3)", "abcde"},
		{"tags/$count eq 2", "e"},
		{"tags/$count ne 2", "abcd"},
		{"homes/any(h:h/city eq 'Kiel' and h/geo/lat gt 54)", "e"},
		{"homes/any(h:h/city eq 'Bonn' and h/geo/lat gt 54)", ""},
		{"homes/any(h:tags/any(t:t eq 'x' and h/city eq name) or h/city eq 'bonn')", "e"},
		{"homes/$count($filter=city eq 'Kiel') eq 1", "e"},
		{"not tags/any(t:t eq 'x')", "abcd"},
		{"cast(age,Edm.String) eq '30'", "ac"},
		{"isof('microsoft.graph.person')", "abcde"},
	} {
		t.Run(c.filter, func(t *testing.T) {
			if got := strings.Join(f.ids("/people?$filter="+url.QueryEscape(c.filter)), ""); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if got := strings.Join(f.ids("/people?$filter=age%20eq%20@p&@p=20"), ""); got != "b" {
		t.Errorf("alias: %q", got)
	}
}

func TestFilterRefuses(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	for _, c := range []struct{ filter, text string }{
		{"nmae eq 'x'", "Could not find a property named 'nmae' on type 'microsoft.graph.person'."},
		{"home/ctiy eq 'x'", "Could not find a property named 'ctiy' on type 'microsoft.graph.address'."},
		{"home eq 'x'", "The property 'home' cannot be used here."},
		{"tags eq 'x'", "The property 'tags' cannot be used here."},
		{"age eq 'x'", "Found operand types 'Edm.Int32' and 'Edm.String' for operator kind 'Equal'."},
		{"name gt 3", "Found operand types 'Edm.String' and 'Edm.Int32' for operator kind 'GreaterThan'."},
		{"active ne 1", "operator kind 'NotEqual'"},
		{"seen le 'x'", "operator kind 'LessThanOrEqual'"},
		{"name in ('x',3)", "incompatible types"},
		{"contains(age,'3')", "No function signature for the function with name 'contains'"},
		{"home/city/x eq 'x'", "Could not find a property named 'x'"},
		{"not age eq 30", "must evaluate to a single boolean value"}, // not binds tighter than eq
		{"name add 1 eq 2", "operator kind 'add'"},
		{"length(age) eq 2", "No function signature for the function with name 'length'"},
		{"name/any(n:n eq 'x')", "Any/All may only be used following a collection."},
		{"tags/any(t:t eq 3)", "incompatible types"},
		{"age eq @p", "The parameter alias '@p' has no value."},
		{"isof('microsoft.graph.nothing')", "is not defined in the model"},
		{"geo.length(home) eq 1", "Unsupported or invalid"},
		{"name", "must evaluate to a single boolean value"},
		{"age eq 1 and name", "must evaluate to a single boolean value"},
		{"seen eq 2026-01-01T00:00:00", "The DateTimeOffset text '2026-01-01T00:00:00' should be in format"},
		{"age eq", "Invalid filter clause"},
		{"(age eq 1", "Invalid filter clause"},
	} {
		t.Run(c.filter, func(t *testing.T) {
			r := f.do("GET", "/people?$filter="+url.QueryEscape(c.filter), "")
			if text := message(t, r); r.Status != 400 || !strings.Contains(text, c.text) {
				t.Errorf("%d %q, want %q", r.Status, text, c.text)
			}
			if !strings.HasPrefix(r.Reason, "query: ") {
				t.Errorf("reason %q", r.Reason)
			}
		})
	}
}

func TestFilterNeedsCollection(t *testing.T) {
	f := newFake(t)
	f.plant("/people", crowd...)
	for _, option := range []string{"$filter=age%20eq%201", "$orderby=age", "$top=1", "$skip=1", "$skiptoken=x"} {
		if r := f.do("GET", "/people/a?"+option, ""); r.Status != 400 {
			t.Errorf("%s: %d", option, r.Status)
		}
	}
	for _, option := range []string{"$search=%22x%22", "$apply=x", "$deltatoken=x"} {
		if r := f.do("GET", "/people?"+option, ""); r.Status != 400 && r.Status != 501 {
			t.Errorf("%s: %d", option, r.Status)
		}
	}
	if r := f.do("GET", "/people?color=blue&own=1", ""); r.Status != 200 {
		t.Errorf("custom options: %d %s", r.Status, r.Reason)
	}
}

// FuzzFilter plans whatever parses and judges the whole crowd by it: that
// never panics, and no plan comes without either a predicate or a refusal.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{
		"age eq 30 and not (name eq null or startswith(name,'a'))", "home/geo/lat gt -1e9", "tags/any(t:t eq 'x')",
		"seen ge 2026-01-01T00:00:00Z", "color in ('red',null)", "age in ()", "case(active:1,true:2) eq 1", "@p eq 1", "$it/age eq 1",
		"cast(age,'Edm.String') eq 'x'", "-age lt NaN", "name has 'x'", "contains(name,null)", "not 1", "age eq (age)",
	} {
		f.Add(s)
	}
	catalogue := model()
	person := catalogue.Type("person")
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := odata.ParseFilter(text)
		if err != nil {
			return
		}
		p := planner{typ: person, catalogue: catalogue, aliases: &odata.Options{}}
		judge := p.predicate(tree)
		if judge == nil && p.refused == nil {
			t.Fatalf("%q: neither a predicate nor a refusal", text)
		}
		if p.refused != nil {
			if p.refused.err.Status != 400 || p.refused.reason == "" {
				t.Fatalf("%q: %+v", text, p.refused)
			}
			return
		}
		for _, e := range crowd {
			first, again := judge(&scope{item: item{data: []byte(e)}}), judge(&scope{item: item{data: []byte(e)}})
			if first != again {
				t.Fatalf("%q changes its mind", text)
			}
		}
	})
}
