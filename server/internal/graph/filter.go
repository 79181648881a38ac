package graph

import (
	"fmt"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// predicate judges one stored entity by its JSON.
type predicate func(data []byte) bool

// operand reads one side of a comparison.
type operand func(data []byte) scalar

// readFilter plans $filter into a predicate; names and types are settled here,
// once, not per entity (graph-behaviour §2.8).
func (q *run) readFilter(query *odata.Query, t *openapi.Type) *refusal {
	if query.Filter == nil {
		return nil
	}
	p := planner{typ: t}
	q.options.filter = p.predicate(query.Filter)
	q.options.filterByID = onlyNamesID(query.Filter)
	return p.refused
}

// planner turns an expression into closures; the first thing that it cannot
// evaluate becomes the refusal.
type planner struct {
	typ     *openapi.Type
	refused *refusal
}

func (p *planner) predicate(e odata.Expr) predicate {
	switch n := e.(type) {
	case *odata.Binary:
		return p.binary(n)
	case *odata.Unary:
		if n.Op == odata.OpNot {
			inner := p.predicate(n.Operand)
			return func(data []byte) bool { return !inner(data) }
		}
	case *odata.Call:
		return p.call(n)
	case *odata.Path:
		return p.flag(n)
	case *odata.Literal:
		if v, ok := n.Bool(); ok {
			return func([]byte) bool { return v }
		}
	}
	return p.unsupported(e)
}

func (p *planner) binary(n *odata.Binary) predicate {
	switch {
	case n.Op == odata.OpAnd:
		a, b := p.predicate(n.Left), p.predicate(n.Right)
		return func(data []byte) bool { return a(data) && b(data) }
	case n.Op == odata.OpOr:
		a, b := p.predicate(n.Left), p.predicate(n.Right)
		return func(data []byte) bool { return a(data) || b(data) }
	case n.Op == odata.OpIn:
		return p.in(n)
	case n.Op.Comparison():
		return p.comparison(n.Op, n.Left, n.Right)
	}
	return p.unsupported(n)
}

func (p *planner) comparison(op odata.Operator, left, right odata.Expr) predicate {
	a, aType := p.operand(left)
	b, bType := p.operand(right)
	if p.refused != nil {
		return nil
	}
	if !alike(aType, bType) {
		return p.refuse(fmt.Sprintf("A binary operator with incompatible types was detected. Found operand types '%s' and '%s' for operator kind '%s'.", aType, bType, operatorKind[op]))
	}
	return func(data []byte) bool { return holds(op, a(data), b(data)) }
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
	return func(data []byte) bool {
		for _, one := range alternatives {
			if one(data) {
				return true
			}
		}
		return false
	}
}

// textTests are the functions that judge text.
var textTests = map[string]func(s, part string) bool{
	"startswith": strings.HasPrefix, "endswith": strings.HasSuffix, "contains": strings.Contains,
}

func (p *planner) call(n *odata.Call) predicate {
	test, ok := textTests[n.Name]
	if !ok || len(n.Args) != 2 {
		return p.unsupported(n)
	}
	a, aType := p.operand(n.Args[0])
	b, bType := p.operand(n.Args[1])
	if p.refused == nil && (!textual(aType) || !textual(bType)) {
		return p.refuse("No function signature for the function with name '" + n.Name + "' matches the specified arguments.")
	}
	return func(data []byte) bool {
		s, part := a(data), b(data)
		return s.Kind == textScalar && part.Kind == textScalar && test(s.Text, part.Text)
	}
}

// flag is a Boolean property that stands alone.
func (p *planner) flag(n *odata.Path) predicate {
	read, edm := p.operand(n)
	if p.refused == nil && edm != "Edm.Boolean" {
		return p.refuse("The $filter expression must evaluate to a single boolean value.")
	}
	return func(data []byte) bool { return read(data) == scalar{Kind: boolScalar, Number: 1} }
}

// operand plans one side of a comparison and names its Edm type.
func (p *planner) operand(e odata.Expr) (operand, string) {
	switch n := e.(type) {
	case *odata.Literal:
		v := literal(n)
		return func([]byte) scalar { return v }, n.Kind.String()
	case *odata.Path:
		found, refused := resolve(p.typ, n, "$filter")
		if refused != nil {
			p.keep(refused)
			return nil, ""
		}
		return func(data []byte) scalar { return readScalar(data, found.names, found.edm) }, found.edm
	case *odata.Call:
		return p.folded(n)
	}
	p.unsupported(e)
	return nil, ""
}

// folded is tolower or toupper: text compares without case anyway.
func (p *planner) folded(n *odata.Call) (operand, string) {
	if (n.Name == "tolower" || n.Name == "toupper") && len(n.Args) == 1 {
		return p.operand(n.Args[0])
	}
	p.unsupported(n)
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
	if n.Kind == odata.LiteralNull {
		return scalar{}
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
