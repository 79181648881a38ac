package odata

import (
	"slices"
	"strings"
)

// Print returns the canonical text of e: OData's spelling, single blanks, and
// parentheses only where precedence needs them. Reading it gives the same tree
// but for positions and spellings.
func Print(e Expr) string {
	var p printer
	p.expr(e)
	return string(p.text)
}

type printer struct{ text []byte }

func (p *printer) add(s string) { p.text = append(p.text, s...) }

func (p *printer) expr(e Expr) {
	switch n := e.(type) {
	case *Literal:
		p.literal(n)
	case *Path:
		p.path(n)
	case *Binary:
		p.binary(n)
	case *Unary:
		p.unary(n)
	case *Call:
		p.add(n.Name)
		p.list('(', n.Args, ')', p.expr)
	case *Case:
		p.branches(n)
	case *Lambda:
		p.lambda(n)
	case *List:
		p.listExpr(n)
	case *Object:
		p.object(n)
	case *TypeName:
		p.typeName(n)
	}
}

// operand writes e, in parentheses when it binds looser than least.
func (p *printer) operand(e Expr, least precedence) {
	if bindingOf(e) >= least {
		p.expr(e)
		return
	}
	p.add("(")
	p.expr(e)
	p.add(")")
}

func bindingOf(e Expr) precedence {
	switch n := e.(type) {
	case *Binary:
		return operators[n.Op].prec
	case *Unary:
		return precUnary
	}
	return precPrimary
}

func (p *printer) binary(n *Binary) {
	prec := operators[n.Op].prec
	p.operand(n.Left, prec)
	p.add(" ")
	p.add(n.Op.String())
	p.add(" ")
	p.operand(n.Right, prec+1)
}

func (p *printer) unary(n *Unary) {
	if n.Op == OpNot {
		p.add("not ")
		p.operand(n.Operand, precUnary)
		return
	}
	p.add("-")
	start := len(p.text)
	p.operand(n.Operand, precUnary)
	if begin := string(p.text[start:]); begin != "" && (isDigit(begin[0]) || strings.HasPrefix(begin, "INF")) {
		// Without parentheses the minus would belong to a literal.
		p.text = p.text[:start]
		p.operand(n.Operand, precPrimary+1)
	}
}

func (p *printer) branches(n *Case) {
	p.add("case(")
	for i, b := range n.Branches {
		if i > 0 {
			p.add(",")
		}
		p.expr(b.When)
		p.add(":")
		colon := len(p.text)
		p.expr(b.Then)
		if isDigit(p.text[colon-2]) && isDigit(p.text[colon]) {
			p.text = slices.Insert(p.text, colon, ' ') // 10:20 would be a time of day
		}
	}
	p.add(")")
}

func (p *printer) lambda(n *Lambda) {
	p.path(n.Over)
	if n.All {
		p.add("/all(")
	} else {
		p.add("/any(")
	}
	if n.Variable != "" {
		p.add(n.Variable)
		p.add(":")
		p.expr(n.Predicate)
	}
	p.add(")")
}

func (p *printer) listExpr(n *List) {
	if n.Array {
		p.list('[', n.Items, ']', p.value)
	} else {
		p.list('(', n.Items, ')', p.expr)
	}
}

func (p *printer) list(open byte, items []Expr, end byte, write func(Expr)) {
	p.text = append(p.text, open)
	for i, e := range items {
		if i > 0 {
			p.add(",")
		}
		write(e)
	}
	p.text = append(p.text, end)
}

func (p *printer) object(n *Object) {
	p.add("{")
	for i, m := range n.Members {
		if i > 0 {
			p.add(",")
		}
		p.json(m.Name)
		p.add(":")
		p.value(m.Value)
	}
	p.add("}")
}

// value writes a string the JSON way, and anything else as an expression.
func (p *printer) value(e Expr) {
	if l, ok := e.(*Literal); ok && l.Kind == LiteralString {
		p.json(l.Text)
		return
	}
	p.expr(e)
}

func (p *printer) json(s string) {
	const digits = "0123456789abcdef"
	p.add(`"`)
	for _, c := range []byte(s) {
		switch {
		case c == '"' || c == '\\':
			p.text = append(p.text, '\\', c)
		case c < ' ':
			p.text = append(p.text, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		default:
			p.text = append(p.text, c)
		}
	}
	p.add(`"`)
}

func (p *printer) typeName(n *TypeName) {
	if n.Collection {
		p.add("Collection(" + n.Name + ")")
		return
	}
	p.add(n.Name)
}

func (p *printer) literal(l *Literal) {
	switch l.Kind {
	case LiteralString, LiteralDuration, LiteralBinary, LiteralEnum, LiteralGeography, LiteralGeometry:
		p.add(l.Type)
		p.add(quotedPrefix(l.Kind))
		p.add("'")
		p.add(strings.ReplaceAll(l.Text, "'", "''"))
		p.add("'")
	default:
		p.add(l.Text)
	}
}

func (p *printer) path(n *Path) {
	switch n.Root {
	case RootIt:
		p.add("$it")
	case RootThis:
		p.add("$this")
	case RootService:
		p.add("$root")
	case RootVariable:
		p.add(n.Variable)
	case RootAlias:
		p.add("@" + n.Variable)
	}
	if n.Root != RootImplicit && len(n.Segments) > 0 {
		p.add("/")
	}
	p.segments(n.Segments)
}

func (p *printer) segments(list []Segment) {
	for i := range list {
		if i > 0 {
			p.add("/")
		}
		p.segment(&list[i])
	}
}

func (p *printer) segment(s *Segment) {
	switch s.Kind {
	case SegmentCount:
		p.add("$count")
		p.nested(s.Options)
	case SegmentFilter:
		p.add("$filter(")
		p.expr(s.Options.Filter)
		p.add(")")
	case SegmentRef:
		p.add("$ref")
	case SegmentValue:
		p.add("$value")
	case SegmentAnnotation:
		p.add("@" + s.Name)
	case SegmentStar:
		if s.Name != "" {
			p.add(s.Name + ".")
		}
		p.add("*")
	case SegmentCall:
		p.add(s.Name)
		p.arguments(s.Args)
	default:
		p.add(s.Name)
	}
}

func (p *printer) arguments(list []Argument) {
	p.add("(")
	for i, a := range list {
		if i > 0 {
			p.add(",")
		}
		if a.Name != "" {
			p.add(a.Name + "=")
		}
		p.expr(a.Value)
	}
	p.add(")")
}
