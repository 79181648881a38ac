package behavior

// Evidence for junk and read state (pages message-markasjunk, message-markasnotjunk,
// message-unsubscribe and mailfolder-updateallmessagesreadstate, 2021 to 2025):
//   - documented: 202; the message goes to the junk folder, or back to the inbox,
//     when the parameter says so; who unsubscribes finds the message among the
//     deleted ones; a folder's messages are read, or unread, all at once.
//   - assumed (2026-11): nobody is blocked.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// junk are the registrations of these actions.
func junk() []Registration {
	const on = "microsoft.graph.message"
	return []Registration{
		{Bound: on + "/markAsJunk", Behavior: judged{flag: "moveToJunk", folder: "junkemail"}},
		{Bound: on + "/markAsNotJunk", Behavior: judged{flag: "moveToInbox", folder: "inbox"}},
		{Bound: on + "/unsubscribe", Behavior: judged{folder: "deleteditems", silent: true}},
		{Bound: "microsoft.graph.mailFolder/updateAllMessagesReadState", Behavior: invoked(readAll)},
	}
}

// judged puts a message where a judgement of it leads.
type judged struct {
	flag   string // parameter that says whether it moves; "" for always
	folder string
	silent bool // the answer has no message
}

var _ Invoker = judged{}

// Invoke implements [Invoker].
func (j judged) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	if j.flag != "" && !lowered(p).True(j.flag) {
		return Result{Entity: bound, Status: 202}, nil
	}
	if _, fault := ensureFolder(tx, tx.Home(bound.Ref).Parent, j.folder); fault != nil {
		return Result{}, fault
	}
	moved, fault := PutMessage{}.Invoke(tx, bound, fields("destinationId", quoted(j.folder)))
	moved.Status = 202
	if j.silent {
		moved.Entity = nil
	}
	return moved, fault
}

func readAll(tx Tx, folder *Entity, p entity.Object) (Result, *grapherr.Error) {
	read := json.RawMessage(boolean(lowered(p).True("isRead")))
	for m := range tx.All(Below(tx.Home(folder.Ref).Parent, "messages")) {
		if text(m.Object, "parentFolderId") != folder.ID || string(read) == jsonOf(m.Object, "isRead") {
			continue
		}
		m.Set("isRead", read)
		if fault := tx.Replace(m.Ref, m.Object); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}
