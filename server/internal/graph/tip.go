package graph

import (
	"strings"

	"github.com/google/uuid"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Evidence for @microsoft.graph.tips:
//   - reported (feature request of the service's team, 2023-06; captures in pages
//     of 2024 and 2026): with Prefer: ms-graph-dev-mode a read without $select
//     brings a hint to use it, behind context, count and link: that there are
//     more properties, or else two of those there are.
//   - assumed (2026-11): the two are the first that the type declares itself;
//     the preference is not echoed.

// tip appends the hint to an answer that is open, for a client that wants it.
func (q *run) tip(b []byte) []byte {
	t := q.place.typ
	if t == nil || t.Kind != openapi.EntityType || q.op.Method != "GET" || q.options.selection != nil || !q.wishesFor(wantTips) {
		return b
	}
	q.tipped = true
	v := behavior.VisibilityOf(t.Name)
	text := "Use $select to choose only the properties your app needs, as this can lead to performance improvements. For example: GET " +
		q.tippedPath() + "?$select=" + strings.Join(twoOf(t), ",")
	if len(v.OnSelect) > 0 {
		text = "This request only returns a subset of the resource's properties. Your app will need to use $select to return non-default properties. " +
			"To find out what other properties are available for this resource see https://learn.microsoft.com/graph/api/resources/" + shortName(t.Name)
	}
	return append(entity.Quote(append(b, `"@microsoft.graph.tips":`...), text), ',')
}

// tippedPath is the call's path without its keys.
func (q *run) tippedPath() string {
	var path string
	for i := range q.Call.Target.Segments {
		s := &q.Call.Target.Segments[i]
		switch {
		case s.Kind != openapi.KeySegment:
			path = join(path, s.Name)
		case uuid.Validate(s.Text) == nil:
			path += "('<guid>')"
		default:
			path += "('<key>')"
		}
	}
	return path
}

// twoOf names two properties of a type: its own first ones, if it has any.
func twoOf(t *openapi.Type) (names []string) {
	for _, p := range t.Properties() {
		if !p.Navigation && (t.Base() == nil || t.Base().Property(p.Name) == nil) {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		names = []string{"id"}
	}
	return names[:min(2, len(names))]
}
