package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// advancedTypes are the types whose queries are answered by two stores: what
// only the index can do has to be asked for (D, graph-behaviour §2.9).
var advancedTypes = map[string]bool{
	"microsoft.graph.administrativeUnit": true, "microsoft.graph.application": true, "microsoft.graph.device": true,
	"microsoft.graph.directoryObject": true, "microsoft.graph.directoryRole": true, "microsoft.graph.group": true,
	"microsoft.graph.orgContact": true, "microsoft.graph.servicePrincipal": true, "microsoft.graph.user": true,
}

// isDirectory reports whether a query of a type is one of directory objects.
func (q *run) isDirectory(t *openapi.Type) bool {
	return t != nil && advancedTypes[t.Name] && q.op.Family == openapi.FamilyDirectory && !isDelta(q.op, q.Call.Target.Segments)
}

// eventual reports whether the client asks for the index, and gets it: a list
// with $expand comes from the other store, whatever the header says (D; R for
// what such queries are answered), but for that of open extensions, which are no
// objects of the directory (R, EntraExporter lists groups so).
func (q *run) eventual(query *odata.Query) bool {
	if q.op.Kind == openapi.List && slices.ContainsFunc(query.Expand, func(e odata.ExpandItem) bool { return !strings.EqualFold(e.Name(), "extensions") }) {
		return false
	}
	return strings.EqualFold(q.Call.Header.Get("Consistencylevel"), "eventual")
}

// advanced holds a query of directory objects to what it needs: the header
// ConsistencyLevel: eventual, and $count.
func (q *run) advanced(query *odata.Query, t *openapi.Type) *refusal {
	if !q.isDirectory(t) {
		return nil
	}
	eventual := q.eventual(query)
	counted := query.Count || q.op.Kind == openapi.Count || query.Given.Has(odata.OptionSearch)
	switch {
	case q.op.Kind == openapi.Count && !eventual:
		return unsupportedQuery("Request_BadRequest", "$count is not currently supported.", "/$count needs ConsistencyLevel: eventual")
	case query.Given.Has(odata.OptionSearch) && !eventual:
		return unsupportedQuery("Request_UnsupportedQuery",
			"Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
			"$search needs ConsistencyLevel: eventual, and no $expand")
	}
	if !eventual && query.Count {
		q.options.count = false
		q.note("$count is ignored without ConsistencyLevel: eventual, and with $expand")
	}
	if eventual && counted {
		return unsorted(query, t)
	}
	if refused := q.plainReferences(query); refused != nil {
		return refused
	}
	if operator := advancedOperator(query.Filter, t); operator != "" {
		return unsupportedQuery("Request_UnsupportedQuery",
			"Operator '"+operator+"' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information",
			"$filter: "+operator+" needs "+whatIsNeeded)
	}
	return plainSort(query, t)
}

const whatIsNeeded = "ConsistencyLevel: eventual and $count=true, and no $expand"

// plainReferences refuses $filter and $orderby of what a directory object refers
// to, with a cast and without, outside of advanced queries (R: issues of 2019 to
// 2023; D for the cast).
func (q *run) plainReferences(query *odata.Query) *refusal {
	if !q.refers() {
		return nil
	}
	switch {
	case query.Filter != nil:
		return unsupportedQuery("Request_UnsupportedQuery", "The specified filter to the reference property query is currently not supported.",
			"$filter on what an object refers to needs "+whatIsNeeded)
	case query.OrderBy != nil:
		return unsupportedQuery("Request_BadRequest", "Given expression for $orderby Microsoft.OData.UriParser.SingleValueOpenPropertyAccessNode is not supported",
			"$orderby on what an object refers to needs "+whatIsNeeded)
	}
	return nil
}

// refers reports whether the call addresses what one object refers to, such as
// the members of a group: a collection behind a key, or behind the user himself.
func (q *run) refers() bool {
	segments := q.Call.Target.Segments
	for i := len(segments) - 1; i > 0; i-- {
		if segments[i].Kind == openapi.SetSegment {
			before := &segments[i-1]
			return before.Kind == openapi.KeySegment || before.Kind == openapi.SingleSegment && selves[before.Name] != ""
		}
	}
	return false
}

// plainSort refuses what only advanced queries sort by (R: issues of 2021 and
// 2023 for the words).
func plainSort(query *odata.Query, t *openapi.Type) *refusal {
	if query.OrderBy == nil {
		return nil
	}
	if query.Filter != nil {
		return unsupportedQuery("Request_UnsupportedQuery", "Sorting not supported for current query.", "$orderby with $filter needs "+whatIsNeeded)
	}
	sorted := behavior.QueryableOf(t.Name).Sorted
	for i := range query.OrderBy {
		path, ok := query.OrderBy[i].By.(*odata.Path)
		if name := pathName(path, ok); !listsFold(sorted, name) && propertyOf(t, name) != nil {
			return unsupportedQuery("Request_UnsupportedQuery", "Unsupported sort property '"+name+"' for '"+capital(shortName(t.Name))+"'.",
				"$orderby by this property needs "+whatIsNeeded+", if it can be sorted by at all")
		}
	}
	return nil
}

// unsorted refuses what not even advanced queries sort by.
func unsorted(query *odata.Query, t *openapi.Type) *refusal {
	known := behavior.QueryableOf(t.Name).Properties
	if known == nil {
		return nil
	}
	for i := range query.OrderBy {
		path, ok := query.OrderBy[i].By.(*odata.Path)
		name := pathName(path, ok)
		p := t.PropertyFold(name)
		if p != nil && known[p.Name]&behavior.QuerySort == 0 {
			return unsupportedQuery("Request_UnsupportedQuery", "An unsupported property was specified.", "$orderby: the service does not sort by "+name)
		}
	}
	return nil
}

// pathName is a path in the spelling of the query; "" for what is none.
func pathName(path *odata.Path, ok bool) string {
	if !ok {
		return ""
	}
	return pathText(path)
}

func unsupportedQuery(code, message, reason string) *refusal {
	return &refusal{err: &grapherr.Error{Status: 400, Code: code, Message: message}, reason: "query: " + reason}
}

// advancedOperator names the first thing in a filter that needs the index.
func advancedOperator(filter odata.Expr, t *openapi.Type) (operator string) {
	odata.Walk(filter, func(e odata.Expr) bool {
		if operator == "" {
			operator = advancedNode(e, t)
		}
		return operator == ""
	})
	return operator
}

func advancedNode(e odata.Expr, t *openapi.Type) string {
	switch n := e.(type) {
	case *odata.Call:
		if n.Name == "endswith" {
			return "endsWith"
		}
	case *odata.Unary:
		if n.Op == odata.OpNot {
			return "not"
		}
	case *odata.Binary:
		null, isLiteral := n.Right.(*odata.Literal)
		switch {
		case n.Op == odata.OpNe:
			return "NotEqual"
		case n.Op == odata.OpEq && isLiteral && null.Kind == odata.LiteralNull:
			return "eq null"
		}
	case *odata.Path:
		return advancedPath(n, t)
	}
	return ""
}

func advancedPath(n *odata.Path, t *openapi.Type) string {
	for i := range n.Segments {
		if n.Segments[i].Kind == odata.SegmentCount {
			return "$count"
		}
	}
	if n.Root != odata.RootImplicit || len(n.Segments) == 0 {
		return ""
	}
	name := n.Segments[0].Name
	if listsFold(behavior.QueryableOf(t.Name).Advanced, name) {
		return "Equal"
	}
	return ""
}
