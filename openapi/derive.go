package openapi

import "strings"

// Descriptions list the paths of entities, not those of their properties, yet
// Graph serves /users/{id}/displayName, …/displayName/$value, /users/$count and
// casts to derived types as well (graph-behaviour §1.6). These nodes follow
// from the type and are made when first asked for. Names are the model's, and
// deepest bounds recursive types, so their number is bounded too.

// deepest is how many derived nodes may lie on one path.
const deepest = 4

// derive returns the child of n that its type implies, nil when there is none.
func (v *Version) derive(n *node, text string) *node {
	if n.depth >= deepest || n.value.Name == "" {
		return nil
	}
	if text[0] == '$' {
		return v.deriveSpecial(n, text)
	}
	if short, qualified := unqualify(text); qualified {
		return v.deriveCast(n, short)
	}
	if c := v.deriveShort(n, text); c != nil {
		return c
	}
	if n.kind == FunctionSegment {
		return n.deriveNavigation(text)
	}
	return v.deriveProperty(n, text)
}

// deriveNavigation makes what the entity that a function returns contains:
// …/range()/visibleView()/rows (D, page of the rows of a workbookRangeView).
func (n *node) deriveNavigation(name string) *node {
	t := n.value.Type()
	if t == nil || n.value.Collection {
		return nil
	}
	p := t.PropertyFold(name)
	switch {
	case p == nil || !p.Navigation:
		return nil
	case p.Type.Collection:
		return n.derivedChild(p.Name, SetSegment, p.Type, List)
	}
	return n.derivedChild(p.Name, SingleSegment, p.Type, Get)
}

// deriveShort finds an action or function of a namespace below Graph's by its
// name alone: pages write …/cases/{id}/reopen for microsoft.graph.ediscovery.reopen.
func (v *Version) deriveShort(n *node, text string) *node {
	for _, row := range n.dotted() {
		c := v.node(row)
		if equalFold(c.name[strings.LastIndexByte(c.name, '.')+1:], text) {
			return c
		}
	}
	return nil
}

// dotted are the rows of n's operations whose names hold a namespace, looked
// for once: most nodes have none.
func (n *node) dotted() []int {
	if known := n.namespaced.Load(); known != nil {
		return *known
	}
	var rows []int
	if n.row >= 0 {
		first, end := n.in.table.Children(n.row)
		for row := first; row < end; row++ {
			if c := n.in.table.Node(row); isOperation(SegmentKind(c.Kind)) && !c.Form && strings.Count(c.Text, ".") > 2 {
				rows = append(rows, row)
			}
		}
	}
	if rows == nil {
		n.namespaced.Store(&noRows)
	} else {
		n.namespaced.Store(&rows)
	}
	return rows
}

var noRows []int

func isOperation(kind SegmentKind) bool { return kind == ActionSegment || kind == FunctionSegment }

// deriveSpecial makes $count below collections, and $value below primitive
// properties and entities with bytes of their own.
func (v *Version) deriveSpecial(n *node, text string) *node {
	switch {
	case equalFold(text, "$count") && n.collection():
		return n.derivedChild("$count", CountSegment, TypeRef{Name: "Edm.Int32"}, Count)
	case equalFold(text, "$value") && n.kind == PropertySegment && n.value.primitive() && !n.collection():
		return n.derivedChild("$value", ValueSegment, n.value, Stream)
	case equalFold(text, "$value") && n.hasProperties() && n.value.of != nil && n.value.of.Stream:
		return n.derivedChild("$value", ValueSegment, TypeRef{Name: "Edm.Stream"}, Stream)
	}
	return nil
}

// deriveCast makes a cast to a type that derives from what stands at n.
func (v *Version) deriveCast(n *node, short string) *node {
	here := n.value.Type()
	if here == nil || n.kind == CastSegment {
		return nil
	}
	to := v.typeFold(short)
	if to == nil || !to.Is(here) {
		return nil
	}
	kind := Get
	if n.collection() {
		kind = List
	}
	return n.derivedChild(to.Name, CastSegment, TypeRef{Name: to.Name, Collection: n.collection(), of: to}, kind)
}

// deriveProperty makes a structural property of the entity or complex value at n.
func (v *Version) deriveProperty(n *node, name string) *node {
	if !n.hasProperties() {
		return nil
	}
	t := n.value.Type()
	if t == nil {
		return nil
	}
	p := t.PropertyFold(name)
	if p == nil || p.Navigation {
		return nil
	}
	if p.Type.Name == "Edm.Stream" {
		return n.derivedChild(p.Name, ValueSegment, p.Type, Stream)
	}
	return n.derivedChild(p.Name, PropertySegment, p.Type, Get)
}

// derivedChild returns the child of that name, made once. It can be read when
// n can, under the same conditions.
func (n *node) derivedChild(name string, kind SegmentKind, value TypeRef, reads Kind) *node {
	first := n.derived.Load()
	if known := first.among(name); known != nil {
		return known
	}
	c := &node{in: n.in, row: -1, name: name, kind: kind, value: value, parent: n, depth: n.depth + 1}
	c.item.at = c
	if kind == CastSegment {
		c.other = n
	}
	if from := n.item.Operation("GET"); from != nil {
		c.item.read = from.inherit(name, c.item.Template(), reads, value)
	}
	for {
		c.next = first
		if n.derived.CompareAndSwap(first, c) {
			return c
		}
		// Somebody else was faster, perhaps with the same.
		first = n.derived.Load()
		if known := first.among(name); known != nil {
			return known
		}
	}
}

// among finds a name among the derived children from n on.
func (n *node) among(name string) *node {
	for ; n != nil; n = n.next {
		if n.name == name {
			return n
		}
	}
	return nil
}

// inherit makes the operation that reads something below what op reads.
func (op *Operation) inherit(name, template string, kind Kind, response TypeRef) *Operation {
	below := *op
	if op.ID != "" {
		below.ID = op.ID + "." + name
	}
	below.Template = template
	below.Kind = kind
	below.response = response
	below.inherited = true
	return &below
}
