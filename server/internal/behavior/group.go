package behavior

// Evidence for group (graph-behaviour §3.6, §12):
//   - documented: which characters a mailNickname may not have, and how long names
//     are; kinds of groups
//     that can be made; mail, visibility and proxyAddresses of Microsoft 365
//     groups; a delegated caller owns the Microsoft 365 group that it makes; the
//     last owner stays.
//   - documented: properties that another service keeps are changed in a request
//     of their own.
//   - observed in public reports: the mailNickname of a Microsoft 365 group is unique
//     among them (§3.8).
//   - assumed (2026-11): the texts of refusals, members of dynamic groups are
//     refused with 400.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Group is a security or Microsoft 365 group.
type Group struct{}

var (
	_ Creator = Group{}
	_ Updater = Group{}
	_ Created = Group{}
	_ Linker  = Group{}
)

// Create implements [Creator].
func (Group) Create(tx Tx, e *Entity) *grapherr.Error {
	unified := kindOf(e.Object, "Unified")
	switch {
	case strings.ContainsAny(text(e.Object, "mailNickname"), `@()\[]";:<>, `), utf8.RuneCountInString(text(e.Object, "mailNickname")) > 64:
		return grapherr.Invalid("directory", grapherr.Property{Name: "mailNickname", Kind: "pattern", Type: e.Type})
	case e.True("mailEnabled") && !unified:
		return grapherr.Rule("directory", "", "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.")
	case utf8.RuneCountInString(text(e.Object, "displayName")) > 256:
		return grapherr.Invalid("directory", grapherr.Property{Name: "displayName", Kind: "maxLength", Type: e.Type})
	case unified && !e.True("mailEnabled"):
		return grapherr.Invalid("directory", grapherr.Property{Name: "mailEnabled", Kind: "value", Type: e.Type})
	case kindOf(e.Object, "DynamicMembership") && text(e.Object, "membershipRule") == "":
		return grapherr.Invalid("directory", grapherr.Property{Name: "membershipRule", Kind: "required", Type: e.Type})
	}
	if nicknamed(tx, e) {
		return grapherr.Taken("directory", "mailNickname")
	}
	identify(e)
	if unified {
		mail := text(e.Object, "mailNickname") + "@" + initialDomain(tx)
		e.SetString("mail", mail)
		e.Set("proxyAddresses", []byte(`["SMTP:`+mail+`"]`))
		provide(&e.Object, mailGroupDefaults)
	}
	return nil
}

// mailGroupDefaults are what a new Microsoft 365 group has (documented, resource page).
var mailGroupDefaults = []Default{{"visibility", `"Public"`}, {"allowExternalSenders", "false"}, {"autoSubscribeNewMembers", "false"},
	{"hideFromAddressLists", "false"}, {"hideFromOutlookClients", "false"}}

// nicknamed reports whether another Microsoft 365 group has the nickname of one.
func nicknamed(tx Tx, e *Entity) bool {
	name := text(e.Object, "mailNickname")
	if !kindOf(e.Object, "Unified") || name == "" {
		return false
	}
	other, ok := tx.By(Root("groups"), "mailNickname", name)
	if !ok || other.Ref != e.Ref && kindOf(other.Object, "Unified") {
		return ok
	}
	for other := range tx.All(Root("groups")) {
		if other.Ref != e.Ref && strings.EqualFold(text(other.Object, "mailNickname"), name) && kindOf(other.Object, "Unified") {
			return true
		}
	}
	return false
}

// Update implements [Updater].
func (Group) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	alone := 0
	for _, name := range VisibilityOf("microsoft.graph.group").Alone {
		if change.Has(name) {
			alone++
		}
	}
	if alone > 0 && alone < len(change) {
		return grapherr.Rule("directory", "", "Properties of the group's mailbox cannot be updated together with other properties.")
	}
	if change.Has("mailNickname") && nicknamed(tx, after) {
		return grapherr.Taken("directory", "mailNickname")
	}
	return nil
}

// kindOf reports whether a group is of a kind.
func kindOf(o entity.Object, kind string) bool { return slices.Contains(texts(o, "groupTypes"), kind) }

// initialDomain is the tenant's default domain, as its domains say.
func initialDomain(tx Tx) string {
	first := ""
	for d := range tx.All(Root("domains")) {
		if d.True("isDefault") {
			return d.ID
		}
		if first == "" && d.True("isVerified") {
			first = d.ID
		}
	}
	if first == "" {
		return "contoso.onmicrosoft.com"
	}
	return first
}

// Created implements [Created].
func (Group) Created(tx Tx, e Entity) *grapherr.Error {
	self, known := tx.Self()
	if !known || !tx.Caller().User || !kindOf(e.Object, "Unified") {
		return nil
	}
	_, fault := tx.Link(e.Ref, "owners", self.Ref)
	return fault
}

// Link implements [Linker].
func (Group) Link(tx Tx, l Link) *grapherr.Error {
	switch {
	case l.Navigation == "members" && kindOf(l.Owner.Object, "DynamicMembership"):
		return grapherr.Rule("directory", "", "Insufficient privileges to complete the operation: the members of a dynamic group follow its rule.")
	case l.Navigation == "owners" && l.Remove && kindOf(l.Owner.Object, "Unified") && onlyOne(tx, l):
		return grapherr.Rule("directory", "", "The group must have at least one owner, hence this owner cannot be removed.")
	}
	return followGroup(tx, l)
}

func onlyOne(tx Tx, l Link) bool {
	n, there := 0, false
	for e := range tx.Linked(l.Owner.Ref, l.Navigation) {
		n++
		there = there || e.Ref == l.Target.Ref
	}
	return n == 1 && there
}

func renewGroup(tx Tx, group *Entity, _ entity.Object) (Result, *grapherr.Error) {
	group.SetString("renewedDateTime", tx.Now().UTC().Format(time.RFC3339))
	return Result{}, nil
}

// setFlag is an action that sets a Boolean of a group.
func setFlag(name, value string) invoked {
	return func(_ Tx, group *Entity, _ entity.Object) (Result, *grapherr.Error) {
		group.Set(name, []byte(value))
		return Result{}, nil
	}
}
