package openapi

import (
	"slices"
	"strings"
	"sync"
)

// bindings knows which actions are bound to one entity of which type, found out
// when somebody asks.
type bindings struct {
	once    sync.Once
	actions map[int][]string // short names, in order, by row of the type
}

// BoundAction is an action that can be called on one entity.
type BoundAction struct {
	Name string // without the namespace
	On   *Type  // the type that declares it: the entity's own, or a base
}

// Actions lists the actions that are bound to an entity of a type: its own by
// name, then those of its bases. One that a base has too is the base's.
func (t *Type) Actions() []BoundAction {
	var all []BoundAction
	for at := t; at != nil; at = at.Base() {
		for _, name := range at.in.actionsOf(at.row) {
			if at.Base() == nil || !at.Base().hasAction(name) {
				all = append(all, BoundAction{name, at})
			}
		}
	}
	return all
}

func (t *Type) hasAction(name string) bool {
	for at := t; at != nil; at = at.Base() {
		if _, found := slices.BinarySearch(at.in.actionsOf(at.row), name); found {
			return true
		}
	}
	return false
}

func (v *Version) actionsOf(row int) []string {
	v.bindings.once.Do(v.bindActions)
	return v.bindings.actions[row]
}

// bindActions looks at all places for actions behind a single entity.
func (v *Version) bindActions() {
	found := map[int][]string{}
	for row := range v.table.Nodes() {
		n := v.table.Node(row)
		if SegmentKind(n.Kind) != ActionSegment || n.Form {
			continue
		}
		parent := v.table.Node(v.table.Parent(row))
		if of := parent.Value.Row(); of >= 0 && !parent.Value.Collection() && SegmentKind(parent.Kind) != SetSegment {
			short, _ := unqualify(n.Text)
			found[of] = append(found[of], short)
		}
	}
	for of, names := range found {
		slices.SortFunc(names, strings.Compare)
		found[of] = slices.Compact(names)
	}
	v.bindings.actions = found
}
