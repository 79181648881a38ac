package behavior

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// meets reports whether a rule applies to a message; see message_arrival.go.
func (a *arrival) meets(rule Entity) bool {
	for _, m := range inner(rule.Object, "conditions") {
		if holds, set := a.holds(m); set && !holds {
			return false
		}
	}
	for _, m := range inner(rule.Object, "exceptions") {
		if holds, set := a.holds(m); set && holds {
			return false
		}
	}
	return true
}

// holds judges one condition; set is false for one that says nothing.
func (a *arrival) holds(m entity.Member) (holds, set bool) {
	switch value := string(m.Value); {
	case value == "null" || value == "false" || value == "[]" || value == `""`:
		return false, false
	case value == "true":
		return a.is(m.Name), true
	case strings.HasPrefix(value, "["):
		return a.has(entity.Object{m}, m.Name), true
	}
	condition := entity.Object{m}
	switch m.Name {
	case "importance":
		return strings.EqualFold(text(a.e.Object, "importance"), text(condition, m.Name)), true
	case "sensitivity":
		return strings.EqualFold("normal", text(condition, m.Name)), true
	case "withinSizeRange":
		size := len(a.e.JSON()) / 1024
		span := inner(condition, m.Name)
		return size >= number(span, "minimumSize", 0) && size <= number(span, "maximumSize", size), true
	}
	return false, true
}

// is judges a condition that is a fact.
func (a *arrival) is(name string) bool {
	me := []string{text(a.owner.Object, "mail"), text(a.owner.Object, "userPrincipalName")}
	in := func(names ...string) bool {
		return slices.ContainsFunc(addressesIn(a.e.Object, names...), func(address string) bool {
			return slices.ContainsFunc(me, func(m string) bool { return m != "" && strings.EqualFold(m, address) })
		})
	}
	switch name {
	case "hasAttachments":
		return a.e.True("hasAttachments") || len(list(a.e.Object, "attachments")) > 0
	case "sentToMe":
		return in("toRecipients")
	case "sentCcMe":
		return in("ccRecipients")
	case "sentToOrCcMe":
		return in("toRecipients", "ccRecipients")
	case "notSentToMe":
		return !in("toRecipients", "ccRecipients")
	case "sentOnlyToMe":
		return in("toRecipients") && len(addressesIn(a.e.Object, "toRecipients", "ccRecipients")) == 1
	case "isMeetingRequest":
		return strings.HasSuffix(a.e.Type, ".eventMessageRequest")
	case "isMeetingResponse":
		return strings.HasSuffix(a.e.Type, ".eventMessageResponse")
	case "isAutomaticForward":
		return a.byRule
	}
	return false // what the fake's mail never is: signed, encrypted, a receipt
}

// has judges a condition that is a list, of which one is enough.
func (a *arrival) has(condition entity.Object, name string) bool {
	switch name {
	case "fromAddresses":
		return shares(condition, name, []string{addressIn(inner(a.e.Object, "from"))})
	case "sentToAddresses":
		return shares(condition, name, addressesIn(a.e.Object, "toRecipients", "ccRecipients"))
	case "categories":
		return slices.ContainsFunc(texts(condition, name), func(c string) bool { return slices.Contains(texts(a.e.Object, "categories"), c) })
	}
	where := strings.ToLower(a.searched(name))
	return slices.ContainsFunc(texts(condition, name), func(t string) bool { return strings.Contains(where, strings.ToLower(t)) })
}

// searched is the text that a condition looks into.
func (a *arrival) searched(condition string) string {
	body := inner(a.e.Object, "body")
	content := text(body, "content")
	if strings.EqualFold(text(body, "contentType"), "html") {
		content = plainText(content)
	}
	switch condition {
	case "subjectContains":
		return text(a.e.Object, "subject")
	case "bodyContains":
		return content
	case "bodyOrSubjectContains":
		return text(a.e.Object, "subject") + "\n" + content
	case "senderContains":
		return jsonOf(a.e.Object, "from")
	case "recipientContains":
		return jsonOf(a.e.Object, "toRecipients") + jsonOf(a.e.Object, "ccRecipients")
	case "headerContains":
		var all strings.Builder
		for _, h := range list(a.e.Object, "internetMessageHeaders") {
			all.WriteString(text(h, "name") + ": " + text(h, "value") + "\n")
		}
		return all.String()
	}
	return ""
}

// shares reports whether one of the recipients of a condition is among addresses.
func shares(condition entity.Object, name string, addresses []string) bool {
	return slices.ContainsFunc(list(condition, name), func(r entity.Object) bool {
		return slices.ContainsFunc(addresses, func(a string) bool { return a != "" && strings.EqualFold(a, addressIn(r)) })
	})
}

// addressesIn are the addresses of some of a message's recipients.
func addressesIn(o entity.Object, names ...string) (all []string) {
	for _, name := range names {
		for _, r := range list(o, name) {
			all = append(all, addressIn(r))
		}
	}
	return all
}
