package behavior

// Evidence for applying provisioning policies (graph-behaviour §11.5; pages
// cloudPcProvisioningPolicy: apply and applyConfig, beta 2024 to 2025):
//   - documented: apply gives the policy's current settings to all of its Cloud
//     PCs, applyConfig to those that are named; 204; the reserve is a percentage
//     from 0 to 99.
//   - assumed (2026-11): a Cloud PC shows that by the policy's name and its own
//     time of change; one of no policy is refused.

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func applyPolicy(tx Tx, policy *Entity, p entity.Object) (Result, *grapherr.Error) {
	if raw, ok := p.Get("reservePercentage"); ok && string(raw) != "null" {
		if n, err := strconv.Atoi(string(raw)); err != nil || n < 0 || n > 99 {
			return Result{}, grapherr.Invalid("cloudpc", grapherr.Property{Name: "reservePercentage", Kind: "maximum"})
		}
	}
	var theirs []Entity
	for pc := range tx.All(Root(virtualEndpoint + "cloudPCs")) {
		if sameID(policy.ID)(text(pc.Object, "provisioningPolicyId")) {
			theirs = append(theirs, pc)
		}
	}
	return Result{}, applyTo(tx, *policy, theirs)
}

func applyConfig(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	ids := texts(p, "cloudPcIds")
	if len(ids) == 0 {
		return Result{}, grapherr.Invalid("cloudpc", grapherr.Property{Name: "cloudPcIds", Kind: "required"})
	}
	for _, id := range ids {
		pc, found := tx.Get(Root(virtualEndpoint+"cloudPCs"), id)
		if !found {
			return Result{}, grapherr.NotFound("cloudpc", id)
		}
		policy, found := tx.Get(Root(virtualEndpoint+"provisioningPolicies"), text(pc.Object, "provisioningPolicyId"))
		if !found {
			return Result{}, grapherr.Conflict("cloudpc", "The Cloud PC '"+id+"' has no provisioning policy.")
		}
		if fault := applyTo(tx, policy, []Entity{pc}); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}

// applyTo gives Cloud PCs what a policy says now.
func applyTo(tx Tx, policy Entity, pcs []Entity) *grapherr.Error {
	for _, pc := range pcs {
		o := pc.Object.Clone()
		o.Set("provisioningPolicyName", []byte(jsonOf(policy.Object, "displayName")))
		o.SetString("lastModifiedDateTime", instant(tx.Now()))
		if fault := tx.Replace(pc.Ref, o); fault != nil {
			return fault
		}
	}
	return nil
}
