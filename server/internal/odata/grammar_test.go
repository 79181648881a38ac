package odata

import (
	_ "embed"
	"net/url"
	"strings"
	"testing"
)

// grammar holds one case a line: "+" or "-" for what the grammar takes and what
// it does not, "~" for what we decide otherwise, with the reason behind "##";
// then what the text is, and the text as a URL has it. The cases are those of
// the test suite that the OData committee keeps beside its grammar
// (odata-abnf-testcases of 2020-09-17), under other names, as far as they are
// about query options; paths are held against the catalogue's own tests.
//
//go:embed testdata/grammar.txt
var grammar string

// readers take the text of a case apart, and print and take it apart again.
var readers = map[string]func(text string) error{
	"query":      readQuery,
	"literal":    func(text string) error { return readExpression("x eq " + text) },
	"expression": readExpression,
	"arguments": func(text string) error {
		decoded, err := url.PathUnescape(text)
		if err == nil {
			_, err = ParseArguments(decoded)
		}
		return err
	},
}

func readExpression(text string) error { return readQuery("$filter=" + text) }

func readQuery(text string) error {
	q, faults := ParseQuery(text)
	if len(faults) > 0 {
		return faults[0]
	}
	if _, faults = ParseQuery(q.String()); len(faults) > 0 {
		return faults[0]
	}
	return nil
}

func TestGrammar(t *testing.T) {
	counts := map[string]int{}
	for line := range strings.Lines(grammar) {
		line, reason, _ := strings.Cut(strings.TrimRight(line, "\n"), " ## ")
		if line == "" || line[0] == '#' {
			continue
		}
		mark, rest, _ := strings.Cut(line, " ")
		kind, text, _ := strings.Cut(rest, " ")
		wanted := mark == "+" || mark == "~+"
		if mark[0] == '~' && reason == "" {
			t.Errorf("%s: no reason", line)
		}
		counts[mark]++
		if err := readers[kind](text); (err == nil) != wanted {
			t.Errorf("%s\n%v", line, err)
		}
	}
	if counts["+"] < 250 || counts["-"] < 40 {
		t.Errorf("cases: %v", counts)
	}
}
