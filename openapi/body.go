package openapi

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// validateBody judges presence and media type, then the JSON object.
func (op *Operation) validateBody(body Body, found *findings) {
	rule := op.body
	if rule == nil {
		return
	}
	if !body.Present {
		if rule.required || len(rule.inline) > 0 {
			found.add("body", "", "required", "body: is required")
		}
		return
	}
	if !rule.takes(body.MediaType) {
		found.add("header", "Content-Type", "mediaType", "Content-Type: want "+listNames(rule.media))
		return
	}
	switch {
	case !isJSON(body.MediaType):
	case op.Kind == LinkAdd || op.Kind == LinkSet:
		validateLink(body.Value, found)
	case rule.shape != nil:
		op.validateObject(body.Value, found)
	}
}

// takes reports whether the media type is among the described ones; any JSON
// type will do where application/json does, and none said where all do.
func (r *bodyRule) takes(contentType string) bool {
	if len(r.media) == 0 || isJSON(contentType) && slices.ContainsFunc(r.media, isJSON) {
		return true
	}
	kind := mediaType(contentType)
	for _, media := range r.media {
		family, any := strings.CutSuffix(media, "/*")
		if media == kind || any && (family == "*" || strings.HasPrefix(kind, family+"/")) {
			return true
		}
	}
	return false
}

// validateLink judges {"@odata.id": "…"} (graph-behaviour §3.6).
func validateLink(value any, found *findings) {
	object, ok := value.(map[string]any)
	if !ok {
		found.add("body", "", "type", "body: want object, got "+jsonType(value))
		return
	}
	id, ok := object["@odata.id"]
	if !ok {
		found.add("body", "/@odata.id", "required", "@odata.id: is required")
	} else if _, ok := id.(string); !ok {
		found.add("body", "/@odata.id", "type", "@odata.id: want string, got "+jsonType(id))
	}
}

func (op *Operation) validateObject(value any, found *findings) {
	object, ok := value.(map[string]any)
	if !ok {
		found.add("body", "", "type", "body: want object, got "+jsonType(value))
		return
	}
	if op.Kind == Action {
		object = spelled(op.body.shape, object)
	}
	c := bodyCheck{found: found, mode: whole}
	if op.body.partial {
		c.mode = partial
	}
	for _, name := range op.body.inline {
		if _, ok := object[name]; !ok {
			found.add("body", "/"+escapePointer(name), "required", name+": is required")
		}
	}
	c.object("", op.body.shape, object)
}

// spelled gives the parameters of an action the model's spelling. Its pages
// write them in other case than the model ("message" for "Message"), and Graph
// takes both.
func spelled(t *Type, object map[string]any) map[string]any {
	var renamed map[string]any
	for _, name := range slices.Sorted(maps.Keys(object)) {
		p := t.PropertyFold(name)
		if p == nil || p.Name == name {
			continue
		}
		if renamed == nil {
			renamed = maps.Clone(object)
		}
		if _, twice := renamed[p.Name]; !twice {
			delete(renamed, name)
			renamed[p.Name] = object[name]
		}
	}
	if renamed == nil {
		return object
	}
	return renamed
}

// bodyCheck judges the objects of one body.
type bodyCheck struct {
	found *findings
	mode  int
	depth int
}

// deepestBody bounds how far the check follows objects inside objects.
const deepestBody = 50

// object judges one object: its own members by the schema of its type, then
// what the schema leaves open, then the objects inside.
func (c *bodyCheck) object(at string, declared *Type, object map[string]any) {
	t := c.actual(at, declared, object)
	if err := t.flat(c.mode).VisitJSON(object, visitOptions...); err != nil {
		c.report(at, t, err)
	}
	for name, value := range object {
		if strings.IndexByte(name, '@') >= 0 {
			continue
		}
		if p := t.Property(name); p != nil {
			c.member(at, t, p, value)
		} else if !t.takes(name) {
			c.unknown(at, t, name)
		}
	}
}

// isReference reports whether an object does no more than name an entity by its id,
// which need not say what type that is of (D: page
// identitycontainer-post-authenticationeventsflows, whose providers have ids alone).
func isReference(object map[string]any) bool {
	id, ok := object["id"].(string)
	return ok && id != "" && len(object) == 1
}

// actual is the type that the object says it has, else the declared one, or the
// only one that this can be. No other than the declared type and those that
// derive from it will do.
func (c *bodyCheck) actual(at string, declared *Type, object map[string]any) *Type {
	tag, tagged := object["@odata.type"]
	if !tagged {
		if only := declared.Only(); only != nil {
			return only
		}
		if fits := declared.fitting(object); fits != nil && at != "" {
			return fits
		}
		if declared.Abstract && c.mode == whole && !isReference(object) {
			c.add(at, "@odata.type", "odataType", "is required: "+declared.Name+" is abstract")
		}
		return declared
	}
	text, isText := tag.(string)
	if !isText {
		c.add(at, "@odata.type", "type", "want string, got "+jsonType(tag))
		return declared
	}
	t := declared.in.Type(text)
	if t == nil && declared.anonymous() {
		return declared
	}
	if t == nil || t.Name != strings.TrimPrefix(text, "#") || !t.Is(declared) {
		c.add(at, "@odata.type", "odataType", "want "+declared.Name+" or a type derived from it")
		return declared
	}
	return t
}

// member judges what the schema leaves out: rules of writing, and the objects
// inside.
func (c *bodyCheck) member(at string, of *Type, p *Property, value any) {
	switch {
	case p.ReadOnly:
		c.add(at, p.Name, "readOnly", "is read-only")
		c.form(at, of, p, value)
		return
	case p.CreateOnly && c.mode == partial:
		c.add(at, p.Name, "createOnly", "cannot be changed after creation")
		c.form(at, of, p, value)
		return
	}
	t := p.Type.Type()
	if t == nil || t.Kind == EnumType || c.depth >= deepestBody {
		return
	}
	c.depth++
	defer func() { c.depth-- }()
	switch value := value.(type) {
	case map[string]any:
		if !p.Type.Collection {
			c.object(at+"/"+escapePointer(p.Name), t, value)
		}
	case []any:
		if !p.Type.Collection {
			return
		}
		for i, item := range value {
			if object, ok := item.(map[string]any); ok {
				c.object(at+"/"+escapePointer(p.Name)+"/"+strconv.Itoa(i), t, object)
			}
		}
	}
}

// form judges the value of a member that the schema of its object leaves out,
// because it may not be set: who lets that pass must not store what it cannot be.
// That there is no value is no value of the wrong form.
func (c *bodyCheck) form(at string, of *Type, p *Property, value any) {
	if value == nil {
		return
	}
	alone := openapi3.NewObjectSchema().WithPropertyRef(p.Name, p.schema().NewRef())
	if err := alone.VisitJSON(map[string]any{p.Name: value}, visitOptions...); err != nil {
		c.report(at, of, err)
	}
}

func (c *bodyCheck) unknown(at string, t *Type, name string) {
	if c.found.full() {
		c.found.more++
		return
	}
	c.add(at, name, "additionalProperties", "unknown property"+didYouMean(suggest(name, t.names())))
}

// add records a finding about a member of the object at a pointer.
func (c *bodyCheck) add(at, name, kind, text string) {
	path := at + "/" + escapePointer(name)
	c.found.add("body", path, kind, path[1:]+": "+text)
}

// report turns the validator's errors into findings.
func (c *bodyCheck) report(at string, t *Type, err error) {
	if many, ok := err.(openapi3.MultiError); ok {
		for _, e := range many {
			c.report(at, t, e)
		}
		return
	}
	if c.found.full() {
		c.found.more++
		return
	}
	schema, ok := err.(*openapi3.SchemaError)
	if !ok {
		c.found.add("body", at, "json", bodyPlace(at)+": not a JSON value")
		return
	}
	path := at
	pointer := schema.JSONPointer()
	for _, name := range pointer {
		path += "/" + escapePointer(name)
	}
	kind, text := explain(schema, t, pointer)
	c.found.add("body", path, kind, bodyPlace(path)+": "+text)
}

func bodyPlace(pointer string) string {
	if pointer == "" {
		return "body"
	}
	return pointer[1:]
}

// explain words one error of the validator without the value that broke the
// rule.
func explain(e *openapi3.SchemaError, t *Type, pointer []string) (kind, text string) {
	switch e.SchemaField {
	case "type":
		return "type", "want " + strings.Join(e.Schema.Type.Slice(), " or ") + ", got " + jsonType(e.Value)
	case "nullable":
		return "nullable", "must not be null"
	case "required":
		return "required", "is required"
	case "format":
		return "format", "want " + wordsFor(e.Schema.Format)
	case "enum", "pattern":
		if p := t.Property(pointer[0]); p != nil && p.Type.Type() != nil {
			return "enum", "want one of " + listNames(p.Type.Type().Members())
		}
		return "pattern", "does not match the pattern " + e.Schema.Pattern
	case "minimum":
		return "minimum", "want at least " + writeNumber(*e.Schema.Min)
	case "maximum":
		return "maximum", "want at most " + writeNumber(*e.Schema.Max)
	}
	return e.SchemaField, e.Reason
}

func writeNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func wordsFor(format string) string {
	if words, ok := formatWords[format]; ok {
		return words
	}
	return format
}

// jsonType names the JSON type of a decoded value.
func jsonType(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case float64, json.Number, int, int64:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// mostListed is how many names a text lists.
const mostListed = 30

func listNames(names []string) string {
	if len(names) > mostListed {
		return strings.Join(names[:mostListed], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}
