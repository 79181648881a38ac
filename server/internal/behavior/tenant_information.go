package behavior

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for tenantInformation (tenantRelationship functions):
//   - documented: found by tenant id or by a verified domain; holds tenantId,
//     displayName, defaultDomainName and federationBrandName.
//   - assumed (2026-11): the fake stands for every tenant, and each begins with the
//     same fixtures, so that any tenant id is found and named like the caller's;
//     a domain is found among the caller's own.

func tenantByID(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	return tenantInformation(tx, text(p, "tenantId")), nil
}

func tenantByDomain(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	wanted := text(p, "domainName")
	for d := range tx.All(Root("domains")) {
		if strings.EqualFold(d.ID, wanted) {
			return tenantInformation(tx, tx.Tenant()), nil
		}
	}
	for _, d := range verifiedDomains(tx) {
		if strings.EqualFold(text(d, "name"), wanted) {
			return tenantInformation(tx, tx.Tenant()), nil
		}
	}
	return Result{}, grapherr.NotFound("directory", wanted)
}

// theOrganization is the one that a tenant has.
func theOrganization(tx Tx) Entity {
	for org := range tx.All(Root("organization")) {
		return org
	}
	return Entity{}
}

func verifiedDomains(tx Tx) []entity.Object {
	raw, _ := theOrganization(tx).Get("verifiedDomains")
	return objects(raw)
}

func tenantInformation(tx Tx, id string) Result {
	info := fields("tenantId", quoted(id), "federationBrandName", "null", "displayName", "null", "defaultDomainName", "null")
	if name := text(theOrganization(tx).Object, "displayName"); name != "" {
		info.SetString("displayName", name)
	}
	for _, d := range verifiedDomains(tx) {
		if d.True("isDefault") {
			info.SetString("defaultDomainName", text(d, "name"))
		}
	}
	return Result{Value: info.JSON()}
}
