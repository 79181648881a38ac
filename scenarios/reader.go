package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// value is a node of a document and the JSON pointer to it.
type value struct {
	node *yaml.Node
	path string
}

// reader turns nodes into Go values and collects what is wrong with them. Each
// of its methods reads one shape; when the node has another, it notes a problem
// and returns the zero value, so that reading goes on to the next mistake.
type reader struct {
	file     string
	problems []Problem
	budget   int // values that may still be visited; aliases can make a small file endless
}

// maxValues is far beyond any scenario that a person or a recorder writes.
const maxValues = 200_000

func newReader(file string) *reader { return &reader{file: file, budget: maxValues} }

// add notes a problem at a value.
func (r *reader) add(v value, kind, format string, args ...any) {
	r.problems = append(r.problems, Problem{
		File: r.file, Line: v.node.Line, Column: v.node.Column,
		Path: v.path, Kind: kind, Text: fmt.Sprintf(format, args...),
	})
}

// child descends to a member or an item, through aliases.
func (r *reader) child(v value, member string, n *yaml.Node) value {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	r.budget--
	return value{n, pointer(v.path, member)}
}

// want notes a value of the wrong shape.
func (r *reader) want(v value, shape string) {
	r.add(v, "type", "want %s, got %s", shape, describe(v.node))
}

// members maps the names that an object may have to what reads them.
type members map[string]func(value)

// present holds the names of the members that an object has; nil when the value
// is no object.
type present map[string]bool

// object reads a mapping. Unknown, repeated and missing members are noted.
func (r *reader) object(v value, known members, required ...string) present {
	has := present{}
	ok := r.each(v, func(key string, at, item value) {
		if read := known[key]; read != nil {
			read(item)
		} else {
			r.unknown(at, key, known)
		}
		has[key] = true
	})
	if !ok {
		return nil
	}
	for _, name := range required {
		if !has[name] {
			r.add(v, "required", "%s is missing", name)
		}
	}
	return has
}

// exactlyOne notes when none or both of two members are there.
func (r *reader) exactlyOne(v value, has present, a, b string) {
	switch {
	case has[a] && has[b]:
		r.add(v, "oneOf", "%s and %s exclude each other", a, b)
	case has != nil && !has[a] && !has[b]:
		r.add(v, "oneOf", "%s or %s is missing", a, b)
	}
}

func (r *reader) unknown(at value, key string, known members) {
	if key == "<<" {
		r.add(at, "syntax", "merge keys are not supported (write the members out, or use an alias for the whole)")
		return
	}
	names := slices.Collect(maps.Keys(known))
	hint := didYouMean(key, names)
	if hint == "" {
		slices.Sort(names)
		hint = " (there are " + strings.Join(names, ", ") + ")"
	}
	r.add(at, "additionalProperties", "unknown key %s%s", quote(key), hint)
}

// each calls do for every member of a mapping, with the place of its key, and
// reports whether v is a mapping. A repeated key is noted and left out.
func (r *reader) each(v value, do func(key string, at, item value)) bool {
	if v.node.Kind != yaml.MappingNode {
		r.want(v, "a mapping")
		return false
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(v.node.Content) && r.budget > 0; i += 2 {
		name := r.child(v, "", v.node.Content[i]).node
		if name.Kind != yaml.ScalarNode {
			r.add(value{name, v.path}, "type", "a key must be a plain text")
			continue
		}
		item := r.child(v, name.Value, v.node.Content[i+1])
		at := value{v.node.Content[i], item.path}
		if line, again := seen[name.Value]; again {
			r.add(at, "duplicate", "key %s is already on line %d", quote(name.Value), line)
			continue
		}
		seen[name.Value] = name.Line
		do(name.Value, at, item)
	}
	return true
}

// list reads a sequence that is not empty.
func (r *reader) list(v value, item func(value)) {
	if v.node.Kind != yaml.SequenceNode {
		r.want(v, "a list")
		return
	}
	if len(v.node.Content) == 0 {
		r.add(v, "minItems", "the list is empty")
	}
	for i, n := range v.node.Content {
		if r.budget <= 0 {
			return
		}
		item(r.child(v, strconv.Itoa(i), n))
	}
}

// text reads a text.
func (r *reader) text(v value) (string, bool) {
	if !isText(v.node) {
		if v.node.Kind == yaml.ScalarNode && v.node.ShortTag() != "!!null" {
			r.want(v, "a text (quote it)")
		} else {
			r.want(v, "a text")
		}
		return "", false
	}
	return v.node.Value, true
}

// nonEmpty reads a text that says something.
func (r *reader) nonEmpty(v value) (string, bool) {
	text, ok := r.text(v)
	if ok && text == "" {
		r.add(v, "minLength", "the text is empty")
	}
	return text, ok && text != ""
}

// scalarText reads a text, or a number or truth value as the text that it is
// written as.
func (r *reader) scalarText(v value) string {
	switch {
	case v.node.Kind != yaml.ScalarNode || v.node.ShortTag() == "!!null":
		r.want(v, "a text")
	case isText(v.node), slices.Contains([]string{"!!int", "!!float", "!!bool"}, v.node.ShortTag()):
		return v.node.Value
	default:
		r.want(v, "a text")
	}
	return ""
}

// word reads one of the allowed texts.
func (r *reader) word(v value, allowed ...string) string {
	text, ok := r.text(v)
	if !ok {
		return ""
	}
	if !slices.Contains(allowed, text) {
		hint := didYouMean(text, allowed)
		r.add(v, "enum", "%s is none of %s%s", quote(text), strings.Join(allowed, ", "), hint)
		return ""
	}
	return text
}

// anyOf reads a text, or a list of texts of which none is there twice, and
// checks each.
func (r *reader) anyOf(v value, check func(value, string)) AnyOf {
	var all AnyOf
	one := func(v value) {
		text, ok := r.nonEmpty(v)
		if !ok {
			return
		}
		if slices.Contains(all, text) {
			r.add(v, "uniqueItems", "%s is in the list already", quote(text))
			return
		}
		check(v, text)
		all = append(all, text)
	}
	if v.node.Kind == yaml.SequenceNode {
		r.list(v, one)
	} else {
		one(v)
	}
	return all
}

// words reads a text or a list of texts of any content.
func (r *reader) words(v value) AnyOf { return r.anyOf(v, func(value, string) {}) }
