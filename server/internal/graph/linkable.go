package graph

import (
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// linkableTypes are the types of objects that a navigation takes, where these are
// fewer than its declared type says (D, pages of the resources; types without
// their namespace).
var linkableTypes = map[string][]string{
	"group/members":              {"user", "group", "device", "servicePrincipal", "orgContact"},
	"group/owners":               {"user", "servicePrincipal"},
	"group/acceptedSenders":      {"user", "group"},
	"group/rejectedSenders":      {"user", "group"},
	"application/owners":         {"user", "servicePrincipal"},
	"servicePrincipal/owners":    {"user", "servicePrincipal"},
	"device/registeredOwners":    {"user", "servicePrincipal"},
	"device/registeredUsers":     {"user", "servicePrincipal"},
	"user/manager":               {"user", "orgContact"},
	"administrativeUnit/members": {"user", "group", "device"},
	"directoryRole/members":      {"user", "group", "servicePrincipal"},
}

// linkable refuses a target of a kind that a reference does not take (R,
// graph-behaviour §3.6).
func (q *run) linkable(from store.Ordinal, navigation string, to store.Ordinal) *refusal {
	owner, kind := q.nameAt(from), q.nameAt(to)
	if owner == "" || kind == "" {
		return nil
	}
	if kinds := linkableTypes[shortName(owner)+"/"+navigation]; kinds != nil && !slices.Contains(kinds, shortName(kind)) {
		return &refusal{err: grapherr.NotAReference(), reason: shortName(owner) + "/" + navigation + " takes no " + shortName(kind)}
	}
	t := q.Call.Catalogue.Type(owner)
	if t == nil {
		return nil
	}
	p, k := t.Property(navigation), q.Call.Catalogue.Type(kind)
	if p == nil || k == nil || p.Type.Type() == nil || k.Is(p.Type.Type()) {
		return nil
	}
	return &refusal{err: grapherr.NotAReference(), reason: navigation + " leads to " + p.Type.Name + ", and this is a " + kind}
}

// nameAt is the name of an entity's type, "" when it is not known.
func (q *run) nameAt(o store.Ordinal) string {
	set, e, err := q.reader.At(o)
	if err != nil {
		return ""
	}
	return q.ownType(nil, set, e)
}
