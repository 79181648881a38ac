package graph

import (
	"regexp"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// keywordRange is what a clause of KQL asks of a time or a number: from a first
// value on and before a last one. Evidence: times and sizes are compared or
// given as ranges, "received:07/23/2018", "size:1..500000" (D, page of search);
// received>=2020-01-01 (R, 2020).
type keywordRange struct {
	path        string
	from, until scalar // zero where the range is open
	not         bool
}

// comparedKeywords are the properties that compare, with where they are kept.
var comparedKeywords = map[string]string{"received": "receivedDateTime", "sent": "sentDateTime", "size": "size"}

var keywordOperator = regexp.MustCompile(`^([A-Za-z]+)\s*(<>|>=|<=|>|<|=|:)\s*(\S.*)$`)

// compared plans a clause that compares; false where it is none.
func compared(text string) (predicate, bool) {
	parts := keywordOperator.FindStringSubmatch(strings.Trim(text, `"' `))
	if parts == nil || comparedKeywords[strings.ToLower(parts[1])] == "" {
		return nil, false
	}
	r := keywordRange{path: comparedKeywords[strings.ToLower(parts[1])]}
	first, last, isRange := strings.Cut(parts[3], "..")
	begin, end, known := keywordValue(first)
	if isRange && known {
		_, end, known = keywordValue(last)
	}
	if !known {
		return nil, false
	}
	switch operator := parts[2]; operator {
	case ">=":
		r.from = begin
	case ">":
		r.from = end
	case "<":
		r.until = begin
	case "<=":
		r.until = end
	default:
		r.from, r.until, r.not = begin, end, operator == "<>"
	}
	return r.holds, true
}

func (r *keywordRange) holds(s *scope) bool {
	raw, ok := entity.Field(s.item.data, r.path)
	if !ok || isNull(raw) {
		return false
	}
	value := toScalar(raw, "Edm.DateTimeOffset")
	if r.path == "size" {
		value = toScalar(raw, "Edm.Int64")
	}
	inside := (r.from.Kind == nullScalar || value.compare(r.from) >= 0) && (r.until.Kind == nullScalar || value.compare(r.until) < 0)
	return inside != r.not
}

// keywordLayouts are the forms of days and times in KQL.
var keywordLayouts = []string{time.DateOnly, "01/02/2006", "1/2/2006"}

// keywordValue is where a value begins, and where the next one does: of a day
// midnight and midnight.
func keywordValue(text string) (begin, end scalar, known bool) {
	text = strings.Trim(text, `"' `)
	for _, layout := range keywordLayouts {
		if day, err := time.Parse(layout, text); err == nil {
			return timeOf(day), timeOf(day.AddDate(0, 0, 1)), true
		}
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return timeOf(at), timeOf(at.Add(time.Second)), true
	}
	if digits(text) {
		n := toScalar([]byte(text), "Edm.Int64")
		end = n
		end.Number++
		return n, end, true
	}
	return begin, end, false
}

func timeOf(t time.Time) scalar { return scalar{Kind: timeScalar, Time: t} }
