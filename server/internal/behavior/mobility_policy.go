package behavior

// Evidence for mobilityManagementPolicy (pages
// mobiledevicemanagementpolicies-update and -post-includedgroups, 2021 to 2025):
//   - documented: appliesTo changes alone; "selected" is not for clients to say, but
//     follows from a group's being added; "all" leaves no groups.
//   - assumed (2026-11): the texts of the refusals; "none" leaves none, either.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// MobilityPolicy says whose devices or apps get to a service.
type MobilityPolicy struct{}

var (
	_ Updater = MobilityPolicy{}
	_ Linker  = MobilityPolicy{}
)

const scopeGroups = "includedGroups"

// Update implements [Updater].
func (MobilityPolicy) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	switch {
	case !change.Has("appliesTo"):
		return nil
	case len(change) > 1:
		return grapherr.Rule(tx.Family(), "", "The property 'appliesTo' cannot be updated together with other properties.")
	case text(change, "appliesTo") == "selected":
		return grapherr.Rule(tx.Family(), "", "The property 'appliesTo' cannot be set to 'selected': add groups instead.")
	}
	var groups []Ref
	for group := range tx.Linked(after.Ref, scopeGroups) {
		groups = append(groups, group.Ref)
	}
	for _, group := range groups {
		if _, fault := tx.Unlink(after.Ref, scopeGroups, group); fault != nil {
			return fault
		}
	}
	return nil
}

// Link implements [Linker].
func (MobilityPolicy) Link(tx Tx, l Link) *grapherr.Error {
	if l.Remove || l.Navigation != scopeGroups {
		return nil
	}
	o := l.Owner.Object.Clone()
	o.SetString("appliesTo", "selected")
	return tx.Replace(l.Owner.Ref, o)
}
