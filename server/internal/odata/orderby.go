package odata

// OrderItem is one sort criterion of $orderby.
type OrderItem struct {
	At         int
	By         Expr
	Descending bool
}

// ParseOrderBy reads a decoded $orderby. The error is an [*Error].
func ParseOrderBy(s string) ([]OrderItem, error) {
	return parse(OptionOrderBy.String(), s, (*parser).orderBy)
}

func (p *parser) orderBy() []OrderItem {
	list := []OrderItem{p.orderItem()}
	for p.took(',') {
		list = append(list, p.orderItem())
	}
	return list
}

func (p *parser) orderItem() OrderItem {
	item := OrderItem{At: p.tok.at}
	item.By = p.expression()
	if p.tok.kind != tokName {
		return item
	}
	switch word := p.text(p.tok); {
	case is(word, "desc"):
		item.Descending = true
	case !is(word, "asc"):
		p.unexpected(`"asc", "desc" or ","`)
	}
	p.next()
	return item
}
