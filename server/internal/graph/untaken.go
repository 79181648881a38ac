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
	at := q.navigated()
	taken, known := behavior.OptionsOf(at, q.op.Kind == openapi.List)
	if !known {
		return nil
	}
	for o := range given.All() {
		name, kept := allowances[o]
		if kept && !slices.Contains(taken, o.String()) {
			return &refusal{reason: "query: " + o.String() + " is none of the options that " + at.From + "/" + at.Name + " takes: " + strings.Join(taken, ", "),
				err: grapherr.Query("Query option '" + name + "' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.")}
		}
	}
	return nil
}

// navigated is the collection that is addressed, or has what is.
func (q *run) navigated() behavior.Navigation {
	segments := q.Call.Target.Segments
	for i := len(segments) - 1; i >= 0; i-- {
		s := &segments[i]
		switch {
		case s.Kind != openapi.SetSegment:
		case i == 0 || segments[i-1].Type() == nil:
			return behavior.Navigation{Name: s.Name}
		default:
			return behavior.Navigation{From: shortName(segments[i-1].Type().Name), Name: s.Name}
		}
	}
	return behavior.Navigation{}
}

func firstRefused(all ...*refusal) *refusal {
	for _, r := range all {
		if r != nil {
			return r
		}
	}
	return nil
}
