package behavior

// Evidence for Viva Engage and Viva Learning (pages employeeexperience-post-communities
// and learningcontent-update, 2024 and 2025):
//   - documented: a community is made by an operation, 202 with Operation-Location; its
//     owners are bound, or the caller; a display name has 255 characters at most,
//     a description 1,024; an application without owners fails.
//   - observed (the CLI for Microsoft 365 reads it, and shows its value of April 2024):
//     Location has the operation, too.
//   - assumed (2026-11): the operation is done at once, and the community has a
//     Microsoft 365 group, whose owners and members its owners are.

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// engageRoles are the roles of Viva Engage (D: page employeeexperience-list-roles).
var engageRoles = [][2]string{
	{"ec759127-089f-4f91-8dfc-03a30b51cb38", "Network Admin"}, {"966b8ec4-6457-4f22-bd3c-5a2520e98f4a", "Verified Admin"},
	{"77aa47ad-96fe-4ecc-8024-fd1ac5e28f17", "Corporate Communicator"},
}

func standingEngagement() []Standing {
	return []Standing{rowsOf("/employeeExperience/roles", engageRoles, func(r [2]string) string {
		return `{"id":` + quoted(r[0]) + `,"displayName":` + quoted(r[1]) + `}`
	})}
}

// engagement are the registrations of both.
func engagement() []Registration {
	return []Registration{
		{Operation: "POST /employeeExperience/communities", Behavior: invoked(createCommunity)},
		{Type: "microsoft.graph.engagementRoleMember", Behavior: UserMember{}},
	}
}

func createCommunity(tx Tx, _ *Entity, said entity.Object) (Result, *grapherr.Error) {
	owners, fault := communityOwners(tx, said)
	if fault == nil {
		fault = communityBounds(said)
	}
	if fault != nil {
		return Result{}, fault
	}
	group, fault := groupOfTeam(tx, said)
	if fault != nil {
		return Result{}, fault
	}
	made, fault := tx.Insert(Root("employeeExperience/communities"), New(fields("displayName", jsonOf(said, "displayName"),
		"description", jsonOf(said, "description"), "privacy", jsonOf(said, "privacy"), "groupId", quoted(group.ID))...))
	for _, owner := range owners {
		for _, link := range []struct {
			from Ref
			as   string
		}{{made.Ref, "owners"}, {group.Ref, "owners"}, {group.Ref, "members"}} {
			if fault == nil {
				_, fault = tx.Link(link.from, link.as, owner.Ref)
			}
		}
	}
	if fault != nil {
		return Result{}, fault
	}
	now := quoted(instant(tx.Now()))
	op, fault := tx.Insert(Root("employeeExperience/engagementAsyncOperations"), New(fields("createdDateTime", now,
		"lastActionDateTime", now, "status", `"succeeded"`, "operationType", `"createCommunity"`, "resourceId", quoted(made.ID),
		"resourceLocation", quoted(tx.URL("/employeeExperience/communities('"+made.ID+"')")))...))
	at := tx.URL("/employeeExperience/engagementAsyncOperations('" + op.ID + "')")
	return Result{Status: 202, Operation: at, Location: at}, fault
}

func communityBounds(said entity.Object) *grapherr.Error {
	for name, most := range map[string]int{"displayName": 255, "description": 1024} {
		if utf8.RuneCountInString(text(said, name)) > most {
			return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The " + name + " is too long."}
		}
	}
	if text(said, "displayName") == "" {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The displayName is required."}
	}
	return nil
}

// communityOwners are those whom the body binds, or else the caller.
func communityOwners(tx Tx, said entity.Object) (all []Entity, fault *grapherr.Error) {
	bound, _ := said.Get("owners@odata.bind")
	for raw := range entity.Elements(json.RawMessage(bound)) {
		url, _ := entity.Unquote(raw)
		owner, ok := tx.Resolve(url)
		if !ok {
			return nil, grapherr.NotFound(tx.Family(), url)
		}
		all = append(all, owner)
	}
	if self, ok := tx.Self(); ok && len(all) == 0 && tx.Caller().User {
		all = append(all, self)
	}
	if len(all) == 0 && !tx.Caller().User {
		return nil, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The owners are required."}
	}
	return all, nil
}
