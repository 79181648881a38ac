package openapi

import (
	"slices"
	"sync"
)

// node is one place in the trie of paths. A literal child is found by its name
// without namespace; casts and operations also by their qualified name.
type node struct {
	name  string // model's spelling as segments show it
	fold  string // name without Graph's namespace, in lower case; what children are sorted by
	kind  SegmentKind
	value TypeRef // what stands there
	item  PathItem

	parent    *node
	plain     []*node  // children by unqualified name, in folded order
	qualified []*node  // children that may be written with a namespace, likewise
	key       *node    // child that stands for any key
	forms     []*node  // this name with parentheses: function overloads or alternate keys
	params    []string // of a form: the names in its parentheses
	other     *node    // where to look when a child is not found here: the same place by other means

	operation bool     // an action or function, by the description
	derived   sync.Map // children that follow from the type, by name; see derive.go
	depth     uint8    // how many derived nodes lie above
}

// child finds a literal child.
func (n *node) child(name string, qualified bool) *node {
	list := n.plain
	if qualified {
		list = n.qualified
	}
	lo, hi := 0, len(list)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if compareFold(list[mid].fold, name) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(list) && equalFold(list[lo].fold, name) {
		return list[lo]
	}
	return nil
}

// short is the name without Graph's namespace.
func (n *node) short() string {
	name, _ := unqualify(n.name)
	return name
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

// keyed returns the node of n's keys, nil when n has none.
func (n *node) keyed() *node {
	for at := n; at != nil; at = at.other {
		if at.key != nil {
			return at.key
		}
	}
	return nil
}

// form returns the variant of n that has exactly these names in parentheses,
// in any order.
func (n *node) form(args []Arg) *node {
	for _, f := range n.forms {
		if f.takes(args) {
			return f
		}
	}
	return nil
}

// takes reports whether the arguments bind to the form's parameters.
func (n *node) takes(args []Arg) bool {
	if len(args) != len(n.params) {
		return false
	}
	for _, p := range n.params {
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
	return !n.value.Collection && slices.Contains([]SegmentKind{KeySegment, SingleSegment, PropertySegment, CastSegment}, n.kind)
}

// siblings lists what could stand below n.
func (n *node) siblings() []string {
	var names []string
	for at := n; at != nil; at = at.other {
		for _, c := range at.plain {
			names = append(names, c.name)
		}
		for _, c := range at.qualified {
			names = append(names, c.name)
		}
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

// insert puts a literal child in its place in a list of children.
func insert(list []*node, c *node) []*node {
	c.fold = foldName(c.short())
	i, _ := slices.BinarySearchFunc(list, c, func(a, b *node) int { return compareFold(a.fold, b.fold) })
	return slices.Insert(list, i, c)
}
