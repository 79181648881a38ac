package openapi

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object under construction.
type object = map[string]any

// Document writes an OpenAPI 3 document of one path, given as its template or
// as a path that resolves to it, or of the whole version when path is empty. It
// is JSON, the same each time, and With serves it again as this version.
func (v *Version) Document(path string) ([]byte, error) {
	var b bytes.Buffer
	if err := v.WriteDocument(&b, path); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// WriteDocument is [Version.Document] to a stream: one path and one schema at a
// time, since a whole version is tens of megabytes.
func (v *Version) WriteDocument(to io.Writer, path string) error {
	e := exporter{in: v, whole: path == "", schemas: object{}, out: documentWriter{to: bufio.NewWriter(to)}}
	if e.whole {
		e.write(v.items())
		return e.out.end()
	}
	target, err := v.Resolve(path, nil)
	if err != nil {
		return fmt.Errorf("path %s: %w", path, err)
	}
	if target.Item.empty() {
		return fmt.Errorf("path %s: has no operations", path)
	}
	e.write([]*PathItem{target.Item})
	return e.out.end()
}

// items lists the paths that have operations, by template.
func (v *Version) items() []*PathItem {
	var items []*PathItem
	for row := range v.table.Nodes() {
		if first, end := v.table.NodeOperations(row); first < end {
			items = append(items, &v.node(row).item)
		}
	}
	slices.SortFunc(items, func(a, b *PathItem) int { return strings.Compare(a.Template(), b.Template()) })
	return items
}

// exporter writes the parts of a document.
type exporter struct {
	in      *Version
	out     documentWriter
	whole   bool   // all types are written, so they need not be gathered
	schemas object // of the types that one path leads to
}

func (e *exporter) write(items []*PathItem) {
	title := e.in.table.Title()
	if title == "" {
		title = "Microsoft Graph"
	}
	o := &e.out
	o.member("openapi", "3.0.4")
	o.member("info", object{"title": title, "version": e.in.name})
	o.member("servers", []any{object{"url": "https://graph.microsoft.com/" + e.in.name}})
	o.open("paths")
	for _, item := range items {
		o.member(item.Template(), e.item(item))
	}
	o.close()
	o.open("components")
	o.open("schemas")
	e.writeSchemas()
	o.close()
	o.member("responses", object{"error": errorResponse()})
	o.close()
}

func (e *exporter) writeSchemas() {
	if !e.whole {
		for _, name := range sortedKeys(e.schemas) {
			e.out.member(name, e.schemas[name])
		}
		return
	}
	for t := range e.in.Types() {
		e.out.member(t.Name, e.typeSchema(t))
	}
}

func (e *exporter) item(p *PathItem) object {
	out := object{}
	for _, method := range p.Methods() {
		out[strings.ToLower(method)] = e.operation(p.Operation(method))
	}
	return out
}

func (e *exporter) operation(op *Operation) object {
	out := object{
		extOperation: operationWord(op.Kind),
		"responses": object{
			strconv.Itoa(op.Status): e.response(op),
			"default":               object{"$ref": "#/components/responses/error"},
		},
	}
	if op.ID != "" {
		out["operationId"] = op.ID
	}
	if params := e.parameters(op); len(params) > 0 {
		out["parameters"] = params
	}
	if body := e.requestBody(op); body != nil {
		out["requestBody"] = body
	}
	if source := op.PermissionSource(); source != PermissionsUnknown {
		lists := object{}
		for _, scheme := range permissionSchemes {
			lists[scheme] = append([]string{}, op.Permissions(scheme)...)
		}
		out[extPermissions], out[extSource] = lists, source
	}
	if clouds := op.Clouds(); clouds != nil {
		out[extClouds] = clouds
	}
	if d := op.Deprecation(); d != nil {
		out["deprecated"], out[extDeprecation] = true, exportDeprecation(d)
	}
	return out
}

func exportDeprecation(d *Deprecation) object {
	out := object{"version": d.Announced.Format("2006-01") + "/" + d.Element}
	if !d.Announced.IsZero() {
		out["date"] = d.Announced.Format(time.DateOnly)
	}
	if !d.Removal.IsZero() {
		out["removalDate"] = d.Removal.Format(time.DateOnly)
	}
	return out
}

// operationWord is what Graph's documents say of an operation.
func operationWord(k Kind) string {
	switch k {
	case Action:
		return "action"
	case Function:
		return "function"
	}
	return "operation"
}

// parameters writes those of the path first, in its order.
func (e *exporter) parameters(op *Operation) []any {
	var list []any
	for _, name := range templateNames(op.Template) {
		schema := any(object{"type": "string"})
		if value := op.argumentValue("path", name); value != nil {
			schema = e.member(value)
		}
		list = append(list, object{"name": name, "in": "path", "required": true, "schema": schema})
	}
	for _, a := range op.known().arguments {
		if a.in != "path" {
			list = append(list, object{"name": a.name, "in": a.in, "required": a.required, "schema": e.member(a.value)})
		}
	}
	for _, option := range op.QueryOptions() {
		list = append(list, object{"name": option, "in": "query", "schema": optionSchema(option)})
	}
	return list
}

// templateNames lists the parameters of a template, each once: Graph's
// documents have /sites/{site-id}/sites/{site-id}.
func templateNames(template string) []string {
	var names []string
	for _, part := range strings.Split(template, "{")[1:] {
		if name, _, _ := strings.Cut(part, "}"); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func optionSchema(option string) object {
	switch option {
	case "$top", "$skip":
		return object{"type": "integer", "minimum": 0}
	case "$count":
		return object{"type": "boolean"}
	}
	return object{"type": "string"}
}

// requestBody writes what the operation takes; nil when nothing is described.
func (e *exporter) requestBody(op *Operation) any {
	rule := op.body
	if rule == nil || !rule.required && rule.shape != nil && len(rule.shape.Properties()) == 0 {
		return nil
	}
	content := object{}
	for _, media := range rule.media {
		schema := any(object{"type": "string", "format": "binary"})
		if isJSON(media) {
			schema = e.bodySchema(op)
		}
		content[media] = object{"schema": schema}
	}
	return object{"required": rule.required, "content": content}
}

func (e *exporter) bodySchema(op *Operation) any {
	rule := op.body
	switch {
	case op.Kind == LinkAdd || op.Kind == LinkSet:
		return object{"type": "object", "required": []any{"@odata.id"}, "properties": object{"@odata.id": object{"type": "string"}}}
	case rule.shape == nil:
		return object{"type": "object", "additionalProperties": true}
	case rule.shape.anonymous():
		return e.typeSchema(rule.shape)
	case len(rule.inline) > 0:
		return object{"allOf": []any{e.reference(rule.shape)}, "required": rule.inline}
	}
	return e.reference(rule.shape)
}

func (e *exporter) response(op *Operation) object {
	r := op.response
	out := object{"description": "Success"}
	switch {
	case op.Status == 204:
	case op.Kind == Count:
		out["content"] = object{"text/plain": object{"schema": object{"type": "integer", "format": "int32"}}}
	case r.Name == "Edm.Stream" && !r.Collection:
		out["content"] = object{"application/octet-stream": object{"schema": object{"type": "string", "format": "binary"}}}
	case r.Collection || r.primitive():
		value := e.member(&Property{Type: r})
		out["content"] = object{"application/json": object{"schema": object{"type": "object", "properties": object{"value": value}}}}
	case r.Name != "":
		out["content"] = object{"application/json": object{"schema": e.member(&Property{Type: r})}}
	}
	return out
}

// errorResponse is Graph's error envelope (graph-behaviour §4.1).
func errorResponse() object {
	text := object{"type": "string"}
	detail := object{"type": "object", "required": []any{"code", "message"}, "properties": object{"code": text, "message": text, "target": text}}
	body := object{"type": "object", "required": []any{"code", "message"}, "properties": object{
		"code": text, "message": text, "target": text,
		"details":    object{"type": "array", "items": detail},
		"innerError": object{"type": "object", "additionalProperties": true},
	}}
	schema := object{"type": "object", "required": []any{"error"}, "properties": object{"error": body}}
	return object{"description": "error", "content": object{"application/json": object{"schema": schema}}}
}
