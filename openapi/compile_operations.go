package openapi

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// draftOperation is an operation under construction: its facts as far as they
// do not depend on what stands at its path.
type draftOperation struct {
	facts     facts.Operation
	word      string           // what the description calls it
	pages     bool             // it takes $top or $skip
	arguments []facts.Argument // of path, query and header, in order
	body      *draftBody       // nil: nothing is described
}

// draftBody is a described body.
type draftBody struct {
	required bool
	media    []string
	schema   *openapi3.SchemaRef // of JSON; nil for none
}

// describe reads a method of a path.
func (c *compiler) describe(d *draft, method string, described *openapi3.Operation, item *openapi3.PathItem) *draftOperation {
	status, response := success(described)
	op := &draftOperation{facts: facts.Operation{
		ID: described.OperationID, Method: method, Path: d.path(), Status: status, StatusFrom: "documented",
		Response: c.answer(d, method, response), Clouds: stringList(described.Extensions[extClouds]),
		Deprecation: deprecation(described.Extensions[extDeprecation]),
	}}
	if op.facts.Path == "" {
		op.facts.Path = "/"
	}
	if status == 0 {
		op.facts.StatusFrom = "rule"
	}
	if op.facts.Clouds == nil {
		op.facts.Clouds = stringList(item.Extensions[extClouds])
	}
	op.word, _ = described.Extensions[extOperation].(string)
	c.readParameters(op, described, item.Parameters)
	op.body = draftBodyOf(described.RequestBody)
	readPermissions(&op.facts, described)
	return op
}

func draftBodyOf(ref *openapi3.RequestBodyRef) *draftBody {
	if ref == nil || ref.Value == nil {
		return nil
	}
	b := &draftBody{required: ref.Value.Required}
	for _, media := range sortedKeys(ref.Value.Content) {
		b.media = append(b.media, mediaType(media))
		if schema := ref.Value.Content[media].Schema; isJSON(media) && schema != nil {
			b.schema = schema
		}
	}
	return b
}

// operation completes the facts of one method of a path by what stands there.
func (c *compiler) operation(d *draft, method string, from *draftOperation) facts.Operation {
	op := from.facts
	op.Segments = d.segments()
	kind := operationKind(d, method)
	op.Kind = kind.word()
	if kind == List {
		op.Response.Collection = true
	}
	for _, a := range from.arguments {
		readArgument(&op, d, a)
	}
	c.readBody(&op, kind, from.body)
	return op
}

// operationKind follows from the place and the method.
func operationKind(d *draft, method string) Kind {
	switch d.kind {
	case RefSegment:
		return linkKind(method)
	case CountSegment:
		return Count
	case ActionSegment:
		return Action
	case FunctionSegment:
		return Function
	case ValueSegment:
		if method != "DELETE" {
			return Stream
		}
	}
	switch method {
	case "POST":
		return Create
	case "PATCH":
		return Update
	case "PUT":
		return Replace
	case "DELETE":
		return Delete
	}
	if d.kind == SetSegment || d.value.Collection && d.kind != PropertySegment {
		return List
	}
	return Get
}

// linkKind is what a method does to a $ref.
func linkKind(method string) Kind {
	switch method {
	case "POST":
		return LinkAdd
	case "PUT", "PATCH":
		return LinkSet
	case "DELETE":
		return LinkDrop
	}
	return LinkRead
}

// success returns the lowest described status of success and its response.
func success(op *openapi3.Operation) (int, *openapi3.Response) {
	if op.Responses == nil {
		return 0, nil
	}
	for _, code := range sortedKeys(op.Responses.Map()) {
		if !strings.HasPrefix(code, "2") {
			continue
		}
		status, _ := strconv.Atoi(code)
		if ref := op.Responses.Value(code); ref != nil && ref.Value != nil {
			return status, ref.Value
		}
		return status, nil
	}
	return 0, nil
}

// unwrap takes the envelope off an answer: {"value": …} beside annotations.
func (c *compiler) unwrap(where string, ref *openapi3.SchemaRef) facts.TypeRef {
	name := componentName(ref.Ref)
	if name == "" || c.typeNamed(name) == nil {
		if inner := c.envelope(ref, 0); inner != nil {
			ref = inner
		}
	}
	return c.property(where, "value", ref).Type
}

// envelope returns the schema of "value" when nothing but annotations stands
// beside it.
func (c *compiler) envelope(ref *openapi3.SchemaRef, depth int) *openapi3.SchemaRef {
	if ref.Value == nil || depth > deepestWrap {
		return nil
	}
	s := c.parts.whole(ref)
	for name := range s.Properties {
		if name != "value" && !strings.Contains(name, "@") {
			return nil
		}
	}
	if inner := s.Properties["value"]; inner != nil {
		return inner
	}
	for _, part := range s.AllOf {
		if inner := c.envelope(part, depth+1); inner != nil {
			return inner
		}
	}
	return nil
}

// readParameters sorts the parameters of path, query and header, those of the
// operation before those that the path's operations share.
func (c *compiler) readParameters(op *draftOperation, described *openapi3.Operation, shared openapi3.Parameters) {
	params := slices.Clone(described.Parameters)
	for _, p := range shared {
		if p.Value != nil && described.Parameters.GetByInAndName(p.Value.In, p.Value.Name) == nil {
			params = append(params, p)
		}
	}
	for _, ref := range params {
		if p := ref.Value; p != nil {
			c.readParameter(op, p)
		}
	}
	slices.Sort(op.facts.Query)
	op.facts.Query = slices.Compact(op.facts.Query)
}

func (c *compiler) readParameter(op *draftOperation, p *openapi3.Parameter) {
	op.pages = op.pages || p.Name == "$top" || p.Name == "$skip"
	if option, ok := strings.CutPrefix(p.Name, "$"); ok && p.In == "query" {
		op.facts.Query = append(op.facts.Query, option)
		return
	}
	from := c.property(op.facts.Path+"/"+op.facts.Method, p.Name, p.Schema)
	value := facts.Parameter{Name: p.Name, Type: from.Type, Nullable: from.Nullable, Required: p.Required, Limits: from.Limits}
	op.arguments = append(op.arguments, facts.Argument{In: p.In, Parameter: value})
}

// readArgument sorts a parameter to a function's parentheses or to the others.
// Some are described twice, as Prefer is in Graph's documents.
func readArgument(op *facts.Operation, d *draft, a facts.Argument) {
	if a.In == "path" && op.Kind == Function.word() && slices.Contains(d.params, a.Name) {
		if !slices.ContainsFunc(op.Parameters, func(o facts.Parameter) bool { return o.Name == a.Name }) {
			op.Parameters = append(op.Parameters, a.Parameter)
		}
		return
	}
	if !slices.ContainsFunc(op.Arguments, func(o facts.Argument) bool { return o.In == a.In && o.Name == a.Name }) {
		op.Arguments = append(op.Arguments, a)
	}
}

// readBody reads what may be sent. An action without a described body takes
// none or an empty object.
func (c *compiler) readBody(op *facts.Operation, kind Kind, body *draftBody) {
	if body == nil {
		if kind != Action && kind != LinkAdd && kind != LinkSet {
			op.Body = facts.BodyOpen
		}
		return
	}
	op.Body = facts.BodyOptional
	if body.required {
		op.Body = facts.BodyRequired
	}
	op.Media = body.media
	if body.schema != nil && kind != LinkAdd && kind != LinkSet {
		c.readShape(op, kind, body.schema)
	}
}

// readShape finds the type of a JSON body, and what is required at the
// operation itself beside a reference.
func (c *compiler) readShape(op *facts.Operation, kind Kind, schema *openapi3.SchemaRef) {
	if kind != Action && schema.Ref == "" {
		if named := inlineRequired(op, schema.Value); named != nil {
			schema = named
		}
	}
	where := op.Path + "/" + op.Method
	ref := c.property(where, "body", schema).Type
	t := c.typeOf(ref)
	if t == nil && schema.Value != nil && schema.Value.Type.Is("object") && !strings.HasPrefix(ref.Name, "Edm.") {
		t = c.declare(where+"/body", schema.Value)
	}
	if t == nil || t.kind == EnumType || ref.Collection {
		return
	}
	if kind == Action && t.isParameters() {
		op.Parameters = t.parameters()
		delete(c.types, shortTypeName(t.name))
		return
	}
	op.Request = facts.TypeRef{Name: t.name}
}

// isParameters reports whether an anonymous type is no more than the list of
// an action's parameters.
func (t *draftType) isParameters() bool {
	if !t.anonymous() || t.open || t.base != "" {
		return false
	}
	for _, name := range t.required {
		if !slices.ContainsFunc(t.own, func(p *facts.Property) bool { return p.Name == name }) {
			return false
		}
	}
	return !slices.ContainsFunc(t.own, func(p *facts.Property) bool { return p.ReadOnly || p.CreateOnly })
}

func (t *draftType) parameters() []facts.Parameter {
	var list []facts.Parameter
	for _, p := range t.own {
		list = append(list, facts.Parameter{
			Name: p.Name, Type: p.Type, Nullable: p.Nullable, Required: slices.Contains(t.required, p.Name), Limits: p.Limits,
		})
	}
	return list
}

// inlineRequired gathers required names written at the operation around one
// reference, and returns the reference; nil when there is more inside.
func inlineRequired(op *facts.Operation, s *openapi3.Schema) *openapi3.SchemaRef {
	if s == nil || len(s.Properties) > 0 {
		return nil
	}
	var named *openapi3.SchemaRef
	required := slices.Clone(s.Required)
	for _, part := range s.AllOf {
		switch {
		case part.Ref != "" && named == nil:
			named = part
		case part.Ref == "" && part.Value != nil && len(part.Value.Properties) == 0:
			required = append(required, part.Value.Required...)
		default:
			return nil
		}
	}
	if named != nil {
		slices.Sort(required)
		op.Required = slices.Compact(required)
	}
	return named
}

// readPermissions prefers our own extension to the document's security.
func readPermissions(op *facts.Operation, described *openapi3.Operation) {
	op.PermFrom = PermissionsUnknown
	if lists, ok := described.Extensions[extPermissions].(map[string]any); ok {
		for _, scheme := range permissionSchemes {
			for i, name := range stringList(lists[scheme]) {
				op.Permissions = append(op.Permissions, facts.Permission{Scheme: scheme, Name: name, Least: i == 0})
			}
		}
		op.PermFrom = PermissionsDocumented
		if source, _ := described.Extensions[extSource].(string); source == PermissionsInherited || source == PermissionsUnknown {
			op.PermFrom = source
		}
		return
	}
	if described.Security == nil {
		return
	}
	for _, requirement := range *described.Security {
		for _, scheme := range sortedKeys(requirement) {
			if i := schemeOf(scheme); i >= 0 {
				op.PermFrom = PermissionsDocumented
				for _, name := range requirement[scheme] {
					op.Permissions = append(op.Permissions, facts.Permission{Scheme: permissionSchemes[i], Name: name})
				}
			}
		}
	}
}

// schemeOf recognises the names that Graph's documents have for the schemes.
func schemeOf(name string) int {
	name = strings.ToLower(name)
	switch {
	case strings.Contains(name, "work"):
		return 0
	case strings.Contains(name, "personal"):
		return 1
	case strings.Contains(name, "application"):
		return 2
	}
	return -1
}

// deprecation reads x-ms-deprecation: date, removalDate, and a version note
// "2025-02/element".
func deprecation(extension any) *facts.Deprecation {
	fields, ok := extension.(map[string]any)
	if !ok {
		return nil
	}
	note, _ := fields["version"].(string)
	_, element, _ := strings.Cut(note, "/")
	return &facts.Deprecation{Element: element, Announced: readDay(fields["date"]), Removal: readDay(fields["removalDate"])}
}

// readDay reads a date; zero when it is none.
func readDay(date any) time.Time {
	text, _ := date.(string)
	if len(text) > len(time.DateOnly) {
		text = text[:len(time.DateOnly)]
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return day
}

func stringList(v any) []string {
	items, ok := v.([]any)
	if !ok {
		return nil
	}
	list := make([]string, 0, len(items))
	for _, item := range items {
		if text, ok := item.(string); ok {
			list = append(list, text)
		}
	}
	return list
}
