package table

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// branch is a node under construction.
type branch struct {
	text       string // as the template spells it; a key's parameter alone
	short      string // literals: without Graph's namespace
	form       bool
	segment    facts.Segment
	from       string // path that described it; empty when none did
	collection bool

	parent   *branch
	literals map[string]*branch // by folded text
	forms    map[string]*branch // by folded and sorted parameter names
	key      *branch
	ops      []*facts.Operation // by method
}

// plant builds the trie of all paths.
func (w *writer) plant() *branch {
	root := &branch{}
	for i := range w.facts.Operations {
		w.insert(root, &w.facts.Operations[i])
	}
	root.settle()
	w.checkForms(root)
	return root
}

// checkForms holds names with parentheses to the name without: variants of a
// function are functions, all others are alternate keys.
func (w *writer) checkForms(b *branch) {
	for _, c := range b.children() {
		if want := map[bool]string{true: "function", false: "key"}[b.segment.Kind == "function"]; c.form && c.segment.Kind != want {
			w.errs.add("%s: segment %q has kind %q, want %q: the name alone is of kind %q", c.from, c.text, c.segment.Kind, want, b.segment.Kind)
		}
		w.checkForms(c)
	}
}

func (w *writer) insert(root *branch, op *facts.Operation) {
	pieces := strings.Split(strings.Trim(op.Path, "/"), "/")
	if pieces[0] == "" {
		pieces = nil
	}
	if len(pieces) != len(op.Segments) {
		w.errs.add("%s: %d segments are described, want %d", op.Path, len(op.Segments), len(pieces))
		return
	}
	at := root
	for i, piece := range pieces {
		if piece == "" {
			w.errs.add("%s: an empty segment", op.Path)
			return
		}
		if at = at.step(piece); !w.describe(at, op.Segments[i], op.Path) {
			return
		}
	}
	i, again := slices.BinarySearchFunc(at.ops, op.Method, func(o *facts.Operation, method string) int { return strings.Compare(o.Method, method) })
	if again {
		w.errs.add("%s %s: is there twice", op.Method, op.Path)
		return
	}
	at.ops = slices.Insert(at.ops, i, op)
}

// describe holds a node to what was said of it before.
func (w *writer) describe(b *branch, s facts.Segment, path string) bool {
	if s.Kind == "" || !b.form && b.isKey() != (s.Kind == "key") {
		w.errs.add("%s: segment %q has kind %q", path, b.text, s.Kind)
		return false
	}
	if b.from == "" {
		b.segment, b.from = s, path
		return true
	}
	said, says := b.segment, s
	if b.isKey() {
		said.Name, says.Name = "", "" // the first spelling of a parameter stays
	}
	if said != says {
		w.errs.add("%s: segment %q is %+v, but %+v in %s", path, b.text, s, b.segment, b.from)
		return false
	}
	return true
}

func (b *branch) isKey() bool { return b.parent != nil && b.parent.key == b }

// step finds or makes the child for one piece of a path.
func (b *branch) step(piece string) *branch {
	if piece[0] == '{' && piece[len(piece)-1] == '}' {
		if b.key == nil {
			b.key = &branch{text: piece[1 : len(piece)-1], parent: b}
		}
		return b.key
	}
	name, _, called := cutParentheses(piece)
	if called {
		return b.literal(name).formOf(piece)
	}
	return b.literal(name)
}

func (b *branch) literal(name string) *branch {
	if b.literals == nil {
		b.literals = map[string]*branch{}
	}
	folded := Fold(name)
	if b.literals[folded] == nil {
		short, _ := CutNamespace(name)
		b.literals[folded] = &branch{text: name, short: short, parent: b}
	}
	return b.literals[folded]
}

func (b *branch) formOf(piece string) *branch {
	if b.forms == nil {
		b.forms = map[string]*branch{}
	}
	names := ParameterNames(Fold(piece))
	slices.Sort(names)
	name := strings.Join(names, ",")
	if b.forms[name] == nil {
		b.forms[name] = &branch{text: piece, form: true, parent: b}
	}
	return b.forms[name]
}

// settle says what stands at names of which only variants with parentheses
// were described, and where collections stand.
func (b *branch) settle() {
	for _, f := range b.forms {
		if b.from == "" && (b.segment.Kind == "" || f.text < b.segment.Name) {
			b.segment = facts.Segment{Kind: f.segment.Kind, Name: f.text}
			if f.segment.Kind == "key" {
				b.segment = facts.Segment{Kind: "set", Name: f.text, Type: f.segment.Type}
			}
		}
	}
	s := &b.segment
	b.collection = s.Collection || s.Kind == "set" || s.Kind == "cast" && b.parent.collection
	for _, c := range b.children() {
		c.settle()
	}
}

// children lists the children as [Table.Children] has them.
func (b *branch) children() []*branch {
	list := make([]*branch, 0, len(b.literals)+len(b.forms)+1)
	for _, c := range b.literals {
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y *branch) int {
		if c := CompareFold(x.short, y.short); c != 0 {
			return c
		}
		return strings.Compare(x.text, y.text)
	})
	literals := len(list)
	for _, f := range b.forms {
		list = append(list, f)
	}
	slices.SortFunc(list[literals:], func(x, y *branch) int { return strings.Compare(x.text, y.text) })
	if b.key != nil {
		list = append(list, b.key)
	}
	return list
}
