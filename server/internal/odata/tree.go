package odata

// Expr is a node of a $filter, $orderby or parameter expression. The set is
// closed: [*Literal], [*Path], [*Binary], [*Unary], [*Call], [*Case], [*Lambda],
// [*List], [*Object] and [*TypeName]. Grouping parentheses leave no node.
type Expr interface {
	// Offset is where the node's defining token begins: the operator of a
	// Binary, the name of a Call. It counts bytes of the decoded option text.
	Offset() int
	expr()
}

// Binary is an operator between two operands.
type Binary struct {
	At    int
	Op    Operator
	Left  Expr
	Right Expr // of OpIn a *List, or an expression that yields a collection
}

// Unary is a negation, arithmetic (OpNegate) or logical (OpNot).
type Unary struct {
	At      int
	Op      Operator
	Operand Expr
}

// Call is a canonical function with a permitted number of arguments.
type Call struct {
	At       int
	Name     string // OData's spelling: "startswith", "matchesPattern"
	Spelling string // the caller's: "startsWith"
	Args     []Expr // of cast and isof the last one is a *TypeName
}

// Case is the case function: the value of the first branch that holds.
type Case struct {
	At       int
	Branches []Branch // at least one
}

// Branch is one condition and value of a Case.
type Branch struct {
	When Expr
	Then Expr
}

// Lambda is any or all over a collection.
type Lambda struct {
	At        int
	All       bool   // all; else any
	Over      *Path  // the collection
	Variable  string // "" only for any without argument, which asks for at least one item
	Predicate Expr   // nil when Variable is ""
}

// List is the right side of in, or a JSON array.
type List struct {
	At    int
	Array bool // written in brackets; items may be any value. Else literals and aliases only
	Items []Expr
}

// Object is a JSON object, as a complex parameter value is written.
type Object struct {
	At      int
	Members []Member
}

// Member is a name and value of an Object.
type Member struct {
	At    int
	Name  string
	Value Expr
}

// TypeName is the type argument of cast and isof. Graph's quoted form
// isof('microsoft.graph.win32LobApp') gives the same node.
type TypeName struct {
	At         int
	Name       string // as spelled, with its namespace if it had one
	Collection bool   // Collection(Name)
}

func (n *Binary) Offset() int   { return n.At }
func (n *Unary) Offset() int    { return n.At }
func (n *Call) Offset() int     { return n.At }
func (n *Case) Offset() int     { return n.At }
func (n *Lambda) Offset() int   { return n.At }
func (n *List) Offset() int     { return n.At }
func (n *Object) Offset() int   { return n.At }
func (n *TypeName) Offset() int { return n.At }
func (n *Literal) Offset() int  { return n.At }
func (n *Path) Offset() int     { return n.At }

func (*Binary) expr()   {}
func (*Unary) expr()    {}
func (*Call) expr()     {}
func (*Case) expr()     {}
func (*Lambda) expr()   {}
func (*List) expr()     {}
func (*Object) expr()   {}
func (*TypeName) expr() {}
func (*Literal) expr()  {}
func (*Path) expr()     {}
