package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// keywordPaths are where KQL's properties of messages are kept (D,
// graph-behaviour §2.12).
var keywordPaths = map[string][]string{
	"subject": {"subject"}, "from": {"from", "sender"}, "body": {"body", "bodyPreview"}, "to": {"toRecipients"},
	"cc": {"ccRecipients"}, "bcc": {"bccRecipients"}, "importance": {"importance"}, "attachment": {"attachments"},
	"participants": {"from", "toRecipients", "ccRecipients", "bccRecipients"},
	"recipients":   {"toRecipients", "ccRecipients", "bccRecipients"},
	"received":     {"receivedDateTime"}, "sent": {"sentDateTime"}, "size": {"size"}, "kind": {"@odata.type"},
	"hasattachment": {"hasAttachments"}, "hasattachments": {"hasAttachments"},
}

// keywordDefaults are searched when no property is named: of a message, and of
// whatever else has a name.
var keywordDefaults = []string{"from", "sender", "subject", "body", "bodyPreview", "displayName", "name", "title", "emailAddresses", "userPrincipalName", "topic", "content"}

// keywords plans a clause of KQL: words that must all be there, "property:word",
// AND, OR and NOT.
func keywords(text string) predicate {
	if left, right, ok := cutWord(text, "OR"); ok {
		a, b := keywords(left), keywords(right)
		return func(s *scope) bool { return a(s) || b(s) }
	}
	if left, right, ok := cutWord(text, "AND"); ok {
		a, b := keywords(left), keywords(right)
		return func(s *scope) bool { return a(s) && b(s) }
	}
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, "NOT "); ok {
		inner := keywords(rest)
		return func(s *scope) bool { return !inner(s) }
	}
	return keyword(text)
}

func cutWord(text, operator string) (left, right string, found bool) {
	return strings.Cut(text, " "+operator+" ")
}

func keyword(text string) predicate {
	paths, want := keywordDefaults, text
	if name, value, ok := strings.Cut(text, ":"); ok {
		if known := keywordPaths[strings.ToLower(strings.TrimSpace(name))]; known != nil {
			paths, want = known, value
		}
	}
	words := strings.Fields(strings.ToLower(strings.Trim(want, `"' `)))
	return func(s *scope) bool {
		for _, word := range words {
			if !mentions(s.item.data, paths, word) {
				return false
			}
		}
		return true
	}
}

// mentions reports whether one of an entity's members holds a word.
func mentions(data []byte, paths []string, word string) bool {
	for _, path := range paths {
		raw, ok := entity.Field(data, path)
		if ok && strings.Contains(strings.ToLower(string(raw)), strings.TrimSuffix(word, "*")) {
			return true
		}
	}
	return false
}
