package odata

import "strings"

// Path names a value relative to its root. Only types can tell a property from a
// navigation property, so segments say how they are written, not what they are.
type Path struct {
	At       int
	Root     Root
	Variable string    // of RootVariable and RootAlias the name, without "@"; else ""
	Segments []Segment // may be empty unless Root is RootImplicit or RootService
}

// Root is where a Path begins.
type Root uint8

// The roots of paths.
const (
	RootImplicit Root = iota // the item that the option is about, nothing written
	RootIt                   // $it, the item that the URL's path addresses
	RootThis                 // $this, the item of the nearest option
	RootService              // $root, the service document
	RootVariable             // a range variable of a surrounding any or all
	RootAlias                // a parameter alias
)

// Segment is one step of a Path.
type Segment struct {
	Kind    SegmentKind
	At      int
	Name    string     // as spelled, annotations without "@"; "" for Count, Filter, Ref, Value and Star
	Args    []Argument // of SegmentCall; may be empty
	Options *Options   // of SegmentFilter, and of SegmentCount with parentheses; else nil
}

// SegmentKind is the way a Segment is written.
type SegmentKind uint8

// The kinds of segments.
const (
	SegmentProperty   SegmentKind = iota + 1 // name
	SegmentCast                              // ns.name, a type cast; or an open property with a dotted name
	SegmentCall                              // name(…): a bound function, or a name with a key predicate
	SegmentCount                             // $count, with $filter and $search in parentheses or without
	SegmentFilter                            // $filter(…)
	SegmentRef                               // $ref
	SegmentValue                             // $value
	SegmentAnnotation                        // @ns.term
	SegmentStar                              // *, or ns.* with a Name, in $select and $expand only
)

// Argument is a parameter of a function or a part of a key predicate.
type Argument struct {
	At    int
	Name  string // "" for the only value of a key predicate
	Value Expr
}

// Names returns the names of a path of plain properties under the implicit root,
// and false for any other path.
func (n *Path) Names() ([]string, bool) {
	if n.Root != RootImplicit {
		return nil, false
	}
	names := make([]string, len(n.Segments))
	for i, s := range n.Segments {
		if s.Kind != SegmentProperty {
			return nil, false
		}
		names[i] = s.Name
	}
	return names, true
}

// ParseArguments reads the decoded text between the parentheses of a function
// call or key predicate: "period='D7'", "'id'", "", "a=1,b=@b".
// The error is an [*Error].
func ParseArguments(s string) ([]Argument, error) {
	return parse("", s, func(p *parser) []Argument { return p.arguments(tokEnd) })
}

// namedPath reads a path whose first name is already taken.
func (p *parser) namedPath(t token) Expr {
	path := &Path{At: t.at}
	if p.tok.kind != '(' && p.inScope(p.text(t)) {
		path.Root, path.Variable = RootVariable, p.text(t)
		return p.tail(path)
	}
	s := p.segment(t)
	if s.Kind == SegmentCall && !callable(s.Args) {
		p.unknownFunction(t)
	}
	path.Segments = []Segment{s}
	return p.tail(path)
}

// callable reports whether arguments fit a bound function or a key predicate,
// not just the list of a canonical function.
func callable(args []Argument) bool {
	for _, a := range args {
		if a.Name == "" && (len(args) > 1 || a.Value == nil || !listable(a.Value)) {
			return false
		}
	}
	return true
}

// rooted reads a path that begins with $it, $this, $root, an alias or an annotation.
func (p *parser) rooted() Expr {
	t := p.tok
	path := &Path{At: t.at}
	name := p.src[t.at+1 : t.end]
	p.next()
	switch {
	case t.kind == tokAt && strings.ContainsAny(name, ".#"):
		path.Segments = []Segment{{Kind: SegmentAnnotation, At: t.at, Name: name}}
	case t.kind == tokAt:
		path.Root, path.Variable = RootAlias, name
	case is(name, "it"):
		path.Root = RootIt
	case is(name, "this"):
		path.Root = RootThis
	case is(name, "root"):
		path.Root = RootService
		if p.tok.kind != '/' {
			p.missing("'/'")
		}
	default:
		p.failAt(t, KindSyntax, "", quote(p.text(t))+" cannot begin a path (only $it, $this and $root can)")
	}
	return p.tail(path)
}

// tail reads the further segments of path, up to the end or a lambda.
func (p *parser) tail(path *Path) Expr {
	for p.took('/') {
		t := p.tok
		if t.kind == tokName {
			p.next()
			if all := is(p.text(t), "all"); p.tok.kind == '(' && (all || is(p.text(t), "any")) {
				return p.lambda(t, path, all)
			}
			path.Segments = append(path.Segments, p.segment(t))
			continue
		}
		path.Segments = append(path.Segments, p.markedSegment())
	}
	return path
}

// segment reads what follows the name t, which is already taken.
func (p *parser) segment(t token) Segment {
	s := Segment{Kind: nameKind(p.text(t)), At: t.at, Name: p.text(t)}
	if p.tok.kind == '(' {
		s.Kind = SegmentCall
		p.next()
		s.Args = p.arguments(')')
		p.expect(')', "')' or ','")
	}
	return s
}

func nameKind(name string) SegmentKind {
	if strings.IndexByte(name, '.') >= 0 {
		return SegmentCast
	}
	return SegmentProperty
}

// markedSegment reads a segment that begins with "$" or "@".
func (p *parser) markedSegment() Segment {
	t := p.tok
	s := Segment{At: t.at}
	if t.kind == tokAt {
		s.Kind, s.Name = SegmentAnnotation, p.src[t.at+1:t.end]
		p.next()
		return s
	}
	if t.kind != tokSystem {
		p.unexpected("a name")
		return s
	}
	p.next()
	switch name := p.text(t); {
	case is(name, "$count"):
		s.Kind = SegmentCount
		s.Options = p.nested(countOptions)
	case is(name, "$filter") && p.took('('):
		s.Kind = SegmentFilter
		s.Options = &Options{Given: NewOptionSet(OptionFilter), Filter: p.expression()}
		p.expect(')', "')' or operator")
	case is(name, "$ref"):
		s.Kind = SegmentRef
	case is(name, "$value"):
		s.Kind = SegmentValue
	default:
		p.failAt(t, KindSyntax, "", quote(name)+" cannot stand in a path")
	}
	return s
}

// arguments reads values with or without names, up to the token before which
// they end.
func (p *parser) arguments(end tokenKind) []Argument {
	if p.tok.kind == end {
		return nil
	}
	list := []Argument{p.argument()}
	for p.took(',') {
		list = append(list, p.argument())
	}
	return list
}

func (p *parser) argument() Argument {
	a := Argument{At: p.tok.at}
	if p.tok.kind == tokName {
		state := *p
		p.next()
		if p.took('=') {
			a.Name = state.text(state.tok)
		} else {
			*p = state
		}
	}
	a.Value = p.value()
	return a
}
