package graph

import (
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
// what such queries are answered).
func (q *run) eventual(query *odata.Query) bool {
	if query.Given.Has(odata.OptionExpand) && q.op.Kind == openapi.List {
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
	counted := query.Count || q.op.Kind == openapi.Count
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
		return nil
	}
	if operator := advancedOperator(query.Filter, t); operator != "" {
		return unsupportedQuery("Request_UnsupportedQuery",
			"Operator '"+operator+"' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information",
			"$filter: "+operator+" needs ConsistencyLevel: eventual and $count=true, and no $expand")
	}
	if query.OrderBy != nil && (query.Filter != nil || !sortsPlainly(query.OrderBy, t)) {
		return unsupportedQuery("Request_UnsupportedQuery", "Sorting not supported for current query.",
			"$orderby with $filter, or by this property, needs ConsistencyLevel: eventual and $count=true, and no $expand")
	}
	return nil
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

func sortsPlainly(order []odata.OrderItem, t *openapi.Type) bool {
	for i := range order {
		path, ok := order[i].By.(*odata.Path)
		if !ok || len(path.Segments) != 1 {
			return false
		}
		name := path.Segments[0].Name
		if !listsFold(behavior.QueryableOf(t.Name).Sorted, name) {
			return false
		}
	}
	return true
}
