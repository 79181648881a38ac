package behavior

// Evidence for licenseDetails:
//   - documented: a user's licenses, one for each SKU that is assigned, with its
//     part number and service plans; read only.
//   - assumed (2026-11): the id is the user's and the SKU's ids together; plans that
//     the assignment disables are PendingActivation no more, but Disabled.

import (
	"crypto/sha256"
	"encoding/base64"
	"iter"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// LicenseDetails lists what a user is licensed for.
type LicenseDetails struct{}

var _ Lister = LicenseDetails{}

// List implements [Lister].
func (LicenseDetails) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner := ownerOfList(tx)
	return func(yield func(Entity) bool) {
		for e := range tx.All(Below(owner.Ref, "licenseDetails")) { // of a fixture
			if !yield(e) {
				return
			}
		}
		for _, license := range list(owner.Object, "assignedLicenses") {
			if e, ok := licenseDetail(tx, owner, license); ok && !yield(e) {
				return
			}
		}
	}, nil
}

// ownerOfList is the entity whose collection is listed.
func ownerOfList(tx Tx) Entity {
	owner, ok := tx.Entity(tx.Parent())
	if !ok {
		owner, _ = tx.Self()
	}
	return owner
}

func licenseDetail(tx Tx, user Entity, license entity.Object) (Entity, bool) {
	id := text(license, "skuId")
	for sku := range tx.All(Root("subscribedSkus")) {
		if !sameID(text(sku.Object, "skuId"))(id) {
			continue
		}
		sum := sha256.Sum256([]byte(user.ID + id))
		key := base64.RawURLEncoding.EncodeToString(sum[:])
		return Entity{ID: key, Type: "microsoft.graph.licenseDetails", Object: fields("id", quoted(key), "skuId", quoted(id),
			"skuPartNumber", jsonOf(sku.Object, "skuPartNumber"), "servicePlans", string(plansOf(sku, license)))}, true
	}
	return Entity{}, false
}

// plansOf are a SKU's service plans as an assignment leaves them.
func plansOf(sku Entity, license entity.Object) []byte {
	disabled := texts(license, "disabledPlans")
	plans := list(sku.Object, "servicePlans")
	for i, plan := range plans {
		if slices.ContainsFunc(disabled, sameID(text(plan, "servicePlanId"))) {
			plan = plan.Clone()
			plan.SetString("provisioningStatus", "Disabled")
			plans[i] = plan
		}
	}
	return arrayOf(plans)
}

// byKey answers GET of one member of what a lister lists.
type byKey struct {
	among  Lister
	family string // in whose words a missing one is told
}

var _ Invoker = byKey{}

// Invoke implements [Invoker].
func (b byKey) Invoke(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	all, fault := b.among.List(tx)
	if fault != nil {
		return Result{}, fault
	}
	for e := range all {
		if sameID(e.ID)(tx.Key()) {
			return Result{Entity: &e}, nil
		}
	}
	return Result{}, grapherr.NotFound(b.family, tx.Key())
}
