package behavior

import (
	"fmt"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Texts of statusDetails; the first is documented, the second assumed.
const (
	partnerAvailable    = "The external partner is available"
	partnerNotAvailable = "The external partner is not available"
)

// unsetTime is how Cloud PC writes a date that was never set
// (graph-behaviour §2.13).
const unsetTime = "0001-01-01T00:00:00Z"

// partnerLink is the rule that both generations of the external partner share:
// the connection's status follows enableConnection. healthy and unhealthy come
// from heartbeats, which have no public call; they last until the connection
// is switched off.
type partnerLink struct {
	status string // name of the status property
}

func (l partnerLink) create(tx Tx, e *Entity) *grapherr.Error {
	if partner, ok := e.String("partnerId"); ok && partnerTaken(tx, partner) {
		return grapherr.Conflict("cloudpc", fmt.Sprintf("An external partner with the partnerId '%s' already exists.", partner))
	}
	l.set(&e.Object, e.True("enableConnection"))
	synced := unsetTime
	if e.True("enableConnection") {
		synced = tx.Now().Format(time.RFC3339)
	}
	e.SetString("lastSyncDateTime", synced)
	return nil
}

func partnerTaken(tx Tx, partner string) bool {
	_, taken := tx.By(tx.Collection(), "partnerId", partner)
	return taken
}

func (l partnerLink) update(before, change entity.Object, after *entity.Object) {
	if !change.Has("enableConnection") {
		return
	}
	on := change.True("enableConnection")
	if on && before.True("enableConnection") {
		return
	}
	l.set(after, on)
}

func (l partnerLink) set(e *entity.Object, on bool) {
	status, details := "notAvailable", partnerNotAvailable
	if on {
		status, details = "available", partnerAvailable
	}
	e.SetString(l.status, status)
	e.SetString("statusDetails", details)
}
