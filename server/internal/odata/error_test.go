package odata

import (
	"strings"
	"testing"
)

// The wording for Graph's callers, at least one source per kind.
func TestGraphText(t *testing.T) {
	cases := map[string]string{
		"$filter=a eq 1 b":             "Syntax error at position 7 in 'a eq 1 b'.",
		"$filter=%C3%BC eq":            "Expression expected at position 4 in 'ü eq'.",
		"$filter=contains(a,'b'":       "')' or ',' expected at position 14 in 'contains(a,'b''.",
		"$filter=(a eq 1":              "')' or operator expected at position 7 in '(a eq 1'.",
		"$filter=a %26 b":              "Syntax error: character '&' is not valid at position 2 in 'a & b'.",
		"$filter=a eq 'x":              "There is an unterminated string literal at position 5 in 'a eq 'x'.",
		"$filter=a eq 12x":             "Unrecognized literal '12x' at '5' in 'a eq 12x'.",
		"$filter=a ge 2024-01-01T0:00": "Unrecognized literal '2024-01-01T0:00' at '5' in 'a ge 2024-01-01T0:00'.",
		"$filter=a ge 2024-01-01T00:00:00": "The DateTimeOffset text '2024-01-01T00:00:00' should be in format " +
			"'yyyy-mm-ddThh:mm:ss('.'s+)?(zzzzzz)?' and each field value is within valid range.",
		"$filter=substringof('a',b)": "An unknown function with name 'substringof' was found. " +
			"This may also be a function import or a key lookup on a navigation property, which is not allowed.",
		"$filter=length()":                 "No function signature for the function with name 'length' matches the specified arguments.",
		"$filter=x/any(a:a/any(a:a eq 1))": "The range variable 'a' has already been declared.",
		"$foo=1":                           "The query parameter '$foo' is not supported.",
		"$top=1&$top=2":                    "Query option '$top' was specified more than once, but it must be specified at most once.",
		"$select=a&select=b":               "Query option '$select/select' was specified more than once, but it must be specified at most once.",
		"filter=a eq 1&$filter=":           "Query option '$filter/filter' was specified more than once, but it must be specified at most once.",
		"$search=":                         "The value for OData query '$search' cannot be empty.",
		"$top=":                            "Invalid value '' for $top query option found. The $top query option requires a non-negative integer value.",
		"$top=-1":                          "Invalid value '-1' for $top query option found. The $top query option requires a non-negative integer value.",
		"$expand=a($skip=x)":               "Invalid value 'x' for $skip query option found. The $skip query option requires a non-negative integer value.",
		"$expand=a($levels=0)":             "Invalid value '0' for $levels query option found. The $levels query option requires a positive integer value or 'max'.",
		"$count=1":                         "Invalid value '1' for $count query option found. Valid values are 'true' and 'false'.",
		"$index=x":                         "Invalid value 'x' for $index query option found. The $index query option requires an integer value.",
		"$filter=%":                        "Syntax error at position 8 in '$filter=%'.",
		"$filter=" + strings.Repeat("(", MaxDepth+1): "Recursion depth exceeded allowed limit.",
	}
	for raw, want := range cases {
		_, mistakes := ParseQuery(raw)
		if len(mistakes) != 1 {
			t.Errorf("%s: %v", raw, mistakes)
			continue
		}
		if got := mistakes[0].GraphText(); got != want {
			t.Errorf("%s\n got %s\nwant %s", raw, got, want)
		}
	}
}

func TestDisplay(t *testing.T) {
	cases := map[string]string{
		"ü eq 'x' = b": "$filter: position 9: \"=\" does not belong here (did you mean \"eq\"?)\n" +
			"  ü eq 'x' = b\n" +
			"           ^",
		"a eq": "$filter: position 4: expected an expression, found the end\n" +
			"  a eq\n" +
			"      ^",
		"a\n\teq # 1": "$filter: position 6: character \"#\" does not belong here\n" +
			"  a  eq # 1\n" +
			"        ^",
	}
	for source, want := range cases {
		_, err := ParseFilter(source)
		if got := display(err); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// Of a long text only the surroundings of the mistake are shown.
func TestDisplayLong(t *testing.T) {
	filler := strings.Repeat("ä", 500)
	_, err := ParseFilter(filler + " = " + filler)
	lines := strings.Split(display(err), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	shown, caret := []rune(lines[1]), strings.IndexByte(lines[2], '^')
	if len(shown) != 2+1+2*reach+1 || shown[2] != '…' || shown[len(shown)-1] != '…' || shown[caret] != '=' {
		t.Errorf("%d characters, caret at %d\n%s\n%s", len(shown), caret, lines[1], lines[2])
	}
}
