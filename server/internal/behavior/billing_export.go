package behavior

// Evidence for exports of partner billing (pages partners-billing-unbilledusage-export,
// -billedusage-export, -billedreconciliation-export and -unbilledreconciliation-export of
// beta, 2023):
//   - documented: 202 without a body and a Location, where a running, succeeded or failed
//     operation is told.
//   - assumed (2026-11): it runs for a second of the fake's clock, and has no blobs then.

import (
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const (
	billingTypes      = "microsoft.graph.partners.billing."
	billingOperations = "reports/partners/billing/operations"
	billingTime       = time.Second
)

// exportBilling starts an export.
func exportBilling(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	now := quoted(instant(tx.Now()))
	made, fault := tx.Insert(Root(billingOperations), Entity{Type: billingTypes + "runningOperation",
		Object: fields("id", quoted(tx.NewID()), "createdDateTime", now, "lastActionDateTime", now, "status", `"running"`)})
	return Result{Location: tx.URL("/" + billingOperations + "/" + made.ID)}, fault
}

// BillingExport is an export that goes on.
type BillingExport struct{}

var _ Reader = BillingExport{}

// Read implements [Reader].
func (BillingExport) Read(tx Tx, e *Entity) {
	if text(e.Object, "status") == "running" && passed(tx, e, "createdDateTime", billingTime) {
		e.SetString("status", "succeeded")
	}
}

func billingExports() []Registration {
	all := []Registration{{Type: billingTypes + "runningOperation", Behavior: BillingExport{}}}
	for _, name := range []string{"billedUsage", "unbilledUsage", "billedReconciliation", "unbilledReconciliation"} {
		all = append(all, Registration{Bound: billingTypes + name + "/partners.billing.export", Behavior: invoked(exportBilling)})
	}
	return all
}
