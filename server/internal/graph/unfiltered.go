package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// unfiltered refuses a filter by what the service does not filter a type by.
func (q *run) unfiltered(query *odata.Query, t *openapi.Type) *refusal {
	for _, rule := range behavior.UnfilteredOf(t.Name) {
		for _, path := range propertiesOf(query.Filter) {
			if !q.excluded(&rule, path) {
				continue
			}
			words := strings.NewReplacer("{name}", capital(firstOfPath(path)), "{filter}", odata.Print(query.Filter))
			return &refusal{
				err:    &grapherr.Error{Status: rule.Status, Code: rule.Code, Message: words.Replace(rule.Message)},
				reason: "query: $filter: the service does not filter " + shortName(t.Name) + " by " + path,
			}
		}
	}
	return nil
}

// excluded reports whether a rule is against filtering by a path.
func (q *run) excluded(rule *behavior.Unfiltered, path string) bool {
	first := firstOfPath(path)
	if rule.Only != nil {
		return q.op.Kind == openapi.List && !listsFold(rule.Only, first)
	}
	return listsFold(rule.Paths, first)
}

func firstOfPath(path string) string {
	first, _, _ := strings.Cut(path, "/")
	return first
}
