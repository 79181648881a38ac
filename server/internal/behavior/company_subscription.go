package behavior

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// Evidence for companySubscription (pages of directory's subscriptions, 2023 to 2025):
//   - documented: the subscriptions by which the tenant has its SKUs, with the
//     SKU's plans as serviceStatus and the number of licenses; keyed by id and by
//     commerceSubscriptionId.
//   - assumed (2026-11): one per SKU that is there at the first look, bought by the
//     tenant itself, and no trial.

// CompanySubscriptions are made of the tenant's SKUs.
type CompanySubscriptions struct{}

var _ Supplier = CompanySubscriptions{}

// Supply implements [Supplier].
func (CompanySubscriptions) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	var rows []Entity
	for sku := range tx.All(Root("subscribedSkus")) {
		id := tx.NewID()
		rows = append(rows, New(fields("id", quoted(id), "commerceSubscriptionId", quoted(id),
			"createdDateTime", quoted(instant(tx.Now())), "isTrial", "false", "nextLifecycleDateTime", quoted(instant(tx.Now().AddDate(1, 0, 0))),
			"ownerId", "null", "ownerTenantId", quoted(tx.Tenant()), "ownerType", `"User"`,
			"skuId", or(jsonOf(sku.Object, "skuId"), "null"), "skuPartNumber", or(jsonOf(sku.Object, "skuPartNumber"), "null"),
			"serviceStatus", or(jsonOf(sku.Object, "servicePlans"), "[]"), "status", `"Enabled"`,
			"totalLicenses", or(jsonOf(inner(sku.Object, "prepaidUnits"), "enabled"), "0"))...))
	}
	for _, row := range rows {
		if _, fault := tx.Insert(Root("directory/subscriptions"), row); fault != nil {
			return fault
		}
	}
	return nil
}
