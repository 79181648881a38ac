package behavior

// Evidence for cloudPcExternalPartnerSetting (graph-behaviour §11.1):
//   - documented (update page, 2025): PATCH takes enableConnection and answers
//     200 with the entity; what the body leaves out keeps its value or is
//     recalculated from other changes; the meaning of each status value.
//   - assumed (2026-11): which values are recalculated, below in [partnerLink];
//     that lastSyncDateTime stays, because only the partner's heartbeat sets it;
//     that a second setting for the same partner is a conflict.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// CloudPCExternalPartnerSetting keeps status and statusDetails in step with
// enableConnection.
type CloudPCExternalPartnerSetting struct{}

var (
	_ Creator = CloudPCExternalPartnerSetting{}
	_ Updater = CloudPCExternalPartnerSetting{}
)

var settingLink = partnerLink{status: "status"}

// Create implements [Creator].
func (CloudPCExternalPartnerSetting) Create(tx Tx, e *Entity) *grapherr.Error {
	return settingLink.create(tx, e)
}

// Update implements [Updater].
func (CloudPCExternalPartnerSetting) Update(_ Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	settingLink.update(before, change, &after.Object)
	return nil
}
