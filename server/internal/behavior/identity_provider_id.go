package behavior

// Evidence for what names identity providers, attributes of user flows and the
// configuration of certificates (pages identitycontainer-post-identityproviders,
// identityprovider-post, b2xidentityuserflow-post-userattributeassignments and
// certificatebasedauthconfiguration-post-certificatebasedauthconfiguration, 2019 to 2024):
//   - documented: the ids; a client secret is told where it is given, and as asterisks
//     later; a configuration of certificates is the only one and has a fixed id.
//   - assumed (2026-11): how many asterisks.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// IdentityProvider has the id of its kind.
type IdentityProvider struct{ kind string } // property that tells it

var (
	_ Creator = IdentityProvider{}

	providerRules = &Rules{Masked: []string{"clientSecret"}}
)

// Create implements [Creator].
func (p IdentityProvider) Create(_ Tx, e *Entity) *grapherr.Error {
	if e.Type == "microsoft.graph.appleManagedIdentityProvider" {
		e.SetString("id", "Apple-Managed-OIDC")
	} else if kind := text(e.Object, p.kind); kind != "" {
		e.SetString("id", kind+"-OAUTH")
	}
	return nil
}

// AssignedAttribute has the id of the attribute that a user flow asks for.
type AssignedAttribute struct{}

var _ Creator = AssignedAttribute{}

// Create implements [Creator].
func (AssignedAttribute) Create(_ Tx, e *Entity) *grapherr.Error {
	if id := text(inner(e.Object, "userAttribute"), "id"); id != "" {
		e.SetString("id", id)
	}
	return nil
}

// UserFlow has an id that begins with its kind (pages identitycontainer-post-b2xuserflows
// and -b2cuserflows).
type UserFlow struct{ prefix string }

var _ Creator = UserFlow{}

// Create implements [Creator].
func (f UserFlow) Create(_ Tx, e *Entity) *grapherr.Error {
	if id := text(e.Object, "id"); id != "" && !strings.HasPrefix(strings.ToUpper(id), f.prefix) {
		e.SetString("id", f.prefix+id)
	}
	return nil
}

// CertificateConfiguration is the one that an organization can have.
type CertificateConfiguration struct{}

var _ Creator = CertificateConfiguration{}

// Create implements [Creator].
func (CertificateConfiguration) Create(_ Tx, e *Entity) *grapherr.Error {
	e.SetString("id", "29728ade-6ae4-4ee9-9103-412912537da5")
	return nil
}
