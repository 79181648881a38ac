package openapi

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// classify says what stands at d and everywhere below it. Parents come first:
// what a name means depends on the type that it belongs to.
func (c *compiler) classify(d *draft) {
	if d.parent != nil {
		d.kind, d.value = c.placeOf(d)
	}
	for _, child := range d.children() {
		c.classify(child)
	}
}

func (c *compiler) placeOf(d *draft) (SegmentKind, facts.TypeRef) {
	switch {
	case d.parent.key == d:
		return KeySegment, c.keyValue(d)
	case d.base != nil:
		return c.placeOfForm(d)
	}
	switch table.Fold(d.name) {
	case "$count":
		return CountSegment, facts.TypeRef{Name: "Edm.Int32"}
	case "$ref":
		return RefSegment, facts.TypeRef{}
	case "$value":
		return ValueSegment, facts.TypeRef{Name: "Edm.Stream"}
	}
	switch d.operationType() {
	case "action":
		return ActionSegment, c.read(d, "POST")
	case "function":
		return FunctionSegment, c.read(d, "GET")
	}
	if kind, value, ok := c.placeOfMember(d); ok {
		return kind, value
	}
	return c.placeOfPath(d)
}

// placeOfForm tells a function's overload from an alternate key.
func (c *compiler) placeOfForm(d *draft) (SegmentKind, facts.TypeRef) {
	if d.base.kind == FunctionSegment {
		return FunctionSegment, c.read(d, "GET")
	}
	value := c.read(d, "GET")
	if value.Name == "" {
		value = d.base.value
	}
	value.Collection = false
	return KeySegment, value
}

// placeOfMember reads casts, and the properties of the type that stands above.
func (c *compiler) placeOfMember(d *draft) (SegmentKind, facts.TypeRef, bool) {
	above := d.parent.value
	if short, qualified := unqualify(d.name); qualified {
		if t := c.typeFold(short); t != nil {
			return CastSegment, facts.TypeRef{Name: t.name, Collection: above.Collection}, true
		}
	}
	t := c.typeOf(above)
	if t == nil || above.Collection {
		return 0, facts.TypeRef{}, false
	}
	p := c.propertyFold(t, d.name)
	if p == nil {
		return 0, facts.TypeRef{}, false
	}
	to := c.typeOf(p.Type)
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

func (c *compiler) derivesFromEntity(t *draftType) bool {
	entity := c.types["entity"]
	return entity != nil && c.derives(t, entity)
}

// placeOfPath judges by the operations alone.
func (c *compiler) placeOfPath(d *draft) (SegmentKind, facts.TypeRef) {
	value := c.read(d, "GET")
	switch {
	case d.item == nil && d.key == nil && len(d.forms) > 0:
		return FunctionSegment, facts.TypeRef{}
	case value.Name == "Edm.Stream":
		return ValueSegment, value
	case d.key != nil || value.Collection && c.typeOf(value) != nil || d.lists():
		if value.Name == "" {
			value = c.elementOf(d)
		}
		value.Collection = true
		return SetSegment, value
	case d.offers("POST") && !d.offers("GET", "PATCH"):
		return ActionSegment, c.read(d, "POST")
	case value.Name != "" && c.typeOf(value) == nil:
		return PropertySegment, value
	}
	return SingleSegment, value
}

// lists reports whether the GET here pages, which only lists do.
func (d *draft) lists() bool { return d.offers("GET") && d.item["GET"].pages }

// keyValue is the type of the entities behind a key.
func (c *compiler) keyValue(d *draft) facts.TypeRef {
	value := c.read(d, "GET")
	if value.Name == "" {
		value = d.parent.value
	}
	value.Collection = false
	return value
}

// elementOf finds a set's type when it cannot be listed: by what can be posted
// there, or by what stands behind its key.
func (c *compiler) elementOf(d *draft) facts.TypeRef {
	if value := c.read(d, "POST"); value.Name != "" {
		return value
	}
	if d.key != nil {
		return c.read(d.key, "GET")
	}
	return facts.TypeRef{}
}

// read is the type of a method's answer; Name is empty when there is none.
func (c *compiler) read(d *draft, method string) facts.TypeRef {
	if op := d.item[method]; op != nil {
		return op.facts.Response
	}
	return facts.TypeRef{}
}

// answer is the type of a response without its envelope.
func (c *compiler) answer(d *draft, method string, response *openapi3.Response) facts.TypeRef {
	if response == nil {
		return facts.TypeRef{}
	}
	where := d.path() + "/" + method
	for _, media := range sortedKeys(response.Content) {
		schema := response.Content[media].Schema
		switch {
		case isJSON(media) && schema != nil:
			return c.unwrap(where, schema)
		case media == "text/plain" && equalFold(d.name, "$count"):
			return facts.TypeRef{Name: "Edm.Int32"}
		case schema != nil && schema.Value != nil && schema.Value.Format == "binary":
			return facts.TypeRef{Name: "Edm.Stream"}
		}
	}
	return facts.TypeRef{}
}
