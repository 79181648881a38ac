package openapi

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Resolve finds what a path stands for. The path is as it was sent, escaped,
// below the version and without its query: "/users/{id}/messages" gives
// segments for the set, the key and the set below it, appended to into. Names
// compare without regard to ASCII case, a literal name wins over a key, and
// slashes too many are ignored. The error is a [*PathError].
func (v *Version) Resolve(path string, into []Segment) (Target, error) {
	path = addressed(path)
	w := walk{in: v, at: v.node(0), segments: into}
	for start := 0; start < len(path); {
		end := strings.IndexByte(path[start:], '/')
		if end < 0 {
			end = len(path)
		} else {
			end += start
		}
		if err := w.next(path[start:end]); err != nil {
			return Target{}, err
		}
		start = end + 1
	}
	return Target{Item: &w.at.item, Segments: w.segments}, nil
}

// walk is the state of one descent through the trie.
type walk struct {
	in       *Version
	at       *node
	segments []Segment
	index    int  // of the segment under the foot
	empty    bool // an empty segment came before it
}

// next takes one segment as it was sent.
func (w *walk) next(raw string) error {
	if raw == "" {
		w.empty = true
		return nil
	}
	if w.empty && w.at.kind == SetSegment {
		return w.fail(raw, PathKeyMissing)
	}
	w.empty = false
	text := raw
	if strings.IndexByte(raw, '%') >= 0 {
		var err error
		if text, err = url.PathUnescape(raw); err != nil {
			return w.fail(raw, PathEncoding)
		}
	}
	if !utf8.ValidString(text) {
		return w.fail(raw, PathEncoding)
	}
	if err := w.step(raw, text); err != nil {
		return err
	}
	w.index++
	return nil
}

// step descends by one decoded segment: a name, a name with parentheses, a key,
// or something that follows from the type.
func (w *walk) step(raw, text string) error {
	name, predicate, called := cutPredicate(text)
	c := w.at.literal(name)
	if c == nil {
		c = w.in.derive(w.at, name)
	}
	switch {
	case c != nil && called:
		return w.call(c, raw, predicate)
	case c != nil:
		return w.enter(c, raw)
	}
	if form, bare := w.olderKey(text); form != nil {
		w.pushArgs(form, text, bare)
		return nil
	}
	if key := w.at.keyed(); key != nil {
		w.take(key, text)
		return nil
	}
	return w.fail(raw, PathUnknown)
}

// take goes on to the entity of a key. Behind the cast of a set it is as if the cast
// stood behind the key.
func (w *walk) take(key *node, text string) {
	cast, last := w.at, len(w.segments)-1
	behind := cast.kind == CastSegment && last >= 0 && cast.ownKey() != key
	if behind {
		w.segments = w.segments[:last]
	}
	w.segments = append(w.segments, Segment{Kind: KeySegment, Name: key.name, Text: text, node: key})
	w.at = key
	if !behind {
		return
	}
	c := key.literal(cast.name)
	if c == nil {
		c = w.in.derive(key, cast.name)
	}
	if c != nil {
		w.push(c)
	}
}

// enter takes a name without parentheses. A function without parameters may be
// written so.
func (w *walk) enter(c *node, raw string) error {
	if c.kind == FunctionSegment && c.item.empty() && c.hasForms() {
		if c = c.form(nil); c == nil {
			return w.fail(raw, PathArguments)
		}
	}
	w.push(c)
	return nil
}

// call takes a name with parentheses: a function's arguments or a key.
func (w *walk) call(c *node, raw, predicate string) error {
	var room [usualArgs]Arg // a lookup allocates nothing
	args, ok := readArgs(predicate, room[:0])
	if !ok {
		return w.fail(raw, PathArguments)
	}
	if c.kind == FunctionSegment {
		return w.callFunction(c, raw, predicate, args)
	}
	key := c.keyed()
	switch {
	case key == nil && !c.hasForms():
		return w.fail(raw, PathNotCollection)
	case len(args) == 0:
		return w.fail(raw, PathKeyMissing)
	case key != nil && len(args) == 1 && names(key, args[0].Name):
		w.push(c)
		w.segments = append(w.segments, Segment{Kind: KeySegment, Name: key.name, Text: args[0].Value, node: key})
		w.at = key
		return nil
	}
	if form := c.form(args); form != nil {
		w.push(c)
		w.pushArgs(form, predicate, false)
		return nil
	}
	return w.failKey(c, raw, slices.Clone(args))
}

// usualArgs is how many arguments are read without allocating.
const usualArgs = 6

// names reports whether a name before "=" means the set's own key.
func names(key *node, name string) bool {
	return name == "" || equalFold(name, "id") || equalFold(name, key.name)
}

func (w *walk) callFunction(c *node, raw, predicate string, args []Arg) error {
	if len(args) == 0 && !c.item.empty() {
		w.push(c)
		return nil
	}
	form := c.form(args)
	if form == nil {
		return w.fail(raw, PathArguments)
	}
	if len(args) == 0 {
		predicate = ""
	}
	w.pushArgs(form, predicate, false)
	return nil
}

// olderKey reads /directoryRoles/roleTemplateId={id}, the older spelling of an
// alternate key (graph-behaviour §1.5), and id='a',policyId='b', as the SDKs
// write a key of several properties; bare tells the former.
func (w *walk) olderKey(text string) (form *node, bare bool) {
	if strings.IndexByte(text, '=') < 0 || !w.at.hasForms() {
		return nil, false
	}
	var room [usualArgs]Arg
	if args, ok := readArgs(text, room[:0]); ok && len(args) > 1 {
		return w.at.form(args), false
	}
	return w.at.form(append(room[:0], bareArg(text))), true
}

// bareArg is a name with a value that is taken as it stands.
func bareArg(text string) Arg {
	name, value, _ := strings.Cut(text, "=")
	return Arg{Name: name, Value: value, Quoted: true}
}

func (w *walk) push(c *node) {
	w.segments = append(w.segments, Segment{Kind: c.kind, Name: c.name, node: c})
	w.at = c
}

// pushArgs enters a form; its arguments are read when somebody asks for them.
func (w *walk) pushArgs(form *node, args string, bare bool) {
	w.segments = append(w.segments, Segment{Kind: form.kind, Name: form.name, args: args, bare: bare, node: form})
	w.at = form
}

func (w *walk) fail(raw, kind string) *PathError {
	e := &PathError{Segment: raw, Index: w.index, Kind: kind}
	if kind == PathUnknown {
		name, _, _ := cutPredicate(raw)
		e.Suggest = suggest(name, w.at.siblings())
	}
	return e
}

// failKey refuses alternate keys that the set does not have.
func (w *walk) failKey(c *node, raw string, args []Arg) *PathError {
	known := []string{"id"}
	first, end := c.forms()
	for row := first; row < end; row++ {
		known = append(known, c.in.node(row).params...)
	}
	return &PathError{Segment: raw, Index: w.index, Kind: PathUnknown, Suggest: suggest(args[0].Name, known)}
}
