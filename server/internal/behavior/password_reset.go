package behavior

// Evidence for the reset of a password (page authenticationmethod-resetpassword of v1.0,
// 2021 to 2024):
//   - documented: 202, a Location of the operation among those of the user's
//     authentication; a password that is not given is made and told, one that is given is
//     not; the user changes it at the next sign-in.
//   - assumed (2026-11): the operation has succeeded when it is asked for.

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// PasswordReset gives a user another password. The method that it is called on is no
// stored entity.
type PasswordReset struct{}

var (
	_ Invoker = PasswordReset{}
	_ Unbound = PasswordReset{}
)

// Unbound implements [Unbound].
func (PasswordReset) Unbound() {}

// Invoke implements [Invoker].
func (PasswordReset) Invoke(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	user := ownerOfList(tx)
	if bound == nil && tx.Key() != passwordMethod {
		return Result{}, grapherr.NotFound(tx.Family(), tx.Key())
	}
	password, answer := text(p, "newPassword"), "{}"
	if password == "" {
		password = madePassword(tx)
		answer = `{"newPassword":` + quoted(password) + `}`
	}
	if fault := strongPassword(password, user.Object); fault != nil {
		return Result{}, fault
	}
	if fault := givePassword(tx, user, password); fault != nil {
		return Result{}, fault
	}
	now := quoted(instant(tx.Now()))
	made, fault := tx.Insert(Below(user.Ref, "authentication/operations"), Entity{Object: fields("id", quoted(tx.NewID()),
		"status", `"succeeded"`, "createdDateTime", now, "lastActionDateTime", now)})
	if fault != nil {
		return Result{}, fault
	}
	return Result{Value: json.RawMessage(answer), Location: tx.URL("/users/" + user.ID + "/authentication/operations/" + made.ID)}, nil
}

func givePassword(tx Tx, user Entity, password string) *grapherr.Error {
	o := user.Object.Clone()
	profile := inner(o, "passwordProfile")
	profile.SetString("password", password)
	profile.Set("forceChangePasswordNextSignIn", json.RawMessage("true"))
	o.Set("passwordProfile", profile.JSON())
	o.SetString("lastPasswordChangeDateTime", instant(tx.Now()))
	return tx.Replace(user.Ref, o)
}

// madePassword is four letters and four digits, as the service makes them.
func madePassword(tx Tx) string {
	digits, _ := strconv.ParseUint(strings.ReplaceAll(tx.NewID(), "-", "")[:8], 16, 32)
	letters := "bcdfghjklmnpqrstvwxz"
	n := int(digits)
	return strings.ToUpper(letters[n%20:n%20+1]) + "u" + letters[n/20%20:n/20%20+1] + "o" + strconv.Itoa(1000+n/400%9000)
}
