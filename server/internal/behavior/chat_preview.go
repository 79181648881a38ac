package behavior

// Evidence for lastMessagePreview (pages of chat, chatMessageInfo and list chats,
// 2022 to 2025):
//   - documented: its properties; the last message of a chat, expanded on chats and
//     what they are sorted by.
//   - assumed (2026-11): a chat without messages has none.

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// MessagePreview gives a chat the preview of its last message.
type MessagePreview struct{}

var _ Supplier = MessagePreview{}

// Supply implements [Supplier].
func (MessagePreview) Supply(tx Tx, chat Entity, _ string) *grapherr.Error {
	var last Entity
	for m := range tx.All(Below(chat.Ref, "messages")) {
		if last.Ref == None || text(m.Object, "createdDateTime") >= text(last.Object, "createdDateTime") {
			last = m
		}
	}
	if last.Ref == None {
		return nil
	}
	return previewMessage(tx, chat.Ref, last)
}

// previewMessage makes a message the last one of its chat.
func previewMessage(tx Tx, chat Ref, m Entity) *grapherr.Error {
	info := New(fields("id", quoted(m.ID), "isDeleted", boolean(present(m.Object, "deletedDateTime")))...)
	for _, name := range []string{"createdDateTime", "messageType", "body", "from", "eventDetail"} {
		info.Set(name, []byte(jsonOf(m.Object, name)))
	}
	_, err := tx.Put(Below(chat, "lastMessagePreview"), info)
	return err
}
