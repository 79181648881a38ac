package behavior

// Evidence for the notebooks used lately (page getRecentNotebooks, 2023):
//   - documented: name, time, links and service of notebooks; without personal
//     notebooks, those that the user owns are left out.
//   - assumed (2026-11): a notebook counts as used when it was last changed.

import (
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// recentNotebooks answers getRecentNotebooks.
func recentNotebooks(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	recent := []Entity{}
	for book := range tx.All(tx.Collection()) {
		if text(book.Object, "userRole") == "Owner" && !saidTrue(p, "includePersonalNotebooks") {
			continue
		}
		one := fields("displayName", quoted(text(book.Object, "displayName")), "lastAccessedTime", quoted(text(book.Object, "lastModifiedDateTime")),
			"sourceService", `"OneDriveForBusiness"`)
		if links := inner(book.Object, "links"); links != nil {
			one.Set("links", links.JSON())
		}
		recent = append(recent, New(one...))
	}
	sort.SliceStable(recent, func(i, j int) bool {
		a, b := recent[i], recent[j]
		return strings.Compare(text(b.Object, "lastAccessedTime"), text(a.Object, "lastAccessedTime")) < 0
	})
	return ListOf(recent...), nil
}
