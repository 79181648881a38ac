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
	"encoding/json"
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
	after.SetString("modifiedDateTime", instant(tx.Now()))
	return nil
}

// conditionsOf refuses conditions that concern nobody or nothing; those that name
// no client apps are for all.
func conditionsOf(e *Entity) *grapherr.Error {
	conditions := inner(e.Object, "conditions")
	for _, name := range []string{"applications", "users"} {
		if !present(conditions, name) {
			return grapherr.Invalid("directory", grapherr.Property{Name: name, Kind: "required", Type: "microsoft.graph.conditionalAccessConditionSet"})
		}
	}
	if len(texts(conditions, "clientAppTypes")) == 0 {
		conditions.Set("clientAppTypes", json.RawMessage(`["all"]`))
		e.Set("conditions", conditions.JSON())
	}
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
