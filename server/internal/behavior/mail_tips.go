package behavior

// Evidence for getMailTips:
//   - documented: one answer for each address with what was asked for of automatic
//     replies, the mailbox's room, the largest message, members of groups and the
//     scope of the recipient; the model's options are a list in a text.
//   - assumed (2026-11): no mailbox is full; the largest message has 36,700,160
//     bytes; whoever is not of the tenant is external and told nothing else of.

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

func mailTips(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	p = lowered(p)
	wanted := strings.Split(strings.ReplaceAll(text(p, "mailTipsOptions"), " ", ""), ",")
	all := Result{IsList: true}
	for _, address := range texts(p, "emailAddresses") {
		all.Collection = append(all.Collection, Entity{Object: tipsOf(tx, address, wanted)})
	}
	return all, nil
}

func tipsOf(tx Tx, address string, wanted []string) entity.Object {
	o := fields("emailAddress", string(fields("name", `""`, "address", quoted(address)).JSON()))
	user, isUser := userAt(tx, address)
	group, isGroup := tx.By(Root("groups"), "mail", address)
	replies := automaticReplies(user)
	for _, tip := range [][2]string{
		{"automaticReplies", replies}, {"mailboxFullStatus", "false"}, {"maxMessageSize", "36700160"}, {"customMailTip", `""`},
		{"deliveryRestriction", "false"}, {"moderationStatus", "false"}, {"recipientScope", quoted(scopeOf(isUser || isGroup))},
		{"totalMemberCount", strconv.Itoa(membersOf(tx, group))}, {"externalMemberCount", "0"},
	} {
		if containsFold(wanted, tip[0]) {
			o.Set(tipMember(tip[0]), []byte(tip[1]))
		}
	}
	return o
}

// tipMember is the member that an option is told in.
func tipMember(option string) string {
	switch option {
	case "mailboxFullStatus":
		return "mailboxFull"
	case "deliveryRestriction":
		return "deliveryRestricted"
	case "moderationStatus":
		return "isModerated"
	}
	return option
}

// automaticReplies are what a mailbox answers by itself; empty when it does not.
func automaticReplies(user Entity) string {
	setting := inner(inner(user.Object, "mailboxSettings"), "automaticRepliesSetting")
	if text(setting, "status") == "disabled" || text(setting, "status") == "" {
		return `{"message":""}`
	}
	return string(fields("message", quoted(text(setting, "internalReplyMessage")), "scheduledStartTime", jsonOf(setting, "scheduledStartDateTime"),
		"scheduledEndTime", jsonOf(setting, "scheduledEndDateTime")).JSON())
}

func scopeOf(within bool) string {
	if within {
		return "internal"
	}
	return "external"
}

// membersOf counts a group's members; one for whoever is none.
func membersOf(tx Tx, group Entity) int {
	if group.Ref == None {
		return 1
	}
	n := 0
	for range tx.Linked(group.Ref, "members") {
		n++
	}
	return n
}
