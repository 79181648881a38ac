package behavior

// Evidence for the actions add and remove of conversation members (pages
// conversationmembers-add and -remove, 2021 to 2025):
//   - documented: a result per member with userId and error; 200 when all went
//     well, 207 when some did not, and the others are done.
//   - assumed (2026-11): who is a member already stays one, without an error.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Deleter = ConversationMember{}

const memberResult = "microsoft.graph.aadUserConversationMemberResult"

// addMembers adds several members to a team, channel or chat.
func addMembers(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	return eachMember(p, func(e *Entity) (string, *grapherr.Error) {
		user, fault := describeMember(tx, e)
		if fault != nil {
			return "", nil
		}
		if _, there := memberOf(tx, user.ID); there {
			return user.ID, nil
		}
		member, fault := tx.Insert(tx.Collection(), *e)
		if fault != nil {
			return "", fault
		}
		return user.ID, ConversationMember{}.Created(tx, member)
	})
}

// removeMembers takes several members away.
func removeMembers(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	return eachMember(p, func(e *Entity) (string, *grapherr.Error) {
		user, fault := describeMember(tx, e)
		if fault != nil {
			return "", nil
		}
		member, there := memberOf(tx, user.ID)
		if !there {
			return "", nil
		}
		if fault := leave(tx, member); fault != nil {
			return "", fault
		}
		return user.ID, tx.Delete(member.Ref)
	})
}

// eachMember tells what became of each member of a body: do answers with the
// user's id, or with none where nobody is found.
func eachMember(p entity.Object, do func(*Entity) (string, *grapherr.Error)) (Result, *grapherr.Error) {
	all := Result{IsList: true}
	for _, value := range list(p, "values") {
		bound := text(value, bindMember)
		named := strings.Trim(bound[strings.LastIndexAny(bound, "/(")+1:], "()'")
		e := Entity{Type: "microsoft.graph.aadUserConversationMember", Object: value.Clone()}
		id, fault := do(&e)
		if fault != nil {
			return Result{}, fault
		}
		outcome := "null"
		if id == "" {
			id, outcome, all.Status = named, `{"code":"NotFound","message":""}`, 207
		}
		all.Collection = append(all.Collection, Entity{Type: memberResult, Object: fields("userId", quoted(id), "error", outcome)})
	}
	return all, nil
}

func memberOf(tx Tx, user string) (Entity, bool) {
	return tx.By(tx.Collection(), "userId", user)
}

// Delete implements [Deleter]: who leaves a team leaves its group, who leaves a
// chat sees it no more.
func (ConversationMember) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	return false, leave(tx, e)
}

func leave(tx Tx, member Entity) *grapherr.Error {
	home, _ := tx.Entity(tx.Home(member.Ref).Parent)
	user, ok := tx.Get(Root("users"), text(member.Object, "userId"))
	if !ok {
		return nil
	}
	if strings.HasSuffix(home.Type, ".chat") {
		_, fault := tx.Unlink(user.Ref, "chats", home.Ref)
		return fault
	}
	group, ok := tx.Get(Root("groups"), home.ID)
	if !ok || !strings.HasSuffix(home.Type, ".team") {
		return nil
	}
	for _, navigation := range []string{"members", "owners"} {
		if _, fault := tx.Unlink(group.Ref, navigation, user.Ref); fault != nil {
			return fault
		}
	}
	return nil
}
