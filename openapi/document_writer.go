package openapi

import (
	"bufio"
	"encoding/json"
	"strings"
)

// documentWriter writes one large JSON object member by member. The first error
// stays, and nothing is written behind it.
type documentWriter struct {
	to    *bufio.Writer
	depth int  // objects that are open inside the outermost
	more  bool // the innermost object has a member already
	begun bool
	err   error
}

// member writes a member with its whole value.
func (w *documentWriter) member(name string, value any) {
	data, err := json.MarshalIndent(value, w.indent(), "  ")
	if err != nil {
		w.fail(err)
		return
	}
	w.name(name)
	w.raw(string(data))
}

// open begins a member that is an object.
func (w *documentWriter) open(name string) {
	w.name(name)
	w.raw("{")
	w.depth++
	w.more = false
}

// close ends the object that was opened last.
func (w *documentWriter) close() {
	w.depth--
	if w.more {
		w.raw("\n" + w.indent())
	}
	w.raw("}")
	w.more = true
}

// end closes the outermost object and writes all out.
func (w *documentWriter) end() error {
	w.raw("\n}")
	w.fail(w.to.Flush())
	return w.err
}

func (w *documentWriter) name(name string) {
	if !w.begun {
		w.raw("{")
		w.begun = true
	}
	if w.more {
		w.raw(",")
	}
	quoted, err := json.Marshal(name)
	w.fail(err)
	w.raw("\n" + w.indent() + string(quoted) + ": ")
	w.more = true
}

// indent is what stands before the members of the innermost object.
func (w *documentWriter) indent() string { return strings.Repeat("  ", w.depth+1) }

func (w *documentWriter) raw(text string) {
	if w.err == nil {
		_, w.err = w.to.WriteString(text)
	}
}

func (w *documentWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
