package graph

import (
	"slices"
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
	"isread": {"isRead"}, "ismentioned": {"isMentioned"}, "mentions": {"mentionedUsers"},
}

// keywordDefaults are searched when no property is named: of a message, and of
// whatever else has a name.
var keywordDefaults = []string{"from", "sender", "subject", "body", "bodyPreview", "displayName", "name", "title", "emailAddresses", "userPrincipalName", "topic", "content"}

// keywords plans KQL: clauses that must all hold, words or "property:word", with
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
	var all []predicate
	for _, clause := range clausesOf(text) {
		all = append(all, clausePlan(clause))
	}
	return func(s *scope) bool {
		return !slices.ContainsFunc(all, func(holds predicate) bool { return !holds(s) })
	}
}

// clausesOf parts clauses that stand side by side, each a word, a text in double
// quotes or a property with its value; "NOT" becomes a minus.
func clausesOf(text string) []string {
	var list []string
	quoted, negated := false, ""
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool {
		quoted = quoted != (r == '"')
		return r == ' ' && !quoted
	}) {
		if part == "NOT" {
			negated = "-"
			continue
		}
		list, negated = append(list, negated+part), ""
	}
	return list
}

func clausePlan(clause string) predicate {
	if rest, negated := strings.CutPrefix(clause, "-"); negated {
		inner := clausePlan(rest)
		return func(s *scope) bool { return !inner(s) }
	}
	if test, ok := compared(clause); ok {
		return test
	}
	return keyword(clause)
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
