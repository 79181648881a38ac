package odata

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is the kind of a token. Punctuation has its own character as kind.
type tokenKind uint8

const (
	tokEnd     tokenKind = iota
	tokBad               // token.why says what is wrong
	tokName              // name, or names joined by dots
	tokSystem            // "$" and a name
	tokAt                // "@" and a name, dotted or not, with "#qualifier" or not
	tokLiteral           // token.lit says which
	tokText              // double-quoted, as within JSON
)

type token struct {
	kind  tokenKind
	lit   LiteralKind
	at    int
	end   int
	quote int  // of a quoted literal: where its opening quote stands
	why   Kind // of tokBad
}

// lexer cuts src into tokens. The words null, true, false, INF and NaN are names
// here, since only what follows tells them from a property or function.
type lexer struct {
	src string
	pos int
}

func (l *lexer) text(t token) string { return l.src[t.at:t.end] }

// scan returns the next token. At the end of src it returns tokEnd for ever.
func (l *lexer) scan() token {
	l.skipBlanks()
	at := l.pos
	if at >= len(l.src) {
		return token{kind: tokEnd, at: len(l.src), end: len(l.src)}
	}
	switch c := l.src[at]; classes[c] {
	case classQuote:
		return l.quoted(at, at, LiteralString)
	case classText:
		return l.jsonTextToken()
	case classMark:
		return l.marked(c)
	case classDigit:
		return l.digits()
	case classSign:
		return l.signed(c)
	case classLetter:
		return l.word()
	case classPunctuation:
		l.pos++
		return token{kind: tokenKind(c), at: at, end: l.pos}
	}
	return l.badCharacter()
}

func (l *lexer) skipBlanks() {
	for l.pos < len(l.src) && isBlank(l.src[l.pos]) {
		l.pos++
	}
}

// word reads a name, or a literal that begins with a letter: a GUID, or a prefix
// with a quoted text.
func (l *lexer) word() token {
	at := l.pos
	if guidAt(l.src, at) {
		return l.literal(LiteralGUID, at+guidLength)
	}
	end := qualifiedEnd(l.src, at)
	if end == at {
		return l.badCharacter()
	}
	if end < len(l.src) && l.src[end] == '\'' {
		return l.quoted(at, end, prefixKind(l.src[at:end]))
	}
	l.pos = end
	return token{kind: tokName, at: at, end: end}
}

// marked reads $name or @name.
func (l *lexer) marked(mark byte) token {
	at := l.pos
	kind, end := tokSystem, nameEnd(l.src, at+1)
	if mark == '@' {
		kind, end = tokAt, qualifiedEnd(l.src, at+1)
	}
	if end == at+1 {
		return l.badCharacter()
	}
	if mark == '@' && end < len(l.src) && l.src[end] == '#' {
		if q := nameEnd(l.src, end+1); q > end+1 {
			end = q
		}
	}
	l.pos = end
	return token{kind: kind, at: at, end: end}
}

// quoted reads a literal whose quote opens at quote; a doubled quote stands for one.
func (l *lexer) quoted(at, quote int, kind LiteralKind) token {
	for i := quote + 1; ; i += 2 {
		n := strings.IndexByte(l.src[i:], '\'')
		if n < 0 {
			return l.bad(at, len(l.src), KindUnterminated)
		}
		i += n
		if i+1 < len(l.src) && l.src[i+1] == '\'' {
			continue
		}
		l.pos = i + 1
		if !validQuoted(kind, unquote(l.src[quote:l.pos])) {
			return l.bad(at, l.pos, KindLiteral)
		}
		return token{kind: tokLiteral, lit: kind, at: at, end: l.pos, quote: quote}
	}
}

// jsonTextToken reads "…", where a backslash keeps a quote from ending it.
func (l *lexer) jsonTextToken() token {
	at := l.pos
	for i := at + 1; i < len(l.src); i++ {
		switch l.src[i] {
		case '\\':
			i++
		case '"':
			l.pos = i + 1
			return token{kind: tokText, at: at, end: l.pos}
		}
	}
	return l.bad(at, len(l.src), KindUnterminated)
}

// literal ends an unquoted literal, which must not run on into a name.
func (l *lexer) literal(kind LiteralKind, end int) token {
	at := l.pos
	if end < len(l.src) && (l.src[end] == '-' || l.src[end] >= utf8.RuneSelf || isNameByte(l.src[end])) {
		return l.badLiteral(at)
	}
	l.pos = end
	return token{kind: tokLiteral, lit: kind, at: at, end: end}
}

// badLiteral takes all that looks like one literal, so that messages show it whole.
func (l *lexer) badLiteral(at int) token {
	end := at + 1
	for end < len(l.src) && (isNameByte(l.src[end]) || strings.IndexByte("-.:+", l.src[end]) >= 0) {
		end++
	}
	return l.bad(at, end, KindLiteral)
}

func (l *lexer) badCharacter() token {
	_, size := utf8.DecodeRuneInString(l.src[l.pos:])
	return l.bad(l.pos, l.pos+size, KindCharacter)
}

func (l *lexer) bad(at, end int, why Kind) token {
	l.pos = end
	return token{kind: tokBad, at: at, end: end, why: why}
}

// qualifiedEnd returns the end of the names joined by dots that begin at i, or i.
func qualifiedEnd(s string, i int) int {
	end := nameEnd(s, i)
	for end > i && end < len(s) && s[end] == '.' {
		next := nameEnd(s, end+1)
		if next == end+1 {
			break
		}
		end = next
	}
	return end
}

// nameEnd returns the end of the OData identifier that begins at i, or i.
func nameEnd(s string, i int) int {
	start := i
	for i < len(s) {
		c := s[i]
		if c < utf8.RuneSelf {
			if classes[c] != classLetter && (i == start || classes[c] != classDigit) {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.In(r, unicode.L, unicode.Nl) && (i == start || !unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Pc, unicode.Cf)) {
			break
		}
		i += size
	}
	return i
}

type class uint8

const (
	classOther class = iota
	classLetter
	classDigit
	classSign
	classQuote
	classText
	classMark
	classPunctuation
)

var classes = func() (t [256]class) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c >= utf8.RuneSelf:
			t[c] = classLetter
		case '0' <= c && c <= '9':
			t[c] = classDigit
		}
	}
	for _, c := range []byte("(),:;/=*.[]{}") {
		t[c] = classPunctuation
	}
	t['-'], t['+'], t['\''], t['"'], t['$'], t['@'] = classSign, classSign, classQuote, classText, classMark, classMark
	return t
}()

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNameByte reports whether c can stand in an ASCII name.
func isNameByte(c byte) bool {
	return c < utf8.RuneSelf && (classes[c] == classLetter || classes[c] == classDigit)
}
