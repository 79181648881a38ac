package openapi

import "github.com/getkin/kin-openapi/openapi3"

// classify says what stands at d and everywhere below it. Parents come first:
// what a name means depends on the type that it belongs to.
func (c *compiler) classify(d *draft) {
	if d.parent != nil {
		d.node.kind, d.node.value = c.placeOf(d)
	}
	for _, child := range d.children() {
		c.classify(child)
	}
}

func (c *compiler) placeOf(d *draft) (SegmentKind, TypeRef) {
	switch {
	case d.parent.key == d:
		return KeySegment, c.keyValue(d)
	case d.node.params != nil || d.isForm():
		return c.placeOfForm(d)
	}
	switch foldName(d.node.name) {
	case "$count":
		return CountSegment, TypeRef{Name: "Edm.Int32"}
	case "$ref":
		return RefSegment, TypeRef{}
	case "$value":
		return ValueSegment, TypeRef{Name: "Edm.Stream"}
	}
	switch d.operationType() {
	case "action":
		d.node.operation = true
		return ActionSegment, c.read(d, "POST")
	case "function":
		d.node.operation = true
		return FunctionSegment, c.read(d, "GET")
	}
	if kind, value, ok := c.placeOfMember(d); ok {
		return kind, value
	}
	return c.placeOfPath(d)
}

// isForm reports whether d is a form without parameters.
func (d *draft) isForm() bool {
	base := d.parent.literals[foldName(d.node.name)]
	return base != nil && base != d
}

// placeOfForm tells a function's overload from an alternate key.
func (c *compiler) placeOfForm(d *draft) (SegmentKind, TypeRef) {
	base := d.parent.literals[foldName(d.node.name)].node
	if base.kind == FunctionSegment {
		return FunctionSegment, c.read(d, "GET")
	}
	value := c.read(d, "GET")
	if value.Name == "" {
		value = base.value
	}
	value.Collection = false
	return KeySegment, value
}

// placeOfMember reads casts, and the properties of the type that stands above.
func (c *compiler) placeOfMember(d *draft) (SegmentKind, TypeRef, bool) {
	above := d.parent.node.value
	if _, qualified := unqualify(d.node.name); qualified {
		if t := c.in.typeFold(d.node.short()); t != nil {
			d.node.name = t.Name
			return CastSegment, TypeRef{Name: t.Name, Collection: above.Collection, in: c.in}, true
		}
	}
	t := above.Type()
	if t == nil || above.Collection {
		return 0, TypeRef{}, false
	}
	p := t.PropertyFold(d.node.name)
	if p == nil {
		return 0, TypeRef{}, false
	}
	to := p.Type.Type()
	switch {
	case p.Type.Name == "Edm.Stream":
		return ValueSegment, p.Type, true
	case d.key != nil, p.Navigation && p.Type.Collection:
		return SetSegment, p.Type, true
	case p.Navigation, to != nil && c.derivesFromEntity(to):
		if p.Type.Collection {
			return SetSegment, p.Type, true
		}
		return SingleSegment, p.Type, true
	}
	return PropertySegment, p.Type, true
}

func (c *compiler) derivesFromEntity(t *Type) bool {
	entity := c.in.types["entity"]
	return entity != nil && t.Is(entity)
}

// placeOfPath judges by the operations alone.
func (c *compiler) placeOfPath(d *draft) (SegmentKind, TypeRef) {
	value := c.read(d, "GET")
	switch {
	case d.item == nil && d.key == nil && len(d.forms) > 0:
		d.node.operation = true
		return FunctionSegment, TypeRef{}
	case value.Name == "Edm.Stream":
		return ValueSegment, value
	case d.key != nil || value.Collection && value.Type() != nil || d.lists():
		if value.Name == "" {
			value = c.elementOf(d)
		}
		value.Collection = true
		return SetSegment, value
	case d.item != nil && d.item.Post != nil && d.item.Get == nil && d.item.Patch == nil:
		d.node.operation = true
		return ActionSegment, c.read(d, "POST")
	case value.Name != "" && value.Type() == nil:
		return PropertySegment, value
	}
	return SingleSegment, value
}

// lists reports whether the GET here pages, which only lists do.
func (d *draft) lists() bool {
	if d.item == nil || d.item.Get == nil {
		return false
	}
	for _, p := range d.item.Get.Parameters {
		if p.Value != nil && (p.Value.Name == "$top" || p.Value.Name == "$skip") {
			return true
		}
	}
	return false
}

// keyValue is the type of the entities behind a key.
func (c *compiler) keyValue(d *draft) TypeRef {
	value := c.read(d, "GET")
	if value.Name == "" {
		value = d.parent.node.value
	}
	value.Collection = false
	return value
}

// elementOf finds a set's type when it cannot be listed: by what can be posted
// there, or by what stands behind its key.
func (c *compiler) elementOf(d *draft) TypeRef {
	if value := c.read(d, "POST"); value.Name != "" {
		return value
	}
	if d.key != nil {
		return c.read(d.key, "GET")
	}
	return TypeRef{}
}

// read is the type of a method's answer; Name is empty when there is none.
func (c *compiler) read(d *draft, method string) TypeRef {
	if d.item == nil {
		return TypeRef{}
	}
	op := d.item.GetOperation(method)
	if op == nil {
		return TypeRef{}
	}
	_, response := success(op)
	return c.answer(d, method, response)
}

// answer is the type of a response without its envelope.
func (c *compiler) answer(d *draft, method string, response *openapi3.Response) TypeRef {
	if response == nil {
		return TypeRef{}
	}
	where := d.node.item.template + "/" + method
	for _, media := range sortedKeys(response.Content) {
		schema := response.Content[media].Schema
		switch {
		case isJSON(media) && schema != nil:
			return c.unwrap(where, schema)
		case media == "text/plain" && d.node.kind == CountSegment:
			return TypeRef{Name: "Edm.Int32"}
		case schema != nil && schema.Value != nil && schema.Value.Format == "binary":
			return TypeRef{Name: "Edm.Stream"}
		}
	}
	return TypeRef{}
}
