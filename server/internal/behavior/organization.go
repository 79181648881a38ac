package behavior

// Evidence for organization (graph-behaviour §12):
//   - documented: every tenant has one, whose id is the tenant's, with the tenant's
//     verified domains; nobody creates or deletes it.
//   - assumed (2026-11): the name and the domain where a fixture has told none.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// Organization gives a tenant its organization.
type Organization struct{}

var _ Supplier = Organization{}

// Supply implements [Supplier].
func (Organization) Supply(tx Tx, _ Entity, _ string) *grapherr.Error {
	if theOrganization(tx).Ref != None {
		return nil
	}
	_, err := tx.Insert(Root("organization"), New(fields(
		"id", quoted(tx.Tenant()), "displayName", `"Contoso"`, "tenantType", `"AAD"`, "createdDateTime", quoted(instant(tx.Now())),
		"verifiedDomains", `[{"capabilities":"Email, OfficeCommunicationsOnline","isDefault":true,"isInitial":true,`+
			`"name":"contoso.onmicrosoft.com","type":"Managed"}]`)...))
	return err
}
