package behavior

// Evidence for chat messages in search/query (concept page of searching Teams
// messages, whose examples show hits):
//   - documented: only messages of chats and channels that the user is in; the words
//     of KQL for them: from, hasAttachment, IsMentioned, IsRead, mentions with the id
//     without "-", sent, to of a chat of two; the sender as emailAddress; hits by date.
//   - assumed (2026-11): a message is read that the user has sent; one that was
//     deleted is not found; mentions takes the id with "-", too.

import (
	"iter"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// chatsSearched yields the messages that a user may see, with what is searched.
func chatsSearched(tx Tx, user Entity) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for chat := range tx.Linked(user.Ref, "chats") {
			for message := range tx.All(Below(chat.Ref, "messages")) {
				if !present(message.Object, "deletedDateTime") && !yield(chatSearched(tx, user, chat, message)) {
					return
				}
			}
		}
		for channel := range beneath(tx, teamsOf(tx, user.Ref), "channels") {
			for message := range threadsOf(tx, channel) {
				if !present(message.Object, "deletedDateTime") && !yield(chatSearched(tx, user, Entity{}, message)) {
					return
				}
			}
		}
	}
}

// threadsOf are the messages of a channel and their replies.
func threadsOf(tx Tx, channel Entity) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for message := range tx.All(Below(channel.Ref, "messages")) {
			if !yield(message) {
				return
			}
			for reply := range tx.All(Below(message.Ref, "replies")) {
				if !yield(reply) {
					return
				}
			}
		}
	}
}

// chatSearched is a message with members that the words of KQL look into.
func chatSearched(tx Tx, user, chat, message Entity) Entity {
	message.Object = message.Object.Clone()
	from := text(inner(inner(message.Object, "from"), "user"), "id")
	message.Set("from", mailOf(tx, from).JSON())
	message.SetString("sentDateTime", text(message.Object, "createdDateTime"))
	body := inner(message.Object, "body")
	message.SetString("bodyPreview", preview(text(body, "contentType"), text(body, "content")))
	message.Set("hasAttachments", []byte(boolean(len(list(message.Object, "attachments")) > 0)))
	message.Set("isRead", []byte(boolean(from == user.ID)))
	mentioned := mentionedIn(message.Object)
	message.SetString("mentionedUsers", mentioned)
	message.Set("isMentioned", []byte(boolean(strings.Contains(mentioned, user.ID))))
	if !present(message.Object, "channelIdentity") {
		message.Set("channelIdentity", []byte("{}"))
	}
	if text(chat.Object, "chatType") == "oneOnOne" {
		message.Set("toRecipients", addressees(tx, chat, from))
	}
	return message
}

// mentionedIn are the ids of the users that a message mentions, with "-" and without.
func mentionedIn(message entity.Object) string {
	var ids []string
	for _, m := range list(message, "mentions") {
		if id := text(inner(inner(m, "mentioned"), "user"), "id"); id != "" {
			ids = append(ids, id, strings.ReplaceAll(id, "-", ""))
		}
	}
	return strings.Join(ids, " ")
}

// mailOf is a user as the sender of a mail.
func mailOf(tx Tx, id string) entity.Object {
	user, _ := tx.Get(Root("users"), id)
	return fields("emailAddress", string(fields("name", quoted(text(user.Object, "displayName")), "address", quoted(text(user.Object, "mail"))).JSON()))
}

// addressees are those of a chat that did not write a message.
func addressees(tx Tx, chat Entity, from string) []byte {
	var all []entity.Object
	for member := range tx.All(Below(chat.Ref, "members")) {
		if id := text(member.Object, "userId"); id != from {
			all = append(all, mailOf(tx, id))
		}
	}
	return arrayOf(all)
}
