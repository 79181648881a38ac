package odata

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// nested reads the options in parentheses, or returns nil when there are none. A
// semicolon after the last option is let pass, as Graph's library does.
func (p *parser) nested(allowed OptionSet) *Options {
	if p.tok.kind != '(' {
		return nil
	}
	defer p.leave()
	if !p.enter() {
		return nil
	}
	o := new(Options)
	p.next()
	p.nestedOption(o, allowed)
	for p.took(';') && p.tok.kind != ')' {
		p.nestedOption(o, allowed)
	}
	p.expect(')', "')' or ';'")
	return o
}

func (p *parser) nestedOption(o *Options, allowed OptionSet) {
	t := p.tok
	name := p.text(t)
	if t.kind == tokAt {
		p.next()
		p.nestedAlias(o, t)
		return
	}
	if t.kind != tokSystem && t.kind != tokName {
		p.unexpected("an option")
		return
	}
	option, bare, ok := findOption(name)
	switch {
	case !ok || !allowed.Has(option):
		p.failAt(t, KindUnknownOption, name, fmt.Sprintf("no option %s in this place%s", quote(name), optionHint(name)))
		return
	case o.Given.Has(option):
		p.failAt(t, KindDuplicate, option.String(), fmt.Sprintf("%s stands twice", option))
		return
	}
	if p.next(); p.tok.kind != '=' {
		p.missing("'='")
		return
	}
	o.give(option, bare)
	p.readOption(option, o)
}

func (p *parser) nestedAlias(o *Options, t token) {
	name := p.src[t.at+1 : t.end]
	if _, twice := o.Alias(name); twice {
		p.failAt(t, KindDuplicate, "@"+name, fmt.Sprintf("@%s stands twice", name))
	}
	p.expect('=', "'='")
	a := Alias{At: p.tok.at, Name: name}
	a.Value = p.value()
	if p.err == nil {
		a.Text = p.src[a.At:p.tok.at]
		o.Aliases = append(o.Aliases, a)
	}
}

// readOption reads the value of an option that nested options know as well. The
// lexer stands before the value and has not read its first token.
func (p *parser) readOption(option Option, o *Options) {
	switch option {
	case OptionSearch:
		o.Search = p.search()
		return
	case OptionCompute:
		o.Compute = p.raw()
		return
	}
	p.next()
	switch option {
	case OptionFilter:
		o.Filter = p.expression()
	case OptionSelect:
		o.Select = p.selection()
	case OptionExpand:
		o.Expand = p.expansion()
	case OptionOrderBy:
		o.OrderBy = p.orderBy()
	case OptionTop:
		o.Top = p.integer(option, 0)
	case OptionSkip:
		o.Skip = p.integer(option, 0)
	case OptionCount:
		o.Count = p.boolean(option)
	case OptionLevels:
		o.Levels = p.levels()
	}
}

// integer reads a number from least on.
func (p *parser) integer(option Option, least int) int {
	n, err := strconv.Atoi(p.text(p.tok))
	if p.tok.kind != tokLiteral || err != nil || n < least || n > math.MaxInt32 {
		rule := fmt.Sprintf("from %d to %d", least, math.MaxInt32)
		if least < -1 {
			rule = "that fits 32 bits"
		}
		p.badValue(option, "a whole number "+rule)
		return 0
	}
	p.next()
	return n
}

func (p *parser) boolean(option Option) bool {
	value := is(p.text(p.tok), "true")
	if !value && !is(p.text(p.tok), "false") {
		p.badValue(option, "true or false")
	}
	p.next()
	return value
}

func (p *parser) levels() int {
	if is(p.text(p.tok), "max") {
		p.next()
		return LevelsMax
	}
	if text := p.text(p.tok); len(text) > 1 && text[0] == '0' {
		p.badValue(OptionLevels, "a whole number without a zero in front")
		return 0
	}
	return p.integer(OptionLevels, 1)
}

func (p *parser) badValue(option Option, wanted string) {
	at, value := p.tok.at, p.text(p.tok)
	if p.err != nil && p.err.Kind == KindLiteral { // such as 5x
		at, value = p.err.Offset, p.err.Subject
		p.err = nil
	}
	p.fail(KindValue, at, value, fmt.Sprintf("%s takes %s, not %s", option, wanted, quote(value)))
	p.err.About = option.String()
}

// raw takes the text up to the end of the option, which within parentheses is the
// semicolon or parenthesis after it; then it reads the token that follows.
func (p *parser) raw() string {
	start := p.pos
	open := 0
	p.next()
	for p.tok.kind != tokEnd {
		switch p.tok.kind {
		case '(':
			open++
		case ')':
			open--
		}
		if open < 0 || open == 0 && p.tok.kind == ';' {
			break
		}
		p.next()
	}
	return strings.TrimSpace(p.src[start:p.tok.at])
}
