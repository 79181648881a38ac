package behavior

// Evidence for multitenant organizations (pages
// tenantrelationship-put-multitenantorganization, multitenantorganization-post-tenants,
// -list-tenants and multitenantorganizationjoinrequestrecord-update of v1.0, 2024):
//   - documented: PUT makes the one of a tenant, which is its first owner; what a new
//     one and an added tenant look like; a tenant is addressed by its tenantId and is
//     added once, the code and text of the refusal.
//   - assumed (2026-11): the id of the organization is a new one, and stays with later
//     PUTs; a join request that names who has added the tenant succeeds at once.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const (
	multiTenantPath = "tenantRelationships/multiTenantOrganization"
	noTenant        = "00000000-0000-0000-0000-000000000000"
)

var tenantMemberRules = &Rules{
	Required: []string{"tenantId", "displayName"}, OwnID: "tenantId", Created: []string{"addedDateTime"},
	Defaults: []Default{{"role", `"member"`}, {"state", `"pending"`}},
}

// TenantMember is a tenant of a multitenant organization.
type TenantMember struct{}

var _ Creator = TenantMember{}

// Create implements [Creator].
func (TenantMember) Create(tx Tx, e *Entity) *grapherr.Error {
	if _, there := tx.Get(tx.Collection(), text(e.Object, "tenantId")); there {
		return &grapherr.Error{Status: 400, Code: "Request_BadRequest", Message: "Tenant is already being added in Multi-Tenant Organization."}
	}
	e.SetString("addedByTenantId", tx.Tenant())
	return nil
}

// foundOrganization answers the PUT that makes a multitenant organization.
func foundOrganization(tx Tx, bound *Entity, said entity.Object) (Result, *grapherr.Error) {
	if text(said, "displayName") == "" {
		return Result{}, grapherr.Invalid("directory", grapherr.Property{Name: "displayName", Kind: "required", Type: "microsoft.graph.multiTenantOrganization"})
	}
	now := quoted(instant(tx.Now()))
	if !present(bound.Object, "createdDateTime") {
		bound.SetString("id", tx.NewID())
		bound.Set("createdDateTime", []byte(now))
		bound.SetString("state", "active")
	}
	for _, name := range []string{"displayName", "description"} {
		if raw, given := said.Get(name); given {
			bound.Set(name, raw)
		}
	}
	tenants := Root(multiTenantPath + "/tenants")
	if _, there := tx.Get(tenants, tx.Tenant()); !there {
		owner := fields("id", quoted(tx.Tenant()), "tenantId", quoted(tx.Tenant()), "displayName", or(jsonOf(theOrganization(tx).Object, "displayName"), "null"),
			"addedDateTime", now, "joinedDateTime", "null", "addedByTenantId", quoted(tx.Tenant()), "role", `"owner"`, "state", `"active"`, "transitionDetails", "null")
		if _, fault := tx.Insert(tenants, Entity{ID: tx.Tenant(), Object: owner}); fault != nil {
			return Result{}, fault
		}
	}
	return Result{Entity: bound}, nil
}

// JoinRequest is a tenant's own wish to belong to a multitenant organization.
type JoinRequest struct{}

var _ Updater = JoinRequest{}

// Update implements [Updater].
func (JoinRequest) Update(_ Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	switch by := text(change, "addedByTenantId"); by {
	case "":
	case noTenant:
		after.Set("memberState", []byte(`"pending"`))
	default:
		after.Set("memberState", []byte(`"active"`))
		after.Set("role", []byte(`"member"`))
	}
	return nil
}
