package odata

import (
	"fmt"
	"slices"
)

// function is what the parser knows of a canonical function.
type function struct {
	name  string // OData's spelling
	least int    // arguments
	most  int
	typed bool // the last argument is a type
}

// functions is keyed by the name in lower case.
var functions = map[string]function{
	"concat":         {name: "concat", least: 2, most: 2},
	"contains":       {name: "contains", least: 2, most: 2},
	"endswith":       {name: "endswith", least: 2, most: 2},
	"indexof":        {name: "indexof", least: 2, most: 2},
	"length":         {name: "length", least: 1, most: 1},
	"matchespattern": {name: "matchesPattern", least: 2, most: 2},
	"startswith":     {name: "startswith", least: 2, most: 2},
	"substring":      {name: "substring", least: 2, most: 3},
	"tolower":        {name: "tolower", least: 1, most: 1},
	"toupper":        {name: "toupper", least: 1, most: 1},
	"trim":           {name: "trim", least: 1, most: 1},

	"hassubset":      {name: "hassubset", least: 2, most: 2},
	"hassubsequence": {name: "hassubsequence", least: 2, most: 2},

	"year":               {name: "year", least: 1, most: 1},
	"month":              {name: "month", least: 1, most: 1},
	"day":                {name: "day", least: 1, most: 1},
	"hour":               {name: "hour", least: 1, most: 1},
	"minute":             {name: "minute", least: 1, most: 1},
	"second":             {name: "second", least: 1, most: 1},
	"fractionalseconds":  {name: "fractionalseconds", least: 1, most: 1},
	"totalseconds":       {name: "totalseconds", least: 1, most: 1},
	"date":               {name: "date", least: 1, most: 1},
	"time":               {name: "time", least: 1, most: 1},
	"totaloffsetminutes": {name: "totaloffsetminutes", least: 1, most: 1},
	"mindatetime":        {name: "mindatetime"},
	"maxdatetime":        {name: "maxdatetime"},
	"now":                {name: "now"},

	"round":   {name: "round", least: 1, most: 1},
	"floor":   {name: "floor", least: 1, most: 1},
	"ceiling": {name: "ceiling", least: 1, most: 1},

	"cast": {name: "cast", least: 1, most: 2, typed: true},
	"isof": {name: "isof", least: 1, most: 2, typed: true},

	"geo.distance":   {name: "geo.distance", least: 2, most: 2},
	"geo.intersects": {name: "geo.intersects", least: 2, most: 2},
	"geo.length":     {name: "geo.length", least: 1, most: 1},
}

func findFunction(name string) (function, bool) {
	var buf [longestWord]byte
	f, ok := functions[string(folded(&buf, name))]
	return f, ok
}

// Functions returns the names of the canonical functions that a [Call] can have,
// sorted. "case" has a node of its own, [Case].
func Functions() []string {
	names := make([]string, 0, len(functions))
	for _, f := range functions {
		names = append(names, f.name)
	}
	slices.Sort(names)
	return names
}

// call reads the arguments of f; the token is the opening parenthesis.
func (p *parser) call(name token, f function) Expr {
	c := &Call{At: name.at, Name: f.name, Spelling: p.text(name)}
	if f.typed {
		c.Args = p.typedArgs()
		return c
	}
	p.next()
	if p.tok.kind != ')' {
		c.Args = make([]Expr, 0, f.least)
		c.Args = append(c.Args, p.expression())
		for p.took(',') {
			c.Args = append(c.Args, p.expression())
		}
	}
	p.expect(')', "')' or ','")
	if len(c.Args) < f.least || len(c.Args) > f.most {
		p.failAt(name, KindArity, f.name, fmt.Sprintf("%s takes %s, not %d", f.name, arity(f), len(c.Args)))
	}
	return c
}

func arity(f function) string {
	switch {
	case f.most == 0:
		return "no argument"
	case f.least != f.most:
		return fmt.Sprintf("%d or %d arguments", f.least, f.most)
	case f.most == 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", f.most)
}

// typedArgs reads the arguments of cast and isof: (Type) or (expression,Type).
func (p *parser) typedArgs() []Expr {
	p.next()
	state := *p
	if t := p.typeName(); p.err == nil && p.tok.kind == ')' {
		p.next()
		return []Expr{t}
	}
	*p = state
	value := p.expression()
	if p.tok.kind == ')' {
		*p = state // a single argument had to be a type: report why it is none
		return []Expr{p.typeName()}
	}
	p.expect(',', "')' or ','")
	t := p.typeName()
	p.expect(')', "')' or ','")
	return []Expr{value, t}
}

// typeName reads a type: a name, Collection(name), or either within quotes.
func (p *parser) typeName() *TypeName {
	if p.tok.kind != tokLiteral || p.tok.lit != LiteralString {
		return p.bareTypeName()
	}
	quoted := p.tok
	var inner parser
	inner.begin("", unquote(p.text(quoted)))
	inner.next()
	t := inner.bareTypeName()
	t.At = quoted.at
	if inner.end() != nil {
		p.failAt(quoted, KindSyntax, "", p.text(quoted)+" is not the name of a type")
	}
	p.next()
	return t
}

func (p *parser) bareTypeName() *TypeName {
	t := &TypeName{At: p.tok.at}
	t.Name = p.name("a type")
	if is(t.Name, "collection") && p.took('(') {
		t.Collection = true
		t.Name = p.name("a type")
		p.expect(')', "')'")
	}
	return t
}

// caseCall reads case(condition:value,…); the token is the opening parenthesis.
//
// Between two numbers the colon needs a blank: 10:20 is a time of day.
func (p *parser) caseCall(name token) Expr {
	c := &Case{At: name.at}
	p.next()
	for {
		var b Branch
		b.When = p.expression()
		p.expect(':', "':'")
		b.Then = p.expression()
		c.Branches = append(c.Branches, b)
		if !p.took(',') {
			break
		}
	}
	p.expect(')', "')' or ','")
	return c
}

// unknownFunction reports a call at operand position that is no canonical
// function, and neither a bound function with named parameters nor a key.
func (p *parser) unknownFunction(name token) {
	text := fmt.Sprintf("no function %q", p.text(name))
	if is(p.text(name), "substringof") {
		text += ` (use "contains", with the property first)`
	} else if near := nearest(p.text(name), Functions()); near != "" {
		text += fmt.Sprintf(" (did you mean %q?)", near)
	}
	p.failAt(name, KindFunction, p.text(name), text)
}
