package behavior

// Evidence for tags of teams (pages teamworktag-post, -get and teamworktagmember-post,
// v1.0 2022 to 2025):
//   - documented: a tag has a name and members, who belong to the team; it tells the
//     team, its kind and how many members it has; members tell name and tenant.
//   - assumed (2026-11): who is not in the team is let through; who is a member
//     already is a conflict.

import (
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Tag keeps tags of teams.
	Tag struct{}
	// TagMember keeps their members.
	TagMember struct{}
)

var (
	_ Creator   = Tag{}
	_ Reader    = Tag{}
	_ Computing = Tag{}
	_ Creator   = TagMember{}
)

// Create implements [Creator].
func (Tag) Create(tx Tx, e *Entity) *grapherr.Error {
	if text(e.Object, "displayName") == "" {
		return &grapherr.Error{Status: 400, Code: "BadRequest", Message: "Tag displayName is required."}
	}
	team, _ := tx.Entity(tx.Parent())
	e.SetString("teamId", team.ID)
	e.SetString("tagType", "standard")
	members := list(e.Object, "members")
	for i := range members {
		describeTagMember(tx, &members[i])
	}
	if len(members) > 0 {
		e.Set("members", arrayOf(members))
	}
	return nil
}

// Read implements [Reader].
func (Tag) Read(tx Tx, e *Entity) {
	if members := sizeOf(tx, Below(e.Ref, "members")); members > 0 || !present(e.Object, "memberCount") {
		e.Set("memberCount", []byte(strconv.Itoa(members)))
	}
}

// Computes implements [Computing].
func (Tag) Computes() []string { return []string{"memberCount"} }

// Create implements [Creator].
func (TagMember) Create(tx Tx, e *Entity) *grapherr.Error {
	user := text(e.Object, "userId")
	for other := range tx.All(tx.Collection()) {
		if user != "" && text(other.Object, "userId") == user {
			return grapherr.Conflict(tx.Family(), "The user is already a member of the tag.")
		}
	}
	describeTagMember(tx, &e.Object)
	return nil
}

// describeTagMember adds what a member tells of its user.
func describeTagMember(tx Tx, member *entity.Object) {
	member.SetString("tenantId", tx.Tenant())
	if user, ok := tx.Get(Root("users"), text(*member, "userId")); ok {
		member.Set("displayName", []byte(jsonOf(user.Object, "displayName")))
	}
}
