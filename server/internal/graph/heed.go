package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// heed takes from a query of a list what the service does not look at, and
// refuses an order that it does not offer. What is taken away has to be right
// all the same.
func (q *run) heed(query *odata.Query, t *openapi.Type) *refusal {
	if q.op.Kind != openapi.List || t == nil {
		return nil
	}
	h := behavior.HeedOf(q.navigated())
	if refused := offers(&h, query); refused != nil {
		return refused
	}
	for _, name := range h.Not {
		for o := range query.Given.All() {
			if o.String() == name {
				if refused := q.ignore(query, t, o, "by this service"); refused != nil {
					return refused
				}
			}
		}
	}
	if query.Given.Has(odata.OptionFilter) {
		if why := unheeded(&h, query, t); why != "" {
			return q.ignore(query, t, odata.OptionFilter, why)
		}
	}
	return nil
}

// offers refuses an order that a list does not have.
func offers(h *behavior.Heed, query *odata.Query) *refusal {
	if h.Sorts == nil {
		return nil
	}
	for i := range query.OrderBy {
		item := &query.OrderBy[i]
		path, ok := item.By.(*odata.Path)
		switch name := pathName(path, ok); {
		case !listsFold(h.Sorts, name):
			return &refusal{err: grapherr.Query("The property '" + name + "' cannot be used in the $orderby query option."),
				reason: "query: $orderby: this list is sorted by " + strings.Join(h.Sorts, ", ") + " only"}
		case !item.Descending:
			return &refusal{err: grapherr.Query("The property '" + name + "' cannot be used in the $orderby query option in ascending order."),
				reason: "query: $orderby: this list is sorted in descending order only"}
		}
	}
	return nil
}

// unheeded says why $filter makes no difference; "" when it does.
func unheeded(h *behavior.Heed, query *odata.Query, t *openapi.Type) string {
	filtered := propertiesOf(query.Filter)
	for _, name := range filtered {
		if listsFold(behavior.QueryableOf(t.Name).Unheeded, name) {
			return "when it names " + name
		}
	}
	if !h.AsOrder || len(filtered) == 0 {
		return ""
	}
	for i := range query.OrderBy {
		if path, ok := query.OrderBy[i].By.(*odata.Path); ok && strings.EqualFold(pathText(path), filtered[0]) {
			return ""
		}
	}
	return "without $orderby by the same property"
}

// ignore takes an option away, unless it is wrong, and tells the tester.
func (q *run) ignore(query *odata.Query, t *openapi.Type, o odata.Option, why string) *refusal {
	before := q.options
	refused := firstRefused(q.readFilter(query, t), q.readOrder(query, t))
	q.options = before
	if refused != nil {
		return refused
	}
	q.note(o.String() + " is not heeded: " + why)
	query.Given &^= odata.NewOptionSet(o)
	switch o {
	case odata.OptionFilter:
		query.Filter = nil
	case odata.OptionOrderBy:
		query.OrderBy = nil
	case odata.OptionTop:
		query.Top = 0
	}
	return nil
}
