package behavior

// Evidence for conditionalAccessPolicy and ipNamedLocation (pages of the
// resources, of create and delete, 2021 to 2025):
//   - documented: the conditions have applications and users, and client apps,
//     which are all unless said otherwise; complex values are shown with all
//     their members; a policy changes with a time; a location that is trusted
//     cannot be deleted.
//   - reported: addresses need not name their type (the client of
//     manicminer/hamilton, whose tests ran against the service).
//   - assumed (2026-11): the texts of refusals.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// ConditionalAccessPolicy says who may come in under which conditions.
	ConditionalAccessPolicy struct{}
	// NamedLocation is a place that policies speak of.
	NamedLocation struct{}
)

var (
	_ Creator = ConditionalAccessPolicy{}
	_ Updater = ConditionalAccessPolicy{}
	_ Creator = NamedLocation{}
	_ Updater = NamedLocation{}
	_ Deleter = NamedLocation{}
)

// Create implements [Creator].
func (ConditionalAccessPolicy) Create(_ Tx, e *Entity) *grapherr.Error {
	return conditionsOf(e)
}

// Update implements [Updater].
func (ConditionalAccessPolicy) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	completePolicy(after)
	after.SetString("modifiedDateTime", instant(tx.Now()))
	return nil
}

// policyParts are the complex values of a policy with what they show where
// nothing is said.
var policyParts = []Default{
	{"conditions", `{"userRiskLevels":[],"signInRiskLevels":[],"servicePrincipalRiskLevels":[],"clientAppTypes":["all"],"platforms":null,` +
		`"locations":null,"devices":null,"clientApplications":null}`},
	{"conditions/applications", `{"includeApplications":[],"excludeApplications":[],"includeUserActions":[],` +
		`"includeAuthenticationContextClassReferences":[],"applicationFilter":null}`},
	{"conditions/users", `{"includeUsers":[],"excludeUsers":[],"includeGroups":[],"excludeGroups":[],"includeRoles":[],"excludeRoles":[],` +
		`"includeGuestsOrExternalUsers":null,"excludeGuestsOrExternalUsers":null}`},
	{"conditions/platforms", `{"includePlatforms":[],"excludePlatforms":[]}`},
	{"conditions/locations", `{"includeLocations":[],"excludeLocations":[]}`},
	{"grantControls", `{"operator":null,"builtInControls":[],"customAuthenticationFactors":[],"termsOfUse":[]}`},
	{"sessionControls", `{"disableResilienceDefaults":null,"applicationEnforcedRestrictions":null,"cloudAppSecurity":null,` +
		`"signInFrequency":null,"persistentBrowser":null}`},
}

// completePolicy gives the parts that a policy has the members they lack.
func completePolicy(e *Entity) {
	for _, part := range policyParts {
		completePart(&e.Object, strings.Split(part.Name, "/"), part.JSON)
	}
}

func completePart(o *entity.Object, path []string, least string) {
	value := inner(*o, path[0])
	if value == nil {
		return
	}
	if len(path) > 1 {
		completePart(&value, path[1:], least)
	} else {
		members, _ := entity.Members([]byte(least))
		for _, m := range members {
			if !value.Has(m.Name) {
				value.Set(m.Name, m.Value)
			}
		}
	}
	o.Set(path[0], value.JSON())
}

// conditionsOf refuses conditions that concern nobody or nothing, and completes
// the others.
func conditionsOf(e *Entity) *grapherr.Error {
	conditions := inner(e.Object, "conditions")
	for _, name := range []string{"applications", "users"} {
		if !present(conditions, name) {
			return grapherr.Invalid("directory", grapherr.Property{Name: name, Kind: "required", Type: "microsoft.graph.conditionalAccessConditionSet"})
		}
	}
	if len(texts(conditions, "clientAppTypes")) == 0 {
		conditions.Delete("clientAppTypes")
		e.Set("conditions", conditions.JSON())
	}
	completePolicy(e)
	return nil
}

// Create implements [Creator].
func (NamedLocation) Create(_ Tx, e *Entity) *grapherr.Error {
	tellRanges(&e.Object)
	return nil
}

// Update implements [Updater].
func (NamedLocation) Update(_ Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	tellRanges(&after.Object)
	return nil
}

// tellRanges names the types of addresses that came without.
func tellRanges(location *entity.Object) {
	raw, _ := location.Get("ipRanges")
	var told []entity.Object
	for r := range entity.Elements(raw) {
		o, _ := entity.Members(r)
		if address := text(o, "cidrAddress"); address != "" && !o.Has("@odata.type") {
			kind := "#microsoft.graph.iPv4CidrRange"
			if strings.Contains(address, ":") {
				kind = "#microsoft.graph.iPv6CidrRange"
			}
			o = append(fields("@odata.type", quoted(kind)), o...)
		}
		told = append(told, o)
	}
	if told != nil {
		location.Set("ipRanges", arrayOf(told))
	}
}

// Delete implements [Deleter].
func (NamedLocation) Delete(_ Tx, e Entity) (bool, *grapherr.Error) {
	if e.True("isTrusted") {
		return false, grapherr.Rule("directory", "", "A trusted named location cannot be deleted: set isTrusted to false first.")
	}
	return false, nil
}
