package graph

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// options are the query options of a call, checked against the addressed type.
// The zero value is no options.
type options struct {
	selection *selection
	expand    []expansion
	filter    predicate  // nil for none; $search counts as one
	condition odata.Expr // $filter as parsed, to be looked up by
	judged    []string   // properties that filter and order look at, or may
	order     []sortKey
	newest    bool // of equal keys the one made last comes first
	top       int  // 0 for the collection's own page size
	empty     bool // $top=0: no items at all
	skip      int
	count     bool
	token     string // $skiptoken as sent
	id        string // $id as sent: the reference to drop

	csv        bool   // $format asks a report for a file
	bareSelect bool   // select is spelled without "$"
	filterByID bool   // $filter asks for ids and nothing else
	deltaQuery string // options of the first call of a delta
	given      bool
}

// readOptions parses the query. What is not evaluated here is refused, never
// ignored; custom options are ignored by rule (graph-behaviour §1.4).
func (q *run) readOptions() *refusal {
	return q.readOptionsOf(q.Call.RawQuery)
}

// readOptionsOf reads the options of a query: the call's own, or the one that
// a token brings back.
func (q *run) readOptionsOf(raw string) *refusal {
	if raw == "" {
		if q.op.Kind == openapi.Count {
			return q.advanced(&odata.Query{}, q.resultType())
		}
		return nil
	}
	t := q.resultType()
	query, faults := odata.ParseQuery(raw)
	if len(faults) > 0 {
		return inWordsOf(t, unparsed(faults), faults[0].Option)
	}
	if refused := firstRefused(q.unsupported(&query), q.untaken(query.Given)); refused != nil {
		return refused
	}
	if refused := q.heed(&query, t); refused != nil {
		return refused
	}
	for o := range query.Vacant.All() {
		q.note(o.String() + " has no value, which is as if it were not there")
	}
	o := &q.options
	o.given = query.Given != 0
	o.top, o.skip, o.count, o.token = query.Top, query.Skip, query.Count, query.SkipToken
	o.empty = query.Given.Has(odata.OptionTop) && query.Top == 0
	o.id = query.ID
	if refused := q.readFormat(&query); refused != nil {
		return refused
	}
	for _, read := range []func(*odata.Query, *openapi.Type) *refusal{q.advanced, q.queryable, q.readSelect, q.readExpand, q.readFilter, q.readSearch, q.readOrder} {
		if refused := read(&query, t); refused != nil {
			return refused
		}
	}
	return nil
}

// readFormat takes JSON in its spellings, and for what is a stream any format:
// reports offer text/csv (graph-behaviour §1.3, §10.5).
func (q *run) readFormat(query *odata.Query) *refusal {
	format, parameters, _ := strings.Cut(strings.ToLower(query.Format), ";")
	switch format = strings.TrimSpace(format); {
	case format == "":
		return nil
	case format == "json", format == "application/json":
		q.form.metadata, q.form.quoted = minimalMetadata, false // it overrides Accept
		q.readForm("$format", parameters)
		return nil
	case format == "text/csv" && q.op.Family == openapi.FamilyReports && q.op.Kind == openapi.Function:
		q.options.csv = true
		return nil
	}
	if q.op.Kind == openapi.Stream || q.op.Response().Name == "Edm.Stream" {
		return nil
	}
	return option("The $format query option '"+query.Format+"' is not supported.", "$format: want application/json")
}

// resultType is the entity type that the options speak of: those of a count or
// of references speak of what is counted or referred to.
func (q *run) resultType() *openapi.Type {
	if q.op.Kind != openapi.Count && q.op.Kind != openapi.LinkRead {
		return q.op.Response().Type()
	}
	segments := q.Call.Target.Segments
	return segments[len(segments)-2].Type()
}

// evaluated are the options that this package works out.
var evaluated = map[odata.Option]bool{
	odata.OptionSelect: true, odata.OptionFilter: true, odata.OptionOrderBy: true, odata.OptionTop: true,
	odata.OptionSkip: true, odata.OptionCount: true, odata.OptionSkipToken: true, odata.OptionID: true,
	odata.OptionExpand: true, odata.OptionFormat: true, odata.OptionSearch: true,
}

// onlyCollections are options that mean nothing to a single entity.
var onlyCollections = map[odata.Option]bool{
	odata.OptionFilter: true, odata.OptionOrderBy: true, odata.OptionTop: true,
	odata.OptionSkip: true, odata.OptionCount: true, odata.OptionSkipToken: true, odata.OptionSearch: true,
}

func (q *run) unsupported(query *odata.Query) *refusal {
	given := query.Given
	collection := q.op.Kind == openapi.List || q.op.Kind == openapi.Count || q.severalLinks() ||
		q.op.Kind == openapi.Function && q.op.Response().Collection ||
		isReport(q.op) && strings.Contains(strings.ToLower(query.Format), "json") // a list of rows (D, pages of the reports of beta)
	for o := odata.OptionFilter; o <= odata.OptionID; o++ {
		switch {
		case !given.Has(o):
		case !evaluated[o]:
			return option(fmt.Sprintf("The query option '%s' is not supported.", o), o.String()+" is not evaluated by this version of fakegraph")
		case o == odata.OptionCount && !collection:
			q.note("$count has no effect on a single entity") // sent with $expand=manager($levels=max) (D, §2.11)
		case onlyCollections[o] && !collection:
			return &refusal{reason: "query: " + o.String() + " needs a collection", err: grapherr.Query(
				"The requested resource is not a collection. Query options $filter, $orderby, $count, $skip, and $top can be applied only on collections.")}
		}
	}
	return nil
}

// severalLinks reports whether the references of a collection are asked for.
func (q *run) severalLinks() bool {
	segments := q.Call.Target.Segments
	return q.op.Kind == openapi.LinkRead && len(segments) > 1 && segments[len(segments)-2].Kind == openapi.SetSegment
}

// unparsed is the answer to options that are no OData.
func unparsed(faults []*odata.Error) *refusal {
	reasons := make([]string, len(faults))
	for i, f := range faults {
		reasons[i] = f.Error()
	}
	return option(Unparsed(faults), strings.Join(reasons, "; "))
}

// Unparsed words the first mistake in a query as Graph does.
func Unparsed(faults []*odata.Error) string {
	return clause(faults[0].Option) + faults[0].GraphText()
}

// inWordsOf is a refusal of an option in the words of the service that keeps a
// type, where it has its own for $filter.
func inWordsOf(t *openapi.Type, refused *refusal, option string) *refusal {
	if t == nil || refused == nil || option != "$filter" {
		return refused
	}
	if own := behavior.QueryableOf(t.Name).Refusal; own.Code != "" {
		refused.err = &grapherr.Error{Status: 400, Code: own.Code, Message: own.Message}
	}
	return refused
}

func option(message, reason string) *refusal {
	return &refusal{err: grapherr.Option(message), reason: "query: " + reason}
}
