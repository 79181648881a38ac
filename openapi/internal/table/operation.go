package table

import "github.com/fakegraph/fakegraph/openapi/internal/facts"

// Operation is one method of one path.
type Operation struct {
	Method   string
	Kind     uint8 // as [OperationKind] words it
	Request  Ref
	Response Ref
	Profile  uint32 // what operations share; see [Table.Profile]
}

// Operations counts the operations. Those of a node lie together, by method.
func (t *Table) Operations() int { return t.rows(operationSection) }

// NodeOperations are the rows of a node's operations, from first to before end.
func (t *Table) NodeOperations(node int) (first, end int) {
	return t.span(nodeSection, node, nodeOperations, t.Operations())
}

// OperationNode is the row of the node that an operation belongs to.
func (t *Table) OperationNode(row int) int {
	return t.owner(nodeSection, nodeOperations, row, t.Nodes())
}

// Method reads an operation's method alone.
func (t *Table) Method(row int) string {
	r := t.record(operationSection, row)
	if r == "" {
		return ""
	}
	return word(methods, r[operationBits]&0x0f)
}

// Operation reads an operation.
func (t *Table) Operation(row int) Operation {
	r := t.record(operationSection, row)
	if r == "" {
		return Operation{}
	}
	return Operation{
		Method: word(methods, r[operationBits]&0x0f), Kind: r[operationBits] >> 4,
		Request: Ref(number16(r, operationRequest)), Response: Ref(number16(r, operationResponse)),
		Profile: number24(r, operationProfile),
	}
}

// ID is an operation's operationId, empty when it has none.
func (t *Table) ID(operation int) string {
	ref := t.paired(idSection, operation)
	if ref == 0 {
		return ""
	}
	return t.text(ref)
}

// Profile is what many operations have in common.
type Profile struct {
	Status      int
	StatusFrom  string
	Permissions []facts.Permission
	PermFrom    string
	Query       []string
	Overlay     bool

	Body        string
	Media       []string
	Required    []string
	Parameters  []facts.Parameter
	Arguments   []facts.Argument
	Deprecation *facts.Deprecation
	Clouds      []string
}

// Profile reads the profile of [Operation.Profile].
func (t *Table) Profile(at uint32) Profile {
	c := t.at(at)
	bits := c.byte()
	p := Profile{
		StatusFrom: word(statusSources, bits&profileStatusFrom), PermFrom: word(permissionSources, bits&profilePermFrom>>2),
		Overlay: bits&profileOverlay != 0, Status: c.int(),
	}
	p.Permissions = t.permissions(c.uint())
	p.Query = t.list(c.uint())
	if bits&profileDetail != 0 {
		p.Body = word(bodies, c.byte())
		p.Media = t.list(c.uint())
		p.Required = t.list(c.uint())
		p.Parameters = t.parameters(c.uint())
		p.Arguments = t.arguments(c.uint())
		p.Deprecation = t.deprecation(c.uint())
		p.Clouds = t.list(c.uint())
	}
	return p
}

func (t *Table) permissions(at uint32) []facts.Permission {
	if at == 0 {
		return nil
	}
	c := t.at(at)
	list := make([]facts.Permission, 0, c.most(2))
	for n := c.count(); n > 0; n-- {
		bits := c.byte()
		p := facts.Permission{Scheme: word(schemes, bits&permissionScheme), Name: t.text(c.uint()), Least: bits&permissionLeast != 0}
		if bits&permissionAlso != 0 {
			p.Also = t.list(c.uint())
		}
		list = append(list, p)
	}
	return list
}

func (t *Table) parameters(at uint32) []facts.Parameter {
	if at == 0 {
		return nil
	}
	c := t.at(at)
	list := make([]facts.Parameter, 0, c.most(3))
	for n := c.count(); n > 0; n-- {
		list = append(list, c.parameter())
	}
	return list
}

func (t *Table) arguments(at uint32) []facts.Argument {
	if at == 0 {
		return nil
	}
	c := t.at(at)
	list := make([]facts.Argument, 0, c.most(4))
	for n := c.count(); n > 0; n-- {
		in := word(places, c.byte())
		list = append(list, facts.Argument{In: in, Parameter: c.parameter()})
	}
	return list
}

func (t *Table) deprecation(at uint32) *facts.Deprecation {
	if at == 0 {
		return nil
	}
	c := t.at(at)
	return &facts.Deprecation{Element: t.text(c.uint()), Announced: c.day(), Removal: c.day()}
}

// list reads a list of names that lies elsewhere; nil for reference zero.
func (t *Table) list(at uint32) []string {
	if at == 0 {
		return nil
	}
	c := t.at(at)
	return c.names()
}
