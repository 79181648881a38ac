package graph

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// readSearch plans $search into a predicate, in the form that the service has
// (graph-behaviour §2.12).
func (q *run) readSearch(query *odata.Query, t *openapi.Type) *refusal {
	if !query.Given.Has(odata.OptionSearch) {
		return nil
	}
	p := &searchPlanner{run: q, typ: t}
	test := p.plan(query.Search)
	if p.refused != nil {
		return p.refused
	}
	if filter := q.options.filter; filter != nil {
		q.options.filter = func(s *scope) bool { return filter(s) && test(s) }
		return nil
	}
	q.options.filter = test
	return nil
}

type searchPlanner struct {
	run     *run
	typ     *openapi.Type
	refused *refusal
}

func (p *searchPlanner) plan(n odata.Search) predicate {
	switch n := n.(type) {
	case *odata.SearchAnd:
		a, b := p.plan(n.Left), p.plan(n.Right)
		return func(s *scope) bool { return a(s) && b(s) }
	case *odata.SearchOr:
		a, b := p.plan(n.Left), p.plan(n.Right)
		return func(s *scope) bool { return a(s) || b(s) }
	case *odata.SearchNot:
		inner := p.plan(n.Operand)
		return func(s *scope) bool { return !inner(s) }
	case *odata.SearchTerm:
		return p.term(n)
	}
	return func(*scope) bool { return true }
}

// term is one clause: "property:text" in the directory, KQL elsewhere.
func (p *searchPlanner) term(n *odata.SearchTerm) predicate {
	if p.run.op.Family == openapi.FamilyDirectory {
		return p.directory(n)
	}
	p.run.options.judged = append(p.run.options.judged, keywordDefaults...)
	for _, paths := range keywordPaths {
		p.run.options.judged = append(p.run.options.judged, paths...)
	}
	return keywords(n.Text)
}

// tokenised are the directory's properties that are matched token by token;
// others by their beginning (D).
var tokenised = []string{"displayName", "description"}

func (p *searchPlanner) directory(n *odata.SearchTerm) predicate {
	name, text, found := strings.Cut(n.Text, ":")
	if !n.Quoted || !found {
		p.refuse("Syntax error: character '" + firstOr(n.Text, ":") + "' is not valid at position 0 in '" + n.Text + "'.")
		return nil
	}
	property := propertyOf(p.typ, strings.TrimSpace(name))
	if property == nil || property.Type.Name != "Edm.String" {
		p.refuse(fmt.Sprintf("Unrecognized property '%s' in $search.", name))
		return nil
	}
	p.run.options.judged = append(p.run.options.judged, property.Name)
	want := strings.ToLower(strings.TrimSpace(text))
	if slices.Contains(tokenised, property.Name) {
		tokens := tokensOf(want)
		return func(s *scope) bool { return holdsTokens(textIn(s.item.data, property), tokens) }
	}
	return func(s *scope) bool {
		return slices.ContainsFunc(textIn(s.item.data, property), func(v string) bool { return strings.HasPrefix(strings.ToLower(v), want) })
	}
}

func firstOr(text, otherwise string) string {
	for _, r := range text {
		return string(r)
	}
	return otherwise
}

func (p *searchPlanner) refuse(message string) {
	if p.refused == nil {
		p.refused = &refusal{
			err:    &grapherr.Error{Status: 400, Code: "Request_BadRequest", Message: message},
			reason: "$search: want \"property:text\" in double quotes, of a text property of " + typeName(p.typ),
		}
	}
}

// textIn is the text of a property, or of each value of a collection.
func textIn(data []byte, p *openapi.Property) []string {
	raw, _ := entity.Field(data, p.Name)
	if text, ok := entity.Unquote(raw); ok {
		return []string{text}
	}
	var all []string
	for item := range entity.Elements(raw) {
		if text, ok := entity.Unquote(item); ok {
			all = append(all, text)
		}
	}
	return all
}

// holdsTokens reports whether each wanted token begins one of the text's.
func holdsTokens(texts, want []string) bool {
	for _, text := range texts {
		have := tokensOf(text)
		all := !slices.ContainsFunc(want, func(w string) bool {
			return !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) })
		})
		if all {
			return true
		}
	}
	return false
}

// tokensOf cuts text at blanks, symbols, digits and where a capital follows a
// small letter (D), in lower case. The whole words are tokens too.
func tokensOf(text string) []string {
	var tokens []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		tokens = append(tokens, strings.ToLower(word))
		begin, last := 0, rune(0)
		for i, r := range word {
			if last != 0 && (unicode.IsLower(last) && unicode.IsUpper(r) || unicode.IsDigit(last) != unicode.IsDigit(r)) {
				tokens = append(tokens, strings.ToLower(word[begin:i]))
				begin = i
			}
			last = r
		}
		if begin > 0 {
			tokens = append(tokens, strings.ToLower(word[begin:]))
		}
	}
	return tokens
}
