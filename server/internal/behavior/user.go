package behavior

// Evidence for user (graph-behaviour §12):
//   - documented: identities has the UPN; revokeSignInSessions and
//     invalidateAllRefreshTokens answer true; changePassword needs both passwords
//     and a delegated caller; assignLicense takes licences of the tenant's SKUs
//     and answers the user.
//   - documented: who gets a licence needs a usageLocation; reported (issues of 2022
//     to 2025): in which words.
//   - reported: the text for a SKU that the tenant lacks.
//   - assumed (2026-11): a tenant that has no SKU asks for neither; mail stays null
//     until licensed; the text for a wrong password.

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// User is given its identity by the service.
type User struct{}

var _ Creator = User{}

// Create implements [Creator].
func (User) Create(tx Tx, e *Entity) *grapherr.Error {
	identify(e)
	if fault := ownAccount(tx, e); fault != nil {
		return fault
	}
	upn := text(e.Object, "userPrincipalName")
	name, domain, ok := strings.Cut(upn, "@")
	if !ok || name == "" || domain == "" {
		return grapherr.Invalid("directory", grapherr.Property{Name: "userPrincipalName", Kind: "format", Type: e.Type})
	}
	if fault := verifiedName(tx, upn); fault != nil {
		return fault
	}
	if fault := strongPassword(text(inner(e.Object, "passwordProfile"), "password"), e.Object); fault != nil {
		return fault
	}
	if len(list(e.Object, "identities")) == 0 {
		e.Set("identities", []byte("["+string(fields("signInType", `"userPrincipalName"`, "issuer", quoted(domain), "issuerAssignedId", quoted(upn)).JSON())+"]"))
	}
	return nil
}

// ownAccount completes a user who signs in by identities alone: a local account by
// one of the tenant, which needs a password, a social account by another issuer's.
func ownAccount(tx Tx, e *Entity) *grapherr.Error {
	identities := list(e.Object, "identities")
	if len(identities) == 0 {
		return nil
	}
	id := text(e.Object, "id")
	upn, local := "cpim_"+id+"@"+initialDomain(tx), false
	for _, identity := range identities {
		if domain := text(identity, "issuer"); text(identity, "signInType") != "federated" && domain != "" {
			upn, local = id+"@"+domain, true
			break
		}
	}
	if local && !present(e.Object, "passwordProfile") {
		return grapherr.Invalid("directory", grapherr.Property{Name: "passwordProfile", Kind: "required", Type: e.Type})
	}
	for _, d := range [][2]string{{"userPrincipalName", quoted(upn)}, {"mailNickname", quoted(id)}, {"accountEnabled", "true"}} {
		if !present(e.Object, d[0]) {
			e.Set(d[0], json.RawMessage(d[1]))
		}
	}
	return nil
}

// userAt is the user of a mail address, or of a principal name.
func userAt(tx Tx, address string) (Entity, bool) {
	user, ok := tx.By(Root("users"), "mail", address)
	if !ok {
		user, ok = tx.By(Root("users"), "userPrincipalName", address)
	}
	return user, ok
}

func revokeSessions(tx Tx, user *Entity, _ entity.Object) (Result, *grapherr.Error) {
	now := quoted(instant(tx.Now()))
	user.Set("signInSessionsValidFromDateTime", json.RawMessage(now))
	user.Set("refreshTokensValidFromDateTime", json.RawMessage(now)) // of beta
	return Result{Value: json.RawMessage("true")}, nil
}

func changePassword(tx Tx, user *Entity, p entity.Object) (Result, *grapherr.Error) {
	for _, name := range []string{"currentPassword", "newPassword"} {
		if text(p, name) == "" {
			return Result{}, grapherr.Invalid("directory", grapherr.Property{Name: name, Kind: "required", Type: user.Type})
		}
	}
	profile := inner(user.Object, "passwordProfile")
	if old, kept := profile.String("password"); kept && old != text(p, "currentPassword") {
		return Result{}, grapherr.Rule("directory", "", "The specified password does not match the current password of the user.")
	}
	if fault := strongPassword(text(p, "newPassword"), user.Object); fault != nil {
		return Result{}, fault
	}
	profile.SetString("password", text(p, "newPassword"))
	profile.Set("forceChangePasswordNextSignIn", json.RawMessage("false"))
	user.Set("passwordProfile", profile.JSON())
	user.SetString("lastPasswordChangeDateTime", instant(tx.Now()))
	return Result{}, nil
}

// assignLicense adds and removes licences of a user or a group.
func assignLicense(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	licenses := list(e.Object, "assignedLicenses")
	for _, id := range texts(p, "removeLicenses") {
		if !slices.ContainsFunc(licenses, isSKU(id)) {
			return Result{}, grapherr.Rule("directory", "", "User does not have a corresponding license.")
		}
		licenses = slices.DeleteFunc(licenses, isSKU(id))
		if fault := consume(tx, id, -1); fault != nil {
			return Result{}, fault
		}
	}
	added := list(p, "addLicenses")
	if len(added) > 0 && e.Type == "microsoft.graph.user" && !present(e.Object, "usageLocation") && !isEmpty(tx, Root("subscribedSkus")) {
		return Result{}, grapherr.Rule("directory", "", "License assignment cannot be done for user with invalid usage location.")
	}
	for _, license := range added {
		id := text(license, "skuId")
		known := slices.ContainsFunc(licenses, isSKU(id))
		licenses = append(slices.DeleteFunc(licenses, isSKU(id)), fields("disabledPlans", or(jsonOf(license, "disabledPlans"), "[]"), "skuId", quoted(id)))
		if known {
			continue
		}
		if fault := consume(tx, id, 1); fault != nil {
			return Result{}, fault
		}
	}
	e.Set("assignedLicenses", arrayOf(licenses))
	return Result{Entity: e}, nil
}

func isSKU(id string) func(entity.Object) bool {
	return func(o entity.Object) bool { return strings.EqualFold(text(o, "skuId"), id) }
}

// consume counts units of a SKU, of which the tenant must have one. A tenant
// without any SKU is not asked.
func consume(tx Tx, sku string, n int) *grapherr.Error {
	some := false
	for e := range tx.All(Root("subscribedSkus")) {
		some = true
		if strings.EqualFold(text(e.Object, "skuId"), sku) {
			changed := e.Clone()
			changed.Set("consumedUnits", json.RawMessage(strconv.Itoa(max(0, number(e.Object, "consumedUnits", 0)+n))))
			return tx.Replace(e.Ref, changed)
		}
	}
	if some {
		return grapherr.Rule("directory", "", "License "+sku+" does not correspond to a valid company License.")
	}
	return nil
}

func or(raw, otherwise string) string {
	if raw == "null" {
		return otherwise
	}
	return raw
}

func arrayOf(items []entity.Object) json.RawMessage {
	b := []byte{'['}
	for i, o := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = o.Append(b)
	}
	return append(b, ']')
}
