package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Problem is something wrong with an OpenAPI document: where, and our words
// for it.
type Problem struct {
	File         string
	Line, Column int    // 0: not known
	Path         string // JSON pointer into the document; empty: the whole
	Text         string
}

// String writes the problem on one line: "graph.yaml:14:7: /paths/…: text".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	return b.String() + p.Text
}

// problemList gathers the problems of one document and places them.
type problemList struct {
	file  string
	place func(pointer string) (line, column int) // nil: places are not known
	found []Problem
}

func (l *problemList) add(pointer, format string, args ...any) {
	p := Problem{File: l.file, Path: pointer, Text: fmt.Sprintf(format, args...)}
	if l.place != nil {
		p.Line, p.Column = l.place(pointer)
	}
	l.found = append(l.found, p)
}

// sorted returns the problems by their place, each once.
func (l *problemList) sorted() []Problem {
	sort.SliceStable(l.found, func(i, j int) bool {
		a, b := l.found[i], l.found[j]
		return cmp.Or(a.Line-b.Line, strings.Compare(a.Path, b.Path), strings.Compare(a.Text, b.Text)) < 0
	})
	return slices.Compact(l.found)
}
