package odata

// Operator is an operator of expressions. Its zero value is no operator.
type Operator uint8

// The operators, loosest first.
const (
	OpOr Operator = iota + 1
	OpAnd
	OpEq
	OpNe
	OpGt
	OpGe
	OpLt
	OpLe
	OpAdd
	OpSub
	OpMul
	OpDiv   // integer division of integers
	OpDivBy // division with a fraction
	OpMod
	OpNegate
	OpNot
	OpHas
	OpIn
)

// String returns OData's spelling.
func (o Operator) String() string { return operators[o].name }

// Comparison reports whether o is one of eq ne gt ge lt le.
func (o Operator) Comparison() bool { return o >= OpEq && o <= OpLe }

// Arithmetic reports whether o computes a number, negation included.
func (o Operator) Arithmetic() bool { return o >= OpAdd && o <= OpNegate }

// precedence says how tight an operator binds, by OData URL conventions §5.1.1.17.
type precedence uint8

const (
	precOr precedence = iota + 1
	precAnd
	precEquality
	precRelational
	precAdditive
	precMultiplicative
	precUnary
	precMember // has, in
	precPrimary
)

var operators = [...]struct {
	name string
	prec precedence
}{
	OpOr:     {"or", precOr},
	OpAnd:    {"and", precAnd},
	OpEq:     {"eq", precEquality},
	OpNe:     {"ne", precEquality},
	OpGt:     {"gt", precRelational},
	OpGe:     {"ge", precRelational},
	OpLt:     {"lt", precRelational},
	OpLe:     {"le", precRelational},
	OpAdd:    {"add", precAdditive},
	OpSub:    {"sub", precAdditive},
	OpMul:    {"mul", precMultiplicative},
	OpDiv:    {"div", precMultiplicative},
	OpDivBy:  {"divby", precMultiplicative},
	OpMod:    {"mod", precMultiplicative},
	OpNegate: {"-", precUnary},
	OpNot:    {"not", precUnary},
	OpHas:    {"has", precMember},
	OpIn:     {"in", precMember},
}

// binaryOperator finds the operator that stands between operands under the name
// word, or returns 0.
func binaryOperator(word string) Operator {
	var buf [longestWord]byte
	switch string(folded(&buf, word)) {
	case "or":
		return OpOr
	case "and":
		return OpAnd
	case "eq":
		return OpEq
	case "ne":
		return OpNe
	case "gt":
		return OpGt
	case "ge":
		return OpGe
	case "lt":
		return OpLt
	case "le":
		return OpLe
	case "add":
		return OpAdd
	case "sub":
		return OpSub
	case "mul":
		return OpMul
	case "div":
		return OpDiv
	case "divby":
		return OpDivBy
	case "mod":
		return OpMod
	case "has":
		return OpHas
	case "in":
		return OpIn
	}
	return 0
}
