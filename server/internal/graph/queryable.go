package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// mostAlternatives is how many values "in" and "or" may offer the directory
// outside of an advanced query (D; the words R).
const mostAlternatives = 15

// queryable holds a query to what the service offers for the type: combinations
// that it does not take, and operators and properties that it does not filter by.
func (q *run) queryable(query *odata.Query, t *openapi.Type) *refusal {
	if t == nil {
		return nil
	}
	offered := behavior.QueryableOf(t.Name)
	if refused := combined(&offered, query); refused != nil {
		return refused
	}
	if refused := q.unfiltered(query, t); refused != nil {
		return refused
	}
	own := offered.Refusal != behavior.Refusal{}
	if !q.isDirectory(t) && (offered.Properties == nil || q.op.Family != openapi.FamilyDirectory && !own) {
		return nil
	}
	if n := alternatives(query.Filter); n > mostAlternatives && !own && !(q.eventual(query) && query.Count) {
		return unsupportedQuery("Request_UnsupportedQuery",
			fmt.Sprintf("Too many child clauses specified in search filter expression containing 'OR' operators: %d. Max allowed: %d", n, mostAlternatives),
			"$filter: more than 15 values or clauses need ConsistencyLevel: eventual and $count=true")
	}
	j := filterJudge{offered: &offered, typ: t, over: map[string]string{}}
	odata.Walk(query.Filter, j.judge)
	return j.refused
}

// asked lets the behaviour of what is listed refuse a $filter or $orderby.
func (q *run) asked() *refusal {
	judge := q.conductOf(q.place.typ).asked
	if judge == nil {
		return nil
	}
	paths := propertiesOf(q.options.condition)
	for i := range q.options.order {
		paths = append(paths, strings.Join(q.options.order[i].path, "/"))
	}
	if fault := judge.Asked(tx{q}, paths); len(paths) > 0 && fault != nil {
		return ruled(fault)
	}
	return nil
}

// combined refuses options that do not go together.
func combined(offered *behavior.Queryable, query *odata.Query) *refusal {
	searched := query.Given.Has(odata.OptionSearch)
	switch {
	case offered.SearchAlone && searched && query.OrderBy != nil:
		return unsupportedQuery("SearchWithOrderBy", "The query parameter '$orderBy' is not supported with '$search'.", "$orderby: results of $search have an order of their own")
	case offered.SearchAlone && searched && query.Filter != nil:
		return unsupportedQuery("SearchWithFilter", "The query parameter '$filter' is not supported with '$search'.", "$filter: $search stands alone")
	case offered.SortsFilter && !sortsAsFiltered(query, offered.AnyOrder):
		return unsupportedQuery("InefficientFilter", "The restriction or sort order is too complex for this operation.",
			"$orderby: must begin with the properties of $filter, in the same order")
	}
	return nil
}

// sortsAsFiltered reports whether the keys of $orderby and the properties of
// $filter agree as far as both go.
func sortsAsFiltered(query *odata.Query, anyOrder []string) bool {
	if query.Filter == nil {
		return true
	}
	filtered := slices.DeleteFunc(propertiesOf(query.Filter), func(path string) bool { return listsFold(anyOrder, path) })
	for i := range query.OrderBy {
		path, ok := query.OrderBy[i].By.(*odata.Path)
		if !ok || i == len(filtered) {
			break
		}
		if !strings.EqualFold(pathText(path), filtered[i]) {
			return false
		}
	}
	return true
}

// propertiesOf are the paths in a filter, each once, in reading order.
func propertiesOf(filter odata.Expr) []string {
	var list []string
	odata.Walk(filter, func(e odata.Expr) bool {
		if path, ok := e.(*odata.Path); ok && path.Root == odata.RootImplicit {
			text := pathText(path)
			if !listsFold(list, text) {
				list = append(list, text)
			}
		}
		return true
	})
	return list
}

func pathText(path *odata.Path) string {
	names := make([]string, len(path.Segments))
	for i := range path.Segments {
		names[i] = path.Segments[i].Name
	}
	return strings.Join(names, "/")
}

// alternatives is the most values that one "in" or chain of "or" offers.
func alternatives(filter odata.Expr) int {
	most := 0
	odata.Walk(filter, func(e odata.Expr) bool {
		if n := clauses(e); n > 1 {
			most = max(most, n)
		}
		return true
	})
	return most
}

func clauses(e odata.Expr) int {
	n, ok := e.(*odata.Binary)
	switch {
	case ok && n.Op == odata.OpOr:
		return clauses(n.Left) + clauses(n.Right)
	case ok && n.Op == odata.OpIn:
		if list, ok := n.Right.(*odata.List); ok {
			return len(list.Items)
		}
	}
	return 1
}

// filterJudge finds what the directory does not filter by.
type filterJudge struct {
	offered *behavior.Queryable
	typ     *openapi.Type
	over    map[string]string // the collection that a range variable runs over
	refused *refusal
}

func (j *filterJudge) judge(e odata.Expr) bool {
	switch n := e.(type) {
	case *odata.Lambda:
		j.over[strings.ToLower(n.Variable)] = firstName(n.Over)
		if n.All {
			j.refuse("Unsupported Query.", "$filter: the service has no 'all'")
		}
	case *odata.Call:
		j.function(n)
	case *odata.Binary:
		if n.Op.Arithmetic() {
			j.refuse("Unsupported Query.", "$filter: the service does not calculate")
		}
		j.compares(n)
	case *odata.Path:
		if n.Root == odata.RootImplicit {
			j.property(n, 0)
		}
	}
	return j.refused == nil
}

func (j *filterJudge) function(n *odata.Call) {
	switch n.Name {
	case "contains":
		j.refuse("Unsupported property filter clause operator 'Contains'.", "$filter: the service has no contains here; see $search")
	case "startswith":
		if path, ok := n.Args[0].(*odata.Path); ok && whole(path) {
			j.property(path, behavior.QueryPrefix)
		}
	case "endswith":
		path, ok := n.Args[0].(*odata.Path)
		if !ok {
			return
		}
		name := lastName(path)
		if path.Root == odata.RootVariable && name == "" {
			name = j.over[strings.ToLower(path.Variable)]
		}
		if !listsFold(behavior.Suffixed, name) {
			j.refuseProperty(name, "endswith takes "+strings.Join(behavior.Suffixed, ", ")+" only")
		}
	case "isof", "cast":
	default:
		j.refuse("Unsupported Query.", "$filter: the service has no function "+n.Name)
	}
}

// compares holds a comparison to the operators that the property has. What is
// compared inside of a complex value is none of the property's own in the
// directory.
func (j *filterJudge) compares(n *odata.Binary) {
	path, ok := n.Left.(*odata.Path)
	if !ok || !whole(path) && j.offered.Refusal.Code == "" {
		return
	}
	switch n.Op {
	case odata.OpGe, odata.OpGt, odata.OpLe, odata.OpLt:
		j.property(path, behavior.QueryRange)
	case odata.OpEq, odata.OpNe, odata.OpIn:
		j.property(path, behavior.QueryEqual)
	}
}

// whole reports whether a path is a property, or an element of one.
func whole(n *odata.Path) bool {
	if n.Root == odata.RootVariable {
		return len(n.Segments) == 0
	}
	return len(n.Segments) == 1
}

// property refuses a property that the service does not filter by, or not in
// this way; 0 is for any.
func (j *filterJudge) property(n *odata.Path, asked behavior.Queries) {
	name := j.over[strings.ToLower(n.Variable)]
	if n.Root == odata.RootImplicit && len(n.Segments) > 0 && n.Segments[0].Kind == odata.SegmentProperty {
		name = n.Segments[0].Name
	}
	p := j.typ.PropertyFold(name)
	if j.offered.Properties == nil || p == nil || p.Navigation {
		return
	}
	switch has := j.offered.Properties[p.Name] &^ behavior.QuerySort; {
	case has == 0:
		j.refuseProperty(p.Name, "the service does not filter by this property")
	case has&asked != asked:
		j.refuseProperty(p.Name, "the service does not filter by this property in this way")
	}
}

func (j *filterJudge) refuseProperty(name, why string) {
	j.refuse(fmt.Sprintf("Unsupported or invalid query filter clause specified for property '%s' of resource '%s'.", name, capital(shortName(j.typ.Name))),
		"$filter: "+name+": "+why)
}

func (j *filterJudge) refuse(message, reason string) {
	if j.refused != nil {
		return
	}
	j.refused = unsupportedQuery("Request_UnsupportedQuery", message, reason)
	if own := j.offered.Refusal; own.Code != "" {
		j.refused.err.Code, j.refused.err.Message = own.Code, own.Message
	}
}

// firstName is the name of the first property of a path; "" where it has none.
func firstName(n *odata.Path) string {
	if n.Root != odata.RootImplicit || len(n.Segments) == 0 || n.Segments[0].Kind != odata.SegmentProperty {
		return ""
	}
	return n.Segments[0].Name
}

// lastName is the name of the last property of a path; "" for a bare variable.
func lastName(n *odata.Path) string {
	for _, s := range slices.Backward(n.Segments) {
		if s.Kind == odata.SegmentProperty {
			return s.Name
		}
	}
	return ""
}

func listsFold(list []string, name string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, name) })
}
