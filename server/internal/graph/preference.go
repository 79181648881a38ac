package graph

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// representing are the families that answer a PATCH with the entity when the
// client prefers that (D, graph-behaviour §2.14).
var representing = map[openapi.Family]bool{openapi.FamilyPlanner: true, openapi.FamilySecurity: true}

// preferences reads the wishes that decide the form of the answer
// (graph-behaviour §2.13).
func (q *run) preferences() {
	if q.wishesFor(wantAllMembers) {
		q.form.unmasked = true
		q.honour(wantAllMembers)
	}
	if q.wishesImmutable() {
		q.form.immutable = true
		q.honour(wantImmutable)
	}
}

// honour notes that a preference was applied.
func (q *run) honour(preference string) {
	if !slices.Contains(q.applied, preference) {
		q.applied = append(q.applied, preference)
	}
}

// unheeded tells the tester which wishes of a Prefer header had no effect
// (graph-behaviour §2.14).
func (q *run) unheeded() {
	for wish := range q.wishes() {
		name, _, _ := strings.Cut(wish, "=")
		switch {
		case name == "return" && slices.Contains(q.applied, wish):
		case name != "return" && slices.ContainsFunc(q.applied, func(a string) bool { return preferenceName(a) == strings.ToLower(name) }):
		case wish == wantUpsert && q.op.Kind == openapi.Update && len(q.lastKey()) > 0:
		case strings.EqualFold(wish, wantTips) && q.tipped:
		default:
			q.note("Prefer: " + wish + " has no effect on this operation")
		}
	}
}

func preferenceName(preference string) string {
	name, _, _ := strings.Cut(preference, "=")
	return strings.ToLower(name)
}

const (
	wantRepresentation = "return=representation"
	wantUpsert         = "create-if-missing"
	wantAllMembers     = "include-unknown-enum-members"
	wantTips           = "ms-graph-dev-mode"
)

// wishes yields the preferences of the call's Prefer headers.
func (q *run) wishes() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range q.Call.Header["Prefer"] {
			for wish := range strings.SplitSeq(line, ",") {
				if wish = strings.TrimSpace(wish); wish != "" && !yield(wish) {
					return
				}
			}
		}
	}
}

func (q *run) wishesFor(want string) bool {
	for wish := range q.wishes() {
		if strings.EqualFold(wish, want) {
			return true
		}
	}
	return false
}

// answeredInFull are properties whose PATCH answers 200 with the entity where
// the type's others answer 204, because another service keeps them (D,
// graph-behaviour §3.1). They come in a request of their own.
var answeredInFull = map[string][]string{
	"microsoft.graph.group": {
		"allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists", "hideFromOutlookClients",
		"isSubscribedByMail", "unseenCount",
	},
	"microsoft.graph.user":         {"deviceEnrollmentLimit"},
	"microsoft.graph.organization": {"mobileDeviceManagementAuthority", "certificateConnectorSetting"},
}

// inFull names those that a change has.
func inFull(t *openapi.Type, change entity.Object) (names []string) {
	if t == nil {
		return nil
	}
	for _, name := range answeredInFull[t.Name] {
		if change.Has(name) {
			names = append(names, name)
		}
	}
	return names
}
