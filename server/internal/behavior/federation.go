package behavior

// Evidence for the federation of a domain (page domain-post-federationconfiguration of
// v1.0, 2022 to 2024):
//   - documented: requests are not signed unless it says so; what Entra ID does about MFA
//     where nothing is said.
//   - assumed (2026-11): a domain with such a configuration is federated, and managed again
//     without it.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

var federationRules = &Rules{Defaults: []Default{
	{"isSignedAuthenticationRequestRequired", "false"}, {"federatedIdpMfaBehavior", `"acceptIfMfaDoneByFederatedIdp"`},
}}

// DomainFederation makes its domain a federated one.
type DomainFederation struct{}

var (
	_ Created = DomainFederation{}
	_ Deleter = DomainFederation{}
)

// Created implements [Created].
func (DomainFederation) Created(tx Tx, e Entity) *grapherr.Error {
	return authenticatedBy(tx, e, "Federated")
}

// Delete implements [Deleter].
func (DomainFederation) Delete(tx Tx, e Entity) (done bool, fault *grapherr.Error) {
	return false, authenticatedBy(tx, e, "Managed")
}

func authenticatedBy(tx Tx, federation Entity, kind string) *grapherr.Error {
	domain, ok := tx.Entity(tx.Home(federation.Ref).Parent)
	if !ok {
		return nil
	}
	o := domain.Object.Clone()
	o.SetString("authenticationType", kind)
	return tx.Replace(domain.Ref, o)
}
