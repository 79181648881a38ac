package behavior

import (
	"iter"
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// appPolicySets are where policies of apps live, by the name of their type.
var appPolicySets = map[string]string{
	"iosManagedAppProtections": "iosManagedAppProtection", "androidManagedAppProtections": "androidManagedAppProtection",
	"defaultManagedAppProtections": "defaultManagedAppProtection", "targetedManagedAppConfigurations": "targetedManagedAppConfiguration",
	"mdmWindowsInformationProtectionPolicies": "mdmWindowsInformationProtectionPolicy", "windowsInformationProtectionPolicies": "windowsInformationProtectionPolicy",
	"windowsManagedAppProtections": "windowsManagedAppProtection",
}

// appPolicies are all policies of apps with their types.
func appPolicies(tx Tx) (all []Entity) {
	for name, typ := range appPolicySets {
		for policy := range tx.All(Root("deviceAppManagement/" + name)) {
			if policy.Type == "" {
				policy.Type = "microsoft.graph." + typ
			}
			all = append(all, policy)
		}
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return strings.Compare(a.ID, b.ID) < 0
	})
	return all
}

// managedAppPolicies are the policies of apps that are assigned to a user; evidence as for
// Intune's other functions.
func managedAppPolicies(tx Tx, user *Entity, _ entity.Object) (Result, *grapherr.Error) {
	result := Result{IsList: true}
	groups := map[string]bool{}
	for group := range tx.Linking(user.Ref, "members") {
		groups[strings.ToLower(group.ID)] = true
	}
	for _, policy := range appPolicies(tx) {
		if assignedTo(tx, policy.Ref, groups) {
			result.Collection = append(result.Collection, policy)
		}
	}
	return result, nil
}

// assignedTo reports whether something is assigned to one of several groups, or to
// everybody, and to none of them not.
func assignedTo(tx Tx, what Ref, groups map[string]bool) (assigned bool) {
	for a := range tx.All(Below(what, "assignments")) {
		target := inner(a.Object, "target")
		switch kind := text(target, "@odata.type"); {
		case everybody[kind] != "":
			assigned = true
		case !groups[strings.ToLower(text(target, "groupId"))]:
		case strings.HasSuffix(kind, "exclusionGroupAssignmentTarget"):
			return false
		default:
			assigned = true
		}
	}
	return assigned
}

// AppPolicies lists the policies of apps of all types, wherever they are.
type AppPolicies struct{}

var _ Lister = AppPolicies{}

// List implements [Lister].
func (AppPolicies) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	return func(yield func(Entity) bool) {
		for e := range tx.All(tx.Collection()) {
			if !yield(e) {
				return
			}
		}
		for _, policy := range appPolicies(tx) {
			if !yield(policy) {
				return
			}
		}
	}, nil
}
