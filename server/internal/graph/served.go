package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// Served says by what rules an operation is answered.
type Served uint8

// Values of Served.
const (
	Refused          Served = iota // always with an error: callers cannot do this here
	GenericCRUD                    // by the general rules of reading, writing, linking and following changes
	GenericOperation               // an action or function whose result only fits its description
	Own                            // by a behaviour, in part or as a whole
)

// Serves reports how an operation is answered with a set of behaviours.
func Serves(set *behavior.Set, v *openapi.Version, op *openapi.Operation) Served {
	if set.Operation(op.Method, op.Template) != nil {
		return Own
	}
	target, err := v.Resolve(op.Template, nil)
	if err != nil || len(target.Segments) == 0 {
		return Refused
	}
	if keepingAt(set, target.Segments) != nil {
		return Own
	}
	if op.Kind == openapi.Action || op.Kind == openapi.Function {
		return servesOperation(set, op, target.Segments)
	}
	return servesEntity(set, op, target.Segments)
}

// servesOperation is Serves of an action or function.
func servesOperation(set *behavior.Set, op *openapi.Operation, segments []openapi.Segment) Served {
	last := len(segments) - 1
	switch {
	case ofBin(op.Template) && binActions[plainName(lastOf(op.Template))] != nil:
		return Own
	case isReport(op):
		return Own
	case last > 0 && boundTo(set, segments[last-1].Type(), segments[last-1].Collection(), segments[last].Name) != nil:
		return Own
	case isDelta(op, segments), derivationOf(op, segments) != underived, outcomeOf(op, segments) != noOutcome:
		return GenericCRUD
	case op.Kind == openapi.Action && op.Response().Name == sessionType:
		return Own
	}
	return GenericOperation
}

// servesEntity is Serves of all that is done to entities and links.
func servesEntity(set *behavior.Set, op *openapi.Operation, segments []openapi.Segment) Served {
	t := entityOf(segments)
	if t == nil {
		return GenericCRUD
	}
	e := Engine{Behaviors: set}
	c := e.conductOf(t)
	switch op.Kind {
	case openapi.Create:
		return served(slices.Contains(c.rules.Refuses, "POST"), c.creator != nil || c.created != nil || c.prescribes())
	case openapi.Update, openapi.Replace:
		return served(slices.Contains(c.rules.Refuses, "PATCH"), c.updater != nil || c.prescribes())
	case openapi.Delete:
		return served(slices.Contains(c.rules.Refuses, "DELETE"), c.deleter != nil)
	case openapi.LinkAdd, openapi.LinkSet, openapi.LinkDrop:
		return served(false, c.linker != nil)
	case openapi.Get, openapi.List:
		return served(false, c.computes() || suppliedAt(set, segments))
	}
	return GenericCRUD
}

func served(refused, own bool) Served {
	switch {
	case refused:
		return Refused
	case own:
		return Own
	}
	return GenericCRUD
}

// entityOf is the type of the entities that a path is about; of a link, that of
// the entity that keeps it.
func entityOf(segments []openapi.Segment) *openapi.Type {
	last := len(segments) - 1
	if segments[last].Kind == openapi.RefSegment {
		for last--; last > 0 && segments[last].Kind != openapi.SetSegment && segments[last].Kind != openapi.SingleSegment; last-- {
		}
		last--
	}
	if last < 0 {
		return nil
	}
	return segments[last].Type()
}

// suppliedAt reports whether a behaviour makes what a path leads to, at the
// first use.
func suppliedAt(set *behavior.Set, segments []openapi.Segment) bool {
	last := len(segments) - 1
	if last > 0 && segments[last].Kind == openapi.KeySegment {
		last--
	}
	if !set.Supplied(segments[last].Name) {
		return false
	}
	if path, atRoot := rootPath(segments[:last+1]); atRoot {
		return set.Supplier("", path) != nil
	}
	for t := segments[last-1].Type(); t != nil; t = t.Base() {
		if set.Supplier(t.Name, segments[last].Name) != nil {
			return true
		}
	}
	return false
}

// rootPath is the path of a set that is reached through singletons alone.
func rootPath(segments []openapi.Segment) (path string, ok bool) {
	for i := range segments {
		if k := segments[i].Kind; k != openapi.SingleSegment && (k != openapi.SetSegment || i+1 < len(segments)) {
			return "", false
		}
		path = join(path, segments[i].Name)
	}
	return canonical(path), true
}

// ofBin reports whether a path leads to what is in a bin.
func ofBin(template string) bool {
	set, _, below := strings.Cut(strings.TrimPrefix(template, "/"), "/{")
	return below && isBin(set)
}
