package odata

import "fmt"

// ParseFilter reads a decoded $filter. Whether it is boolean is not checked.
// The error is an [*Error].
func ParseFilter(s string) (Expr, error) {
	return parse(OptionFilter.String(), s, (*parser).expression)
}

// ParseValue reads a decoded parameter value, as it follows "name=" in a function
// call or "@p=" in a query: an expression or a JSON array or object.
func ParseValue(s string) (Expr, error) {
	return parse("", s, (*parser).value)
}

// parse runs one reading method over the whole of s.
func parse[T any](option, s string, read func(*parser) T) (T, error) {
	var p parser
	p.begin(option, s)
	p.next()
	tree := read(&p)
	if err := p.end(); err != nil {
		var none T
		return none, err
	}
	return tree, nil
}

func (p *parser) expression() Expr { return p.binary(precOr) }

// binary climbs: it reads an operand and every operator that binds at least as
// tight as least. All operators group to the left.
func (p *parser) binary(least precedence) Expr {
	defer p.leave()
	if !p.enter() {
		return nil
	}
	left := p.unary()
	for p.tok.kind == tokName {
		op := binaryOperator(p.text(p.tok))
		if op == 0 || operators[op].prec < least {
			break
		}
		node := &Binary{At: p.tok.at, Op: op, Left: left}
		p.next()
		if op == OpIn {
			node.Right = p.collection()
		} else {
			node.Right = p.binary(operators[op].prec + 1)
		}
		left = node
	}
	return left
}

func (p *parser) unary() Expr {
	op := OpNegate
	if p.tok.kind != '-' {
		if p.tok.kind != tokName || !is(p.text(p.tok), "not") {
			return p.primary()
		}
		op = OpNot
	}
	node := &Unary{At: p.tok.at, Op: op}
	p.next()
	node.Operand = p.binary(precUnary)
	return node
}

func (p *parser) primary() Expr {
	switch p.tok.kind {
	case tokName:
		return p.named()
	case tokLiteral:
		return p.literal()
	case '(':
		return p.group()
	case tokSystem, tokAt:
		return p.rooted()
	case '[':
		return p.array()
	case '{':
		return p.object()
	}
	p.missing(subjectExpression)
	return nil
}

func (p *parser) group() Expr {
	p.next()
	e := p.expression()
	p.expect(')', "')' or operator")
	return e
}

// literal makes a node of the literal token.
func (p *parser) literal() Expr {
	t := p.tok
	node := &Literal{At: t.at, Kind: t.lit}
	switch t.lit {
	case LiteralString, LiteralDuration, LiteralBinary, LiteralGeography, LiteralGeometry:
		node.Text = unquote(p.src[t.quote:t.end])
	case LiteralEnum:
		node.Type = p.src[t.at:t.quote]
		node.Text = unquote(p.src[t.quote:t.end])
	default:
		node.Text = p.text(t)
	}
	p.next()
	return node
}

// keyword returns the literal that the bare word t is, or nil. INF and NaN are
// told from properties by their case.
func (p *parser) keyword(t token) Expr {
	text := p.text(t)
	switch {
	case is(text, "null"):
		return &Literal{At: t.at, Kind: LiteralNull, Text: "null"}
	case is(text, "true"):
		return &Literal{At: t.at, Kind: LiteralBoolean, Text: "true"}
	case is(text, "false"):
		return &Literal{At: t.at, Kind: LiteralBoolean, Text: "false"}
	case text == "INF", text == "NaN":
		return &Literal{At: t.at, Kind: LiteralDouble, Text: text}
	}
	return nil
}

// named reads what begins with a name: a keyword, a function call or a path.
func (p *parser) named() Expr {
	t := p.tok
	p.next()
	switch p.tok.kind {
	case '(':
		switch word := p.text(t); {
		case is(word, "case"):
			return p.caseCall(t)
		case is(word, "any"), is(word, "all"):
			p.failAt(t, KindSyntax, "", fmt.Sprintf("%s needs a collection before it, as in tags/%[1]s(t:t eq 'x')", word))
		}
		if f, ok := findFunction(p.text(t)); ok {
			return p.call(t, f)
		}
	case '/':
	default:
		if node := p.keyword(t); node != nil {
			return node
		}
	}
	return p.namedPath(t)
}

// collection reads the right side of in. Parentheses around a single value that
// is no literal only group: `x in (tags)` asks the collection tags.
func (p *parser) collection() Expr {
	if p.tok.kind != '(' {
		return p.binary(precMember + 1)
	}
	list := &List{At: p.tok.at}
	p.next()
	if p.took(')') {
		return list
	}
	list.Items = append(list.Items, p.expression())
	if p.tok.kind == ')' && !listable(list.Items[0]) {
		p.next()
		return list.Items[0]
	}
	for p.took(',') {
		list.Items = append(list.Items, p.expression())
	}
	p.expect(')', "')' or ','")
	p.checkList(list)
	return list
}

// checkList reports the first item that cannot stand in a list.
func (p *parser) checkList(list *List) {
	for _, item := range list.Items {
		if p.err == nil && !listable(item) {
			p.fail(KindSyntax, item.Offset(), "", fmt.Sprintf("a list takes literals only, not %s", clipped(Print(item))))
		}
	}
}

// listable reports whether e may be an item of a list: a literal or an alias.
func listable(e Expr) bool {
	switch n := e.(type) {
	case *Literal:
		return true
	case *Path:
		return n.Root == RootAlias && len(n.Segments) == 0
	}
	return false
}
