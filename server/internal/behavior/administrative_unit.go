package behavior

// Evidence for administrativeUnit and scopedRoleMembership (pages of the
// resources, 2021 to 2025):
//   - documented: a scoped membership names a role that is active and a member,
//     and is seen from its unit, its role and its user; dynamic units need a rule.
//   - assumed (2026-11): the same membership twice is refused, with this text; a
//     role or a member that is not there is not, but told to the tester.

import (
	"iter"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// AdministrativeUnit is a part of the directory with administrators of its own.
	AdministrativeUnit struct{}
	// ScopedRole makes a member an administrator of one unit.
	ScopedRole struct{}
	// ScopedRoles lists scoped memberships of a role, or of a user.
	ScopedRoles struct {
		OfUser bool
	}
)

var (
	_ Creator = AdministrativeUnit{}
	_ Updater = AdministrativeUnit{}
	_ Creator = ScopedRole{}
	_ Lister  = ScopedRoles{}
)

const unitsPath = "directory/administrativeUnits"

// Create implements [Creator].
func (AdministrativeUnit) Create(_ Tx, e *Entity) *grapherr.Error { return ruledUnit(e) }

// Update implements [Updater].
func (AdministrativeUnit) Update(_ Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	return ruledUnit(after)
}

func ruledUnit(e *Entity) *grapherr.Error {
	if text(e.Object, "membershipType") == "Dynamic" && text(e.Object, "membershipRule") == "" {
		return grapherr.Invalid("directory", grapherr.Property{Name: "membershipRule", Kind: "required", Type: e.Type})
	}
	return nil
}

// Create implements [Creator].
func (ScopedRole) Create(tx Tx, e *Entity) *grapherr.Error {
	role, member := text(e.Object, "roleId"), inner(e.Object, "roleMemberInfo")
	if _, active := tx.Get(Root("directoryRoles"), role); !active {
		tx.Note("no role with this id is active")
	}
	who, found := tx.Find(text(member, "id"))
	if !found {
		tx.Note("no object of the directory has the member's id")
		who = Entity{ID: text(member, "id"), Object: member}
	}
	for other := range tx.All(tx.Collection()) {
		if text(other.Object, "roleId") == role && text(inner(other.Object, "roleMemberInfo"), "id") == who.ID {
			return grapherr.ConflictingObject()
		}
	}
	unit, _ := tx.Entity(tx.Parent())
	e.SetString("administrativeUnitId", unit.ID)
	e.Set("roleMemberInfo", fields("id", quoted(who.ID), "displayName", jsonOf(who.Object, "displayName")).JSON())
	return nil
}

// List implements [Lister].
func (s ScopedRoles) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	self, _ := tx.Entity(tx.Parent())
	return func(yield func(Entity) bool) {
		for m := range tx.All(tx.Collection()) { // what a fixture put here
			if !yield(m) {
				return
			}
		}
		for unit := range tx.All(Root(unitsPath)) {
			for m := range tx.All(Below(unit.Ref, "scopedRoleMembers")) {
				if s.concerns(m, self.ID) && !yield(m) {
					return
				}
			}
		}
	}, nil
}

// concerns reports whether a membership is one of a role, or of a user.
func (s ScopedRoles) concerns(m Entity, id string) bool {
	if s.OfUser {
		return sameID(id)(text(inner(m.Object, "roleMemberInfo"), "id"))
	}
	return sameID(id)(text(m.Object, "roleId"))
}
