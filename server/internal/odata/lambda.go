package odata

import (
	"fmt"
	"slices"
)

// lambda reads the parentheses of any or all; its name is already taken.
func (p *parser) lambda(name token, over *Path, all bool) Expr {
	node := &Lambda{At: name.at, All: all, Over: over}
	p.next()
	if !all && p.took(')') {
		return node
	}
	variable := p.tok
	node.Variable = p.name("a range variable")
	switch {
	case nameEnd(node.Variable, 0) != len(node.Variable):
		p.failAt(variable, KindSyntax, "", fmt.Sprintf("%s cannot be a range variable", node.Variable))
	case p.inScope(node.Variable):
		// OData leaves shadowing open; Graph's library refuses it.
		p.failAt(variable, KindVariable, node.Variable, fmt.Sprintf("range variable %q is already in use", node.Variable))
	}
	p.expect(':', "':'")
	p.scope = append(p.scope, node.Variable)
	node.Predicate = p.expression()
	p.scope = p.scope[:len(p.scope)-1]
	p.expect(')', "')' or operator")
	return node
}

func (p *parser) inScope(name string) bool { return slices.Contains(p.scope, name) }
