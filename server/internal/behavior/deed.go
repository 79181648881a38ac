package behavior

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// Deed is one thing that a call has done to an entity of a set that is audited.
// All that a call does to one entity is one deed, and so is each link.
type Deed struct {
	Kind        DeedKind
	At          time.Time
	By          Caller
	Correlation string // request id of the call
	Agent       string // its User-Agent
	Operation   string // "POST /users/{id}/assignLicense"

	Set    string        // path of the entity's set from the service root, of one in the bin where it came from
	Entity Entity        // as it was afterwards, of one that is gone before
	Before entity.Object // of one that was Changed

	Navigation string // of a link, which comes from the entity
	Other      Entity // its other end
	OtherSet   string
}

// DeedKind says what was done.
type DeedKind byte

// The kinds of deeds.
const (
	Made DeedKind = iota
	Changed
	Removed  // for good, or to the bin
	Restored // out of the bin
	Purged   // removed from the bin
	Linked
	Unlinked
)

// Accruing is for a [Supplier] of what gathers while nobody reads it: it is asked
// each time, if anything has.
type Accruing interface {
	Accrued(tx Tx) bool
}

// Past is how a behaviour learns what has happened since somebody asked last.
type Past interface {
	// Deeds hands out what was done to audited entities of the tenant, oldest
	// first; nobody else gets it again.
	Deeds() []Deed
	// SignIns does so for sign-ins.
	SignIns() []call.SignIn
	// AnyDeeds and AnySignIns report whether there is something.
	AnyDeeds() bool
	AnySignIns() bool
}
