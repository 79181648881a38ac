package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// allowances are the options as the service's library names them.
var allowances = map[odata.Option]string{
	odata.OptionFilter: "Filter", odata.OptionSelect: "Select", odata.OptionExpand: "Expand", odata.OptionOrderBy: "OrderBy", odata.OptionTop: "Top",
	odata.OptionSkip: "Skip", odata.OptionCount: "Count", odata.OptionSearch: "Search",
}

// untaken refuses options that the service does not take for what is addressed.
func (q *run) untaken(given odata.OptionSet) *refusal {
	if q.op.Kind != openapi.List && q.op.Kind != openapi.Get {
		return nil
	}
	taken, known := behavior.OptionsOf(q.navigated(), q.op.Kind == openapi.List)
	if !known {
		return nil
	}
	for o := range given.All() {
		name, kept := allowances[o]
		if kept && !slices.Contains(taken, o.String()) {
			return &refusal{reason: "query: " + o.String() + " is none of the options that " + q.navigated() + " takes: " + strings.Join(taken, ", "),
				err: grapherr.Query("Query option '" + name + "' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.")}
		}
	}
	return nil
}

// navigated is what is addressed, as a navigation: "channel/messages", or
// "/subscriptions" from the service root.
func (q *run) navigated() string {
	segments := q.Call.Target.Segments
	for i := len(segments) - 1; i >= 0; i-- {
		s := &segments[i]
		switch {
		case s.Kind != openapi.SetSegment:
		case i == 0 || segments[i-1].Type() == nil:
			return "/" + s.Name
		default:
			return shortName(segments[i-1].Type().Name) + "/" + s.Name
		}
	}
	return ""
}

func firstRefused(all ...*refusal) *refusal {
	for _, r := range all {
		if r != nil {
			return r
		}
	}
	return nil
}
