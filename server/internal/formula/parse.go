package formula

import (
	"errors"
	"strings"
)

// Limits of one formula, Excel's own length and more than its nesting.
const (
	longest = 8192
	deepest = 100
)

var (
	errSyntax  = errors.New("the formula is not well formed")
	errTooLong = errors.New("the formula is too long")
)

// parser reads a formula from left to right; the first error stays.
type parser struct {
	text   string
	at     int
	depth  int
	spaced bool // whether blanks were skipped last
	err    error
	refs   []*refNode // in the order of the text
	calls  []*called
	sheets []span // names of worksheets
}

// span is a name where it stands in a formula.
type span struct {
	start, end int
	name       string
}

// parse reads a formula, with its "=" or without.
func parse(text string) (node, *parser, error) {
	p := &parser{text: text}
	if len(text) > longest {
		return nil, p, errTooLong
	}
	if strings.HasPrefix(text, "=") {
		p.at = 1
	}
	n := p.expression(0)
	if p.blank(); p.at < len(p.text) {
		p.fail()
	}
	return n, p, p.err
}

//go:noinline
func (p *parser) fail() node {
	if p.err == nil {
		p.err = errSyntax
	}
	p.at = len(p.text)
	return literal{ErrName}
}

func (p *parser) blank() {
	from := p.at
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
	p.spaced = p.at > from
}

// next is the byte that follows, after blanks; 0 at the end.
//
//go:noinline
func (p *parser) next() byte {
	p.blank()
	return p.peek()
}

//go:noinline
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// take skips a text if it is what follows.
func (p *parser) take(t string) bool {
	p.blank()
	if strings.HasPrefix(p.text[p.at:], t) {
		p.at += len(t)
		return true
	}
	return false
}

// operators from the loosest to the tightest; longer ones of a level first.
var operators = [][]string{{"<=", ">=", "<>", "=", "<", ">"}, {"&"}, {"+", "-"}, {"*", "/"}, {"^"}}

// expression reads operators of a level and of all tighter ones; all join to the left.
func (p *parser) expression(level int) node {
	if level == len(operators) {
		return p.unary()
	}
	if p.depth++; p.depth > deepest*len(operators) {
		return p.fail()
	}
	left := p.expression(level + 1)
	for n := 0; p.err == nil; n++ {
		op := p.operator(level)
		if op == "" || n > longest/4 {
			break
		}
		left = binary{op, left, p.expression(level + 1)}
	}
	p.depth--
	return left
}

func (p *parser) operator(level int) string {
	for _, op := range operators[level] {
		if p.take(op) {
			return op
		}
	}
	return ""
}

// unary reads signs, which bind tighter than "^", and percents.
func (p *parser) unary() node {
	sign := ""
	for c := p.next(); c == '-' || c == '+'; c = p.next() {
		sign += string(c)
		p.at++
	}
	n := p.reference()
	for p.next() == '%' {
		p.at++
		n = binary{"/", n, literal{100.0}}
	}
	switch minus := strings.Count(sign, "-"); {
	case minus%2 == 1:
		return binary{"-", nil, n}
	case minus > 0: // which makes a number of it
		return binary{"*", n, literal{1.0}}
	case sign != "":
		return sure{n}
	}
	return n
}

// reference reads a primary, and what the operators of references join to it.
func (p *parser) reference() node {
	left := p.primary()
	for p.err == nil {
		switch c := p.next(); {
		case c == ':':
			p.at++
			left = join{':', left, p.primary()}
		case c == '#' && !p.spaced: // of a spilled range
			p.at++
		case p.spaced && isReference(left) && p.beginsReference(c):
			left = join{' ', left, p.primary()}
		default:
			return left
		}
	}
	return left
}

func (p *parser) beginsReference(c byte) bool {
	return c == '$' || c == '\'' || c == '(' || wordByte(c) && (c < '0' || c > '9')
}

func (p *parser) primary() node {
	if p.depth++; p.depth > deepest*len(operators) {
		return p.fail()
	}
	n := p.part(p.next())
	p.depth--
	return n
}

// part reads what begins with a byte.
func (p *parser) part(c byte) node {
	switch {
	case c == '@':
		p.at++
		return p.primary()
	case c == '"':
		t, ok := p.quoted('"')
		return p.either(literal{t}, ok)
	case c == '#':
		return p.errorLiteral()
	case c == '{':
		return p.array()
	case c == '(':
		return p.group()
	case c == '\'':
		from := p.at
		sheet, ok := p.quoted('\'')
		if !ok || p.peek() != '!' {
			return p.fail()
		}
		p.sheets = append(p.sheets, span{from, p.at, sheet})
		p.at++
		return p.onSheet(sheet)
	case c == '[':
		return p.bracketed()
	}
	return p.word(c)
}

//go:noinline
func (p *parser) either(n node, ok bool) node {
	if !ok {
		return p.fail()
	}
	return n
}

func (p *parser) errorLiteral() node {
	for _, e := range errorCodes {
		if len(p.text)-p.at >= len(e) && strings.EqualFold(p.text[p.at:p.at+len(e)], string(e)) {
			p.at += len(e)
			return literal{e}
		}
	}
	return p.fail()
}

// array reads {1,2;3,4}.
func (p *parser) array() node {
	p.at++
	m := &Matrix{Rows: 1}
	for p.err == nil {
		m.Cells = append(m.Cells, p.constant())
		width := len(m.Cells) - (m.Rows-1)*m.Columns
		switch c := p.next(); {
		case c == ',':
		case (c == ';' || c == '}') && (m.Rows == 1 || width == m.Columns):
			m.Columns = width
			if c == ';' {
				m.Rows++
			}
		default:
			return p.fail()
		}
		p.at++
		if p.text[p.at-1] == '}' {
			return literal{m}
		}
	}
	return p.fail()
}

// constant is what an array may hold: a number, a text, a truth or an error.
func (p *parser) constant() Value {
	sign := 1.0
	if p.take("-") {
		sign = -1
	} else {
		p.take("+")
	}
	c := p.next()
	if c == '{' || c == '(' {
		p.fail()
		return nil
	}
	switch n := p.primary().(type) {
	case literal:
		if x, is := n.value.(float64); is {
			return sign * x
		}
		return n.value
	}
	p.fail()
	return nil
}

// group reads what stands in parentheses, several for a union.
func (p *parser) group() node {
	p.at++
	all := []node{p.expression(0)}
	for p.err == nil && p.take(",") {
		all = append(all, p.expression(0))
	}
	if !p.take(")") {
		return p.fail()
	}
	if len(all) == 1 {
		return all[0]
	}
	return union(all)
}

// word reads a reference, a number, a truth, a function, a name or a sheet's name.
func (p *parser) word(c byte) node {
	if r := p.cells("", p.at); r != nil {
		return r
	}
	if c >= '0' && c <= '9' || c == '.' && !(p.at+1 < len(p.text) && isLetter(p.text[p.at+1])) {
		return p.number()
	}
	from := p.at
	p.at = wordEnd(p.text, from)
	word := p.text[from:p.at]
	switch after := p.peek(); {
	case word == "":
		return p.fail()
	case after == '!':
		p.sheets = append(p.sheets, span{from, p.at, word})
		p.at++
		return p.onSheet(word)
	case after == '[':
		return p.structured(word)
	case after == '(':
		p.at++
		return p.call(word)
	case strings.EqualFold(word, "TRUE"), strings.EqualFold(word, "FALSE"):
		return literal{strings.EqualFold(word, "TRUE")}
	}
	return named{name: word}
}

// onSheet reads what follows the name of a worksheet.
func (p *parser) onSheet(sheet string) node {
	if r := p.cells(sheet, p.at); r != nil {
		return r
	}
	if p.peek() == '#' {
		return p.errorLiteral()
	}
	from := p.at
	if p.at = wordEnd(p.text, from); p.at == from {
		return p.fail()
	}
	return named{sheet: sheet, name: p.text[from:p.at]}
}

// call reads the arguments of a function.
func (p *parser) call(name string) node {
	name = strings.ToUpper(name)
	for _, prefix := range []string{"_XLFN.", "_XLWS."} {
		name = strings.TrimPrefix(name, prefix)
	}
	n := &called{name: name}
	p.calls = append(p.calls, n)
	if p.take(")") {
		return n
	}
	for p.err == nil {
		if c := p.next(); c == ',' || c == ')' {
			n.args = append(n.args, literal{nil})
		} else {
			n.args = append(n.args, p.expression(0))
		}
		if p.take(")") {
			return n
		}
		if !p.take(",") {
			break
		}
	}
	return p.fail()
}
