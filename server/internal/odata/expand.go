package odata

import "fmt"

// LevelsMax is the value of $levels=max.
const LevelsMax = -1

// ExpandItem is one item of $expand.
type ExpandItem struct {
	At int
	// Path holds casts and properties up to the navigation property, or Star;
	// $ref, $count and $value stand last in it.
	Path    []Segment
	Options *Options // nested options; nil without
}

// Name returns the path as text: "members", "manager/$ref", "*".
func (e *ExpandItem) Name() string { return pathName(e.Path) }

// ParseExpand reads a decoded $expand. The error is an [*Error].
func ParseExpand(s string) ([]ExpandItem, error) {
	return parse(OptionExpand.String(), s, (*parser).expansion)
}

func (p *parser) expansion() []ExpandItem {
	list := []ExpandItem{p.expandItem()}
	for p.another() {
		list = append(list, p.expandItem())
	}
	return list
}

func (p *parser) expandItem() ExpandItem {
	item := ExpandItem{At: p.tok.at}
	item.Path = p.namePath(true)
	p.checkExpandPath(item.Path)
	allowed := expandOptions
	switch item.Path[len(item.Path)-1].Kind {
	case SegmentStar:
		allowed = starOptions
	case SegmentRef:
		allowed = refOptions
	case SegmentCount:
		allowed = countOptions
	case SegmentValue:
		allowed = 0
	}
	item.Options = p.nested(allowed)
	return item
}

// checkExpandPath sees that only $ref follows a star, and nothing follows $ref,
// $count and $value.
func (p *parser) checkExpandPath(path []Segment) {
	for i, s := range path[1:] {
		switch last := path[i].Kind; {
		case last == SegmentStar && s.Kind != SegmentRef,
			last == SegmentRef, last == SegmentCount, last == SegmentValue:
			p.fail(KindSyntax, s.At, "", "nothing can follow here"+p.starHint(last))
		}
	}
}

func (p *parser) starHint(last SegmentKind) string {
	if last == SegmentStar {
		return " but $ref"
	}
	return ""
}

func (p *parser) expandSegment() Segment {
	t := p.tok
	s := Segment{At: t.at}
	switch name := p.text(t); {
	case is(name, "$ref"):
		s.Kind = SegmentRef
	case is(name, "$count"):
		s.Kind = SegmentCount
	case is(name, "$value"):
		s.Kind = SegmentValue
	default:
		p.failAt(t, KindSyntax, "", fmt.Sprintf("%s cannot be expanded", quote(name)))
	}
	p.next()
	return s
}
