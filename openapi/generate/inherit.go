package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// inheritance says which bases keep their actions and functions to themselves.
type inheritance struct {
	Without  []string
	Evidence string
}

// inherited are the actions and functions of entities whose type derives from
// the one that these are bound to, where the SDK has them with the base alone:
// OData lets them be called on every instance, and pages do so.
func (d *draft) inherited(rule *inheritance) []facts.Operation {
	bound := map[string][]facts.Operation{} // by the type that an operation is bound to
	for _, op := range d.Version.Operations {
		if on, ok := boundTo(&op); ok && !slices.Contains(rule.Without, on) {
			bound[on] = append(bound[on], op)
		}
	}
	var all []facts.Operation
	for _, op := range d.Version.Operations {
		at := op.Segments[len(op.Segments)-1]
		if op.Method != "GET" || at.Collection || at.Kind != "key" && at.Kind != "single" {
			continue
		}
		for base := d.schema.types[d.baseOf(at.Type)]; base != nil; base = d.schema.types[base.Base] {
			all = append(all, below(&op, bound[base.Name])...)
		}
	}
	return all
}

// boundTo is the type of the entity that an action or function is bound to.
func boundTo(op *facts.Operation) (string, bool) {
	if op.Kind != "action" && op.Kind != "function" || len(op.Segments) < 2 {
		return "", false
	}
	on := op.Segments[len(op.Segments)-2]
	return on.Type, !on.Collection && (on.Kind == "key" || on.Kind == "single")
}

// baseOf is the name of a type's base.
func (d *draft) baseOf(name string) string {
	if t := d.schema.types[name]; t != nil {
		return t.Base
	}
	return ""
}

// below are operations as they stand below an entity, once each.
func below(at *facts.Operation, bound []facts.Operation) []facts.Operation {
	var all []facts.Operation
	seen := map[string]bool{}
	for _, op := range bound {
		rest := op.Path[strings.LastIndexByte(op.Path, '/'):]
		if seen[op.Method+rest] {
			continue
		}
		seen[op.Method+rest] = true
		op.Segments = append(slices.Clone(at.Segments), op.Segments[len(op.Segments)-1])
		op.Path, op.ID = at.Path+rest, ""
		all = append(all, op)
	}
	return all
}
