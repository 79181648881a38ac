package table

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// Node is one place in the trie of paths.
type Node struct {
	Text      string // the template's spelling; of a key the parameter's name alone
	Kind      uint8  // of the segment, as [SegmentKind] words it; zero for the root
	Form      bool   // the text is a name with parentheses
	Contained bool
	Value     Ref
}

// Nodes counts the nodes. The root is row 0, parents come before children.
func (t *Table) Nodes() int { return t.rows(nodeSection) - 1 }

// Node reads a node.
func (t *Table) Node(row int) Node {
	r := t.record(nodeSection, row)
	if r == "" {
		return Node{}
	}
	bits := r[nodeBits]
	return Node{
		Text: t.text(number24(r, nodeText)), Kind: bits & nodeKind, Form: bits&nodeForm != 0,
		Contained: bits&nodeContained != 0, Value: Ref(number16(r, nodeValue)),
	}
}

// Children are the rows from first to before end: literals by their short name
// without regard to case, then the forms of the node's own name, then its key.
func (t *Table) Children(row int) (first, end int) {
	return t.span(nodeSection, row, nodeChild, t.Nodes())
}

// span reads where something of a row begins and where that of the next does.
func (t *Table) span(section, row, at, most int) (first, end int) {
	r, next := t.record(section, row), t.record(section, row+1)
	if r == "" || next == "" {
		return 0, 0
	}
	first, end = int(number24(r, at)), int(number24(next, at))
	if first > end || end > most {
		return 0, 0
	}
	return first, end
}

// Literal finds a child by its name without Graph's namespace and without
// regard to ASCII case; -1 when there is none. Casts have to be written with
// the namespace, actions and functions may be, all else must not.
func (t *Table) Literal(row int, short string, qualified bool) int {
	lo, end := t.Children(row)
	part, hi := t.parts[nodeSection], end
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if t.beforeLiteral(part[mid*nodeWidth:], short) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	for ; lo < end; lo++ {
		r := part[lo*nodeWidth : lo*nodeWidth+nodeWidth]
		if !isLiteral(r) || CompareFold(t.shortText(r), short) != 0 {
			break
		}
		kind := r[nodeBits] & nodeKind
		if kind == actionKind || kind == functionKind || qualified == (r[nodeBits]&nodeNamespaced != 0) {
			return lo
		}
	}
	return -1
}

// isLiteral tells names from keys and forms, which stand behind them.
func isLiteral(r string) bool {
	return r[nodeBits]&nodeForm == 0 && r[nodeBits]&nodeKind != keyKind
}

func (t *Table) beforeLiteral(r, short string) bool {
	return isLiteral(r) && CompareFold(t.shortText(r), short) < 0
}

// shortText is a literal's name without Graph's namespace.
func (t *Table) shortText(r string) string {
	text := t.text(number24(r, nodeText))
	if r[nodeBits]&nodeNamespaced != 0 {
		text, _ = CutNamespace(text)
	}
	return text
}

// Key is the child that stands for any key; -1 when there is none.
func (t *Table) Key(row int) int {
	first, end := t.Children(row)
	if first == end {
		return -1
	}
	bits := t.parts[nodeSection][(end-1)*nodeWidth+nodeBits]
	if bits&nodeForm != 0 || bits&nodeKind != keyKind {
		return -1
	}
	return end - 1
}

// Forms are the rows of the variants of the node's name with parentheses.
func (t *Table) Forms(row int) (first, end int) {
	from, end := t.Children(row)
	if t.Key(row) >= 0 {
		end--
	}
	first = end
	for first > from && t.parts[nodeSection][(first-1)*nodeWidth+nodeBits]&nodeForm != 0 {
		first--
	}
	return first, end
}

// Parent is the row that a node is a child of; -1 for the root.
func (t *Table) Parent(row int) int {
	lo := t.owner(nodeSection, nodeChild, row, t.Nodes())
	if lo >= row {
		return -1
	}
	return lo
}

// owner finds the row whose span holds a number.
func (t *Table) owner(section, at, number, rows int) int {
	lo, hi := 0, rows
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if int(number24(t.record(section, mid+1), at)) <= number {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Template is the path of a node with its parameters in braces.
func (t *Table) Template(row int) string {
	var pieces []string
	size := 0
	for at := row; at > 0; {
		node := t.Node(at)
		piece := node.Text
		if node.Kind == keyKind && !node.Form {
			piece = "{" + piece + "}"
		}
		pieces, size = append(pieces, piece), size+1+len(piece)
		if at = t.Parent(at); node.Form {
			at = t.Parent(at) // the name without parentheses is in the form's text
		}
	}
	b := make([]byte, 0, max(1, size))
	for i := len(pieces) - 1; i >= 0; i-- {
		b = append(append(b, '/'), pieces[i]...)
	}
	if len(b) == 0 {
		return "/"
	}
	return string(b)
}

// segment gives a node as the facts have it.
func (t *Table) segment(row int) facts.Segment {
	n := t.Node(row)
	s := facts.Segment{Name: n.Text, Kind: word(segmentKinds, n.Kind), Type: t.TypeName(n.Value), Contained: n.Contained}
	if n.Form {
		s.Name, _, _ = cutParentheses(n.Text)
	}
	if n.Kind == castKind || n.Kind == actionKind || n.Kind == functionKind {
		s.Name = s.Name[strings.LastIndexByte(s.Name, '.')+1:]
	}
	s.Collection = n.Value.Collection() && !t.impliesCollection(row, n)
	return s
}

// impliesCollection reports whether a collection goes without saying: a set, or
// a cast of one.
func (t *Table) impliesCollection(row int, n Node) bool {
	return n.Kind == setKind || n.Kind == castKind && t.Node(t.Parent(row)).Value.Collection()
}

// word gives the word that a number stands for, empty for numbers too high.
func word(words []string, n uint8) string {
	if int(n) >= len(words) {
		return ""
	}
	return words[n]
}

// SegmentKind and OperationKind word what the numbers of nodes and operations
// mean.
func SegmentKind(n uint8) string   { return word(segmentKinds, n) }
func OperationKind(n uint8) string { return word(operationKinds, n) }

// IsMethod reports whether a table can hold operations of a method.
func IsMethod(name string) bool { return slices.Contains(methods, name) }
