package odata

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// parser reads the text of one option. Its first error sticks: from then on the
// token is tokEnd, so that every loop ends, and the tree is thrown away.
type parser struct {
	lexer
	option   string // for errors
	tok      token
	err      *Error
	depth    int
	scope    []string  // range variables, innermost last
	segments []Segment // what the paths of $select and $expand are cut from
}

// begin makes p ready for src, whose first token is not read yet: $search cuts
// its text by other rules.
func (p *parser) begin(option, src string) {
	*p = parser{lexer: lexer{src: src}, option: option}
	switch {
	case len(src) > MaxLength:
		p.src = ""
		p.fail(KindLength, 0, "", fmt.Sprintf("longer than %d bytes", MaxLength))
	case !utf8.ValidString(src):
		p.src = strings.ToValidUTF8(src, "\uFFFD")
		p.fail(KindEncoding, 0, "", "not UTF-8")
	}
}

// end expects that all text is read.
func (p *parser) end() *Error {
	if p.tok.kind != tokEnd {
		p.failAt(p.tok, KindSyntax, "", p.found()+" does not belong here"+p.hint())
	}
	return p.err
}

func (p *parser) next() {
	if p.err != nil {
		return
	}
	p.tok = p.scan()
	if p.tok.kind == tokBad {
		p.failLexing(p.tok)
	}
}

// took moves past the token when it is of that kind.
func (p *parser) took(kind tokenKind) bool {
	if p.tok.kind != kind {
		return false
	}
	p.next()
	return true
}

// expect moves past a token that must be there; wanted names it for the message.
func (p *parser) expect(kind tokenKind, wanted string) {
	if !p.took(kind) {
		p.missing(wanted)
	}
}

// name reads a name, dotted or not.
func (p *parser) name(what string) string {
	if p.tok.kind != tokName {
		p.unexpected(what)
		return ""
	}
	name := p.text(p.tok)
	p.next()
	return name
}

// enter counts one level of nesting. Each enter needs a leave, even after it
// reported false.
func (p *parser) enter() bool {
	p.depth++
	if p.depth > MaxDepth {
		p.fail(KindDepth, p.tok.at, "", fmt.Sprintf("nested more than %d deep", MaxDepth))
	}
	return p.err == nil
}

func (p *parser) leave() { p.depth-- }

// fail keeps the first mistake and ends the text.
func (p *parser) fail(kind Kind, at int, subject, text string) {
	if p.err == nil {
		p.err = &Error{Option: p.option, Kind: kind, Offset: at, Subject: subject, Text: text, Source: p.src}
	}
	p.pos = len(p.src)
	p.tok = token{kind: tokEnd, at: p.pos, end: p.pos}
}

func (p *parser) failAt(t token, kind Kind, subject, text string) {
	p.fail(kind, t.at, subject, text)
}

// missing reports that something particular does not stand at the token, which
// subject names as in Graph's "')' or ',' expected".
func (p *parser) missing(subject string) {
	wanted := subject
	if subject == subjectExpression {
		wanted = "an expression"
	}
	p.failAt(p.tok, KindExpected, subject, fmt.Sprintf("expected %s, found %s%s", wanted, p.found(), p.hint()))
}

// subjectExpression is the Subject of a missing operand or search term.
const subjectExpression = "Expression"

// unexpected reports a token that cannot stand where it does.
func (p *parser) unexpected(wanted string) {
	p.failAt(p.tok, KindSyntax, "", fmt.Sprintf("expected %s, found %s%s", wanted, p.found(), p.hint()))
}

// found describes the token for messages.
func (p *parser) found() string {
	if p.tok.kind == tokEnd {
		return "the end"
	}
	if p.tok.kind == tokText {
		return clipped(p.text(p.tok))
	}
	return quote(p.text(p.tok))
}

func (p *parser) failLexing(t token) {
	text := p.text(t)
	switch t.why {
	case KindUnterminated:
		p.failAt(t, t.why, "", "quote is never closed (double a quote within a text)")
	case KindDateTime:
		p.failAt(t, t.why, text, fmt.Sprintf("%s has no time zone (add \"Z\" or an offset; a \"+\" in a URL is written %%2B)", text))
	case KindCharacter:
		p.failAt(t, t.why, text, fmt.Sprintf("character %s does not belong here%s", quote(text), p.hint()))
	default:
		p.failAt(t, t.why, text, fmt.Sprintf("%s is not a valid literal", clipped(text)))
	}
}

// hint suggests the OData word when the token is what other languages write.
func (p *parser) hint() string {
	if p.tok.kind == tokText {
		return " (a text is written in single quotes)"
	}
	if word := instead(p.text(p.tok)); word != "" {
		return fmt.Sprintf(" (did you mean %q?)", word)
	}
	return ""
}

func instead(text string) string {
	switch strings.ToLower(text) {
	case "=", "==", "is", "equals":
		return "eq"
	case "!":
		return "ne"
	case "<":
		return "lt"
	case ">":
		return "gt"
	case "&":
		return "and"
	case "|":
		return "or"
	case "like":
		return "contains(…)"
	}
	return ""
}

// quote puts a piece of the source between double quotes, as it stands there.
func quote(text string) string { return `"` + clipped(text) + `"` }

// clipped shortens what would fill a message.
func clipped(text string) string {
	const most = 40
	if len(text) <= most {
		return text
	}
	cut := most
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
