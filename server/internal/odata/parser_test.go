package odata

import (
	"errors"
	"strconv"
	"strings"
	"testing"
)

// Each kind of nesting, as a repeated beginning, inside and end. A "#" stands for
// the number of the repetition.
var nestings = map[string]struct {
	open, middle, end string
	parse             func(string) error
}{
	"parentheses": {"(", "a", ")", filterError},
	"not":         {"not ", "a", "", filterError},
	"minus":       {"-", "a", "", filterError},
	"function":    {"trim(", "a", ")", filterError},
	"cast":        {"cast(", "a", ",b)", filterError},
	"isof":        {"isof(", "a", ")", filterError},
	"case":        {"case(a:", "a", ")", filterError},
	"list":        {"a in (", "a", ")", filterError},
	"array":       {"[", "a", "]", filterError},
	"object":      {`{"a":`, "a", "}", filterError},
	"key":         {"a(b=", "a", ")", filterError},
	"any":         {"a/any(x#:", "a", ")", filterError},
	"filter":      {"a/$filter(", "a", ")", filterError},
	"count":       {"a/$count($filter=", "a", ")", filterError},
	"right":       {"a or (", "a", ")", filterError},
	"search":      {"(", "a", ")", searchError},
	"search not":  {"NOT ", "a", "", searchError},
	"expand":      {"a($expand=", "a", ")", expandError},
	"select":      {"a($select=", "a", ")", selectError},
}

func filterError(s string) error { _, err := ParseFilter(s); return err }
func searchError(s string) error { _, err := ParseSearch(s); return err }
func expandError(s string) error { _, err := ParseExpand(s); return err }
func selectError(s string) error { _, err := ParseSelect(s); return err }

func TestDepth(t *testing.T) {
	for name, n := range nestings {
		for _, count := range []int{MaxDepth + 1, MaxLength / (len(n.open) + len(n.end) + 4)} {
			var source strings.Builder
			for i := range count {
				source.WriteString(strings.ReplaceAll(n.open, "#", strconv.Itoa(i)))
			}
			source.WriteString(n.middle + strings.Repeat(n.end, count))
			if err := n.parse(source.String()); kindOf(err) != KindDepth {
				t.Errorf("%s, %d times: %v", name, count, err)
			}
		}
	}
}

// A flat chain is no nesting, however long.
func TestChain(t *testing.T) {
	source := strings.Repeat("a or ", MaxLength/5-1) + "a"
	e, err := ParseFilter(source)
	if err != nil {
		t.Fatal(err)
	}
	if Print(e) != source {
		t.Error("printed differently")
	}
	if err := searchError(strings.Repeat("a ", MaxLength/2)); err != nil {
		t.Error(err)
	}
}

func TestLength(t *testing.T) {
	long := strings.Repeat("a", MaxLength+1)
	for name, parse := range map[string]func(string) error{"filter": filterError, "search": searchError, "expand": expandError, "select": selectError} {
		if kind := kindOf(parse(long)); kind != KindLength {
			t.Errorf("%s: %v", name, kind)
		}
	}
	if _, mistakes := ParseQuery("$top=1&x=" + long); len(mistakes) != 1 || mistakes[0].Kind != KindLength {
		t.Errorf("query: %v", mistakes)
	}
}

func TestNotUTF8(t *testing.T) {
	for _, err := range []error{filterError("a eq '\xff'"), searchError("\xff"), selectError("\xff")} {
		if kind := kindOf(err); kind != KindEncoding {
			t.Errorf("%v", err)
		}
	}
}

func kindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

func TestParseArguments(t *testing.T) {
	cases := map[string]string{
		"":                       "f()",
		"period='D7'":            "f(period='D7')",
		"'id'":                   "f('id')",
		"a=1, b=@b":              "f(a=1,b=@b)",
		`a=["x"],b={"c":null}`:   `f(a=["x"],b={"c":null})`,
		"startDateTime='x',n=-1": "f(startDateTime='x',n=-1)",
	}
	for source, want := range cases {
		args, err := ParseArguments(source)
		if err != nil {
			t.Error(display(err))
			continue
		}
		if got := Print(&Path{Segments: []Segment{{Kind: SegmentCall, Name: "f", Args: args}}}); got != want {
			t.Errorf("%s: %s", source, got)
		}
	}
	for _, source := range []string{"a=", "a=1,", "a=1 b=2", ")", "=1"} {
		if _, err := ParseArguments(source); err == nil {
			t.Errorf("%q was read", source)
		}
	}
}

// Every node knows where its defining token begins, in bytes.
func TestOffsets(t *testing.T) {
	const source = "(ü eq 'é') or not startswith(b,'x') and c/any(d:case(d:[1])) and isof(e,f) in (2) and {\"g\":3} eq 4"
	e, err := ParseFilter(source)
	if err != nil {
		t.Fatal(display(err))
	}
	var got []string
	Walk(e, func(e Expr) bool {
		got = append(got, source[e.Offset():min(e.Offset()+2, len(source))])
		return true
	})
	want := []string{"or", "eq", "ü", "'\xc3", "an", "an", "an", "no", "st", "b,", "'x", "an", "c/", "ca", "d:", "[1", "1]", "in", "is", "e,", "f)", "(2", "2)", "eq", "{\"", "3}", "4"}
	for i := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("\n got %q\nwant %q", got, want)
		}
	}
}

func TestSearchOffsets(t *testing.T) {
	const source = `a "b" OR NOT c AND d`
	s, err := ParseSearch(source)
	if err != nil {
		t.Fatal(display(err))
	}
	or := s.(*SearchOr)
	left, right := or.Left.(*SearchAnd), or.Right.(*SearchAnd)
	for begin, node := range map[string]Search{
		"OR": or, `"b" OR`: left, "a": left.Left, "AND": right, "NOT": right.Left, "c": right.Left.(*SearchNot).Operand, "d": right.Right,
	} {
		if !strings.HasPrefix(source[node.Offset():], begin) {
			t.Errorf("%q stands at %q", begin, source[node.Offset():])
		}
	}
}

func TestItemOffsets(t *testing.T) {
	selected, err := ParseSelect("id, b/c")
	if err != nil {
		t.Fatal(display(err))
	}
	if item := selected[1]; item.At != 4 || item.Path[0].At != 4 || item.Path[1].At != 6 {
		t.Errorf("$select: %+v", item)
	}
	expanded, err := ParseExpand("id, b/c(@p=1)")
	if err != nil {
		t.Fatal(display(err))
	}
	if item := expanded[1]; item.At != 4 || item.Path[1].At != 6 || item.Options.Aliases[0].At != 11 {
		t.Errorf("$expand: %+v", item)
	}
	ordered, err := ParseOrderBy("id, b/c desc")
	if err != nil {
		t.Fatal(display(err))
	}
	if item := ordered[1]; item.At != 4 || item.By.Offset() != 4 {
		t.Errorf("$orderby: %+v", item)
	}
}
