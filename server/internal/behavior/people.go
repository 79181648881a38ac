package behavior

// Evidence for a user's people:
//   - documented: persons who matter to the user, the most relevant first, with
//     names, addresses with a score, job and department, and a personType of class
//     and subclass; $search looks at names and addresses; members of the
//     organisation are of OrganizationUser.
//   - assumed (2026-11): these are all other users of the tenant, those of the
//     user's own department first; the fake measures no communication.

import (
	"cmp"
	"iter"
	"sort"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// People lists the persons who matter to a user, and what fixtures add.
type People struct{}

var _ Lister = People{}

// List implements [Lister].
func (People) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	owner := ownerOfList(tx)
	return func(yield func(Entity) bool) {
		for e := range tx.All(Below(owner.Ref, "people")) {
			if !yield(e) {
				return
			}
		}
		for _, e := range relevant(tx, owner) {
			if !yield(e) {
				return
			}
		}
	}, nil
}

// relevant are the other users as persons, the nearest first.
func relevant(tx Tx, owner Entity) []Entity {
	var near []Entity
	department := text(owner.Object, "department")
	for user := range tx.All(Root("users")) {
		if user.Ref != owner.Ref {
			near = append(near, person(tx, user))
		}
	}
	distance := func(e Entity) int {
		if department != "" && text(e.Object, "department") == department {
			return 0
		}
		return 1
	}
	sort.SliceStable(near, func(i, j int) bool {
		a, b := near[i], near[j]
		return cmp.Compare(distance(a), distance(b)) < 0
	})
	return near
}

// people are all users of a tenant as persons.
func people(tx Tx) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for user := range tx.All(Root("users")) {
			if !yield(person(tx, user)) {
				return
			}
		}
	}
}

// person is a user as others see them, which differs from version to version.
func person(tx Tx, user Entity) Entity {
	address := text(user.Object, "mail")
	if address == "" {
		address = text(user.Object, "userPrincipalName")
	}
	o := fields("id", quoted(user.ID))
	for _, name := range []string{"displayName", "givenName", "surname", "companyName", "department", "officeLocation", "userPrincipalName"} {
		o.Set(name, []byte(jsonOf(user.Object, name)))
	}
	e := Entity{ID: user.ID, Type: "microsoft.graph.person", Object: o}
	if tx.Version() == "beta" {
		asBeta(&e, user, address)
		return e
	}
	scored := fields("address", quoted(address), "relevanceScore", "8", "selectionLikelihood", `"notSpecified"`)
	e.Set("jobTitle", []byte(jsonOf(user.Object, "jobTitle")))
	e.SetString("imAddress", "sip:"+address)
	e.Set("personType", fields("class", `"Person"`, "subclass", `"OrganizationUser"`).JSON())
	e.Set("scoredEmailAddresses", []byte("["+string(scored.JSON())+"]"))
	return e
}

// asBeta has what beta names in another way.
func asBeta(e *Entity, user Entity, address string) {
	e.Set("title", []byte(jsonOf(user.Object, "jobTitle")))
	e.SetString("personType", "Person")
	e.SetString("mailboxType", "Mailbox")
	e.Set("emailAddresses", []byte("["+string(fields("address", quoted(address), "rank", "30").JSON())+"]"))
}
