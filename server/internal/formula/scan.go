package formula

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordByte reports whether a byte is of a name, a number or a reference.
//
//go:noinline
func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '.' || c == '$' || c == '\\' || c == '?' || c >= utf8.RuneSelf
}

// wordEnd is where the word that begins at a place ends.
func wordEnd(text string, at int) int {
	for at < len(text) && wordByte(text[at]) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r >= utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		at += size
	}
	return at
}

func (p *parser) number() node {
	from := p.at
	digits := func() {
		for p.at < len(p.text) && (p.peek() >= '0' && p.peek() <= '9' || p.peek() == '.') {
			p.at++
		}
	}
	digits()
	if mark := p.at; p.peek() == 'e' || p.peek() == 'E' {
		if p.at++; p.peek() == '+' || p.peek() == '-' {
			p.at++
		}
		if c := p.peek(); c < '0' || c > '9' {
			p.at = mark
		}
		digits()
	}
	n, err := strconv.ParseFloat(p.text[from:p.at], 64)
	return p.either(literal{n}, err == nil)
}

// quoted reads a text in quotes, doubled ones standing for themselves.
func (p *parser) quoted(quote byte) (string, bool) {
	from := p.at + 1
	for i := from; i < len(p.text); i++ {
		if p.text[i] != quote {
			continue
		}
		if i+1 < len(p.text) && p.text[i+1] == quote {
			i++
			continue
		}
		p.at = i + 1
		return strings.ReplaceAll(p.text[from:i], string(quote)+string(quote), string(quote)), true
	}
	return "", false
}
