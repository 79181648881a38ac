package openapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// draft is a node under construction: its path item as described, and its
// children by the spelling of the template.
type draft struct {
	name      string   // as the template spells it, without parentheses; a key's parameter
	text      string   // of a form: with its parentheses
	params    []string // of a form: the names in them
	kind      SegmentKind
	value     facts.TypeRef // what stands here
	contained bool

	parent   *draft
	base     *draft                     // of a form: the name without parentheses
	item     map[string]*draftOperation // by method; nil: the path only leads to others
	literals map[string]*draft
	key      *draft
	forms    []*draft
}

func newDraft(name string, parent *draft) *draft {
	return &draft{name: name, parent: parent, literals: map[string]*draft{}}
}

// insert finds or makes the place of a path below d. Paths that differ only in
// the spelling of their templates have one, as /security/alerts and
// /security/alerts/ in Graph's documents.
func (d *draft) insert(path string) (*draft, error) {
	at := d
	for text := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if text == "" {
			continue
		}
		next, err := at.step(text)
		if err != nil {
			return nil, err
		}
		at = next
	}
	return at, nil
}

// describe adds an operation.
func (d *draft) describe(method string, op *draftOperation) {
	if d.item == nil {
		d.item = map[string]*draftOperation{}
	}
	d.item[method] = op
}

// path is the template that leads here.
func (d *draft) path() string {
	if d.parent == nil {
		return ""
	}
	return d.parent.path() + "/" + d.piece()
}

// piece is the last segment of the template.
func (d *draft) piece() string {
	switch {
	case d.base != nil:
		return d.text
	case d.parent.key == d:
		return "{" + d.name + "}"
	}
	return d.name
}

// segments are the facts of the places from the top to here.
func (d *draft) segments() []facts.Segment {
	if d.parent == nil {
		return nil
	}
	s := facts.Segment{Name: d.name, Kind: d.kind.word(), Type: d.value.Name, Contained: d.contained}
	switch d.kind {
	case CastSegment, ActionSegment, FunctionSegment:
		s.Name = d.name[strings.LastIndexByte(d.name, '.')+1:]
	}
	implied := d.kind == SetSegment || d.kind == CastSegment && d.parent.value.Collection
	s.Collection = d.value.Collection && !implied
	return append(d.parent.segments(), s)
}

// step finds or makes the child for one segment of a template.
func (d *draft) step(text string) (*draft, error) {
	if text[0] == '{' && text[len(text)-1] == '}' && strings.Count(text, "{") == 1 {
		return d.keyChild(text[1 : len(text)-1]), nil
	}
	name, predicate, called := cutPredicate(text)
	if !called {
		if strings.ContainsAny(text, "{}") {
			return nil, fmt.Errorf("segment %q mixes text and parameters: the path is left out", text)
		}
		return d.literalChild(text), nil
	}
	params, ok := templateParams(predicate)
	if !ok {
		return nil, fmt.Errorf("parentheses of %q cannot be read: the path is left out", text)
	}
	base := d.literalChild(name)
	if len(params) == 1 && params[0][0] == "" {
		return base.keyChild(params[0][1]), nil
	}
	return base.formChild(text, params), nil
}

func (d *draft) keyChild(parameter string) *draft {
	if d.key == nil {
		d.key = newDraft(parameter, d)
	}
	return d.key
}

func (d *draft) literalChild(name string) *draft {
	folded := table.Fold(name)
	if d.literals[folded] == nil {
		d.literals[folded] = newDraft(name, d)
	}
	return d.literals[folded]
}

// formChild finds or makes the form with these names in its parentheses.
func (d *draft) formChild(text string, params [][2]string) *draft {
	var names []string
	args := make([]Arg, len(params))
	for i, p := range params {
		names = append(names, p[0])
		args[i].Name = p[0]
	}
	for _, f := range d.forms {
		if takes(f.params, args) {
			return f
		}
	}
	f := newDraft(d.name, d.parent)
	f.text, f.params, f.base = text, names, d
	d.forms = append(d.forms, f)
	return f
}

// templateParams reads "a={x},b='{y}'" into names and parameters; a parameter
// alone has no name.
func templateParams(predicate string) ([][2]string, bool) {
	var params [][2]string
	if predicate == "" {
		return nil, true
	}
	for item := range strings.SplitSeq(predicate, ",") {
		name, value, named := strings.Cut(item, "=")
		if !named {
			name, value = "", item
		}
		value = strings.Trim(value, "'")
		value = strings.TrimPrefix(value, "@")
		if len(value) < 2 || value[0] != '{' && named {
			return nil, false
		}
		params = append(params, [2]string{name, strings.Trim(value, "{}")})
	}
	return params, true
}

// walk visits d and everything below it, parents first.
func (d *draft) walk(visit func(*draft)) {
	visit(d)
	for _, c := range d.children() {
		c.walk(visit)
	}
}

func (d *draft) children() []*draft {
	var list []*draft
	for _, name := range sortedKeys(d.literals) {
		list = append(list, d.literals[name])
	}
	list = append(list, d.forms...)
	if d.key != nil {
		list = append(list, d.key)
	}
	return list
}

// operationType is what the description calls the operations here: "action",
// "function" or nothing of note.
func (d *draft) operationType() string {
	for _, from := range append([]*draft{d}, d.forms...) {
		for _, op := range from.item {
			if op.word == "action" || op.word == "function" {
				return op.word
			}
		}
	}
	return ""
}

// offers reports whether one of some methods is described here.
func (d *draft) offers(methods ...string) bool {
	return slices.ContainsFunc(methods, func(method string) bool { return d.item[method] != nil })
}

// writes reports whether entities are made, changed or deleted here.
func (d *draft) writes() bool { return d.offers("POST", "PATCH", "PUT", "DELETE") }
