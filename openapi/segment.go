package openapi

import (
	"fmt"
	"net/url"
	"strings"
)

// Target is what a path leads to.
type Target struct {
	Item     *PathItem // never nil; without operations when the path only leads to others
	Segments []Segment // the slice given to [Version.Resolve] with the path's segments appended
}

// Segment is one step of a resolved path. A key in parentheses is a step of
// its own, so /users('x') and /users/x give the same segments.
type Segment struct {
	Kind SegmentKind
	Name string // model's spelling; for keys the parameter's name
	Text string // key value, percent-decoded once; empty for alternate keys

	args string // what stands in the parentheses
	bare bool   // args is one name and value as they stand, without parentheses
	node *node
}

// Arg is one name and value in parentheses.
type Arg struct {
	Name   string
	Value  string // without quotes; "@p" unquoted is a parameter alias, to be found in the query
	Quoted bool   // was written in quotes: a string, not null, a number or an alias
}

// NavigationSegment is a step through a navigation property wherever it is found;
// it knows no operations.
func NavigationSegment(p *Property) Segment {
	n := &node{row: -1, name: p.Name, kind: SingleSegment, contained: p.Contained, value: p.Type}
	if p.Type.Collection {
		n.kind = SetSegment
	}
	n.item.at = n
	return Segment{Kind: n.kind, Name: p.Name, node: n}
}

// Way is the path to the segment without its first slash, parameters in braces:
// "deviceManagement/virtualEndpoint". It is kept, and costs nothing to ask for.
func (s Segment) Way() string {
	if s.node == nil || s.node.row < 0 {
		return s.Name
	}
	return s.node.item.Template()[1:]
}

// HasArgs reports whether the segment has alternate keys or function parameters.
func (s Segment) HasArgs() bool { return s.args != "" }

// Args are the alternate keys or function parameters, in the model's spelling
// and order.
func (s Segment) Args() []Arg {
	if s.args == "" {
		return nil
	}
	if s.bare {
		return s.node.ordered([]Arg{bareArg(s.args)})
	}
	args, _ := readArgs(s.args, nil)
	return s.node.ordered(args)
}

// ordered gives arguments the spelling and order of a form's parameters.
func (n *node) ordered(args []Arg) []Arg {
	for i, p := range n.params {
		for j := i; j < len(args); j++ {
			if equalFold(args[j].Name, p) {
				args[i], args[j] = args[j], args[i]
				args[i].Name = p
				break
			}
		}
	}
	return args
}

// Type is what stands at the segment, the element type for sets; nil for
// primitive values, and where the description does not say.
func (s Segment) Type() *Type {
	if s.node == nil {
		return nil
	}
	return s.node.value.Type()
}

// Collection reports whether a collection stands at the segment.
func (s Segment) Collection() bool {
	return s.node != nil && s.node.value.Collection
}

// Contained reports whether the entities of a navigation property live inside
// the entity before it; false for root sets, for references to entities that
// live elsewhere, and for all other segments.
func (s Segment) Contained() bool { return s.node != nil && s.node.contained }

// Item is what the catalogue knows of the path up to and with this segment.
func (s Segment) Item() *PathItem {
	if s.node == nil {
		return nil
	}
	return &s.node.item
}

// String writes the segment in the model's spelling, escaped for a URL.
func (s Segment) String() string {
	switch {
	case s.HasArgs():
		return s.Name + "(" + writeArgs(s.Args()) + ")"
	case s.Kind == KeySegment:
		return url.PathEscape(s.Text)
	case s.Kind == FunctionSegment:
		return s.Name + "()"
	}
	return s.Name
}

// PathOf writes segments as one path in the model's spelling. Resolving it
// gives the same segments again.
func PathOf(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Kind == KeySegment && s.HasArgs() {
			b.WriteString("(" + writeArgs(s.Args()) + ")")
			continue
		}
		if s.Kind == KeySegment && s.needsParentheses() {
			b.WriteString("('" + url.PathEscape(strings.ReplaceAll(s.Text, "'", "''")) + "')")
			continue
		}
		b.WriteString("/" + s.String())
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// needsParentheses reports whether a key, written as a segment, would be taken
// for something else.
func (s Segment) needsParentheses() bool {
	if s.Text == "" || s.Text[0] == '$' || s.node == nil {
		return true
	}
	name, _, _ := cutPredicate(s.Text)
	_, qualified := unqualify(name)
	set := s.node.parent
	return qualified || set.literal(name) != nil || set.hasForms() && strings.Contains(s.Text, "=")
}

func writeArgs(args []Arg) string {
	var b strings.Builder
	for i, a := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		value := a.Value
		if a.Quoted {
			value = "'" + strings.ReplaceAll(value, "'", "''") + "'"
		}
		b.WriteString(a.Name + "=" + url.PathEscape(value))
	}
	return b.String()
}

// Kinds of [PathError].
const (
	PathUnknown       = "unknown"          // nothing of that name there
	PathKeyMissing    = "key-missing"      // a set goes on without a key
	PathNotCollection = "not-a-collection" // a key on something that has none
	PathEncoding      = "encoding"         // percent-encoding is broken
	PathArguments     = "arguments"        // parentheses that do not fit the function or cannot be read
)

// PathError says which segment of a path does not fit the model.
type PathError struct {
	Segment string // as it was sent, not decoded
	Index   int    // place among the path's segments that are not empty
	Kind    string
	Suggest []string // names that may have been meant, closest first
}

// Error names the segment and what is wrong with it.
func (e *PathError) Error() string {
	what := map[string]string{
		PathUnknown:       "nothing of that name there",
		PathKeyMissing:    "no key after the collection",
		PathNotCollection: "not a collection, so it takes no key",
		PathEncoding:      "broken percent-encoding",
		PathArguments:     "parentheses do not fit",
	}[e.Kind]
	return fmt.Sprintf("segment %d %q: %s%s", e.Index+1, e.Segment, what, didYouMean(e.Suggest))
}
