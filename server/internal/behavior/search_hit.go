package behavior

// What search/query finds of each kind, and what a hit shows of it. Evidence:
// the members in the documented responses of messages, events, files, lists,
// items, sites, people and answers (documented); all else that an entity has is
// left out.

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// hit is what was found.
type hit struct {
	kind string
	seen Entity        // with all that is searched
	row  entity.Object // values of a list's item by its columns; nil for what has none
}

// hitMembers are the members that a kind's resource shows, beside its type.
var hitMembers = map[string][]string{
	"message": {"createdDateTime", "lastModifiedDateTime", "changeKey", "receivedDateTime", "sentDateTime", "hasAttachments", "internetMessageId",
		"subject", "bodyPreview", "importance", "parentFolderId", "conversationId", "isRead", "isDraft", "webLink", "inferenceClassification",
		"replyTo", "sender", "from"},
	"event": {"id", "subject", "bodyPreview", "hasAttachments", "iCalUId", "isOrganizer", "location", "organizer", "attendees", "start", "end",
		"isAllDay", "sensitivity", "showAs", "type", "webLink"},
	"driveItem":    {"id", "createdBy", "createdDateTime", "fileSystemInfo", "lastModifiedBy", "lastModifiedDateTime", "name", "parentReference", "size", "webUrl"},
	"drive":        {"id", "createdDateTime", "description", "driveType", "lastModifiedDateTime", "name", "webUrl"},
	"list":         {"id", "createdDateTime", "displayName", "description", "lastModifiedDateTime", "name", "parentReference", "webUrl"},
	"listItem":     {"id", "createdBy", "createdDateTime", "lastModifiedBy", "lastModifiedDateTime", "parentReference", "sharepointIds", "webUrl"},
	"site":         {"id", "createdDateTime", "description", "displayName", "lastModifiedDateTime", "name", "webUrl"},
	"chatMessage":  {"id", "chatId", "channelIdentity", "createdDateTime", "etag", "from", "importance", "lastModifiedDateTime", "subject", "webLink"},
	"person":       {"id", "displayName", "givenName", "surname", "jobTitle", "department", "officeLocation", "userPrincipalName", "scoredEmailAddresses"},
	"externalItem": {"id", "properties"},
	"acronym":      {"id", "displayName", "description", "standsFor", "webUrl", "state"},
	"bookmark":     {"id", "displayName", "description", "webUrl", "keywords", "categories"},
	"qna":          {"id", "displayName", "description", "webUrl", "keywords"},
}

// hitTypes are the types of kinds whose namespace is not the usual one.
var hitTypes = map[string]string{
	"externalItem": "microsoft.graph.externalConnectors.externalItem", "acronym": "microsoft.graph.search.acronym",
	"bookmark": "microsoft.graph.search.bookmark", "qna": "microsoft.graph.search.qna",
}

// searched yields what there is of a kind, for the caller's eyes.
func searched(tx Tx, kind string, sources []string) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for e := range sought(tx, kind, sources) {
			h := hit{seen: e}
			if kind == "listItem" {
				values, _ := tx.Get(Below(e.Ref, "fields"), "")
				h.row = values.Object
				h.seen.SetString("content", string(h.row.JSON())) // where words are looked for
			}
			if kind == "externalItem" {
				h.seen.SetString("content", jsonOf(e.Object, "properties")+text(inner(e.Object, "content"), "value"))
			}
			if !yield(h) {
				return
			}
		}
	}
}

func sought(tx Tx, kind string, sources []string) iter.Seq[Entity] {
	self, _ := tx.Self()
	switch kind {
	case "message":
		return tx.All(Below(self.Ref, "messages"))
	case "event":
		return beneath(tx, tx.All(Below(self.Ref, "calendars")), "events")
	case "chatMessage":
		return chatsSearched(tx, self)
	case "drive":
		return tx.All(Root("drives"))
	case "driveItem":
		return filesOnly(beneath(tx, tx.All(Root("drives")), "items"))
	case "site":
		return tx.All(Root("sites"))
	case "list":
		return beneath(tx, tx.All(Root("sites")), "lists")
	case "listItem":
		return beneath(tx, beneath(tx, tx.All(Root("sites")), "lists"), "items")
	case "person":
		return people(tx)
	case "externalItem":
		return beneath(tx, connections(tx, sources), "items")
	case "qna":
		return tx.All(Root("search/qnas"))
	}
	return tx.All(Root("search/" + kind + "s"))
}

// beneath yields what some entities contain.
func beneath(tx Tx, owners iter.Seq[Entity], navigation string) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for owner := range owners {
			for e := range tx.All(Below(owner.Ref, navigation)) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// filesOnly leaves out the roots of drives, which nobody looks for.
func filesOnly(items iter.Seq[Entity]) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for e := range items {
			if !present(e.Object, "root") && !yield(e) {
				return
			}
		}
	}
}

// connections are those whose paths a request names, all without any:
// "/external/connections/{id}".
func connections(tx Tx, sources []string) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for c := range tx.All(Root("external/connections")) {
			named := len(sources) == 0 || slices.ContainsFunc(sources, func(s string) bool {
				return strings.EqualFold(s, "/external/connections/"+c.ID)
			})
			if named && !yield(c) {
				return
			}
		}
	}
}

// date is what messages and events are sorted by; "" for all else.
func (h *hit) date() string {
	switch h.kind {
	case "message":
		return text(h.seen.Object, "receivedDateTime")
	case "event":
		return text(inner(h.seen.Object, "start"), "dateTime")
	case "chatMessage":
		return text(h.seen.Object, "createdDateTime")
	}
	return ""
}

// resource is the entity that a hit shows, cut down to fields when some are
// named. Values of a list's item stand below fields (documented).
func (h *hit) resource(only []string) entity.Object {
	typ := hitTypes[h.kind]
	if typ == "" {
		typ = "microsoft.graph." + h.kind
	}
	o := fields("@odata.type", quoted("#"+typ))
	for _, name := range hitMembers[h.kind] {
		if raw, ok := h.seen.Get(name); ok && string(raw) != "null" && (len(only) == 0 || name == "id" || containsFold(only, name)) {
			o.Set(name, raw)
		}
	}
	if row := h.columns(only); len(row) > 0 {
		o.Set("fields", row.JSON())
	}
	return o
}

// columns are the values that were asked for by the names of their columns.
func (h *hit) columns(only []string) (row entity.Object) {
	for _, m := range h.row {
		if containsFold(only, m.Name) {
			row.Set(m.Name, m.Value)
		}
	}
	return row
}

func containsFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

// summary is the text around the first word found, which is marked.
func (h *hit) summary(terms []string) string {
	for _, name := range []string{"bodyPreview", "description", "subject", "name", "displayName"} {
		whole := text(h.seen.Object, name)
		for _, term := range terms {
			if marked, ok := mark(whole, term); ok {
				return marked
			}
		}
	}
	return ""
}

// mark cuts a text down to what is around a word, <c0>…</c0>.
func mark(whole, term string) (string, bool) {
	at := strings.Index(strings.ToLower(whole), strings.ToLower(term))
	if at < 0 || at+len(term) > len(whole) {
		return "", false
	}
	from, to := max(0, at-summaryRoom/2), min(len(whole), at+len(term)+summaryRoom/2)
	before, after := strings.ToValidUTF8(whole[from:at], ""), strings.ToValidUTF8(whole[at+len(term):to], "")
	if from > 0 {
		before = "<ddd/>" + before
	}
	if to < len(whole) {
		after += "<ddd/>"
	}
	return before + "<c0>" + whole[at:at+len(term)] + "</c0>" + after, true
}
