package behavior

// Evidence for group (graph-behaviour §3.6, §12):
//   - documented: which characters a mailNickname may not have, and how long names
//     are; kinds of groups
//     that can be made; mail, visibility and proxyAddresses of Microsoft 365
//     groups; a delegated caller owns the Microsoft 365 group that it makes; the
//     last owner stays.
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
	if unified {
		mail := text(e.Object, "mailNickname") + "@" + initialDomain(tx)
		e.SetString("mail", mail)
		e.Set("proxyAddresses", []byte(`["SMTP:`+mail+`"]`))
		if !present(e.Object, "visibility") {
			e.SetString("visibility", "Public")
		}
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
	return nil
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
