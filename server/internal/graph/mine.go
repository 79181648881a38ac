package graph

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Whom a member of a collection names, for functions that answer what is the
// caller's own:
//   - documented (pages …-filterbycurrentuser of both versions, and those of my,
//     myRequests and retrieveMyRequests of beta, 2021 to 2025): "on" is a role,
//     such as principal, target, createdBy, reviewer, approver; my is whom it is for.
//   - assumed (2026-11): the roles are the members that have their names; reviewers
//     are named by the query of a scope, also by a group that the caller is in. What
//     names nobody under a role may be anybody's.

// ownRoles are under what roles an entity names whose it is, in their order.
var ownRoles = []string{"principal", "user", "requestor", "accessPackageSubject", "createdBy"}

// mine is the role of the caller that the call's function asks for by its own
// name; "" for none.
func (q *run) mine() string {
	segments := q.Call.Target.Segments
	name := strings.ToLower(plainName(segments[len(segments)-1].Name))
	if name != "my" && name != "myrequests" && name != "retrievemyrequests" || q.place.typ == nil {
		return ""
	}
	for _, role := range ownRoles {
		if q.place.typ.Property(role+"Id") != nil || q.place.typ.Property(role) != nil {
			return role
		}
	}
	return ""
}

// namesCaller reports whether a member names the caller under a role; one that
// names nobody under it may.
func (q *run) namesCaller(e store.Entity, role string) bool {
	named := q.namedAs(e, role)
	if len(named) == 0 {
		return true
	}
	self, ok := tx{q}.Self()
	if !ok {
		return false
	}
	for _, text := range named {
		if strings.EqualFold(text, self.ID) || q.reaches(text, self) {
			return true
		}
	}
	return false
}

// namedAs are the ids, or the queries, by which an entity names somebody under a
// role: principalId, principal/id, createdBy/user/id, target/objectId, reviewers/query.
func (q *run) namedAs(e store.Entity, role string) (named []string) {
	named = add(named, fieldText(e.JSON, role+"Id"))
	one, _ := entity.Field(e.JSON, role)
	named = add(named, idsIn(one)...)
	for o := range q.reader.Links(e.Ordinal, role, 0) {
		if _, to, err := q.reader.At(o); err == nil {
			named = add(named, append(idsIn(to.JSON), to.ID)...)
		}
	}
	if set, _, err := q.reader.At(e.Ordinal); err == nil {
		if below, err := q.reader.Get(belowOf(set, e, role), ""); err == nil {
			named = add(named, idsIn(below.JSON)...)
		}
	}
	several, _ := entity.Field(e.JSON, role+"s")
	for element := range entity.Elements(several) {
		named = add(named, append(idsIn(element), fieldText(element, "query"))...)
	}
	return named
}

// idsIn are the ids by which a value names somebody.
func idsIn(value []byte) []string {
	user, _ := entity.Field(value, "user")
	return []string{fieldText(value, "objectId"), fieldText(value, "id"), fieldText(value, "userId"), fieldText(user, "id")}
}

// add appends the texts that are not empty.
func add(to []string, texts ...string) []string {
	for _, text := range texts {
		if text != "" {
			to = append(to, text)
		}
	}
	return to
}

// reaches reports whether a query of reviewers leads to somebody: their own path,
// or the members or owners of a group.
func (q *run) reaches(query string, whom behavior.Entity) bool {
	parts := strings.Split(strings.Trim(strings.ToLower(query), "/"), "/")
	for i, part := range parts {
		switch {
		case part == strings.ToLower(whom.ID):
			return true
		case part == "groups" && i+2 < len(parts):
			group, ok := (tx{q}).Get(behavior.Root("groups"), parts[i+1])
			link := "members"
			if strings.HasPrefix(parts[i+2], "owners") {
				link = "owners"
			}
			return ok && slices.ContainsFunc(slices.Collect((tx{q}).Linked(group.Ref, link)), func(e behavior.Entity) bool { return e.ID == whom.ID })
		}
	}
	return false
}
