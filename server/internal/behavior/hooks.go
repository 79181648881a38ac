package behavior

import (
	"encoding/json"
	"iter"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Creator completes an entity before it is stored by POST. The entity has its
// id, what the body said and the defaults of its [Rules]; what it lacks becomes
// null afterwards. Members that name contained collections are still there.
type Creator interface {
	Create(tx Tx, e *Entity) *grapherr.Error
}

// Brought completes an entity that the body of another one's POST or PATCH brings
// along, before it is stored below that one. It has its id and what was said.
type Brought interface {
	Brought(tx Tx, e *Entity)
}

// Again knows of what a create asks for that is there already: the answer is as if
// it were made.
type Again interface {
	Again(tx Tx, said entity.Object) (Entity, bool)
}

// Created does what follows from a new entity, which is stored with all that
// its body asked for: companions, links of the caller. It may Replace it.
type Created interface {
	Created(tx Tx, e Entity) *grapherr.Error
}

// Planted completes an entity of a fixture by what the service would have set and
// the fixture leaves out; what it says stands, null as well. The transaction has no
// caller.
type Planted interface {
	Planted(tx Tx, e *Entity)
}

// Updater recalculates properties after the change of a PATCH is merged and
// before it is stored. before is the stored entity, change the request's
// members that are really applied, after the merged entity.
type Updater interface {
	Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error
}

// Deleter refuses or prepares the deletion of an entity. done says that it has
// dealt with the entity itself, such as moved it to a bin, so that it is not
// removed.
type Deleter interface {
	Delete(tx Tx, e Entity) (done bool, fault *grapherr.Error)
}

// Returned does what follows from an entity's return from the bin.
type Returned interface {
	Returned(tx Tx, e Entity) *grapherr.Error
}

// Remembered says what a delta shows of an entity that is gone, beside its id and
// that it is gone. from is the collection that it was in.
type Remembered interface {
	Remembered(tx Tx, from Collection, id string) entity.Object
}

// Linker refuses or follows a change of links. It is registered for the type
// of the entity that keeps them, whatever end the request came from.
type Linker interface {
	Link(tx Tx, l Link) *grapherr.Error
}

// Link is a link about to be added or removed.
type Link struct {
	Owner      Entity
	Navigation string // under which it is kept: "members", also when asked through memberOf
	Target     Entity
	Remove     bool
}

// Reader computes properties when an entity is read, such as a state that
// follows the clock. It runs before $filter and $orderby see the entity. It
// must not write. Types without one pay nothing.
type Reader interface {
	Read(tx Tx, e *Entity)
}

// Asked refuses lists of a type for what $filter and $orderby ask of it: paths
// of properties as the client spells them, such as "fields/Title".
type Asked interface {
	Asked(tx Tx, paths []string) *grapherr.Error
}

// Preferring is for a [Reader] that honours preferences: it says which of the
// call's, for a list in which there is nothing to read.
type Preferring interface {
	Prefer(tx Tx)
}

// Computing is for a [Reader] that touches few properties: it names them, so
// that what looks at others reads entities without computing them.
type Computing interface {
	Computes() []string
}

// Finder finds an entity by its key that its collection does not keep, such as an
// occurrence of a series, or that it keeps under another key. It is registered by
// type; Ref is the entity with which it shares what is below it, or which it is.
// Whoever writes to one that is not kept makes it a stored one.
type Finder interface {
	Find(tx Tx, c Collection, key string) (Entity, bool)
}

// Lister answers GET of a collection whose members are not stored as such,
// registered by operation. Query options are applied to what it yields, in its
// order; nil stands for what is stored.
type Lister interface {
	List(tx Tx) (iter.Seq[Entity], *grapherr.Error)
}

// Tracker says what a delta follows whose members are not stored as such,
// registered by the operation of the delta.
type Tracker interface {
	// Tracked are the collections whose changes count. Each must have been there
	// before, or be contained in an entity that is new.
	Tracked(tx Tx) ([]Collection, *grapherr.Error)
	// Seen is what the client sees of one of their entities; none when it is out
	// of the scope.
	Seen(tx Tx, e Entity) []Entity
}

// Invoker answers an action or function, or in place of the general rules any
// other operation that it is registered for. bound is the entity that it is
// called on and may be changed, except by what only reads; nil on a whole
// collection and at the service root. parameters are those of the body, or of a
// function's parentheses as strings.
type Invoker interface {
	Invoke(tx Tx, bound *Entity, parameters entity.Object) (Result, *grapherr.Error)
}

// Unbound is an invoker that is called where nothing is stored, too, and judges that
// itself.
type Unbound interface{ Unbound() }

// Result is what an invoker returns: the first of its members that is set. The
// zero value is no content.
type Result struct {
	Entity     *Entity         // an entity, rendered as GET renders it
	Value      json.RawMessage // an object stands bare, any other value is wrapped
	IsList     bool            // Collection counts, empty or not
	Collection []Entity        // entities, complex values as entities without a type
	Values     json.RawMessage // a JSON array of primitive values
	Body       []byte          // bytes of a media type
	MediaType  string

	Status   int    // 0: as documented for the operation
	Location string // "" for none
	Made     string // where what an operation makes will be, as Content-Location; "" for none

	Operation string // URL of the operation that goes on, as Operation-Location; "" for none
}

// Object is a result of one complex value.
func Object(o entity.Object) Result { return Result{Value: o.JSON()} }

// ListOf is a result of several entities or complex values.
func ListOf(items ...Entity) Result { return Result{IsList: true, Collection: items} }
