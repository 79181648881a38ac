package behavior

// Evidence for invitation (graph-behaviour §12, §14.14; create page, 2021):
//   - documented: required members, defaults, status PendingAcceptance, the guest
//     user that comes with it and its UPN with #EXT#.
//   - assumed (2026-11): the form of the redeem URL.

import (
	"net/url"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var invitationRules = &Rules{
	Required: []string{"invitedUserEmailAddress", "inviteRedirectUrl"},
	Defaults: []Default{
		{"sendInvitationMessage", "false"}, {"resetRedemption", "false"}, {"invitedUserType", `"Guest"`}, {"status", `"PendingAcceptance"`},
		{"invitedUserMessageInfo", `{"messageLanguage":null,"customizedMessageBody":null,"ccRecipients":[{"emailAddress":{"name":null,"address":null}}]}`},
	},
}

// Invitation brings a guest into the tenant.
type Invitation struct{}

var (
	_ Creator = Invitation{}
	_ Created = Invitation{}
)

// Create implements [Creator].
func (Invitation) Create(tx Tx, e *Entity) *grapherr.Error {
	mail := text(e.Object, "invitedUserEmailAddress")
	if !strings.Contains(mail, "@") {
		return grapherr.Invalid("directory", grapherr.Property{Name: "invitedUserEmailAddress", Kind: "format", Type: e.Type})
	}
	id := text(e.Object, "id")
	e.SetString("inviteRedeemUrl", "https://login.microsoftonline.com/redeem?rd="+url.QueryEscape("https://invitations.microsoft.com/redeem/?tenant="+tx.Tenant()+"&user="+id))
	if !present(e.Object, "invitedUserDisplayName") {
		e.SetString("invitedUserDisplayName", mail)
	}
	return nil
}

// Created implements [Created].
func (Invitation) Created(tx Tx, e Entity) *grapherr.Error {
	guest, fault := guestOf(tx, e)
	if fault != nil {
		return fault
	}
	if _, fault := tx.Link(e.Ref, "invitedUser", guest.Ref); fault != nil {
		return fault
	}
	told := e.Clone()
	told.Set("invitedUser", fields("id", quoted(guest.ID)).JSON())
	return tx.Replace(e.Ref, told)
}

// guestOf is the user of an invitation, who may be there from an earlier one.
func guestOf(tx Tx, e Entity) (Entity, *grapherr.Error) {
	mail := text(e.Object, "invitedUserEmailAddress")
	if known, ok := tx.By(Root("users"), "mail", mail); ok {
		return known, nil
	}
	name := strings.ReplaceAll(mail, "@", "_")
	return tx.Insert(Root("users"), Entity{Object: fields("displayName", jsonOf(e.Object, "invitedUserDisplayName"), "mail", quoted(mail),
		"mailNickname", quoted(name+"#EXT#"), "userPrincipalName", quoted(name+"#EXT#@"+initialDomain(tx)), "userType", jsonOf(e.Object, "invitedUserType"),
		"accountEnabled", "true", "creationType", `"Invitation"`, "externalUserState", `"PendingAcceptance"`,
		"createdDateTime", quoted(instant(tx.Now())))})
}
