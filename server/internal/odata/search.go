package odata

import (
	"fmt"
	"strings"
)

// Search is a node of a $search expression. The set is closed: [*SearchTerm],
// [*SearchNot], [*SearchAnd] and [*SearchOr].
type Search interface {
	// Offset counts bytes of the decoded option text.
	Offset() int
	search()
}

// SearchTerm is a word or a phrase. What stands before a colon within it, such as
// displayName, is for the service to read.
type SearchTerm struct {
	At     int
	Text   string // without quotes and the backslashes before quotes and backslashes
	Quoted bool   // written in double quotes, as Graph demands of every clause
}

// SearchNot asks that the operand does not match.
type SearchNot struct {
	At      int
	Operand Search
}

// SearchAnd asks that both operands match, whether AND was written or not.
type SearchAnd struct {
	At          int // where AND stands, else the right operand
	Left, Right Search
}

// SearchOr asks that one of the operands matches.
type SearchOr struct {
	At          int
	Left, Right Search
}

func (n *SearchTerm) Offset() int { return n.At }
func (n *SearchNot) Offset() int  { return n.At }
func (n *SearchAnd) Offset() int  { return n.At }
func (n *SearchOr) Offset() int   { return n.At }

func (*SearchTerm) search() {}
func (*SearchNot) search()  {}
func (*SearchAnd) search()  {}
func (*SearchOr) search()   {}

// ParseSearch reads a decoded $search. AND, OR and NOT are operators wherever
// they stand as words in capitals, so as a term they need quotes. NOT binds
// tightest, then AND, then OR. The error is an [*Error].
func ParseSearch(s string) (Search, error) {
	var p parser
	p.begin(OptionSearch.String(), s)
	tree := p.search()
	if err := p.end(); err != nil {
		return nil, err
	}
	return tree, nil
}

// search reads from the lexer's position, where no token is read yet, and ends
// with the token that follows.
func (p *parser) search() Search {
	tree := p.searchOr()
	p.next()
	return tree
}

func (p *parser) searchOr() Search {
	defer p.leave()
	if !p.enter() {
		return nil
	}
	left := p.searchAnd()
	for p.err == nil && p.searchWord() == "OR" {
		node := &SearchOr{At: p.pos, Left: left}
		p.pos += len("OR")
		node.Right = p.searchAnd()
		left = node
	}
	return left
}

func (p *parser) searchAnd() Search {
	left := p.searchNot()
	for p.err == nil && p.searchFollows() {
		node := &SearchAnd{At: p.pos, Left: left}
		if p.searchWord() == "AND" {
			p.pos += len("AND")
		}
		node.Right = p.searchNot()
		left = node
	}
	return left
}

// searchFollows reports whether AND or another operand comes next.
func (p *parser) searchFollows() bool {
	word := p.searchWord()
	return word != "" && word != "OR" || p.pos < len(p.src) && (p.src[p.pos] == '(' || p.src[p.pos] == '"')
}

func (p *parser) searchNot() Search {
	if p.searchWord() != "NOT" {
		return p.searchPrimary()
	}
	defer p.leave()
	if !p.enter() {
		return nil
	}
	node := &SearchNot{At: p.pos}
	p.pos += len("NOT")
	node.Operand = p.searchNot()
	return node
}

func (p *parser) searchPrimary() Search {
	word := p.searchWord()
	at := p.pos
	switch {
	case word == "AND" || word == "OR":
		p.fail(KindSyntax, at, "", fmt.Sprintf("expected a term before %s (in double quotes %s is a term)", word, word))
	case word != "":
		p.pos += len(word)
		return &SearchTerm{At: at, Text: word}
	case at < len(p.src) && p.src[at] == '"':
		return p.searchPhrase()
	case at < len(p.src) && p.src[at] == '(':
		p.pos++
		tree := p.searchOr()
		if p.skipBlanks(); p.err == nil && p.pos < len(p.src) && p.src[p.pos] == ')' {
			p.pos++
			return tree
		}
		p.fail(KindExpected, p.pos, "')'", "expected ')' after the terms")
	default:
		p.fail(KindExpected, at, subjectExpression, "expected a term")
	}
	return nil
}

// searchPhrase reads "…", in which a backslash stands before a quote or another
// backslash.
func (p *parser) searchPhrase() Search {
	t := p.jsonTextToken()
	if t.kind == tokBad {
		p.fail(KindUnterminated, t.at, "", "quote is never closed (within a phrase write \\\")")
		return nil
	}
	text := p.src[t.at+1 : t.end-1]
	if strings.IndexByte(text, '\\') >= 0 {
		text = searchUnescape.Replace(text)
	}
	if text == "" {
		p.fail(KindSyntax, t.at, "", "the phrase is empty")
	}
	return &SearchTerm{At: t.at, Text: text, Quoted: true}
}

var (
	searchUnescape = strings.NewReplacer(`\\`, `\`, `\"`, `"`)
	searchEscape   = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
)

// searchWord returns the word that comes next, without taking it; "" when a
// phrase, a parenthesis, a semicolon or the end comes next.
func (p *parser) searchWord() string {
	p.skipBlanks()
	end := p.pos
	for end < len(p.src) && !isBlank(p.src[end]) && strings.IndexByte(`"();`, p.src[end]) < 0 {
		end++
	}
	return p.src[p.pos:end]
}
