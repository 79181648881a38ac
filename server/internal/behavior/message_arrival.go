package behavior

// Evidence for what becomes of incoming mail (resources messageRule,
// messageRulePredicates, messageRuleActions, inferenceClassificationOverride; 2021 to
// 2024):
//   - documented: rules of the inbox apply to incoming messages by sequence, when
//     enabled: all conditions hold and no exception does; what each condition and
//     action means; stopProcessingRules. An override says how mail of a sender is
//     classified.
//   - assumed (2026-11): one exception is enough; texts compare without case; what rules
//     send on is not sent on by rules again; a message is as large as its JSON.

import (
	"cmp"
	"encoding/json"
	"slices"
	"sort"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// arrival is a message that comes in, and what rules make of it.
type arrival struct {
	owner  Entity
	e      Entity
	folder string
	read   bool
	gone   bool     // deleted for good
	copies []string // folders
	byRule bool     // some rule has sent it
}

// arrive puts a message where the rules of a mailbox want it.
func arrive(tx Tx, owner, e Entity, byRule bool) (Entity, *grapherr.Error) {
	a := &arrival{owner: owner, e: New(e.Object.Clone()...), folder: "inbox", byRule: byRule}
	a.e.Type = e.Type
	inbox, fault := ensureFolder(tx, owner.Ref, "inbox")
	if fault != nil {
		return Entity{}, fault
	}
	a.classify(tx)
	for _, rule := range rulesOf(tx, inbox) {
		if !a.meets(rule) {
			continue
		}
		if fault := a.follow(tx, inner(rule.Object, "actions")); fault != nil {
			return Entity{}, fault
		}
		if inner(rule.Object, "actions").True("stopProcessingRules") {
			break
		}
	}
	for _, folder := range a.copies {
		if _, fault := keepMessage(tx, owner, a.e, folder, a.read); fault != nil {
			return Entity{}, fault
		}
	}
	if a.gone {
		return Entity{}, nil
	}
	return keepMessage(tx, owner, a.e, a.folder, a.read)
}

// rulesOf are the enabled rules of an inbox by their sequence.
func rulesOf(tx Tx, inbox Entity) (rules []Entity) {
	for rule := range tx.All(Below(inbox.Ref, "messageRules")) {
		if jsonOf(rule.Object, "isEnabled") != "false" && !rule.True("hasError") {
			rules = append(rules, rule)
		}
	}
	sort.SliceStable(rules, func(i, j int) bool {
		a, b := rules[i], rules[j]
		return cmp.Compare(number(a.Object, "sequence", 0), number(b.Object, "sequence", 0)) < 0
	})
	return rules
}

// classify lets an override say where the focused inbox has the message.
func (a *arrival) classify(tx Tx) {
	from := addressIn(inner(a.e.Object, "from"))
	for o := range tx.All(Below(a.owner.Ref, "inferenceClassification/overrides")) {
		if from != "" && strings.EqualFold(text(inner(o.Object, "senderEmailAddress"), "address"), from) {
			a.e.SetString("inferenceClassification", text(o.Object, "classifyAs"))
		}
	}
}

// follow does what a rule says.
func (a *arrival) follow(tx Tx, actions entity.Object) *grapherr.Error {
	if named := texts(actions, "assignCategories"); len(named) > 0 {
		all := texts(a.e.Object, "categories")
		for _, name := range named {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
		a.e.Set("categories", arrayOfTexts(all))
	}
	a.read = a.read || actions.True("markAsRead")
	if importance := text(actions, "markImportance"); importance != "" {
		a.e.SetString("importance", importance)
	}
	a.place(tx, actions)
	if a.byRule {
		return nil
	}
	return a.sendOn(tx, actions)
}

// place decides in which folders the message ends.
func (a *arrival) place(tx Tx, actions entity.Object) {
	if f, ok := folderOf(tx, a.owner.Ref, text(actions, "copyToFolder")); ok {
		a.copies = append(a.copies, f.ID)
	}
	if f, ok := folderOf(tx, a.owner.Ref, text(actions, "moveToFolder")); ok {
		a.folder = f.ID
	}
	if actions.True("delete") {
		a.folder = "deleteditems"
	}
	a.gone = a.gone || actions.True("permanentDelete")
}

// sendOn forwards and redirects the message.
func (a *arrival) sendOn(tx Tx, actions entity.Object) *grapherr.Error {
	for _, action := range []string{"forwardTo", "forwardAsAttachmentTo", "redirectTo"} {
		to := list(actions, action)
		if len(to) == 0 {
			continue
		}
		sent := New(a.e.Object.Clone()...)
		if action != "redirectTo" {
			sent = New(Answer{Prefix: "FW: ", To: true}.answer(a.e.Object, a.owner, nil)...)
			sent.Set("toRecipients", json.RawMessage(jsonOf(actions, action)))
			sent.Set("attachments", json.RawMessage(jsonOf(a.e.Object, "attachments")))
		}
		if action == "forwardAsAttachmentTo" {
			item := a.e.Object.Clone()
			item.SetString("@odata.type", "#microsoft.graph.message")
			sent.Set("attachments", []byte(`[{"@odata.type":"#microsoft.graph.itemAttachment","name":`+quoted(text(a.e.Object, "subject"))+`,"item":`+string(item.JSON())+`}]`))
		}
		for _, recipient := range to {
			user, ok := userAt(tx, addressIn(recipient))
			if !ok || user.Ref == a.owner.Ref {
				continue
			}
			if _, fault := arrive(tx, user, sent, true); fault != nil {
				return fault
			}
		}
	}
	return nil
}

// addressIn is the mail address of a recipient.
func addressIn(recipient entity.Object) string {
	return text(inner(recipient, "emailAddress"), "address")
}
