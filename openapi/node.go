package openapi

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// node is one place in the trie of paths, made when a path first leads there. A
// literal child is found by its name without namespace; casts and operations
// also by their qualified name.
type node struct {
	in        *Version
	row       int    // in the table; -1 when the node follows from the type
	name      string // model's spelling as segments show it
	kind      SegmentKind
	contained bool
	value     TypeRef // what stands there
	item      PathItem

	parent     *node
	params     []string              // of a form: the names in its parentheses
	other      *node                 // where to look when a child is not found here: the same place by other means
	depth      uint8                 // how many derived nodes lie above
	namespaced atomic.Pointer[[]int] // see dotted in derive.go
	derived    atomic.Pointer[node]  // first of the children that follow from the type; see derive.go
	next       *node                 // the derived child of the same parent that was made before
}

// node is the node of a row of the table.
func (v *Version) node(row int) *node {
	if n := v.nodes.get(row); n != nil {
		return n
	}
	return v.nodes.keep(row, v.readNode(row))
}

func (v *Version) readNode(row int) *node {
	from := v.table.Node(row)
	n := &node{
		in: v, row: row, name: from.Text, kind: SegmentKind(from.Kind), contained: from.Contained, value: v.ref(from.Value),
	}
	n.item.at = n
	if parent := v.table.Parent(row); parent >= 0 {
		n.parent = v.node(parent)
	}
	n.settleName(from)
	if from.Form && n.kind == KeySegment {
		n.other = n.parent.ownKey()
	} else if n.kind == KeySegment {
		n.other = n.atRoot()
	} else if n.kind == FunctionSegment && !n.value.Collection && n.value.of != nil {
		n.other = n.sameBefore()
	} else if way := describedAt[n.value.Name]; n.kind == SingleSegment && way != nil {
		n.other = v.along(way)
	} else if n.kind == CastSegment {
		n.other = n.parent // what is there goes on behind a cast, a key as well
	}
	return n
}

// describedAt says where the description tells most of what is below entities of a
// type: it breaks off early where a single navigation leads to one, such as at the
// list item of an item of a drive, while pages go on (D, driveitem-update and
// listitem-get), and clients, at the drive of a list (R:
// microsoftgraph/microsoft-graph-docs-contrib#483). An empty name stands for a key.
var describedAt = map[string][]string{
	"microsoft.graph.drive":     {"drives", ""},
	"microsoft.graph.driveItem": {"drives", "", "items", ""},
	"microsoft.graph.listItem":  {"drives", "", "list", "items", ""},
}

// along is the node that a way leads to from the service root; nil where the
// description has none.
func (v *Version) along(way []string) *node {
	at := v.node(0)
	for _, name := range way {
		if at == nil {
			return nil
		}
		if name == "" {
			at = at.ownKey()
		} else {
			at = at.child(name, false)
		}
	}
	return at
}

// atRoot is the key of the set of the same name and type at the service root, where
// the description of a path breaks off because what follows is described there:
// /sites/{id}/drives/{id} goes on as /drives/{id} does. nil elsewhere.
func (n *node) atRoot() *node {
	if first, end := n.in.table.Children(n.row); first < end || n.parent.parent == nil || n.parent.parent.row <= 0 {
		return nil
	}
	row := n.in.table.Literal(0, n.parent.name, false)
	if row < 0 {
		return nil
	}
	if key := n.in.node(row).ownKey(); key != nil && key.value.Name == n.value.Name {
		return key
	}
	return nil
}

// sameBefore is the function before n that returns what n does, nil for none: a
// range of a range goes on as a range, however far the description follows.
func (n *node) sameBefore() *node {
	for at := n.parent; at != nil; at = at.parent {
		if at.kind == FunctionSegment && at.name != n.name && at.value.of == n.value.of && !at.value.Collection {
			return at
		}
	}
	return nil
}

// settleName turns a template's spelling into the name that segments show.
func (n *node) settleName(from table.Node) {
	if from.Form {
		n.params = table.ParameterNames(from.Text)
		n.name = n.parent.name
	}
	switch n.kind {
	case CastSegment:
		if n.value.of != nil {
			n.name = n.value.Name
		}
	case ActionSegment, FunctionSegment:
		n.name, _ = unqualify(n.name)
	}
}

// child finds a literal child.
func (n *node) child(short string, qualified bool) *node {
	if n.row < 0 {
		return nil
	}
	row := n.in.table.Literal(n.row, short, qualified)
	if row < 0 {
		return nil
	}
	return n.in.node(row)
}

// literal is child, with a second look where n.other points.
func (n *node) literal(name string) *node {
	short, qualified := unqualify(name)
	for at := n; at != nil; at = at.other {
		if c := at.child(short, qualified); c != nil {
			return c
		}
	}
	return nil
}

// ownKey is the child that stands for any key, nil when n has none itself.
func (n *node) ownKey() *node {
	if n.row < 0 {
		return nil
	}
	row := n.in.table.Key(n.row)
	if row < 0 {
		return nil
	}
	return n.in.node(row)
}

// keyed returns the node of n's keys, nil when n has none.
func (n *node) keyed() *node {
	for at := n; at != nil; at = at.other {
		if key := at.ownKey(); key != nil {
			return key
		}
	}
	return nil
}

// forms are the rows of n's name with parentheses: function overloads or
// alternate keys.
func (n *node) forms() (first, end int) {
	if n.row < 0 {
		return 0, 0
	}
	return n.in.table.Forms(n.row)
}

func (n *node) hasForms() bool {
	first, end := n.forms()
	return first < end
}

// form returns the variant of n that has exactly these names in parentheses,
// in any order.
func (n *node) form(args []Arg) *node {
	first, end := n.forms()
	for row := first; row < end; row++ {
		if f := n.in.node(row); takes(f.params, args) {
			return f
		}
	}
	return nil
}

// takes reports whether the arguments bind to a form's parameters.
func takes(params []string, args []Arg) bool {
	if len(args) != len(params) {
		return false
	}
	for _, p := range params {
		if !slices.ContainsFunc(args, func(a Arg) bool { return equalFold(a.Name, p) }) {
			return false
		}
	}
	return true
}

// collection reports whether a collection stands at n.
func (n *node) collection() bool { return n.kind == SetSegment || n.value.Collection }

// hasProperties reports whether properties can be read below n.
func (n *node) hasProperties() bool {
	switch n.kind {
	case KeySegment, SingleSegment, PropertySegment, CastSegment:
		return !n.value.Collection
	}
	return false
}

// siblings lists what could stand below n.
func (n *node) siblings() []string {
	var names []string
	for at := n; at != nil; at = at.other {
		names = append(names, at.literals()...)
	}
	if t := n.value.Type(); t != nil && n.hasProperties() {
		for _, p := range t.Properties() {
			if !p.Navigation {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// literals lists the names of n's literal children.
func (n *node) literals() []string {
	if n.row < 0 {
		return nil
	}
	var names []string
	first, end := n.in.table.Children(n.row)
	for row := first; row < end; row++ {
		c := n.in.table.Node(row)
		if c.Form || SegmentKind(c.Kind) == KeySegment {
			break
		}
		name := c.Text
		if kind := SegmentKind(c.Kind); kind == ActionSegment || kind == FunctionSegment {
			name, _ = unqualify(name)
		}
		names = append(names, name)
	}
	return names
}

// template writes the path of n with its parameters in braces.
func (n *node) template() string {
	if n.row < 0 {
		return strings.TrimSuffix(n.parent.item.Template(), "/") + "/" + n.name
	}
	return n.in.table.Template(n.row)
}
