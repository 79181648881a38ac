package odata

// Walk calls visit for e and, as long as visit returns true, for the expressions
// that e holds, in reading order. It looks into key predicates, function
// arguments and the options of /$count and /$filter segments too.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	switch n := e.(type) {
	case *Binary:
		Walk(n.Left, visit)
		Walk(n.Right, visit)
	case *Unary:
		Walk(n.Operand, visit)
	case *Call:
		walkAll(n.Args, visit)
	case *Case:
		for _, b := range n.Branches {
			Walk(b.When, visit)
			Walk(b.Then, visit)
		}
	case *Lambda:
		Walk(n.Over, visit)
		Walk(n.Predicate, visit)
	case *List:
		walkAll(n.Items, visit)
	case *Object:
		for _, m := range n.Members {
			Walk(m.Value, visit)
		}
	case *Path:
		walkSegments(n.Segments, visit)
	}
}

func walkAll(list []Expr, visit func(Expr) bool) {
	for _, e := range list {
		Walk(e, visit)
	}
}

func walkSegments(list []Segment, visit func(Expr) bool) {
	for _, s := range list {
		for _, a := range s.Args {
			Walk(a.Value, visit)
		}
		if s.Options != nil {
			Walk(s.Options.Filter, visit)
		}
	}
}
