package behavior

// Evidence for what accounts of users need:
//   - documented: userPrincipalName is in a verified domain of the tenant (page of
//     user); passwords have 8 to 256 characters of three of four kinds (password
//     policies of Microsoft Entra, 2024), unless passwordPolicies has
//     DisableStrongPassword.
//   - reported: both texts.

import (
	"strings"
	"unicode"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var _ Updater = User{}

// Update implements [Updater].
func (User) Update(tx Tx, _, change entity.Object, after *Entity) *grapherr.Error {
	if change.Has("userPrincipalName") {
		if fault := verifiedName(tx, text(after.Object, "userPrincipalName")); fault != nil {
			return fault
		}
	}
	return strongPassword(text(inner(change, "passwordProfile"), "password"), after.Object)
}

// verifiedName refuses a principal name outside of the tenant's verified domains.
// A tenant without any domain is not asked.
func verifiedName(tx Tx, upn string) *grapherr.Error {
	_, domain, _ := strings.Cut(upn, "@")
	some := false
	for e := range tx.All(Root("domains")) {
		if jsonOf(e.Object, "isVerified") == "true" {
			if some = true; strings.EqualFold(e.ID, domain) {
				return nil
			}
		}
	}
	if !some {
		return nil
	}
	return grapherr.Rule("directory", "", "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.")
}

// strongPassword refuses a password that the policy does not allow; "" is none.
func strongPassword(password string, user entity.Object) *grapherr.Error {
	if password == "" || strings.Contains(text(user, "passwordPolicies"), "DisableStrongPassword") || complexEnough(password) {
		return nil
	}
	return grapherr.Rule("directory", "", "The specified password does not comply with password complexity requirements. Please provide a different password.")
}

// complexEnough reports whether a password has 8 to 256 characters, of three of the
// kinds capital, small, digit and other.
func complexEnough(password string) bool {
	var capitals, smalls, digits, others, length int
	for _, c := range password {
		length++
		switch {
		case unicode.IsUpper(c):
			capitals = 1
		case unicode.IsLower(c):
			smalls = 1
		case unicode.IsDigit(c):
			digits = 1
		default:
			others = 1
		}
	}
	return length >= 8 && length <= 256 && capitals+smalls+digits+others >= 3
}
