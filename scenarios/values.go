package scenarios

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// maxExact is the largest whole number that JSON readers of all languages keep.
const maxExact = 1<<53 - 1

// maxDepth bounds how deep a JSON value nests.
const maxDepth = 100

var jsonNumberForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// isText reports whether a node is a text. A date is one: JSON knows no dates.
func isText(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	tag := n.ShortTag()
	return tag == "!!str" || tag == "!!timestamp" || tag == "!!merge"
}

// describe names the shape of a node, never its content: bodies and headers may
// hold secrets.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "nothing"
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!str", "!!timestamp", "!!merge":
		return "a text"
	}
	return "a value with the tag " + n.ShortTag()
}

// number reads a finite number: a float64 when that is exact enough for JSON,
// else a json.Number with the digits as written.
func number(n *yaml.Node) (any, bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" && n.ShortTag() != "!!float" {
		return nil, false
	}
	if jsonNumberForm.MatchString(n.Value) {
		f, err := strconv.ParseFloat(n.Value, 64)
		whole := !strings.ContainsAny(n.Value, ".eE")
		if err != nil || whole && math.Abs(f) > maxExact {
			return json.Number(n.Value), true
		}
		return f, true
	}
	var v any
	if n.Decode(&v) != nil {
		return nil, false
	}
	switch v := v.(type) {
	case int:
		return wholeNumber(float64(v), strconv.Itoa(v)), true
	case uint64:
		return json.Number(strconv.FormatUint(v, 10)), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return nil, false
}

// wholeNumber returns f when it holds the digits exactly.
func wholeNumber(f float64, digits string) any {
	if math.Abs(f) > maxExact {
		return json.Number(digits)
	}
	return f
}

// float reads a number.
func (r *reader) float(v value) (float64, bool) {
	f, ok := number(v.node)
	if !ok {
		r.want(v, "a number")
		return 0, false
	}
	if f, ok := f.(float64); ok {
		return f, true
	}
	r.add(v, "maximum", "the number is too large")
	return 0, false
}

// upTo reads a number above 0 that is at most so much; the hint helps to choose.
func (r *reader) upTo(v value, most float64, hint string) float64 {
	f, ok := r.float(v)
	kind := "exclusiveMinimum"
	if f > most {
		kind = "maximum"
	}
	if ok && (f <= 0 || f > most) {
		member := v.path[strings.LastIndexByte(v.path, '/')+1:]
		r.add(v, kind, "%s must be above 0 and at most %g%s", member, most, hint)
	}
	return f
}

// whole reads a whole number between two bounds.
func (r *reader) whole(v value, least, most int64) int64 {
	f, ok := number(v.node)
	if !ok {
		hint := ""
		if isText(v.node) && jsonNumberForm.MatchString(v.node.Value) {
			hint = " (write it without quotes)"
		}
		r.add(v, "type", "want a whole number, got %s%s", describe(v.node), hint)
		return 0
	}
	n, exact := f.(float64)
	switch {
	case exact && n != math.Trunc(n):
		r.add(v, "type", "want a whole number")
	case exact && n < float64(least):
		r.add(v, "minimum", "%s is too small, the least is %d", v.node.Value, least)
	case !exact || n > float64(most):
		r.add(v, "maximum", "%s is too large, the most is %d", v.node.Value, most)
	default:
		return int64(n)
	}
	return 0
}

// count reads a whole number of at least least that fits any int.
func (r *reader) count(v value, least int64) int {
	return int(r.whole(v, least, math.MaxInt32))
}

// boolean reads true or false.
func (r *reader) boolean(v value) bool {
	var b bool
	if v.node.Kind != yaml.ScalarNode || v.node.ShortTag() != "!!bool" || v.node.Decode(&b) != nil {
		r.want(v, "true or false")
	}
	return b
}

// json reads any JSON value.
func (r *reader) json(v value) any { return r.nested(v, nil) }

// nested reads a value inside those that are open.
func (r *reader) nested(v value, open []*yaml.Node) any {
	if v.node.Kind == yaml.ScalarNode {
		return r.scalar(v)
	}
	if slices.Contains(open, v.node) {
		r.add(v, "limit", "the value contains itself")
		return nil
	}
	if len(open) == maxDepth {
		r.add(v, "limit", "the value nests deeper than %d levels", maxDepth)
		return nil
	}
	open = append(open, v.node)
	if v.node.Kind == yaml.MappingNode {
		object := map[string]any{}
		r.each(v, func(key string, _, item value) { object[key] = r.nested(item, open) })
		return object
	}
	list := []any{}
	for i, n := range v.node.Content {
		if r.budget <= 0 {
			break
		}
		list = append(list, r.nested(r.child(v, strconv.Itoa(i), n), open))
	}
	return list
}

func (r *reader) scalar(v value) any {
	switch tag := v.node.ShortTag(); {
	case isText(v.node):
		return v.node.Value
	case tag == "!!null":
		return nil
	case tag == "!!bool":
		return r.boolean(v)
	}
	n, ok := number(v.node)
	if !ok {
		r.add(v, "type", "%s has no form in JSON", describe(v.node))
	}
	return n
}

// notNull reads any JSON value but null.
func (r *reader) notNull(v value) any {
	if v.node.Kind == yaml.ScalarNode && v.node.ShortTag() == "!!null" {
		r.want(v, "a value")
		return nil
	}
	return r.json(v)
}
