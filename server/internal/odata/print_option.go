package odata

import (
	"strconv"
	"strings"
)

// PrintSearch returns the canonical text of s, with AND always written.
func PrintSearch(s Search) string {
	var p printer
	p.search(s)
	return string(p.text)
}

// PrintSelect returns the canonical text of a $select.
func PrintSelect(list []SelectItem) string {
	var p printer
	p.selection(list)
	return string(p.text)
}

// PrintExpand returns the canonical text of an $expand.
func PrintExpand(list []ExpandItem) string {
	var p printer
	p.expansion(list)
	return string(p.text)
}

// PrintOrderBy returns the canonical text of an $orderby; ascending is not written.
func PrintOrderBy(list []OrderItem) string {
	var p printer
	p.orderBy(list)
	return string(p.text)
}

// String returns the query as a raw query string in canonical form: the options
// in the order of their constants with their "$", then aliases, then custom
// parameters as they were sent.
func (q *Query) String() string {
	var b []byte
	add := func(name, value string) {
		if len(b) > 0 {
			b = append(b, '&')
		}
		b = append(encode(b, name, nameSafe), '=')
		b = encode(b, value, valueSafe)
	}
	for o := range q.Given.All() {
		add(o.String(), q.printed(o))
	}
	for i := range q.Aliases {
		add("@"+q.Aliases[i].Name, q.Aliases[i].printed())
	}
	for _, c := range q.Custom {
		if len(b) > 0 {
			b = append(b, '&')
		}
		b = append(b, c.Raw...)
	}
	return string(b)
}

func (q *Query) printed(o Option) string {
	if text := q.text(o); text != nil {
		return *text
	}
	if o == OptionIndex {
		return strconv.Itoa(q.Index)
	}
	var p printer
	p.option(o, &q.Options)
	return string(p.text)
}

func (a *Alias) printed() string {
	if a.Value == nil {
		return a.Text
	}
	return Print(a.Value)
}

// nested writes options in parentheses, in the order of their constants.
func (p *printer) nested(o *Options) {
	if o == nil {
		return
	}
	separator := "("
	for k := range o.Given.All() {
		p.add(separator + k.String() + "=")
		p.option(k, o)
		separator = ";"
	}
	for i := range o.Aliases {
		p.add(separator + "@" + o.Aliases[i].Name + "=" + o.Aliases[i].printed())
		separator = ";"
	}
	p.add(")")
}

func (p *printer) option(option Option, o *Options) {
	switch option {
	case OptionFilter:
		p.expr(o.Filter)
	case OptionSelect:
		p.selection(o.Select)
	case OptionExpand:
		p.expansion(o.Expand)
	case OptionOrderBy:
		p.orderBy(o.OrderBy)
	case OptionSearch:
		p.search(o.Search)
	case OptionTop:
		p.add(strconv.Itoa(o.Top))
	case OptionSkip:
		p.add(strconv.Itoa(o.Skip))
	case OptionCount:
		p.add(strconv.FormatBool(o.Count))
	case OptionLevels:
		p.levels(o.Levels)
	case OptionCompute:
		p.add(o.Compute)
	}
}

func (p *printer) levels(n int) {
	if n == LevelsMax {
		p.add("max")
		return
	}
	p.add(strconv.Itoa(n))
}

func (p *printer) selection(list []SelectItem) {
	for i := range list {
		if i > 0 {
			p.add(",")
		}
		p.segments(list[i].Path)
		p.nested(list[i].Options)
		if names := list[i].Parameters; names != nil {
			p.add("(" + strings.Join(names, ",") + ")")
		}
	}
}

func (p *printer) expansion(list []ExpandItem) {
	for i := range list {
		if i > 0 {
			p.add(",")
		}
		p.segments(list[i].Path)
		p.nested(list[i].Options)
	}
}

func (p *printer) orderBy(list []OrderItem) {
	for i, item := range list {
		if i > 0 {
			p.add(",")
		}
		p.expr(item.By)
		if item.Descending {
			p.add(" desc")
		}
	}
}

func (p *printer) search(s Search) {
	switch n := s.(type) {
	case *SearchTerm:
		p.term(n)
	case *SearchNot:
		p.add("NOT ")
		p.searchOperand(n.Operand, searchNot)
	case *SearchAnd:
		p.searchOperand(n.Left, searchAnd)
		p.add(" AND ")
		p.searchOperand(n.Right, searchAnd+1)
	case *SearchOr:
		p.searchOperand(n.Left, searchOr)
		p.add(" OR ")
		p.searchOperand(n.Right, searchOr+1)
	}
}

func (p *printer) term(n *SearchTerm) {
	if n.Quoted {
		p.add(`"` + searchEscape.Replace(n.Text) + `"`)
		return
	}
	p.add(n.Text)
}

// How tight the nodes of a search bind.
const (
	searchOr = iota
	searchAnd
	searchNot
	searchTerm
)

func (p *printer) searchOperand(s Search, least int) {
	binding := searchTerm
	switch s.(type) {
	case *SearchOr:
		binding = searchOr
	case *SearchAnd:
		binding = searchAnd
	case *SearchNot:
		binding = searchNot
	}
	if binding >= least {
		p.search(s)
		return
	}
	p.add("(")
	p.search(s)
	p.add(")")
}
