package openapi

import (
	"encoding/json"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// parts makes kin-openapi's values of single paths and schemas. References to
// types stay references: behind each stands a stub, the same for all, and the
// whole schema is parsed again for the few that look into it.
type parts struct {
	compiler *compiler
	refs     *references
	stubs    map[string]*openapi3.Schema // of the schemas that are types
	unnamed  map[string]*openapi3.Schema // those that are none: envelopes and aliases
}

func newParts(c *compiler, refs *references) parts {
	return parts{compiler: c, refs: refs, stubs: map[string]*openapi3.Schema{}, unnamed: map[string]*openapi3.Schema{}}
}

// schema parses a named schema.
func (p *parts) schema(name string) (*openapi3.Schema, error) {
	quiet := *p.refs
	quiet.problems = &problemList{} // told already, when the type was declared
	tree, err := quiet.schema(name)
	if err != nil {
		return nil, err
	}
	ref := &openapi3.SchemaRef{}
	if err := p.decode(tree, ref); err != nil {
		p.refs.problems.add("/components/schemas/"+escapePointer(name), "not a valid schema: %v: it is served without a type", err)
		return &openapi3.Schema{}, nil
	}
	p.link(ref)
	if ref.Value == nil {
		return &openapi3.Schema{}, nil
	}
	return ref.Value, nil
}

// path parses a path item; nil when it cannot be served.
func (p *parts) path(name string) (*openapi3.PathItem, error) {
	tree, err := p.refs.path(name)
	if err != nil || tree == nil {
		return nil, err
	}
	item := &openapi3.PathItem{}
	if err := p.decode(tree, item); err != nil {
		p.refs.problems.add("/paths/"+escapePointer(name), "not a valid path item: %v: it is left out", err)
		return nil, nil
	}
	p.linkItem(item)
	return item, nil
}

// decode makes a value of a tree, whose references to anything but types are
// replaced by what they lead to.
func (p *parts) decode(tree any, into json.Unmarshaler) error {
	dropExamples(tree, false)
	data, err := json.Marshal(modern(p.inlined(tree, 0)))
	if err != nil {
		return err
	}
	return into.UnmarshalJSON(data)
}

// inlined is a tree without references but those to named schemas.
func (p *parts) inlined(value any, depth int) any {
	switch value := value.(type) {
	case map[string]any:
		if ref, ok := value["$ref"].(string); ok {
			return p.followed(ref, depth)
		}
		for name, v := range value {
			if !strings.HasPrefix(name, "x-") {
				value[name] = p.inlined(v, depth)
			}
		}
	case []any:
		for i, item := range value {
			value[i] = p.inlined(item, depth)
		}
	}
	return value
}

// followed is what stands for a reference.
func (p *parts) followed(ref string, depth int) any {
	if name := componentName(ref); name != "" && p.refs.document.has("/components/schemas", name) {
		return map[string]any{"$ref": ref}
	}
	target, ok := p.refs.follow(ref)
	if !ok || depth > mostHops {
		return map[string]any{}
	}
	target = clone(target)
	dropExamples(target, false)
	return p.inlined(target, depth+1)
}

// linkItem sets what stands behind the schemas of a path.
func (p *parts) linkItem(item *openapi3.PathItem) {
	p.linkParameters(item.Parameters)
	for _, op := range item.Operations() {
		p.linkParameters(op.Parameters)
		if op.RequestBody != nil && op.RequestBody.Value != nil {
			p.linkContent(op.RequestBody.Value.Content)
		}
		if op.Responses == nil {
			continue
		}
		for _, r := range op.Responses.Map() {
			if r.Value != nil {
				p.linkContent(r.Value.Content)
			}
		}
	}
}

func (p *parts) linkParameters(list openapi3.Parameters) {
	for _, ref := range list {
		if ref.Value != nil {
			p.link(ref.Value.Schema)
			p.linkContent(ref.Value.Content)
		}
	}
}

func (p *parts) linkContent(content openapi3.Content) {
	for _, media := range content {
		if media != nil {
			p.link(media.Schema)
		}
	}
}

// link sets what stands behind the references of a schema.
func (p *parts) link(ref *openapi3.SchemaRef) {
	switch {
	case ref == nil:
	case ref.Ref != "":
		ref.Value = p.referred(componentName(ref.Ref))
	case ref.Value != nil:
		s := ref.Value
		for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf, s.AllOf, {s.Not, s.Items, s.AdditionalProperties.Schema}} {
			for _, inner := range list {
				p.link(inner)
			}
		}
		for _, inner := range s.Properties {
			p.link(inner)
		}
	}
}

// referred is what stands behind a reference to a named schema.
func (p *parts) referred(name string) *openapi3.Schema {
	if stub := p.stubs[name]; stub != nil {
		return stub
	}
	if known := p.unnamed[name]; known != nil {
		return known
	}
	p.unnamed[name] = &openapi3.Schema{} // so that one that leads to itself ends
	if schema, err := p.schema(name); err == nil {
		p.unnamed[name] = schema
	}
	return p.unnamed[name]
}

// whole is the schema behind a reference with all that is in it.
func (p *parts) whole(ref *openapi3.SchemaRef) *openapi3.Schema {
	name := componentName(ref.Ref)
	if name == "" || p.stubs[name] == nil {
		return ref.Value
	}
	schema, err := p.schema(name)
	if err != nil {
		return ref.Value
	}
	return schema
}
