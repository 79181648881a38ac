// Package behavior owns what one resource does differently from every other:
// recalculated properties, defaults, uniqueness, actions. The general rules of
// OData and Graph live in package graph and need none of this.
//
// Each behaviour is one small file that opens with its evidence: the document
// or answer it models and one of documented, observed or assumed. It implements
// one or more of the one-method interfaces below and is registered in list.go.
// Deleting a file and its line there must leave a working fake.
//
// It must not know HTTP, the store, or the catalogue: all it may do is in [Tx].
// Start reading at list.go.
package behavior

import (
	"encoding/json"
	"iter"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Tx is what a behaviour may do inside the transaction of one request. Objects
// it hands out are valid until the transaction ends.
type Tx interface {
	// Now returns the fake's time.
	Now() time.Time
	// NewID returns a new lower-case GUID.
	NewID() string
	// Caller names who made the request, as far as its token tells.
	Caller() Caller
	// Siblings returns the entities of the collection that the request
	// addresses, in the order of their creation.
	Siblings() iter.Seq[entity.Object]
	// Children returns the entities contained in the addressed entity under a
	// navigation property.
	Children(navigation string) iter.Seq[entity.Object]
	// AddChild creates an entity contained in the addressed one. It needs an id.
	AddChild(navigation string, child entity.Object) error
}

// Caller is who makes a request; members are empty where the token is silent.
type Caller struct {
	AppID   string
	AppName string
	UPN     string
	User    bool // a signed-in user, not an application of its own
}

// Creator completes an entity before it is stored by POST. The object has its
// id and what the body said; what it lacks becomes null afterwards.
type Creator interface {
	Create(tx Tx, e *entity.Object) *grapherr.Error
}

// Updater recalculates properties after the change of a PATCH is merged and
// before it is stored. before is the stored entity, change the request's
// members that are really applied, after the merged entity.
type Updater interface {
	Update(tx Tx, before, change entity.Object, after *entity.Object) *grapherr.Error
}

// Invoker answers a bound action or function. bound is the entity it is called
// on and may be changed by an action; parameters are those of the request.
type Invoker interface {
	Invoke(tx Tx, bound *entity.Object, parameters entity.Object) (Result, *grapherr.Error)
}

// Receiver notes on an entity what came in as its stream: size, type, hashes.
// Creator or Updater are not asked.
type Receiver interface {
	Receive(tx Tx, e *entity.Object, m Media) *grapherr.Error
}

// Renderer makes the bytes of a stream that follows from the entity instead of
// being stored; false when it has none under that name.
type Renderer interface {
	Render(tx Tx, e entity.Object, stream string) (mediaType string, data []byte, ok bool)
}

// Redirector has streams that are fetched from a pre-authenticated URL, to which
// a read of the stream leads with 302.
type Redirector interface{ Redirects(stream string) bool }

// Media is a stream as an entity's behaviour sees it.
type Media struct {
	Stream    string // "$value", or the property's name
	Type      string // media type as the client sent it; "" for none
	Length    int64
	XorHash   string // quickXorHash of the bytes, base64
	Beginning []byte // the first bytes, as many as tell a picture's size
}

// Result is what an action or function returns. The zero value is no content.
type Result struct {
	Value      json.RawMessage // primitive, complex or entity value as JSON; nil for none
	Collection []entity.Object // used when Value is nil and IsList is set
	IsList     bool
}

// Registration ties a behaviour to an entity type, or to an operation by its
// method and template.
type Registration struct {
	Type      string // "microsoft.graph.cloudPcExternalPartner"
	Operation string // "POST /deviceManagement/virtualEndpoint/externalPartners/{id}/configureAgent"; keys as {id}
	Behavior  any    // implements at least one interface of this package
}
