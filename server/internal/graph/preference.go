package graph

import (
	"iter"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// representing are the families that answer a PATCH with the entity when the
// client prefers that (D, graph-behaviour §2.14).
var representing = map[openapi.Family]bool{openapi.FamilyPlanner: true, openapi.FamilySecurity: true}

// preferences tells the tester which wishes of a Prefer header have no effect
// here (graph-behaviour §2.14).
func (q *run) preferences() {
	for wish := range q.wishes() {
		switch {
		case strings.HasPrefix(wish, "odata.maxpagesize="), strings.HasPrefix(wish, "include-unknown-enum-members"):
		case wish == wantRepresentation && q.op.Kind == openapi.Update && representing[q.op.Family]:
		case wish == wantUpsert && q.op.Kind == openapi.Update && len(q.lastKey()) > 0:
		default:
			q.note("Prefer: " + wish + " has no effect on this operation")
		}
	}
}

const (
	wantRepresentation = "return=representation"
	wantUpsert         = "create-if-missing"
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

// inFull reports whether a change is one of those.
func inFull(t *openapi.Type, change entity.Object) bool {
	if t == nil {
		return false
	}
	for _, name := range answeredInFull[t.Name] {
		if change.Has(name) {
			return true
		}
	}
	return false
}
