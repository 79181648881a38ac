package behavior

// Evidence for who belongs to a team (pages team-put-teams, team-list-members and
// "overview of Teams membership" of the concepts, 2018 to 2025):
//   - documented: the members and owners of a team are those of its group; a group that
//     becomes a team keeps them; what changes in the group changes in the team.
//   - assumed (2026-11): at once, where Teams takes up to a day.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const teamMember = "microsoft.graph.aadUserConversationMember"

// ofGroup are the members of a group as a team has them.
func ofGroup(tx Tx, group Ref) (all []entity.Object) {
	owners := map[string]bool{}
	add := func(user Entity, roles string) {
		if strings.HasSuffix(user.Type, ".user") {
			all = append(all, memberNamed(user.ID, roles))
		}
	}
	for user := range tx.Linked(group, "owners") {
		owners[user.ID] = true
		add(user, `["owner"]`)
	}
	for user := range tx.Linked(group, "members") {
		if !owners[user.ID] {
			add(user, "[]")
		}
	}
	return all
}

func memberNamed(user, roles string) entity.Object {
	return fields(bindMember, quoted("users('"+user+"')"), "roles", roles)
}

// followGroup gives the team of a group what is about to change in the group.
func followGroup(tx Tx, l Link) *grapherr.Error {
	team, ok := tx.Get(Root("teams"), l.Owner.ID)
	if !ok || !strings.HasSuffix(l.Target.Type, ".user") || l.Navigation != "members" && l.Navigation != "owners" {
		return nil
	}
	members := Below(team.Ref, "members")
	member, there := tx.By(members, "userId", l.Target.ID)
	other := leadsTo(tx, l.Owner.Ref, otherThan(l.Navigation), l.Target.Ref)
	switch {
	case l.Remove && !there:
		return nil
	case l.Remove && !other:
		return tx.Delete(member.Ref)
	}
	roles := "[]"
	if owns := l.Navigation == "owners" && !l.Remove || l.Navigation == "members" && other; owns {
		roles = `["owner"]`
	}
	if there {
		changed := member.Clone()
		changed.Set("roles", []byte(roles))
		return tx.Replace(member.Ref, changed)
	}
	e := Entity{Type: teamMember, Object: memberNamed(l.Target.ID, roles)}
	if _, fault := describeMember(tx, &e); fault != nil {
		return fault
	}
	_, fault := tx.Insert(members, e)
	return fault
}

// otherThan is the other of the two navigations to the people of a group.
func otherThan(navigation string) string {
	if navigation == "members" {
		return "owners"
	}
	return "members"
}
