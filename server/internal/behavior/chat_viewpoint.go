package behavior

// Evidence for what a chat is to one of its users (pages chat: markChatReadForUser,
// markChatUnreadForUser, hideForUser, unhideForUser, resource chatViewpoint; 2021 to
// 2025):
//   - documented: 204; viewpoint tells the signed-in user whether the chat is hidden
//     and up to when it is read; a user must be named.
//   - assumed (2026-11): reading a chat marks it as read up to now; the text of the
//     refusal; who is no member cannot be named; the viewpoint of a fixture stands for
//     all users.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

type (
	// Chat tells the caller's viewpoint.
	Chat struct{}
	// ViewChat changes what a chat is to one of its users.
	ViewChat struct{ Member, Value string } // of the viewpoint; "" for the time of the request
)

var (
	_ Reader    = Chat{}
	_ Computing = Chat{}
	_ Invoker   = ViewChat{}
)

// viewpoints are kept below each chat, by user.
const viewpoints = HiddenPrefix + "viewpoints"

// Computes implements [Computing].
func (Chat) Computes() []string { return []string{"viewpoint"} }

// Read implements [Reader].
func (Chat) Read(tx Tx, e *Entity) {
	self, ok := tx.Self()
	if !ok {
		return
	}
	if seen, ok := tx.Get(Below(e.Ref, viewpoints), self.ID); ok {
		point := inner(e.Object, "viewpoint").Clone()
		if !present(point, "isHidden") {
			point.Set("isHidden", []byte("false"))
		}
		for _, m := range seen.Object {
			if m.Name != "id" {
				point.Set(m.Name, m.Value)
			}
		}
		e.Set("viewpoint", point.JSON())
	}
}

// Invoke implements [Invoker].
func (v ViewChat) Invoke(tx Tx, chat *Entity, p entity.Object) (Result, *grapherr.Error) {
	id := text(inner(p, "user"), "id")
	if id == "" {
		return Result{}, &grapherr.Error{Status: 400, Code: "BadRequest", Message: "The user is missing or has no id."}
	}
	if !inChat(tx, *chat, id) {
		return Result{}, grapherr.ForStatus("teams", 403)
	}
	c := Below(chat.Ref, viewpoints)
	seen, _ := tx.Get(c, id)
	e := Entity{ID: id, Object: seen.Object.Clone()}
	e.SetString("id", id)
	at := tx.Now().UTC().Format(chatTime)
	if said := text(p, "lastMessageReadDateTime"); said != "" {
		at = said
	}
	if value := v.Value; value != "" {
		e.Set(v.Member, []byte(value))
	} else {
		e.SetString(v.Member, at)
	}
	_, fault := tx.Put(c, e)
	return Result{}, fault
}

// inChat reports whether a user is a member of a chat; nobody is known of one
// without any.
func inChat(tx Tx, chat Entity, id string) bool {
	any := false
	for m := range tx.All(Below(chat.Ref, "members")) {
		if any = true; strings.EqualFold(text(m.Object, "userId"), id) {
			return true
		}
	}
	return !any
}
