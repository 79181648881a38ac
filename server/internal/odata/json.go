package odata

import "encoding/json"

// value reads a parameter value: a JSON text or an expression, which may be an
// array or object.
func (p *parser) value() Expr {
	if p.tok.kind == tokText {
		at := p.tok.at
		return &Literal{At: at, Kind: LiteralString, Text: p.jsonText()}
	}
	return p.expression()
}

// array reads [value,…].
func (p *parser) array() Expr {
	list := &List{At: p.tok.at, Array: true}
	p.next()
	if p.took(']') {
		return list
	}
	list.Items = append(list.Items, p.value())
	for p.took(',') {
		list.Items = append(list.Items, p.value())
	}
	p.expect(']', "']' or ','")
	return list
}

// object reads {"name":value,…}. A name that stands twice is kept twice.
func (p *parser) object() Expr {
	node := &Object{At: p.tok.at}
	p.next()
	if p.took('}') {
		return node
	}
	node.Members = append(node.Members, p.member())
	for p.took(',') {
		node.Members = append(node.Members, p.member())
	}
	p.expect('}', "'}' or ','")
	return node
}

func (p *parser) member() Member {
	m := Member{At: p.tok.at}
	if p.tok.kind != tokText {
		p.unexpected(`a name in double quotes`)
		return m
	}
	m.Name = p.jsonText()
	p.expect(':', "':'")
	m.Value = p.value()
	return m
}

// jsonText reads the double-quoted token.
func (p *parser) jsonText() string {
	t := p.tok
	var text string
	if err := json.Unmarshal([]byte(p.text(t)), &text); err != nil {
		p.failAt(t, KindLiteral, p.text(t), clipped(p.text(t))+" is not a valid JSON text")
	}
	p.next()
	return text
}
