package behavior

// Evidence for what fixtures leave out of the items of mailboxes, drives and chats:
//   - documented: answers of the pages show these members with values, never with
//     null; clients take them for granted.
//   - assumed (2026-11): what the service sets at creation stands for what is left
//     out; times are those of the first day, unless one of the item's others says
//     another.

import (
	"cmp"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

var (
	_ Planted = Message{}
	_ Planted = Event{}
	_ Planted = DriveItem{}
	_ Planted = ChatMessage{}
)

// unsaid are members that a fixture leaves open: who holds a meeting, whom a message
// goes to, whether a client has written it.
var unsaid = []string{"isOrganizer", "organizer", "responseStatus", "internetMessageId", "toRecipients", "ccRecipients", "bccRecipients"}

// addMissing sets what an object does not have at all.
func addMissing(o *entity.Object, all []Default) {
	all = slices.DeleteFunc(all, func(d Default) bool { return o.Has(d.Name) || slices.Contains(unsaid, d.Name) })
	provide(o, all)
}

// timesOf gives an object the times it lacks: that of one of them, else the first day.
func timesOf(tx Tx, o *entity.Object, names ...string) {
	at := instant(tx.Now())
	for _, name := range names {
		at = cmp.Or(text(*o, name), at)
	}
	for _, name := range names {
		addMissing(o, []Default{{name, quoted(at)}})
	}
}

// Planted implements [Planted].
func (Message) Planted(tx Tx, e *Entity) {
	timesOf(tx, &e.Object, "receivedDateTime", "sentDateTime", "createdDateTime", "lastModifiedDateTime")
	addMissing(&e.Object, messageDefaults(tx, e.ID, false))
	body := inner(e.Object, "body")
	addMissing(&e.Object, []Default{
		{"isDraft", "false"}, {"hasAttachments", boolean(len(list(e.Object, "attachments")) > 0)},
		{"bodyPreview", quoted(preview(text(body, "contentType"), text(body, "content")))},
	})
}

// Planted implements [Planted].
func (Event) Planted(tx Tx, e *Entity) {
	timesOf(tx, &e.Object, "createdDateTime", "lastModifiedDateTime")
	addMissing(&e.Object, eventDefaults(e.Object, calendarOwner(tx, tx.Collection())))
	body, kind := inner(e.Object, "body"), "singleInstance"
	if present(e.Object, "recurrence") {
		kind = "seriesMaster"
	}
	addMissing(&e.Object, []Default{
		{"type", quoted(kind)}, {"bodyPreview", quoted(preview(text(body, "contentType"), text(body, "content")))},
		{"iCalUId", quoted("040000008200E00074C5B7101A82E008" + hexSum(e.ID)[:48])},
	})
}

// Planted implements [Planted].
func (DriveItem) Planted(tx Tx, e *Entity) {
	timesOf(tx, &e.Object, "lastModifiedDateTime", "createdDateTime")
	addMissing(&e.Object, []Default{
		{"size", "0"},
		{"fileSystemInfo", string(fields("createdDateTime", jsonOf(e.Object, "createdDateTime"), "lastModifiedDateTime", jsonOf(e.Object, "lastModifiedDateTime")).JSON())},
	})
}

// Planted implements [Planted].
func (ChatMessage) Planted(tx Tx, e *Entity) {
	timesOf(tx, &e.Object, "createdDateTime", "lastModifiedDateTime")
	addMissing(&e.Object, []Default{
		{"messageType", `"message"`}, {"importance", `"normal"`}, {"locale", `"en-us"`}, {"etag", quoted(e.ID)},
		{"attachments", "[]"}, {"mentions", "[]"}, {"reactions", "[]"},
	})
}
