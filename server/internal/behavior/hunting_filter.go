package behavior

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// where keeps the rows that a condition of KQL holds for: comparisons of columns with
// values, joined by "and" and "or", with parentheses.
func (h *hunt) where(condition string) (bool, *grapherr.Error) {
	f := huntingFilter{h: h, tokens: huntingTokens.FindAllString(condition, -1)}
	holds := f.either()
	if f.fault != nil || f.strange || len(f.tokens) > 0 || holds == nil {
		return false, f.fault
	}
	h.rows = slices.DeleteFunc(slices.Clone(h.rows), func(row entity.Object) bool { return !holds(row) })
	return true, nil
}

// huntingTokens are texts, names, numbers, operators and parentheses.
var huntingTokens = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!?[A-Za-z_][\w.]*~?|-?\d[\w.:-]*|[=!<>]=|=~|!~|[<>(),]|\S`)

// huntingFilter reads a condition.
type huntingFilter struct {
	h       *hunt
	tokens  []string
	strange bool // it has what is not read
	fault   *grapherr.Error
}

type huntingTest func(row entity.Object) bool

func (f *huntingFilter) next() string {
	if len(f.tokens) == 0 {
		f.strange = true
		return ""
	}
	token := f.tokens[0]
	f.tokens = f.tokens[1:]
	return token
}

func (f *huntingFilter) took(token string) bool {
	if len(f.tokens) > 0 && strings.EqualFold(f.tokens[0], token) {
		f.tokens = f.tokens[1:]
		return true
	}
	return false
}

func (f *huntingFilter) either() huntingTest {
	all := []huntingTest{f.both()}
	for f.took("or") {
		all = append(all, f.both())
	}
	return func(row entity.Object) bool {
		return slices.ContainsFunc(all, func(t huntingTest) bool { return t(row) })
	}
}

func (f *huntingFilter) both() huntingTest {
	all := []huntingTest{f.one()}
	for f.took("and") {
		all = append(all, f.one())
	}
	return func(row entity.Object) bool {
		return !slices.ContainsFunc(all, func(t huntingTest) bool { return !t(row) })
	}
}

// one reads a comparison, a test for emptiness or what is in parentheses.
func (f *huntingFilter) one() huntingTest {
	if f.took("(") {
		inside := f.either()
		f.strange = f.strange || !f.took(")")
		return inside
	}
	name := f.next()
	empty := strings.EqualFold(name, "isempty")
	if empty || strings.EqualFold(name, "isnotempty") {
		f.strange = f.strange || !f.took("(")
		name = f.known(f.next())
		f.strange = f.strange || !f.took(")")
		return func(row entity.Object) bool { return (huntedText(row, name) == "") == empty }
	}
	name = f.known(name)
	operator := strings.ToLower(f.next())
	values := f.values(strings.HasPrefix(strings.TrimPrefix(operator, "!"), "in"))
	operator, not := strings.CutPrefix(operator, "!")
	compare := huntingOperators[operator]
	f.strange = f.strange || compare == nil
	return func(row entity.Object) bool {
		return slices.ContainsFunc(values, func(v string) bool { return compare(huntedText(row, name), v) }) != not
	}
}

func (f *huntingFilter) known(name string) string {
	_, judged, fault := f.h.column(name)
	if f.fault == nil {
		f.fault = fault
	}
	f.strange = f.strange || !judged
	return name
}

// huntedText is a value as comparisons have it.
func huntedText(row entity.Object, name string) string {
	if s, ok := row.String(name); ok {
		return s
	}
	return or(jsonOf(row, name), "")
}

// huntingOperators are those without the "!" in front. So "!=" is "=" and "!~" is "~".
var huntingOperators = map[string]func(a, b string) bool{
	"==": func(a, b string) bool { return a == b }, "=": func(a, b string) bool { return a == b },
	"=~": strings.EqualFold, "~": strings.EqualFold,
	"in": func(a, b string) bool { return a == b }, "in~": strings.EqualFold,
	"has": holdsText, "contains": holdsText,
	"startswith": func(a, b string) bool { return strings.HasPrefix(strings.ToLower(a), strings.ToLower(b)) },
	"endswith":   func(a, b string) bool { return strings.HasSuffix(strings.ToLower(a), strings.ToLower(b)) },
	"<":          func(a, b string) bool { return compareHunted(a, b) < 0 }, "<=": func(a, b string) bool { return compareHunted(a, b) <= 0 },
	">": func(a, b string) bool { return compareHunted(a, b) > 0 }, ">=": func(a, b string) bool { return compareHunted(a, b) >= 0 },
}

func holdsText(a, b string) bool { return strings.Contains(strings.ToLower(a), strings.ToLower(b)) }

// values reads one value, or a list of them in parentheses.
func (f *huntingFilter) values(several bool) (values []string) {
	if !several {
		return []string{f.value()}
	}
	f.strange = f.strange || !f.took("(")
	for !f.strange {
		values = append(values, f.value())
		if !f.took(",") {
			break
		}
	}
	f.strange = f.strange || !f.took(")")
	return values
}

// value reads a text, a number, a Boolean or a time.
func (f *huntingFilter) value() string {
	token := f.next()
	switch {
	case token == "":
		return ""
	case token[0] == '"' || token[0] == '\'':
		return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\'`, `'`).Replace(token[1 : len(token)-1])
	case strings.EqualFold(token, "datetime"):
		return f.argument()
	case strings.EqualFold(token, "ago"):
		span, ok := huntingSpan(f.argument())
		f.strange = f.strange || !ok
		return instant(f.h.tx.Now().Add(-span))
	case strings.EqualFold(token, "now"):
		f.strange = f.strange || !f.took("(") || !f.took(")")
		return instant(f.h.tx.Now())
	case token == "true" || token == "false" || token[0] == '-' || '0' <= token[0] && token[0] <= '9':
		return token
	}
	f.strange = true
	return ""
}

// argument is the one of a function, in parentheses.
func (f *huntingFilter) argument() string {
	f.strange = f.strange || !f.took("(")
	value := f.next()
	f.strange = f.strange || !f.took(")")
	return strings.Trim(value, `"'`)
}

// huntingSpan reads a span of KQL: 7d, 12h, 30m, 10s.
func huntingSpan(s string) (time.Duration, bool) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		return lasting("P" + days + "D")
	}
	span, err := time.ParseDuration(s)
	return span, err == nil
}
