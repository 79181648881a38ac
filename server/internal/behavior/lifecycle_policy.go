package behavior

// Evidence for groupLifecyclePolicy:
//   - documented: addGroup and removeGroup answer whether they changed anything; a
//     policy whose managedGroupTypes is All is that of every group, one that is None
//     of no group.

import (
	"encoding/json"
	"iter"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// LifecyclePolicies lists the policies of a group.
type LifecyclePolicies struct{}

var _ Lister = LifecyclePolicies{}

// List implements [Lister].
func (LifecyclePolicies) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	group := tx.Parent()
	selected := map[Ref]bool{}
	for policy := range tx.Linked(group, "groupLifecyclePolicies") {
		selected[policy.Ref] = true
	}
	return func(yield func(Entity) bool) {
		for policy := range tx.All(Below(group, "groupLifecyclePolicies")) { // of a fixture
			if !yield(policy) {
				return
			}
		}
		for policy := range tx.All(Root("groupLifecyclePolicies")) {
			kind := text(policy.Object, "managedGroupTypes")
			if (kind == "All" || kind != "None" && selected[policy.Ref]) && !yield(policy) {
				return
			}
		}
	}, nil
}

// ofPolicy adds a group to a lifecycle policy, or removes it.
func ofPolicy(remove bool) invoked {
	return func(tx Tx, policy *Entity, p entity.Object) (Result, *grapherr.Error) {
		group, ok := tx.Get(Root("groups"), text(p, "groupId"))
		switch {
		case !ok && remove:
			return Result{Value: json.RawMessage("false")}, nil
		case !ok:
			return Result{}, grapherr.NotFound("directory", text(p, "groupId"))
		}
		change := tx.Link
		if remove {
			change = tx.Unlink
		}
		changed, fault := change(group.Ref, "groupLifecyclePolicies", policy.Ref)
		return Result{Value: json.RawMessage(boolean(changed))}, fault
	}
}
