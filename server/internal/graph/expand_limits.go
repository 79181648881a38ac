package graph

import (
	"fmt"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// Evidence for what the directory expands (graph-behaviour §2.11):
//   - documented: one relationship, one level, no nested options (known issues
//     of query parameters, 2023); $select and $levels by newer examples.
//   - reported: the words for two relationships (2016) and for $levels on a
//     list (2022).
//   - documented: what Outlook keeps of a user is not expanded (page of query
//     parameters: events, messages, photo; the words for photo).
//   - reported: the answer to the drive of each of several users (2024).
//   - assumed (2026-11): the words for nested options and for two levels; what
//     Outlook keeps of a group is not expanded either.

// directoryNested are the options that may stand behind an expanded relationship of
// a directory object.
var directoryNested = odata.NewOptionSet(odata.OptionSelect, odata.OptionLevels)

// expandLimits holds $expand of directory objects to what the directory does.
func (q *run) expandLimits(items []odata.ExpandItem, t *openapi.Type) *refusal {
	if !q.isDirectory(t) {
		return nil
	}
	if n := q.expandedRelations(items, t); n > 1 {
		return option(fmt.Sprintf("The result of parsing $expand contained at least %d items, but the maximum allowed is 1.", n),
			"$expand: the directory expands one relationship a request")
	}
	for i := range items {
		if refused := q.elsewhere(items[i].Name(), t); refused != nil {
			return refused
		}
		if refused := q.nestedLimits(items[i].Options); refused != nil {
			return refused
		}
	}
	return nil
}

// elsewhere refuses a relationship to what another service keeps.
func (q *run) elsewhere(name string, t *openapi.Type) *refusal {
	p := t.PropertyFold(name)
	if p == nil || !p.Navigation {
		return nil
	}
	switch openapi.FamilyOf(shortName(t.Name) + "s/id/" + p.Name) {
	case openapi.FamilyOutlook:
		refused := q.notExpandable(capital(p.Name), t)
		refused.reason = "$expand: Outlook keeps " + p.Name + ", which the directory does not expand"
		return refused
	case openapi.FamilyFiles:
		if q.op.Kind == openapi.List && shortName(t.Name) == "user" {
			return option("User ID cannot be empty or whitespace.", "$expand: the drive of one user only")
		}
	}
	return nil
}

// expandedRelations counts what is asked for; * stands for all there are.
func (q *run) expandedRelations(items []odata.ExpandItem, t *openapi.Type) int {
	n := len(items)
	for i := range items {
		if path := items[i].Path; len(path) == 1 && path[0].Kind == odata.SegmentStar {
			n += len(allExpansions(t)) - 1
		}
	}
	return n
}

func (q *run) nestedLimits(nested *odata.Options) *refusal {
	if nested == nil {
		return nil
	}
	switch rest := nested.Given &^ directoryNested; {
	case nested.Given.Has(odata.OptionLevels) && q.op.Kind == openapi.List:
		return unsupportedQuery("Request_UnsupportedQuery",
			"Transitive manager's list is only supported on a single user, send the $expand request on /users/{id} endpoint",
			"$expand: $levels needs a single entity")
	case rest.Has(odata.OptionExpand):
		return unsupportedQuery("Request_UnsupportedQuery", "Expanding more than one level is not supported.", "$expand: the directory expands one level")
	case rest != 0:
		for o := range rest.All() {
			return unsupportedQuery("Request_UnsupportedQuery", "The query option '"+o.String()+"' is not supported inside $expand.",
				"$expand: the directory takes $select and $levels in the parentheses, no "+o.String())
		}
	}
	return nil
}
