package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// Actions without a behaviour whose outcome follows from what they take and
// return, by general rules (assumed, 2026-11, from what their pages say):
//   - one whose parameters all name properties of the entity, or have the type
//     of the one collection that it contains, gives it those: setPriority(priority),
//     assign(assignments), targetApps(apps). An action that adds or removes does so
//     with the members named, any other replaces all.
//   - one that takes members which are added, updated and deleted does so with them, see
//     outcome_changes.go.
//   - one that is called a copy and returns the entity's type makes a copy, with
//     the values that it takes: createCopy(displayName), clone().
//   - one of a collection that takes entities of its type stores them, or changes
//     those that are there: import…(identities), submitTiIndicators(value).
//   - one that takes ids of members answers them, or takes them away, which a
//     restore from a bin does, too: getRoleScopeTagsById(roleScopeTagIds),
//     deleteTiIndicators(value), recycleBin/items/restore(ids).
//   - getAll… and retrieveAll… of one entity are of the collection that it is in.

// outcome says what an action does, or answers from.
type outcome uint8

// Values of outcome.
const (
	noOutcome outcome = iota
	outcomeTaken
	outcomeChanges
	outcomeCopied
	outcomeStored
	outcomeNamed
	outcomeDropped
	outcomeSiblings
)

// outcomeOf is what an action on a path does.
func outcomeOf(op *openapi.Operation, segments []openapi.Segment) outcome {
	last := len(segments) - 1
	if op.Kind != openapi.Action || last < 1 {
		return noOutcome
	}
	on, name := segments[last-1], plainName(segments[last].Name)
	t := on.Type()
	switch {
	case t == nil || t.Kind != openapi.EntityType:
		return noOutcome
	case on.Collection():
		return collectionOutcome(op, t, name)
	case op.Response().Type() == t && !op.Response().Collection && begins(name, "createCopy", "clone", "duplicate"):
		return outcomeCopied
	case op.Response().Type() == t && op.Response().Collection && begins(name, "getAll", "retrieveAll"):
		return outcomeSiblings
	case changesOf(op, t) != nil:
		return outcomeChanges
	case !begins(name, asking...) && takes(op, t):
		return outcomeTaken
	}
	return noOutcome
}

// asking are the beginnings of the names of actions that change nothing.
var asking = []string{"get", "retrieve", "find", "search", "query", "check", "validate", "verify", "evaluate", "test", "send", "lookup", "export", "confirm", "restore"}

func collectionOutcome(op *openapi.Operation, t *openapi.Type, name string) outcome {
	returned := op.Response()
	switch {
	case idsOf(op) != "" && begins(name, "delete", "restore") && !strings.Contains(name, "By"):
		return outcomeDropped
	case idsOf(op) != "" && returned.Collection && returned.Type() == t:
		return outcomeNamed
	case entitiesOf(op, t) != "" && begins(name, "import", "submit", "update", "create", "add"):
		return outcomeStored
	}
	return noOutcome
}

// plainName is the name of an operation without the namespace before it.
func plainName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func begins(name string, with ...string) bool {
	for _, w := range with {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}

// takes reports whether every parameter has a place of its own in an entity, but for
// those that say how.
func takes(op *openapi.Operation, t *openapi.Type) bool {
	seen := map[string]bool{}
	for _, p := range op.Parameters() {
		to := destination(t, p)
		if to == nil && isHow(p.Type) {
			continue
		}
		if to == nil || seen[to.Name] {
			return false
		}
		seen[to.Name] = true
	}
	return len(seen) > 0
}

// isHow reports whether a parameter's type is one of words that say how an action is
// done, such as the kind of apps of targetApps.
func isHow(r openapi.TypeRef) bool {
	t := r.Type()
	return t != nil && t.Kind == openapi.EnumType && !r.Collection
}

// destination is the property of an entity, or of one of a derived type, that
// a parameter is about: the one of its name and type, else the only navigation to
// entities of its type.
func destination(t *openapi.Type, parameter *openapi.Property) *openapi.Property {
	for _, of := range append([]*openapi.Type{t}, t.Derived()...) {
		if p := of.PropertyFold(parameter.Name); p != nil && p.Type == parameter.Type && p.Name != "id" {
			return p
		}
		if p := onlyNavigation(of, parameter.Type); p != nil {
			return p
		}
	}
	return nil
}

// onlyNavigation is the one navigation of a type to a list of entities.
func onlyNavigation(t *openapi.Type, to openapi.TypeRef) (found *openapi.Property) {
	if !to.Collection || to.Type() == nil || to.Type().Kind != openapi.EntityType {
		return nil
	}
	for _, p := range t.Properties() {
		if !p.Navigation || p.Type != to {
			continue
		}
		if found != nil {
			return nil
		}
		found = p
	}
	return found
}

// idsOf is the one parameter, if it is a list of ids; "" for none.
func idsOf(op *openapi.Operation) string {
	p := op.Parameters()
	if len(p) != 1 || !p[0].Type.Collection || p[0].Type.Name != "Edm.String" {
		return ""
	}
	if name := strings.ToLower(p[0].Name); strings.HasSuffix(name, "ids") || name == "value" {
		return p[0].Name
	}
	return ""
}

// entitiesOf is the parameter with entities of a type, if all others are plain
// values that say how; "" for none.
func entitiesOf(op *openapi.Operation, t *openapi.Type) (name string) {
	for _, p := range op.Parameters() {
		switch {
		case p.Type.Collection && p.Type.Type() == t && name == "":
			name = p.Name
		case p.Type.Type() != nil || p.Type.Collection:
			return ""
		}
	}
	return name
}
