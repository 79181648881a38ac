package behavior

// Evidence for members that name a user by userId (pages of plannerRosterMember and of
// engagementRoleMember, beta 2021 to 2025):
//   - documented: members of planner's rosters and of Viva Engage's roles have an id of
//     their own and userId; a roster's have the tenant, too, and no roles; the example of
//     plannerrostermember-get has the user's id for a key.
//   - observed (the CLI for Microsoft 365 does so): both are read and removed by the user's
//     id; those of roles are made with user@odata.bind, too.
//   - assumed (2026-11): nobody is a member twice; the texts.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// UserMember is a member that names its user.
type UserMember struct{ Tenant bool } // whether it names the tenant, too

var (
	_ Creator = UserMember{}
	_ Created = UserMember{}
	_ Finder  = UserMember{}
)

// Create implements [Creator].
func (m UserMember) Create(tx Tx, e *Entity) *grapherr.Error {
	if m.Tenant {
		e.SetString("tenantId", tx.Tenant())
	}
	id := text(e.Object, "userId")
	if id == "" {
		return nil
	}
	user, known := tx.Get(Root("users"), id)
	if !known {
		return grapherr.NotFound(tx.Family(), id)
	}
	e.SetString("userId", user.ID)
	return m.alone(tx, e.Ref, user.ID)
}

// Created implements [Created]: a bound user is named as well.
func (m UserMember) Created(tx Tx, e Entity) *grapherr.Error {
	if present(e.Object, "userId") {
		return nil
	}
	for user := range tx.Linked(e.Ref, "user") {
		if fault := m.alone(tx, e.Ref, user.ID); fault != nil {
			return fault
		}
		named := e.Object.Clone()
		named.SetString("userId", user.ID)
		return tx.Replace(e.Ref, named)
	}
	return grapherr.Rule(tx.Family(), "BadRequest", "The userId is required.")
}

// alone refuses a user who is a member already.
func (UserMember) alone(tx Tx, self Ref, user string) *grapherr.Error {
	if other, there := memberWithUser(tx, tx.Collection(), user); there && other.Ref != self {
		return grapherr.Conflict(tx.Family(), "The user is a member already.")
	}
	return nil
}

// Find implements [Finder].
func (UserMember) Find(tx Tx, c Collection, key string) (Entity, bool) {
	return memberWithUser(tx, c, key)
}

func memberWithUser(tx Tx, members Collection, user string) (Entity, bool) {
	for e := range tx.All(members) {
		if strings.EqualFold(text(e.Object, "userId"), user) {
			return e, true
		}
	}
	return Entity{}, false
}
