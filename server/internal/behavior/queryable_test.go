package behavior

import (
	"slices"
	"strings"
	"testing"
)

// The table is in order, says each thing once, and speaks of words that are known.
func TestQueryableTable(t *testing.T) {
	known := []string{"eq", "ne", "not", "ge", "le", "in", "startswith", "endswith", "contains", "count", "null", "$search", "$orderby"}
	last := ""
	for line := range strings.Lines(queryableTable) {
		column := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(column) != 3 || line <= last {
			t.Errorf("%q after %q", line, last)
		}
		last = line
		for word := range strings.FieldsSeq(column[2]) {
			if !slices.Contains(known, word) {
				t.Errorf("%q: %q", line, word)
			}
		}
	}
	for _, name := range userAdvanced {
		if QueryableOf("microsoft.graph.user").Properties[name]&QueryEqual == 0 {
			t.Errorf("%s filters in advanced queries, but not at all", name)
		}
	}
}
