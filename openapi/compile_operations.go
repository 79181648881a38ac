package openapi

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// operation compiles one method of a path.
func (c *compiler) operation(d *draft, method string, described *openapi3.Operation) *Operation {
	status, response := success(described)
	op := &Operation{
		ID: described.OperationID, Method: method, Template: d.node.item.template, Family: FamilyOf(d.node.item.template),
		in: c.in, response: c.answer(d, method, response),
	}
	op.Kind = operationKind(d.node, method, op.response)
	op.Status = documentedStatus(status, op)
	if op.Kind == List {
		op.response.Collection = true
	}
	c.readParameters(op, d, described)
	c.readBody(op, described.RequestBody)
	c.readPermissions(op, described)
	op.clouds = stringList(described.Extensions[extClouds])
	if op.clouds == nil {
		op.clouds = stringList(d.item.Extensions[extClouds])
	}
	op.deprecation = c.deprecation(described.Extensions[extDeprecation])
	return op
}

// operationKind follows from the place and the method.
func operationKind(n *node, method string, response TypeRef) Kind {
	switch n.kind {
	case RefSegment:
		return map[string]Kind{"GET": LinkRead, "POST": LinkAdd, "PUT": LinkSet, "PATCH": LinkSet, "DELETE": LinkDrop}[method]
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
	if n.collection() && n.kind != PropertySegment {
		return List
	}
	return Get
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

// documentedStatus fills in what "2XX" leaves open, as graph-behaviour §3.1 has
// it for most services.
func documentedStatus(status int, op *Operation) int {
	switch {
	case status != 0:
		return status
	case op.Kind == Create:
		return 201
	case op.Kind == Delete || op.Kind == LinkAdd || op.Kind == LinkSet || op.Kind == LinkDrop:
		return 204
	case op.Kind == Action && op.response.Name == "":
		return 204
	}
	return 200
}

// unwrap takes the envelope off an answer: {"value": …} beside annotations.
func (c *compiler) unwrap(where string, ref *openapi3.SchemaRef) TypeRef {
	name := componentName(ref.Ref)
	if name == "" || c.in.Type(name) == nil {
		if inner := envelope(ref, 0); inner != nil {
			ref = inner
		}
	}
	return c.property(where, "value", ref).Type
}

// envelope returns the schema of "value" when nothing but annotations stands
// beside it.
func envelope(ref *openapi3.SchemaRef, depth int) *openapi3.SchemaRef {
	if ref.Value == nil || depth > deepestWrap {
		return nil
	}
	for name := range ref.Value.Properties {
		if name != "value" && !strings.Contains(name, "@") {
			return nil
		}
	}
	if inner := ref.Value.Properties["value"]; inner != nil {
		return inner
	}
	for _, part := range ref.Value.AllOf {
		if inner := envelope(part, depth+1); inner != nil {
			return inner
		}
	}
	return nil
}

// readParameters sorts the parameters of path, query and header.
func (c *compiler) readParameters(op *Operation, d *draft, described *openapi3.Operation) {
	params := slices.Clone(described.Parameters)
	for _, p := range d.item.Parameters {
		if p.Value != nil && described.Parameters.GetByInAndName(p.Value.In, p.Value.Name) == nil {
			params = append(params, p)
		}
	}
	for _, ref := range params {
		if p := ref.Value; p != nil {
			c.readParameter(op, d, p)
		}
	}
	slices.Sort(op.options)
	op.options = slices.Compact(op.options)
}

func (c *compiler) readParameter(op *Operation, d *draft, p *openapi3.Parameter) {
	if p.In == "query" && strings.HasPrefix(p.Name, "$") {
		op.options = append(op.options, p.Name)
		return
	}
	if op.argument(p.In, p.Name) != nil {
		return // described twice, as Prefer is in Graph's documents
	}
	a := argument{in: p.In, name: p.Name, required: p.Required}
	a.value = c.property(op.Template+"/"+op.Method, p.Name, p.Schema)
	op.arguments = append(op.arguments, a)
	if p.In == "path" && slices.Contains(d.node.params, p.Name) && op.Kind == Function {
		op.parameters = append(op.parameters, a.value)
	}
}

// readBody reads what may be sent. An action without a described body takes
// none or an empty object.
func (c *compiler) readBody(op *Operation, ref *openapi3.RequestBodyRef) {
	rule := &bodyRule{partial: op.Kind == Update}
	switch {
	case ref != nil && ref.Value != nil:
		rule.required = ref.Value.Required
		for _, media := range sortedKeys(ref.Value.Content) {
			rule.media = append(rule.media, mediaType(media))
			if schema := ref.Value.Content[media].Schema; isJSON(media) && schema != nil {
				c.readShape(op, rule, schema)
			}
		}
	case op.Kind == Action:
		rule.media = []string{"application/json"}
		rule.shape = &Type{Name: op.Template + "/" + op.Method, Kind: ComplexType, in: c.in}
	case op.Kind == LinkAdd || op.Kind == LinkSet:
		rule.required, rule.media = true, []string{"application/json"}
	default:
		return
	}
	op.body = rule
}

// readShape finds the type of a JSON body, and what is required at the
// operation itself beside a reference.
func (c *compiler) readShape(op *Operation, rule *bodyRule, schema *openapi3.SchemaRef) {
	if op.Kind == LinkAdd || op.Kind == LinkSet {
		return
	}
	if op.Kind != Action && schema.Ref == "" {
		if named := c.inlineRequired(rule, schema.Value); named != nil {
			schema = named
		}
	}
	ref := c.property(op.Template+"/"+op.Method, "body", schema).Type
	t := ref.Type()
	if t == nil && schema.Value != nil && schema.Value.Type.Is("object") && !ref.primitive() {
		t = c.declare(op.Template+"/"+op.Method+"/body", schema.Value)
	}
	if t == nil || t.Kind == EnumType || ref.Collection {
		return
	}
	rule.shape = t
	if t.anonymous() {
		rule.inline = t.required
	} else {
		op.request = ref
	}
	if op.Kind == Action {
		op.parameters = t.Properties()
	}
}

// inlineRequired gathers required names written at the operation around one
// reference, and returns the reference; nil when there is more inside.
func (c *compiler) inlineRequired(rule *bodyRule, s *openapi3.Schema) *openapi3.SchemaRef {
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
		rule.inline = required
	}
	return named
}

// readPermissions prefers our own extension to the document's security.
func (c *compiler) readPermissions(op *Operation, described *openapi3.Operation) {
	op.source = PermissionsUnknown
	if lists, ok := described.Extensions[extPermissions].(map[string]any); ok {
		for i, scheme := range permissionSchemes {
			op.permissions[i] = stringList(lists[scheme])
		}
		op.source = PermissionsDocumented
		if source, ok := described.Extensions[extSource].(string); ok {
			op.source = source
		}
		return
	}
	if described.Security == nil {
		return
	}
	for _, requirement := range *described.Security {
		for _, name := range sortedKeys(requirement) {
			if i := schemeOf(name); i >= 0 {
				op.permissions[i] = append(op.permissions[i], requirement[name]...)
				op.source = PermissionsDocumented
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
// "2025-02/element". The link is as Graph writes it (graph-behaviour §5.3).
func (c *compiler) deprecation(extension any) *Deprecation {
	fields, ok := extension.(map[string]any)
	if !ok {
		return nil
	}
	note, _ := fields["version"].(string)
	_, element, _ := strings.Cut(note, "/")
	d := &Deprecation{Element: element, Version: c.in.name, Announced: endOfDay(fields["date"]), Removal: endOfDay(fields["removalDate"])}
	if !d.Announced.IsZero() {
		from := time.Date(d.Announced.Year(), d.Announced.Month(), 1, 0, 0, 0, 0, time.UTC)
		d.Link = "https://developer.microsoft-tst.com/en-us/graph/changes?$filterby=" + d.Version + "," + element +
			"&from=" + from.Format(time.DateOnly) + "&to=" + from.AddDate(0, 1, 0).Format(time.DateOnly)
	}
	return d
}

// endOfDay reads a date; zero when it is none.
func endOfDay(date any) time.Time {
	text, _ := date.(string)
	if len(text) > len(time.DateOnly) {
		text = text[:len(time.DateOnly)]
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return day.Add(24*time.Hour - time.Second)
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
