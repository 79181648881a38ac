package main

import (
	"slices"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// twinRule gives entities of some types a method that their pages document and
// the SDK has not, wherever the SDK has another method for them. In the place of
// "$value" the type is that of the entity whose content it is.
type twinRule struct {
	Method, Beside string
	Types          []string // short names
	In             string   // the set that the entities are in; "" for any
	Evidence       string
}

// twins are the operations of a rule.
func (d *draft) twins(rule *twinRule) []facts.Operation {
	var all []facts.Operation
	for i := range d.Version.Operations {
		op := d.Version.Operations[i]
		if op.Method == rule.Beside && slices.Contains(rule.Types, subjectOf(&op)) && (rule.In == "" || setOf(&op) == rule.In) {
			all = append(all, twin(op, rule.Method))
		}
	}
	return all
}

// subjectOf is the short name of the type that an entity's operation is about;
// empty for operations of other kinds.
func subjectOf(op *facts.Operation) string {
	last := op.Segments[len(op.Segments)-1]
	if (last.Kind == "value" || op.Kind == "stream") && last.Kind != "key" && last.Kind != "single" && len(op.Segments) > 1 {
		last = op.Segments[len(op.Segments)-2]
	}
	if last.Collection || last.Kind != "key" && last.Kind != "single" {
		return ""
	}
	return shortName(last.Type)
}

// setOf is the name of the set before an operation's last key.
func setOf(op *facts.Operation) string {
	if n := len(op.Segments); n > 1 {
		return op.Segments[n-2].Name
	}
	return ""
}

// twin is an operation with another method.
func twin(op facts.Operation, method string) facts.Operation {
	op.Method, op.ID, op.Deprecation = method, "", nil
	if op.Kind == "stream" {
		return op
	}
	op.Kind = map[string]string{"GET": "get", "PUT": "replace", "PATCH": "update", "DELETE": "delete"}[method]
	op.Query = nil
	switch {
	case method == "GET":
		op.Request, op.Query = facts.TypeRef{}, []string{"expand", "select"}
	case method == "DELETE":
		op.Request, op.Response = facts.TypeRef{}, facts.TypeRef{}
	case op.Request.Name == "":
		op.Request = op.Response
	}
	return op
}
