package behavior

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// rowTest tells whether a row of a report, whose members are columns, is wanted.
type rowTest func(row entity.Object) bool

// reportTokens are what the filter of a report is made of.
var reportTokens = regexp.MustCompile(`'(?:[^']|'')*'|[(),]|[^\s(),']+`)

// reportFilter reads the filter of a report: comparisons, contains and startswith,
// joined by and, or and not. It is false for what it cannot read. A column that
// a row lacks is as wanted: the fake does not know what it would be.
func reportFilter(filter string) (rowTest, bool) {
	p := &filterReader{tokens: reportTokens.FindAllString(filter, -1)}
	if len(p.tokens) == 0 {
		return func(entity.Object) bool { return true }, true
	}
	test := p.either()
	return test, test != nil && len(p.tokens) == 0
}

// filterReader reads by recursive descent; nil stands for what is no filter.
type filterReader struct{ tokens []string }

func (p *filterReader) next() (token string) {
	if len(p.tokens) > 0 {
		token, p.tokens = p.tokens[0], p.tokens[1:]
	}
	return token
}

func (p *filterReader) takes(word string) bool {
	if len(p.tokens) > 0 && strings.EqualFold(p.tokens[0], word) {
		p.tokens = p.tokens[1:]
		return true
	}
	return false
}

func (p *filterReader) either() rowTest {
	test := p.both()
	for test != nil && p.takes("or") {
		one, other := test, p.both()
		if other == nil {
			return nil
		}
		test = func(row entity.Object) bool { return one(row) || other(row) }
	}
	return test
}

func (p *filterReader) both() rowTest {
	test := p.single()
	for test != nil && p.takes("and") {
		one, other := test, p.single()
		if other == nil {
			return nil
		}
		test = func(row entity.Object) bool { return one(row) && other(row) }
	}
	return test
}

func (p *filterReader) single() rowTest {
	if p.takes("not") {
		test := p.single()
		if test == nil {
			return nil
		}
		return func(row entity.Object) bool { return !test(row) }
	}
	if p.takes("(") {
		test := p.either()
		if !p.takes(")") {
			return nil
		}
		return test
	}
	name := p.next()
	if p.takes("(") {
		return p.call(name)
	}
	return comparison(name, p.next(), p.next())
}

// call is a function of a column and a text.
func (p *filterReader) call(name string) rowTest {
	column := p.next()
	comma, literal, closed := p.takes(","), p.next(), p.takes(")")
	has := map[string]func(s, part string) bool{"contains": strings.Contains, "startswith": strings.HasPrefix, "endswith": strings.HasSuffix}[strings.ToLower(name)]
	if has == nil || !comma || !closed {
		return nil
	}
	part := strings.ToLower(filterText(literal))
	return func(row entity.Object) bool {
		return !row.Has(column) || has(strings.ToLower(cellText(row, column)), part)
	}
}

func comparison(column, operator, literal string) rowTest {
	holds := map[string]func(order int) bool{
		"eq": func(n int) bool { return n == 0 }, "ne": func(n int) bool { return n != 0 },
		"gt": func(n int) bool { return n > 0 }, "ge": func(n int) bool { return n >= 0 },
		"lt": func(n int) bool { return n < 0 }, "le": func(n int) bool { return n <= 0 },
	}[strings.ToLower(operator)]
	if holds == nil || literal == "" {
		return nil
	}
	wanted := filterText(literal)
	return func(row entity.Object) bool {
		return !row.Has(column) || holds(compareReported(cellText(row, column), wanted))
	}
}

// compareReported orders two cells, as numbers where both are.
func compareReported(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(strings.ToLower(a), strings.ToLower(b))
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// filterText is what a literal of a filter stands for.
func filterText(literal string) string {
	if quoted, ok := strings.CutPrefix(literal, "'"); ok {
		return strings.ReplaceAll(strings.TrimSuffix(quoted, "'"), "''", "'")
	}
	return literal
}

// cellText is a cell as text.
func cellText(row entity.Object, column string) string {
	if s, ok := row.String(column); ok {
		return s
	}
	raw, _ := row.Get(column)
	return string(raw)
}
