package graph

import (
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
func Serves(set *behavior.Set, op *openapi.Operation) Served {
	switch op.Kind {
	case openapi.Action, openapi.Function:
		if set.Operation(op.Method, op.Template) != nil {
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
