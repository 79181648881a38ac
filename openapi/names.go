package openapi

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// Graph compares names in URLs without regard to ASCII case (graph-behaviour
// §1.4). The comparisons here do no more than that, so they allocate nothing.

func equalFold(a, b string) bool {
	return len(a) == len(b) && table.CompareFold(a, b) == 0
}

// Namespace and alias of Graph's main schema, each with the dot behind it.
const (
	namespace = "microsoft.graph."
	alias     = "graph."
)

// unqualify cuts Graph's namespace or its alias off a name, and reports
// whether there was one.
func unqualify(name string) (string, bool) { return table.CutNamespace(name) }

// mostSuggestions is how many names a "did you mean" offers.
const mostSuggestions = 3

// mostEdits is how far a name may be from what was written to be offered.
const mostEdits = 3

// suggest picks the names that are close enough to what was written to be
// meant by it, closest first.
func suggest(written string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	if len(written) > 100 {
		return nil
	}
	limit := min(max(1, len(written)/3), mostEdits)
	var close []candidate
	for _, name := range names {
		if abs(len(name)-len(written)) > limit {
			continue
		}
		if d := distance(written, name); d <= limit && name != written {
			close = append(close, candidate{name, d})
		}
	}
	sort.Slice(close, func(i, j int) bool {
		a, b := close[i], close[j]
		return cmp.Or(a.distance-b.distance, strings.Compare(a.name, b.name)) < 0
	})
	var found []string
	for _, c := range close {
		if len(found) < mostSuggestions && !slices.Contains(found, c.name) {
			found = append(found, c.name)
		}
	}
	return found
}

// didYouMean words suggestions for the end of a text; empty without any.
func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return ` (did you mean "` + strings.Join(names, `" or "`) + `"?)`
}

// distance is the number of single-character edits between two names in lower
// case; swapping two neighbours counts as one.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if table.Lower(a[i]) == table.Lower(b[j]) {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && table.Lower(a[i]) == table.Lower(b[j-1]) && table.Lower(a[i-1]) == table.Lower(b[j]) {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
