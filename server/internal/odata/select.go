package odata

import "strings"

// SelectItem is one item of $select.
type SelectItem struct {
	At         int
	Path       []Segment // properties and casts; a last Star stands for * or ns.*
	Options    *Options  // nested options; nil without
	Parameters []string  // in ns.function(a,b) the names that choose an overload; nil without
}

// Name returns the path as text: "address/city", "*".
func (s *SelectItem) Name() string { return pathName(s.Path) }

// pathName joins segments without options; that of one segment costs nothing.
func pathName(path []Segment) string {
	if len(path) == 1 && (path[0].Kind == SegmentProperty || path[0].Kind == SegmentCast) {
		return path[0].Name
	}
	var p printer
	p.segments(path)
	return string(p.text)
}

// ParseSelect reads a decoded $select. The error is an [*Error].
func ParseSelect(s string) ([]SelectItem, error) {
	return parse(OptionSelect.String(), s, (*parser).selection)
}

func (p *parser) selection() []SelectItem {
	list := make([]SelectItem, 0, p.listHint())
	list = append(list, p.selectItem())
	for p.another() {
		list = append(list, p.selectItem())
	}
	return list
}

// another reports whether an item of $select or $expand follows. The library
// behind Graph lets both end with a comma (D, its SelectExpandParser).
func (p *parser) another() bool {
	return p.took(',') && p.tok.kind != tokEnd && p.tok.kind != ';' && p.tok.kind != ')'
}

func (p *parser) selectItem() SelectItem {
	item := SelectItem{At: p.tok.at}
	item.Path = p.namePath(false)
	switch {
	case p.tok.kind != '(':
	case p.optionsFollow():
		item.Options = p.nested(selectOptions)
	default:
		p.next()
		item.Parameters = p.parameterNames()
		p.expect(')', "')' or ','")
	}
	return item
}

// optionsFollow looks behind the opening parenthesis, where an option or alias,
// or else the name of a parameter stands.
func (p *parser) optionsFollow() bool {
	state := *p
	defer func() { *p = state }()
	p.next()
	if p.tok.kind != tokName {
		return true
	}
	p.next()
	return p.tok.kind == '='
}

func (p *parser) parameterNames() []string {
	names := []string{p.name("the name of a parameter")}
	for p.took(',') {
		names = append(names, p.name("the name of a parameter"))
	}
	return names
}

// listHint guesses how many items a list has from the commas left in the text; of
// nested lists, which share them, it knows nothing.
func (p *parser) listHint() int {
	const most = 64
	if p.depth > 0 {
		return 1
	}
	return min(most, strings.Count(p.src[min(p.tok.at, len(p.src)):], ",")+1)
}

// namePath reads the path of an item of $select, or of $expand, which also knows
// $ref, $count and $value. Paths are cut from one slice for all items, as they
// hold one segment nearly always.
func (p *parser) namePath(expand bool) []Segment {
	if p.segments == nil {
		p.segments = make([]Segment, 0, p.listHint())
	}
	start := len(p.segments)
	p.segments = append(p.segments, p.nameSegment(expand))
	for p.took('/') {
		p.segments = append(p.segments, p.nameSegment(expand))
	}
	end := len(p.segments)
	return p.segments[start:end:end]
}

func (p *parser) nameSegment(expand bool) Segment {
	t := p.tok
	s := Segment{At: t.at}
	switch {
	case t.kind == '*':
		s.Kind = SegmentStar
	case t.kind == tokAt:
		s.Kind, s.Name = SegmentAnnotation, p.src[t.at+1:t.end]
	case t.kind == tokName:
		s.Kind, s.Name = nameKind(p.text(t)), p.text(t)
	case t.kind == tokSystem && expand:
		return p.expandSegment()
	default:
		p.unexpected("a name")
	}
	p.next()
	if t.kind == tokName && !expand && p.took('.') {
		s.Kind = SegmentStar
		p.expect('*', "'*'")
	}
	return s
}
