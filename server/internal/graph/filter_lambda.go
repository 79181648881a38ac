package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// variable is the range variable of a lambda.
type variable struct {
	name string
	edm  string
	typ  *openapi.Type
	enum bool
}

// lambda plans any and all.
func (p *planner) lambda(n *odata.Lambda) predicate {
	at := p.path(n.Over)
	if at == nil {
		return nil
	}
	if !at.collection {
		return p.refuse("Any/All may only be used following a collection.")
	}
	if n.Predicate == nil {
		return func(s *scope) bool { return at.total(s).Number > 0 }
	}
	p.vars = append(p.vars, variable{n.Variable, at.edm, at.typ, at.enum})
	inner := p.predicate(n.Predicate)
	p.vars = p.vars[:len(p.vars)-1]
	if p.refused != nil {
		return nil
	}
	return func(s *scope) bool {
		depth := len(s.vars)
		defer func() { s.vars = s.vars[:depth] }()
		for i := range at.elements(s) {
			if s.vars = append(s.vars[:depth], i); inner(s) != n.All {
				return !n.All
			}
		}
		return n.All
	}
}
