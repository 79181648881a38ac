// Package store owns the entities of all tenants of a server: their JSON, their
// indexed keys, what contains what, and the links between them, in one bbolt
// file behind the narrow interface [Store].
//
// It must not know Graph. A set's name, an id, a key and a navigation are text
// that it compares, JSON is bytes that it keeps; schemas, OData, time and
// identity are other packages' business.
//
// Start reading at [Store] and [Entity], then layout.go (what is in the file and
// why), transaction.go (how a transaction touches it) and commit.go (how writers
// share one fsync). Another implementation is held to the same contract by the
// suite in storetest.
package store

import (
	"errors"
	"io"
	"iter"
)

// These errors can be returned by methods of [Reader] and [Writer].
var (
	// ErrNotFound is returned when no such entity is there. An unknown tenant or
	// set is an empty one, so it gives the same.
	ErrNotFound = errors.New("entity not found")

	// ErrExists is returned when an id is taken in its set.
	ErrExists = errors.New("entity exists already")

	// ErrIDChanged is returned by Replace when the new entity has another id.
	ErrIDChanged = errors.New("id of an entity cannot change")

	// ErrOtherTenant is returned by Link when its ends belong to two tenants.
	ErrOtherTenant = errors.New("link would leave its tenant")

	// ErrTooLong is returned when an id, a name or a key exceeds [MaxText].
	ErrTooLong = errors.New("text is too long")

	// ErrForgotten is returned when changes are asked for that are not recorded,
	// or not any more.
	ErrForgotten = errors.New("changes are not recorded")

	// ErrClosed is returned by every use of a store after Close.
	ErrClosed = errors.New("store is closed")

	// ErrDamaged is returned when the file holds what no store wrote.
	ErrDamaged = errors.New("data is damaged")
)

// MaxText is how many bytes an id, a tenant, the name of a set, a navigation, a
// type, a value's space and key, and the name or value of a [Key] may have.
const MaxText = 8 << 10

// Ordinal numbers an entity within its store: it grows with each insert and is
// never used again. 0 means none.
type Ordinal uint64

// SetKey names one collection of a tenant.
type SetKey struct {
	Tenant string
	Parent Ordinal // the entity that contains the collection; 0 for the service root
	Name   string  // canonical path since the parent: "users", "deviceManagement/virtualEndpoint/externalPartnerSettings"
}

// Key is a value by which an entity is found beside its id, such as its
// userPrincipalName. Values are compared exactly: who wants no case folds it.
// A key need not be unique: who needs that looks before inserting, in the same
// Update.
type Key struct {
	Name, Value string

	// Sorted keys are for Ordered, which the others do not serve; Lookup and
	// Matches find entities by the others, and not by these.
	Sorted bool
}

// Entity is one entity as the store keeps it.
type Entity struct {
	Ordinal  Ordinal // given by Insert; what Insert and Replace are passed is ignored
	ID       string  // as spelled at insert; GUIDs are compared without case, all else exactly
	Type     string  // derived type; "" is the set's declared type
	Revision uint64  // of the last insert or replace: no two writes of a store have the same, later ones a greater

	// Keys are for writing only: reads leave them nil, so that a read costs
	// nothing for them. To Insert nil means none. To Replace nil means the keys
	// that are there, an empty slice none.
	Keys []Key

	// Changed is for Replace only: the names of the members that differ from what
	// was there, for MemberChanges. nil means that the caller does not know.
	Changed []string

	// JSON is valid until the function given to View or Update returns, and must
	// not be modified. Insert and Replace copy it.
	JSON []byte
}

// Change is what became of one entity of a set whose changes are recorded, at
// its latest.
type Change struct {
	Tick    uint64  // when: revisions, ordinals and ticks are one sequence
	Ordinal Ordinal // what At reads; gone when Deleted
	Deleted bool
	ID      string // of a deleted entity
	Type    string // of a deleted entity; "" is the set's declared type
}

// LinkChange is what became of one link of such an entity, at its latest.
type LinkChange struct {
	Tick    uint64
	To      Ordinal // may be gone
	Removed bool
	ID      string // of the entity at the other end
	Type    string // its derived type; "" is its set's declared type
}

// Reader is a consistent view of a store, valid until the function that got it
// returns. It is not safe for use by several goroutines.
//
// Sequences read as they go. Inside Update a caller may change the store while
// it ranges: what is then deleted ahead is not seen, what is inserted ahead is.
type Reader interface {
	// Get returns an entity by its id, or ErrNotFound.
	Get(set SetKey, id string) (Entity, error)
	// At returns an entity and its set by ordinal, or ErrNotFound.
	At(o Ordinal) (SetKey, Entity, error)
	// Find yields the entities of a tenant with this id, whatever their set.
	Find(tenant, id string) iter.Seq2[SetKey, Entity]
	// Lookup returns the oldest entity of a set with this key, or ErrNotFound.
	Lookup(set SetKey, k Key) (Entity, error)
	// Matches yields every entity of a set with this key and an ordinal above
	// after, oldest first.
	Matches(set SetKey, k Key, after Ordinal) iter.Seq[Entity]
	// Ordered yields the entities of a set in the order of a key, each as often
	// as it has one, without so many of them. What is left out is not read, and
	// neither is what the caller does not wait for.
	Ordered(set SetKey, of Range, skip int) iter.Seq[Entity]
	// CountOrdered returns how many entities Ordered yields, without reading them.
	CountOrdered(set SetKey, of Range) int
	// Scan yields the entities of a set with ordinals above after, oldest first.
	Scan(set SetKey, after Ordinal) iter.Seq[Entity]
	// Skip returns the ordinal of the n-th entity of a set above after, or of the
	// last one where there are fewer; after when there is none. It reads none.
	Skip(set SetKey, after Ordinal, n int) Ordinal
	// Count returns the number of entities in a set, at the cost of one read.
	Count(set SetKey) int
	// Sets yields the sets below an entity, or below the service root for 0,
	// that hold something, by name.
	Sets(tenant string, parent Ordinal) iter.Seq[SetKey]
	// Links yields what an entity links to under a navigation, above after.
	Links(from Ordinal, nav string, after Ordinal) iter.Seq[Ordinal]
	// Backlinks yields what links to an entity under a navigation, above after.
	Backlinks(to Ordinal, nav string, after Ordinal) iter.Seq[Ordinal]
	// Tick returns the number of the latest change of the store.
	Tick() uint64
	// Changes yields the entities of a set that changed after a tick, each once,
	// in the order of their latest changes. A change of a link is one of the
	// entity that it comes from. ErrForgotten is returned when the set was not
	// tracked then, or so much has happened that the log was cut.
	Changes(set SetKey, after uint64) (iter.Seq[Change], error)
	// LinkChanges yields the links of a tracked entity under a navigation that
	// came or went after a tick.
	LinkChanges(from Ordinal, nav string, after uint64) iter.Seq[LinkChange]
	// Tracks reports whether the changes of a set are recorded.
	Tracks(set SetKey) bool
	// MemberChanges returns the names of the members of a tracked entity that
	// changed after a tick; all says that any may have.
	MemberChanges(o Ordinal, after uint64) (names []string, all bool)
	// Events yields what happened in a watched tenant after a tick, in order, and
	// reports whether events after it were dropped because they were too many.
	// Nothing happens in a tenant that is not watched.
	Events(tenant string, after uint64) (events iter.Seq[Event], lost bool)
	// Watched yields the tenants that are watched.
	Watched() iter.Seq[string]
	// Value returns a private value of another package. It is valid as long as
	// an entity's JSON.
	Value(space, key string) ([]byte, bool)
	// Tenants yields the tenants by name: from their first insert until they
	// are cleared.
	Tenants() iter.Seq[string]
	// Stream returns the bytes that an entity has under a name, or ErrNotFound.
	Stream(o Ordinal, name string) (Stream, error)
	// Streams yields the names of an entity's streams, in their order.
	Streams(o Ordinal) iter.Seq[string]
}

// Writer reads what it has written so far, and what others wrote before it.
type Writer interface {
	Reader
	// Insert adds an entity to a set, which comes into being with its first. It
	// returns ErrExists when the set has the id, and ErrNotFound when the set's
	// parent is not in the tenant.
	Insert(set SetKey, e Entity) (Ordinal, error)
	// Replace gives an entity new JSON, type and keys, and returns its new
	// revision. An empty e.ID stands for the id that is there, another id gives
	// ErrIDChanged.
	Replace(o Ordinal, e Entity) (revision uint64, err error)
	// SetKeys gives an entity other keys and leaves all else as it is, its
	// revision too.
	SetKeys(o Ordinal, keys []Key) error
	// Move takes an entity to another set of its tenant (ErrOtherTenant), which
	// must not have its id (ErrExists) nor lie inside it. What the entity
	// contains, its links, streams, keys, ordinal and revision stay.
	Move(o Ordinal, to SetKey) error
	// Delete removes an entity with all that it contains, at any depth, and with
	// the links of all of these in both directions.
	Delete(o Ordinal) error
	// Link adds a link and reports whether it is new. Both ends must exist
	// (ErrNotFound), in one tenant (ErrOtherTenant).
	Link(from Ordinal, nav string, to Ordinal) (added bool, err error)
	// Unlink removes a link and reports whether it was there.
	Unlink(from Ordinal, nav string, to Ordinal) (removed bool, err error)
	// Track begins to record the changes of a set, for good. Sets that nobody
	// tracks pay nothing for the rest. The log holds one record for each entity
	// that changed and one for each deletion, at most 100,000.
	Track(set SetKey) error
	// Watch begins to record what happens in a tenant, at most 100,000 events;
	// ClearTenant and Unwatch end it. Tenants that nobody watches pay nothing.
	Watch(tenant string) error
	// Unwatch ends it, and drops the events.
	Unwatch(tenant string) error
	// Announce adds an event that is no change. Nothing happens in a tenant that
	// is not watched.
	Announce(tenant string, what []byte) error
	// Acknowledge drops the events up to a tick: all who read them are done.
	Acknowledge(tenant string, through uint64) error
	// SetValue keeps a copy of v for Value; nil removes it.
	SetValue(space, key string, v []byte) error
	// SetStream gives an entity bytes under a name, replacing what was there. A
	// blob that several entities share is kept once.
	SetStream(o Ordinal, name string, s Stream) error
	// RemoveStream takes an entity's bytes of that name away and reports whether
	// there were any.
	RemoveStream(o Ordinal, name string) (removed bool, err error)
	// ClearTenant removes a tenant with everything in it. Values stay: they
	// belong to no tenant.
	ClearTenant(tenant string) error
}

// Store is a place where entities live. It is safe for concurrent use.
type Store interface {
	// View runs fn on a snapshot that no write disturbs. fn must not call Update
	// of the same store: a write that grows the file waits for open views.
	View(fn func(Reader) error) error

	// Update runs fn once, after and before those of other callers, and returns
	// when all that fn saw and did is durable. An error or a panic of fn undoes
	// what fn did and nothing else. fn runs on its caller's goroutine; it must
	// be quick, because other writers wait for it, and must not call Update of
	// the same store.
	Update(fn func(Writer) error) error

	// Receive reads bytes into the store, whatever their number, in transactions
	// of bounded size and outside of any Update. The stream belongs to no entity
	// until SetStream; one that is not used must be given to Discard. When
	// reading fails nothing is kept.
	Receive(from io.Reader) (Stream, error)
	// Extend is Receive behind the bytes of a stream: the result has both. s must
	// be set at some entity, stays as it is until the result takes its place
	// there, and only one call at a time may extend it.
	Extend(s Stream, from io.Reader) (Stream, error)
	// Discard frees what Receive took in, unless some entity has it.
	Discard(s Stream) error
	// Read returns a reader of a stream's bytes from an offset on. It holds no
	// transaction between reads; when the stream is freed meanwhile it fails.
	Read(s Stream, offset int64) io.Reader

	// Image returns a copy of the whole store, to start others from.
	Image() ([]byte, error)

	// Size returns how many bytes the store occupies.
	Size() int64

	// Close waits for what is running and releases the file. Closing twice does
	// nothing.
	Close() error
}
