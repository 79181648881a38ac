package behavior

// Evidence for agents (pages agentidentity-*, agentidentityblueprint-*,
// agentidentityblueprintprincipal-* and agentuser-* of both versions):
//   - documented: what a create must name; an agent identity has no appId of its own,
//     its servicePrincipalType is ServiceIdentity; an agent has one user, another is
//     refused with 400; such a user has no password.
//   - assumed (2026-11): an agent's blueprint has to be in the tenant; one given as
//     agentIdentityBlueprintAppId, as pages of 2025 have it, is an unknown property.

import (
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var (
	agentIdentityRules  = &Rules{Required: []string{"displayName", "agentIdentityBlueprintId"}, Immutable: []string{"agentIdentityBlueprintId"}}
	agentBlueprintRules = &Rules{Defaults: []Default{{"signInAudience", `"AzureADMyOrg"`}}}
	agentUserRules      = &Rules{Required: []string{"identityParentId"}, Immutable: []string{"identityParentId"}}
)

// AgentIdentity is the account of an agent, made from a blueprint.
type AgentIdentity struct{}

// AgentUser is the user that an agent acts as.
type AgentUser struct{}

var (
	_ Creator = AgentIdentity{}
	_ Creator = AgentUser{}
)

// Create implements [Creator].
func (AgentIdentity) Create(tx Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "agentIdentityBlueprintId")
	app, ok := tx.By(Root("applications"), "appId", id)
	if !ok || app.Type != "microsoft.graph.agentIdentityBlueprint" {
		return grapherr.Rule("directory", "", "The agentIdentityBlueprintId '"+id+"' does not reference a valid agent identity blueprint.")
	}
	e.SetString("servicePrincipalType", "ServiceIdentity")
	e.SetString("createdByAppId", id)
	e.Set("servicePrincipalNames", arrayOfTexts([]string{e.ID}))
	return nil
}

// Create implements [Creator].
func (AgentUser) Create(tx Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "identityParentId")
	agent, ok := tx.Get(Root("servicePrincipals"), id)
	if !ok || agent.Type != "microsoft.graph.agentIdentity" {
		return grapherr.Rule("directory", "", "The identityParentId '"+id+"' does not reference a valid agent identity.")
	}
	if slices.ContainsFunc(slices.Collect(tx.Having(Root("users"), "identityParentId", id)), func(u Entity) bool { return u.ID != e.ID }) {
		return grapherr.Rule("directory", "", "The agent identity '"+id+"' is linked to another agent user already.")
	}
	e.Set("passwordProfile", []byte("null"))
	return User{}.Create(tx, e)
}
