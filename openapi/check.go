package openapi

import (
	"context"
	"errors"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Check reports what is wrong with an OpenAPI document that a user wrote: text
// that cannot be read, references that lead nowhere, what OpenAPI forbids, and
// what this package cannot serve. Examples are not looked at. It returns nil
// for a document without problems.
func Check(file string, data []byte) []Problem {
	_, problems, err := compile("check", file, data)
	src, _ := readSource(file, data)
	list := &problemList{source: src, found: problems}
	if err != nil {
		list.add("", "%v", errors.Unwrap(err))
		return list.sorted()
	}
	// The tree is mended a second time for the validator; what that finds is
	// in the list already.
	doc, err := load(src.tree, &problemList{source: src})
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
