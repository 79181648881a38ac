package behavior

// Evidence for the columns by which items of a list filter and sort:
//   - reported, with the words: a column without an index is refused unless the
//     client sends the preference (microsoftgraph/microsoft-graph-docs#2279,
//     O365/python-o365#593).
//   - assumed (2026-11): the code; of the columns that every list has, id alone
//     has an index; the preference is echoed.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const wantNonIndexed = "HonorNonIndexedQueriesWarningMayFailRandomly"

var _ Asked = ListItem{}

// Asked implements [Asked].
func (ListItem) Asked(tx Tx, paths []string) *grapherr.Error {
	if tx.Prefers(wantNonIndexed) {
		tx.Applied(wantNonIndexed)
		return nil
	}
	for _, path := range paths {
		navigation, name, within := strings.Cut(path, "/")
		if within && strings.EqualFold(navigation, "fields") && !indexed(tx, name) {
			return &grapherr.Error{Status: 400, Code: "invalidRequest", Message: "Field '" + name + "' cannot be referenced in filter or orderby as it is not indexed. " +
				"Provide the 'Prefer: " + wantNonIndexed + "' header to allow this, but be warned that such queries may fail on large lists."}
		}
	}
	return nil
}

// indexed reports whether a column of the list has an index.
func indexed(tx Tx, name string) bool {
	if strings.EqualFold(name, "id") {
		return true
	}
	column, _ := tx.By(Below(tx.Parent(), "columns"), "name", name)
	return jsonOf(column.Object, "indexed") == "true"
}
