package graph

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// scope is what an expression sees while it judges one entity.
type scope struct {
	run  *run // for what is not in the entity's own JSON; nil where there is none
	item item
	vars []item // range variables, the innermost last
}

// item is an entity, or an element of a collection: then entity is zero.
type item struct {
	data   []byte
	entity store.Entity
	typ    *openapi.Type // declared
}

// predicate judges what a scope shows.
type predicate func(*scope) bool

// operand reads one side of a comparison.
type operand func(*scope) scalar

// readFilter plans $filter into a predicate; names and types are settled here,
// once, not per entity (graph-behaviour §2.8).
func (q *run) readFilter(query *odata.Query, t *openapi.Type) *refusal {
	if query.Filter == nil {
		return nil
	}
	p := planner{typ: t, catalogue: q.Call.Catalogue, aliases: &query.Options, judged: &q.options.judged, unmasked: q.form.unmasked}
	q.options.filter, q.options.condition = p.predicate(query.Filter), query.Filter
	q.options.filterByID = onlyNamesID(query.Filter)
	return inWordsOf(t, p.refused, "$filter")
}

// matches applies $filter.
func (q *run) matches(e store.Entity) bool {
	if q.options.filter == nil {
		return true
	}
	q.scope.run, q.scope.vars = q, q.scope.vars[:0]
	q.scope.item = item{data: e.JSON, entity: e, typ: q.place.typ}
	return q.options.filter(&q.scope)
}

// planner turns an expression into closures; the first thing that it cannot
// evaluate becomes the refusal.
type planner struct {
	typ       *openapi.Type // of the entities; nil when unknown
	catalogue *openapi.Version
	aliases   *odata.Options
	vars      []variable // of the lambdas around, the innermost last
	judged    *[]string  // where the names of properties met are kept; nil for nowhere
	unmasked  bool       // the client knows the later members of evolvable enumerations
	refused   *refusal

	latest  *odata.Path // the latest path,
	planned *pathPlan   // and its plan
}

func (p *planner) predicate(e odata.Expr) predicate {
	switch n := e.(type) {
	case *odata.Binary:
		return p.binary(n)
	case *odata.Unary:
		if n.Op == odata.OpNot {
			inner := p.predicate(n.Operand)
			return func(s *scope) bool { return !inner(s) }
		}
	case *odata.Call:
		return p.test(n)
	case *odata.Lambda:
		return p.lambda(n)
	case *odata.Path:
		return p.flag(n)
	case *odata.Literal:
		if v, ok := n.Bool(); ok {
			return func(*scope) bool { return v }
		}
	}
	return p.unsupported(e)
}

func (p *planner) binary(n *odata.Binary) predicate {
	switch {
	case n.Op == odata.OpAnd:
		a, b := p.predicate(n.Left), p.predicate(n.Right)
		return func(s *scope) bool { return a(s) && b(s) }
	case n.Op == odata.OpOr:
		a, b := p.predicate(n.Left), p.predicate(n.Right)
		return func(s *scope) bool { return a(s) || b(s) }
	case n.Op == odata.OpIn:
		return p.in(n)
	case n.Op == odata.OpHas:
		return p.has(n)
	case n.Op.Comparison():
		return p.comparison(n.Op, n.Left, n.Right)
	}
	return p.unsupported(n)
}

func (p *planner) comparison(op odata.Operator, left, right odata.Expr) predicate {
	if test := p.emptiness(op, left, right); test != nil {
		return test
	}
	if test := p.unknownMembers(op, left, right); test != nil {
		return test
	}
	if test := p.kin(op, left, right); test != nil {
		return test
	}
	a, aType := p.operand(left)
	b, bType := p.operand(right)
	if p.refused != nil {
		return nil
	}
	a, aType = p.typed(left, a, aType, bType)
	b, bType = p.typed(right, b, bType, aType)
	if !alike(aType, bType) {
		return p.refuse(fmt.Sprintf("A binary operator with incompatible types was detected. Found operand types '%s' and '%s' for operator kind '%s'.", aType, bType, operatorKind[op]))
	}
	if !p.knowsMembers(left, right) || !p.knowsMembers(right, left) {
		return nil
	}
	test := p.plainEquality(op, left, right)
	if test == nil {
		test = func(s *scope) bool { return holds(op, a(s), b(s)) }
	}
	return p.ofSeveral(op, left, b, bType, test)
}

// plainEquality is eq or ne of a property of text and a literal; nil for
// anything else.
func (p *planner) plainEquality(op odata.Operator, left, right odata.Expr) predicate {
	if op != odata.OpEq && op != odata.OpNe {
		return nil
	}
	test := p.plainText(equalText, left, right)
	if test == nil || op == odata.OpEq {
		return test
	}
	return func(s *scope) bool { return !test(s) }
}

// emptiness is a complex value or a single-valued navigation held against
// null: nil when the comparison is none.
func (p *planner) emptiness(op odata.Operator, left, right odata.Expr) predicate {
	path, isPath := left.(*odata.Path)
	null, isLiteral := right.(*odata.Literal)
	if !isPath || !isLiteral || null.Kind != odata.LiteralNull || op != odata.OpEq && op != odata.OpNe {
		return nil
	}
	at := p.path(path)
	if at == nil || at.primitive() || at.collection {
		return nil
	}
	return func(s *scope) bool {
		data := at.read(s).data
		return (len(data) == 0 || string(data) == "null") == (op == odata.OpEq)
	}
}

// holds compares by OData's rules for null: it equals null alone, and is
// neither above nor below anything.
func holds(op odata.Operator, a, b scalar) bool {
	c := a.compare(b)
	switch op {
	case odata.OpEq:
		return c == 0
	case odata.OpNe:
		return c != 0
	}
	if a.Kind == nullScalar || b.Kind == nullScalar {
		return false
	}
	switch op {
	case odata.OpGt:
		return c > 0
	case odata.OpGe:
		return c >= 0
	case odata.OpLt:
		return c < 0
	}
	return c <= 0
}

func (p *planner) in(n *odata.Binary) predicate {
	list, ok := n.Right.(*odata.List)
	if !ok {
		return p.unsupported(n)
	}
	alternatives := make([]predicate, len(list.Items))
	for i, item := range list.Items {
		alternatives[i] = p.comparison(odata.OpEq, n.Left, item)
	}
	return func(s *scope) bool {
		for _, one := range alternatives {
			if one(s) {
				return true
			}
		}
		return false
	}
}

// has holds when a flags value has all members of the other.
func (p *planner) has(n *odata.Binary) predicate {
	a, aType := p.operand(n.Left)
	b, bType := p.operand(n.Right)
	if p.refused == nil && (!textual(aType) || !textual(bType)) {
		return p.refuse("The 'has' operator needs a value of an enumeration.")
	}
	if !p.knowsMembers(n.Left, n.Right) {
		return nil
	}
	return func(s *scope) bool {
		have := "," + strings.ReplaceAll(a(s).Text, " ", "") + ","
		for member := range strings.SplitSeq(b(s).Text, ",") {
			if !strings.Contains(have, ","+strings.TrimSpace(member)+",") {
				return false
			}
		}
		return true
	}
}

// flag is a Boolean property that stands alone.
func (p *planner) flag(n *odata.Path) predicate {
	read, edm := p.operand(n)
	if p.refused == nil && edm != "Edm.Boolean" {
		return p.refuse("The $filter expression must evaluate to a single boolean value.")
	}
	return func(s *scope) bool { return read(s) == scalar{Kind: boolScalar, Number: 1} }
}

// operand plans one side of a comparison and names its Edm type.
func (p *planner) operand(e odata.Expr) (operand, string) {
	switch n := e.(type) {
	case *odata.Literal:
		v := literal(n)
		return func(*scope) scalar { return v }, n.Edm()
	case *odata.Path:
		if n.Root == odata.RootAlias {
			return p.alias(n)
		}
		return p.value(n)
	case *odata.Call:
		return p.function(n)
	case *odata.Unary:
		return p.negative(n)
	case *odata.Binary:
		if n.Op.Arithmetic() {
			return p.arithmetic(n)
		}
		return boolean(p.predicate(n))
	case *odata.Lambda:
		return boolean(p.predicate(n))
	}
	p.unsupported(e)
	return nil, ""
}

// boolean makes an operand of a predicate.
func boolean(test predicate) (operand, string) {
	return func(s *scope) scalar {
		if test(s) {
			return scalar{Kind: boolScalar, Number: 1}
		}
		return scalar{Kind: boolScalar}
	}, "Edm.Boolean"
}

// alias is a parameter alias: what the query gives for it.
func (p *planner) alias(n *odata.Path) (operand, string) {
	for i := range p.aliases.Aliases {
		a := &p.aliases.Aliases[i]
		if strings.EqualFold(a.Name, n.Variable) && a.Value != nil {
			return p.operand(a.Value)
		}
	}
	p.refuse("The parameter alias '@" + n.Variable + "' has no value.")
	return nil, ""
}

func literal(n *odata.Literal) scalar {
	if v, ok := n.Bool(); ok {
		if v {
			return scalar{Kind: boolScalar, Number: 1}
		}
		return scalar{Kind: boolScalar}
	}
	if f, ok := n.Float64(); ok {
		return scalar{Kind: numberScalar, Number: f}
	}
	if t, ok := n.Time(); ok {
		return scalar{Kind: timeScalar, Time: t}
	}
	switch n.Kind {
	case odata.LiteralNull:
		return scalar{}
	case odata.LiteralDuration:
		return textOf(n.Text, "Edm.Duration")
	}
	return toScalar(entity.Quote(nil, n.Text), "Edm.String")
}

// alike reports whether two Edm types may stand in one comparison.
func alike(a, b string) bool {
	return a == "null" || b == "null" || class(a) == class(b)
}

// class groups the Edm types that compare with each other.
func class(edm string) string {
	switch edm {
	case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Single", "Edm.Double", "Edm.Decimal":
		return "number"
	case "Edm.DateTimeOffset", "Edm.Date":
		return "time"
	case "Edm.Duration":
		return "duration"
	case "Edm.Boolean":
		return "boolean"
	}
	return "text"
}

func textual(edm string) bool { return edm == "null" || class(edm) == "text" }

var operatorKind = map[odata.Operator]string{
	odata.OpEq: "Equal", odata.OpNe: "NotEqual", odata.OpGt: "GreaterThan", odata.OpGe: "GreaterThanOrEqual",
	odata.OpLt: "LessThan", odata.OpLe: "LessThanOrEqual",
}

func (p *planner) refuse(message string) predicate {
	p.keep(option("Invalid filter clause: "+message, "$filter: "+message))
	return nil
}

func (p *planner) unsupported(e odata.Expr) predicate {
	p.keep(option("Unsupported or invalid query filter clause specified.",
		fmt.Sprintf("$filter: %q at %d is not evaluated by this version of fakegraph", odata.Print(e), e.Offset())))
	return nil
}

func (p *planner) keep(r *refusal) {
	if p.refused == nil {
		p.refused = r
	}
}
