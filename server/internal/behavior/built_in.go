package behavior

// Evidence for what is built in (resource pages of unifiedRoleDefinition, Intune's
// roleDefinition and authenticationStrengthPolicy, with their updates and deletes,
// 2021 to 2025):
//   - documented: properties of a built-in role are read-only; a built-in role or
//     strength cannot be deleted.
//   - assumed (2026-11): what stands in every tenant is built in, and a fixture's own
//     is not, whatever it says of itself; the refusal of a change is that of a read-only property, and
//     naming the value that is there changes nothing; the text of the other one.

import (
	"bytes"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// builtIn leaves entities to the service that have a value of a property, in JSON.
type builtIn struct{ property, value string }

var (
	_ Updater = builtIn{}
	_ Deleter = builtIn{}

	builtInRoles     = builtIn{"isBuiltIn", "true"}
	builtInStrengths = builtIn{"policyType", `"builtIn"`}
)

// is reports whether an entity is built in, as it is stored.
func (b builtIn) is(tx Tx, ref Ref, id string, o entity.Object) bool {
	if jsonOf(o, b.property) != b.value {
		return false
	}
	_, stands := StandingIn(tx.Home(ref).Name, id, tx.Tenant())
	return stands
}

// Update implements [Updater].
func (b builtIn) Update(tx Tx, before, change entity.Object, after *Entity) *grapherr.Error {
	if !b.is(tx, after.Ref, after.ID, before) {
		return nil
	}
	for _, m := range change {
		if old, _ := before.Get(m.Name); !bytes.Equal(old, m.Value) {
			return grapherr.Invalid(tx.Family(), grapherr.Property{Name: m.Name, Kind: "readOnly", Type: after.Type})
		}
	}
	return nil
}

// Delete implements [Deleter].
func (b builtIn) Delete(tx Tx, e Entity) (done bool, fault *grapherr.Error) {
	if b.is(tx, e.Ref, e.ID, e.Object) {
		return false, grapherr.Rule(tx.Family(), "", "'"+text(e.Object, "displayName")+"' is built in and cannot be deleted.")
	}
	return false, nil
}
