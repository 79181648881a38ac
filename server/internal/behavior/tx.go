package behavior

import (
	"iter"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Tx is what a behaviour may do inside the transaction of one request. All of
// it happens or nothing: an error that a behaviour returns undoes what it
// wrote. Entities it hands out are valid until the transaction ends. Writing is
// refused where the operation only reads.
type Tx interface {
	Request
	Reading
	Writing
	Streaming
	Notifying
	Past
}

// Request is the facts of the request.
type Request interface {
	// Now returns the fake's time.
	Now() time.Time
	// NewID returns a new lower-case GUID.
	NewID() string
	// Caller names who made the request, as far as its token tells.
	Caller() Caller
	// Tenant is the id of the tenant that the request works on.
	Tenant() string
	// Version is the Graph version asked: "v1.0" or "beta".
	Version() string
	// Creating reports whether the request makes a new entity of a collection.
	Creating() bool
	// Family is the service behind the path, which words its errors.
	Family() string
	// URL is the absolute URL of a path below the version, as the client
	// addresses the server: URL("/users/x").
	URL(path string) string
	// Header returns a request header; the name is canonical.
	Header(name string) string
	// Query returns a query option, decoded; names count without case and "$".
	Query(name string) (string, bool)
	// Prefers reports whether the Prefer header has a wish, such as
	// "return=representation".
	Prefers(wish string) bool
	// Applied says that a preference was honoured, in the words of
	// Preference-Applied. Once is enough, more do no harm.
	Applied(preference string)
	// Note tells the tester, in X-Fake-Reason, what the client cannot see.
	Note(text string)

	// Key is the last key of the path, "" when it has none.
	Key() string
	// Target is the addressed entity; None for a collection, and while an
	// entity is being created.
	Target() Ref
	// Parent is the entity whose navigation the path went through last; None
	// when it begins at the service root.
	Parent() Ref
	// Opener is the entity through which the path sees some entities of another's
	// collection, as a worksheet shows its tables of those of the workbook; None
	// where it went through no such navigation.
	Opener() Ref
	// Collection is the addressed collection, or the one that the addressed
	// entity lives in.
	Collection() Collection
}

// Reading is how a behaviour reads its tenant.
type Reading interface {
	// Self returns the caller's own entity: a user, or the service principal
	// of an application.
	Self() (Entity, bool)
	// Entity returns the entity of a reference.
	Entity(ref Ref) (Entity, bool)
	// Home is where an entity lives.
	Home(ref Ref) Collection
	// Get returns an entity of a collection by its id; "" is the entity of a
	// single-valued navigation or a singleton.
	Get(c Collection, id string) (Entity, bool)
	// Find returns an entity by its id wherever it lives: for directory
	// objects, which share one space of ids.
	Find(id string) (Entity, bool)
	// Named yields the entities that have an id, whatever contains them.
	Named(id string) iter.Seq[Entity]
	// By returns the oldest entity of a collection that has a text value,
	// compared without regard to case.
	By(c Collection, property, value string) (Entity, bool)
	// Having yields those of a collection that have a text value, compared as By
	// compares; a property may be a member of a complex one, or [ItemPlace].
	Having(c Collection, property, value string) iter.Seq[Entity]
	// All yields the entities of a collection in the order of their creation.
	All(c Collection) iter.Seq[Entity]
	// Linked yields what an entity links to under a navigation property that
	// keeps links ("members", "owners", "manager").
	Linked(from Ref, navigation string) iter.Seq[Entity]
	// Linking yields the entities that link to one: the other direction.
	Linking(to Ref, navigation string) iter.Seq[Entity]
	// Resolve returns the entity that a URL or a path names, as @odata.id and
	// @odata.bind do.
	Resolve(url string) (Entity, bool)
	// Lack has suppliers make what a navigation of an entity leads to before the call
	// is answered; the entity is then read again.
	Lack(of Ref, navigation string)
	// Keywords plans a query in KQL, as $search takes it, into a test.
	Keywords(query string) func(Entity) bool
}

// Writing is how a behaviour writes to its tenant.
type Writing interface {
	// Insert stores a new entity, with a new id if it has none, and returns it
	// with its reference. A taken id is a conflict.
	Insert(c Collection, e Entity) (Entity, *grapherr.Error)
	// Put stores an entity in place of the one with its id, if there is one;
	// "" is the entity of a single-valued navigation or a singleton.
	Put(c Collection, e Entity) (Entity, *grapherr.Error)
	// Replace gives an entity new members.
	Replace(ref Ref, members entity.Object) *grapherr.Error
	// Delete removes an entity with what it contains and all its links.
	Delete(ref Ref) *grapherr.Error
	// Discard removes an entity as its deletion by a client would: to the bin,
	// where its type has one.
	Discard(ref Ref) *grapherr.Error
	// Restore takes an entity out of the bin again.
	Restore(ref Ref) *grapherr.Error
	// Link adds a link and reports whether it is new.
	Link(from Ref, navigation string, to Ref) (bool, *grapherr.Error)
	// Unlink removes a link and reports whether it was there.
	Unlink(from Ref, navigation string, to Ref) (bool, *grapherr.Error)
}

// Ref refers to a stored entity inside one store, for good.
type Ref uint64

// None is no entity; as a parent it is the service root.
const None Ref = 0

// Collection is a place where entities live: below the service root
// ("deviceManagement/virtualEndpoint/cloudPCs") or below an entity
// ("assignments").
type Collection struct {
	Parent Ref
	Name   string
}

// Root is a collection below the service root.
func Root(path string) Collection { return Collection{Name: path} }

// HiddenPrefix begins the names of collections that no path leads to and no
// export shows.
const HiddenPrefix = "~"

// sizeOf is how many entities a collection has.
func sizeOf(tx Tx, c Collection) (n int) {
	for range tx.All(c) {
		n++
	}
	return n
}

// isEmpty reports whether a collection has no entity.
func isEmpty(tx Tx, c Collection) bool {
	for range tx.All(c) {
		return false
	}
	return true
}

// Below is a collection that an entity contains.
func Below(parent Ref, navigation string) Collection { return Collection{parent, navigation} }

// Entity is an entity with its members. Its members may be changed; the change
// is kept when it is handed to Replace, or where a hook says so.
type Entity struct {
	Ref  Ref    // None: not stored
	ID   string // "" where the collection is a single-valued navigation or a singleton
	Type string // qualified name; "" means the collection's declared type
	entity.Object
}

// New is an entity of members, to be inserted.
func New(members ...entity.Member) Entity { return Entity{Object: members} }

// Caller is who makes a request; members are empty where the token is silent.
type Caller struct {
	ID      string // object id
	AppID   string
	AppName string
	UPN     string
	User    bool // a signed-in user, as behind a token that names nobody; not an application of its own
}
