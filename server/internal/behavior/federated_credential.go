package behavior

// Evidence for federatedIdentityCredential (graph-behaviour §12; page of the
// resource, 2022 to 2025):
//   - documented: at most twenty for an application; the pair of issuer and subject
//     is unique in it, and so is the name.
//   - assumed (2026-11): the texts of refusals.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// FederatedCredential lets an application be signed in by another issuer.
type FederatedCredential struct{}

var _ Creator = FederatedCredential{}

// maxFederated is how many an application can have.
const maxFederated = 20

// Create implements [Creator].
func (FederatedCredential) Create(tx Tx, e *Entity) *grapherr.Error {
	n := 0
	for other := range tx.All(tx.Collection()) {
		n++
		same := text(other.Object, "issuer") == text(e.Object, "issuer") && text(other.Object, "subject") == text(e.Object, "subject")
		if same || strings.EqualFold(text(other.Object, "name"), text(e.Object, "name")) {
			return grapherr.Conflict("directory", "A federated identity credential with this name, or with this issuer and subject, already exists.")
		}
	}
	if n >= maxFederated {
		return grapherr.Rule("directory", "", "The application has the maximum number of federated identity credentials.")
	}
	return nil
}
