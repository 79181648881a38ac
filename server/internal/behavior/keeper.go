package behavior

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Keeper answers all that is asked of what an entity has and does not keep as
// entities, such as the cells of a worksheet: what functions that return a type
// lead to, and what is below a navigation. handled is false where the general
// rules hold. Lists take query options.
type Keeper interface {
	Keep(tx Tx, from Entity, asked Query) (r Result, handled bool, fault *grapherr.Error)
}

// Query is a request for something kept.
type Query struct {
	Method string
	Way    []Step        // from the entity on
	Body   entity.Object // of an action its parameters
}

// Step is one step of a way.
type Step struct {
	Name string        // of a navigation, function or action, without a namespace; a key
	Key  bool          // Name is a key
	Args entity.Object // of a function, as strings
}
