package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
)

// Served says by what rules an operation is answered.
type Served uint8

// Values of Served.
const (
	Refused Served = iota // not at all yet: 501
	Generic               // by the general rules alone
	Own                   // by a behaviour
)

// Serves reports how an operation is answered with a set of behaviours.
func Serves(set *behavior.Set, v *openapi.Version, op *openapi.Operation) Served {
	if set.Operation(op.Method, op.Template) != nil {
		return Own
	}
	switch op.Kind {
	case openapi.Action, openapi.Function:
		if strings.HasPrefix(op.Template, "/"+binName+"/") && binActions[lastOf(op.Template)] != nil {
			return Own
		}
		if boundOperation(set, v, op) {
			return Own
		}
		return Generic
	case openapi.Create, openapi.Update:
		if set.Type(op.Response().Name) != nil || set.Type(op.Request().Name) != nil {
			return Own
		}
		return Generic
	}
	return Generic
}

// boundOperation reports whether a behaviour is bound to the type that an
// operation is called on.
func boundOperation(set *behavior.Set, v *openapi.Version, op *openapi.Operation) bool {
	target, err := v.Resolve(op.Template, nil)
	if err != nil || len(target.Segments) < 2 {
		return false
	}
	last := len(target.Segments) - 1
	on := target.Segments[last-1]
	return boundTo(set, on.Type(), on.Collection(), target.Segments[last].Name) != nil
}
