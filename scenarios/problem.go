package scenarios

import (
	"cmp"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxProblems bounds what is reported for one document; the last problem says
// how many more there are.
const maxProblems = 50

// Problem is one mistake in a scenario document.
type Problem struct {
	File   string // as given to Parse
	Line   int    // from 1; 0 when the problem has no place
	Column int    // from 1; 0 when the problem has no place
	Path   string // JSON pointer into the document; "" for the whole
	Kind   string // JSON Schema keyword, or one of ours: syntax, duplicate, conflict, unreachable, template, limit
	Text   string // what is wrong and how to mend it
}

// String gives "file:line:column: path: text", without the parts that are not
// known.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Text)
	return strings.TrimPrefix(b.String(), ":")
}

// report sorts problems by file and place, and caps them.
func report(all []Problem) []Problem {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column) < 0
	})
	more := len(all) - maxProblems
	if more <= 0 {
		return all
	}
	next := all[maxProblems]
	next.Path, next.Kind, next.Text = "", "limit", fmt.Sprintf("%d more problems from here on", more)
	return append(all[:maxProblems:maxProblems], next)
}

// quote shows a text of the document, shortened.
func quote(text string) string {
	const most = 60
	if len(text) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "…"
	}
	return strconv.Quote(text)
}

// pointer appends a member to a JSON pointer.
func pointer(path, member string) string {
	if strings.ContainsAny(member, "~/") {
		member = strings.ReplaceAll(strings.ReplaceAll(member, "~", "~0"), "/", "~1")
	}
	return path + "/" + member
}
