package behavior

// Evidence for pools of Cloud PCs, and for licences that Windows 365 manages (pages of
// cloudPcPool, cloudPcPoolAssignment and cloudPcManagedLicense of beta, 2025 and 2026):
//   - documented: what a create needs, of a pool for agents too; the name is unique;
//     times are the service's; licences can only be read; an active pool has a URL.
//   - assumed (2026-11): a new pool is active at once and without sessions; its URL;
//     an assignment needs its user, and a scope is the default one.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var (
	poolRules = &Rules{
		Required: []string{"displayName", "cloudPcConfiguration", "networkConfiguration", "capabilities"},
		Defaults: []Default{{"scopeIds", `["0"]`}, {"description", "null"}, {"poolStatus", `"active"`}, {"managedByService", `"windows365"`}},
		Unique:   []string{"displayName"},
		Created:  []string{"createdDateTime"}, Modified: []string{"lastModifiedDateTime"},
	}
	agentPoolRules       = &Rules{Required: []string{"billingConfiguration", "scalingPolicy"}, Defaults: []Default{{"sessionUsage", `{"activeSessionsCount":0,"availableSessionsCount":0}`}}}
	poolAssignmentRules  = &Rules{Required: []string{"userPrincipalId"}}
	managedLicensesRules = &Rules{Refuses: []string{"POST", "PATCH", "DELETE"}}
)

// AgentPool is a pool of Cloud PCs for agents.
type AgentPool struct{}

var _ Creator = AgentPool{}

// Create implements [Creator].
func (AgentPool) Create(tx Tx, e *Entity) *grapherr.Error {
	e.SetString("poolUrl", "https://sessionmanagement.regional.cloudinferenceplatform.azure.com/sessions/"+text(e.Object, "id"))
	e.SetString("lastModifiedByPrincipalId", strings.ToLower(tx.Caller().ID))
	return nil
}
