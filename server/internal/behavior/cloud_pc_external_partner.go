package behavior

// Evidence for cloudPcExternalPartner, the successor of
// cloudPcExternalPartnerSetting (graph-behaviour §11.2):
//   - documented (resource and update page, 2026): the properties, the default
//     available of connectionStatus, PATCH answers 200 with the entity.
//   - assumed (2026-11): the recalculation is that of the predecessor.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// CloudPCExternalPartner keeps connectionStatus and statusDetails in step with
// enableConnection.
type CloudPCExternalPartner struct{}

var (
	_ Creator = CloudPCExternalPartner{}
	_ Updater = CloudPCExternalPartner{}
)

var externalPartnerLink = partnerLink{status: "connectionStatus"}

// Create implements [Creator].
func (CloudPCExternalPartner) Create(tx Tx, e *Entity) *grapherr.Error {
	return externalPartnerLink.create(tx, e)
}

// Update implements [Updater].
func (CloudPCExternalPartner) Update(_ Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	externalPartnerLink.update(before, change, &after.Object)
	return nil
}
