package openapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Check reports what is wrong with an OpenAPI document that a user wrote: text
// that cannot be read, references that lead nowhere, what OpenAPI forbids, and
// what this package cannot serve. Examples are not looked at. It returns nil
// for a document without problems.
func Check(file string, data []byte) []Problem {
	_, problems, err := compile("check", file, data, nil)
	src := &source{file: file, data: data}
	list := &problemList{file: file, place: src.position, found: problems}
	if err != nil {
		list.add("", "%v", errors.Unwrap(err))
		return list.sorted()
	}
	doc, err := load(src)
	if err != nil {
		list.add("", "%v", err)
		return list.sorted()
	}
	for _, err := range leaves(doc.Validate(context.Background(), openapi3.EnableMultiError(), openapi3.DisableExamplesValidation())) {
		text, _, _ := strings.Cut(err.Error(), "\n")
		list.add(pointerOf(err), "%s", text)
	}
	return list.sorted()
}

// load hands a whole document to kin-openapi's loader, without the references
// that stop it: they are in the list of problems already.
func load(src *source) (*openapi3.T, error) {
	tree, err := mended(src, &problemList{})
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	doc := &openapi3.T{}
	if err := doc.UnmarshalJSON(data); err != nil {
		return nil, fmt.Errorf("not a valid OpenAPI document: %w", err)
	}
	if err := openapi3.NewLoader().ResolveRefsIn(doc, nil); err != nil {
		return nil, fmt.Errorf("not a valid OpenAPI document: %w", err)
	}
	return doc, nil
}

// mended is the tree of a document without examples and broken references.
func mended(src *source, problems *problemList) (map[string]any, error) {
	d, err := wholeDocument(src)
	if err != nil {
		return nil, err
	}
	refs, err := newReferences(d, problems)
	if err != nil {
		return nil, err
	}
	components, paths, schemas := map[string]any{}, map[string]any{}, map[string]any{}
	for kind, group := range refs.components {
		components[kind] = group
	}
	for _, name := range d.names("/components/schemas") {
		if schemas[name], err = refs.schema(name); err != nil {
			return nil, err
		}
	}
	for _, name := range d.names("/paths") {
		if item, err := refs.path(name); err != nil {
			return nil, err
		} else if item != nil {
			paths[name] = item
		}
	}
	components["schemas"] = schemas
	tree := maps.Clone(d.head)
	tree["components"], tree["paths"] = components, paths
	dropExamples(tree, false)
	return tree, nil
}

// leaves flattens the validator's errors.
func leaves(err error) []error {
	if err == nil {
		return nil
	}
	many, ok := err.(openapi3.MultiError)
	if !ok {
		return []error{err}
	}
	var list []error
	for _, e := range many {
		list = append(list, leaves(e)...)
	}
	return list
}

// pointerOf finds the place in the document that an error of the validator is
// about, as closely as it says.
func pointerOf(err error) string {
	var pointer string
	var path *openapi3.PathValidationError
	var operation *openapi3.OperationValidationError
	var component *openapi3.ComponentValidationError
	var section *openapi3.SectionValidationError
	switch {
	case errors.As(err, &path):
		pointer = "/paths/" + escapePointer(path.Path)
		if errors.As(err, &operation) {
			pointer += "/" + strings.ToLower(operation.Method)
		}
	case errors.As(err, &component):
		pointer = "/components/" + componentFields[component.Section] + "/" + escapePointer(component.Name)
	case errors.As(err, &section):
		pointer = "/" + section.Section
	}
	return pointer
}

// componentFields gives the fields of components for what the validator calls
// their members.
var componentFields = map[string]string{
	"schema": "schemas", "parameter": "parameters", "header": "headers", "request body": "requestBodies",
	"response": "responses", "security scheme": "securitySchemes", "example": "examples", "link": "links", "callback": "callbacks",
}
