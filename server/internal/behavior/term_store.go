package behavior

// Evidence for the term store (pages termstore-set-post, termstore-group-list-sets,
// termstore-term-post and the resources, 2021 to 2025):
//   - documented: a set names the group that it is in; it is reached below the store and
//     below its group; terms are made as children of a set or of another term, and
//     a set's terms are those at any depth.
//   - documented (page termstore-relation-post): a relation shows the ids of its terms
//     and set.
//   - assumed (2026-11): a set without a group is refused when it is made below the
//     store; a relation leads to the term below which it is made.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// TermSet keeps sets of terms, all beside each other below the store.
	TermSet struct{}
	// TermRelation ties terms to others and to sets.
	TermRelation struct{}
)

var (
	_ Creator = TermSet{}
	_ Created = TermSet{}
	_ Reader  = TermSet{}
	_ Created = TermRelation{}
)

var termRelationRules = &Rules{Brief: []Brief{{"fromTerm", []string{"id"}}, {"toTerm", []string{"id"}}, {"set", []string{"id"}}}}

// Created implements [Created].
func (TermRelation) Created(tx Tx, e Entity) *grapherr.Error {
	for range tx.Linked(e.Ref, "toTerm") {
		return nil
	}
	term, ok := tx.Entity(tx.Parent())
	if !ok || !strings.HasSuffix(term.Type, ".term") {
		return nil
	}
	_, fault := tx.Link(e.Ref, "toTerm", term.Ref)
	return fault
}

// parentGroupID is what a set notes of its group, and does not show.
const parentGroupID = "@fake.parentGroupId"

// Create implements [Creator].
func (TermSet) Create(tx Tx, e *Entity) *grapherr.Error {
	if id := text(inner(e.Object, "parentGroup"), "id"); id != "" {
		e.SetString(parentGroupID, id)
	}
	e.Delete("parentGroup")
	if text(e.Object, parentGroupID) == "" && strings.HasSuffix(tx.Collection().Name, "termStore/sets") {
		return badItem("The parentGroup is missing.")
	}
	return nil
}

// Read implements [Reader]: the group is told by a navigation alone.
func (TermSet) Read(_ Tx, e *Entity) { e.Delete(parentGroupID) }

// Created implements [Created].
func (TermSet) Created(tx Tx, e Entity) *grapherr.Error {
	home := tx.Home(e.Ref)
	home.Name = strings.TrimSuffix(home.Name, "sets") + "groups"
	group := New(fields("id", quoted(text(e.Object, parentGroupID)))...)
	if known, ok := tx.Get(home, text(e.Object, parentGroupID)); ok {
		group = Entity{Object: known.Object.Clone()}
	}
	group.ID = ""
	_, fault := tx.Put(Below(e.Ref, "parentGroup"), group)
	return fault
}
