package behavior

import (
	"iter"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// Evidence for userRegistrationDetails (resource page and pages list and get of
// authenticationMethodsRoot, 2021 to 2026):
//   - documented: one per user, with the user's id, name and type; the words for
//     methods; what multifactor and passwordless take; who holds a role is admin.
//   - assumed (2026-11): they follow from the methods at the moment of the read;
//     password reset is on for everybody and registered with a phone or an email
//     address.

const registrationDetails = "reports/authenticationMethods/userRegistrationDetails"

// registeredWords are what the report calls the methods of a kind, whether they
// count for multifactor, and whether they do without a password.
var registeredWords = []struct {
	kind, word        string
	mfa, passwordless bool
}{
	{"phoneMethods", "mobilePhone", true, false}, {"emailMethods", "email", false, false},
	{"microsoftAuthenticatorMethods", "microsoftAuthenticatorPush", true, false}, {"softwareOathMethods", "softwareOneTimePasscode", true, false},
	{"hardwareOathMethods", "hardwareOneTimePasscode", true, false}, {"fido2Methods", "passKeyDeviceBound", true, true},
	{"windowsHelloForBusinessMethods", "windowsHelloForBusiness", true, true}, {"temporaryAccessPassMethods", "temporaryAccessPass", false, false},
}

type (
	// UserRegistrations lists the details of all users.
	UserRegistrations struct{}
	// UserRegistration is that of one.
	UserRegistration struct{}
)

var (
	_ Lister  = UserRegistrations{}
	_ Invoker = UserRegistration{}
)

// List implements [Lister].
func (UserRegistrations) List(tx Tx) (iter.Seq[Entity], *grapherr.Error) {
	assigned := assignedPrincipals(tx)
	return func(yield func(Entity) bool) {
		for user := range tx.All(Root("users")) {
			if !yield(registrationOf(tx, user, assigned)) {
				return
			}
		}
	}, nil
}

// Invoke implements [Invoker].
func (UserRegistration) Invoke(tx Tx, _ *Entity, _ entity.Object) (Result, *grapherr.Error) {
	user, ok := tx.Get(Root("users"), tx.Key())
	if !ok {
		return Result{}, grapherr.NotFound("reports", tx.Key())
	}
	e := registrationOf(tx, user, assignedPrincipals(tx))
	return Result{Entity: &e}, nil
}

// assignedPrincipals are the ids of those who hold a role by assignment.
func assignedPrincipals(tx Tx) map[string]bool {
	ids := map[string]bool{}
	for a := range tx.All(Root("roleManagement/directory/roleAssignments")) {
		ids[strings.ToLower(text(a.Object, "principalId"))] = true
	}
	return ids
}

// registrationOf is a user's details; those of a fixture stand.
func registrationOf(tx Tx, user Entity, assigned map[string]bool) Entity {
	if told, ok := tx.Get(Root(registrationDetails), user.ID); ok {
		return told
	}
	words, mfa, passwordless := []string{}, false, false
	for _, r := range registeredWords {
		for range tx.All(Below(user.Ref, "authentication/"+r.kind)) {
			words, mfa, passwordless = append(words, quoted(r.word)), mfa || r.mfa, passwordless || r.passwordless
			break
		}
	}
	reset := slices.Contains(words, `"mobilePhone"`) || slices.Contains(words, `"email"`)
	admin := assigned[strings.ToLower(user.ID)] || inRole(tx, user)
	return Entity{ID: user.ID, Type: "microsoft.graph.userRegistrationDetails", Object: fields("id", quoted(user.ID),
		"isAdmin", boolean(admin), "isMfaCapable", boolean(mfa), "isMfaRegistered", boolean(mfa), "isPasswordlessCapable", boolean(passwordless),
		"isSsprCapable", boolean(reset), "isSsprEnabled", "true", "isSsprRegistered", boolean(reset),
		"isSystemPreferredAuthenticationMethodEnabled", "true", "lastUpdatedDateTime", quoted(instant(tx.Now())),
		"methodsRegistered", "["+strings.Join(words, ",")+"]", "systemPreferredAuthenticationMethods", "[]",
		"userDisplayName", quoted(text(user.Object, "displayName")), "userPreferredMethodForSecondaryAuthentication", `"none"`,
		"userPrincipalName", quoted(text(user.Object, "userPrincipalName")), "userType", quoted(or(strings.ToLower(text(user.Object, "userType")), "member")))}
}

// inRole reports whether a user is a member of an activated role.
func inRole(tx Tx, user Entity) bool {
	for e := range tx.Linking(user.Ref, "members") {
		if tx.Home(e.Ref) == Root("directoryRoles") {
			return true
		}
	}
	return false
}
