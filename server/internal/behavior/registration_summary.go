package behavior

// Evidence for the summaries of registrations (pages authenticationmethodsroot-
// usersregisteredbyfeature and -usersregisteredbymethod of both versions, 2021 to 2025):
//   - documented: parameters, the features and methods, numbers of users; they are of the
//     details of registrations.
//   - assumed (2026-11): a method that nobody has is not named; privileged users are those
//     that the details call administrators.

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// registeredFeatures are the features and the details that tell who has them.
var registeredFeatures = [][2]string{
	{"ssprRegistered", "isSsprRegistered"}, {"ssprEnabled", "isSsprEnabled"}, {"ssprCapable", "isSsprCapable"},
	{"passwordlessCapable", "isPasswordlessCapable"}, {"mfaCapable", "isMfaCapable"},
}

// registered are the details of the users that the parameters include.
func registered(tx Tx, p entity.Object) (all []entity.Object) {
	types, roles := text(p, "includedUserTypes"), text(p, "includedUserRoles")
	assigned := assignedPrincipals(tx)
	for user := range tx.All(Root("users")) {
		e := registrationOf(tx, user, assigned)
		admin := jsonOf(e.Object, "isAdmin") == "true"
		if types != "" && types != "all" && text(e.Object, "userType") != types ||
			roles == "privilegedAdmin" && !admin || roles == "admin" && !admin || roles == "user" && admin {
			continue
		}
		all = append(all, e.Object)
	}
	return all
}

// registrationSummary is what both summaries have, beside the numbers.
func registrationSummary(p entity.Object, users int, counts string, numbers []entity.Object) Result {
	return Object(fields("totalUserCount", strconv.Itoa(users), "userRoles", or(jsonOf(p, "includedUserRoles"), `"all"`),
		"userTypes", or(jsonOf(p, "includedUserTypes"), `"all"`), counts, string(arrayOf(numbers))))
}

// usersByFeature counts users by what they can do.
func usersByFeature(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	users := registered(tx, p)
	var numbers []entity.Object
	for _, f := range registeredFeatures {
		n := 0
		for _, u := range users {
			if jsonOf(u, f[1]) == "true" {
				n++
			}
		}
		numbers = append(numbers, fields("feature", quoted(f[0]), "userCount", strconv.Itoa(n)))
	}
	return registrationSummary(p, len(users), "userRegistrationFeatureCounts", numbers), nil
}

// usersByMethod counts users by their methods.
func usersByMethod(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	users, count := registered(tx, p), map[string]int{}
	for _, u := range users {
		for _, method := range texts(u, "methodsRegistered") {
			count[method]++
		}
	}
	numbers := []entity.Object{}
	for _, method := range slices.Sorted(maps.Keys(count)) {
		numbers = append(numbers, fields("authenticationMethod", quoted(method), "userCount", strconv.Itoa(count[method])))
	}
	return registrationSummary(p, len(users), "userRegistrationMethodCounts", numbers), nil
}

// strengthUsage are the conditional access policies that want an authentication
// strength (page authenticationstrengthpolicy-usage of both versions, 2023 to 2025).
func strengthUsage(tx Tx, strength *Entity, _ entity.Object) (Result, *grapherr.Error) {
	users := []entity.Object{}
	for policy := range tx.All(Root("identity/conditionalAccess/policies")) {
		if sameID(strength.ID)(text(inner(inner(policy.Object, "grantControls"), "authenticationStrength"), "id")) {
			users = append(users, policy.Object)
		}
	}
	none := json.RawMessage("[]")
	if text(strength.Object, "requirementsSatisfied") == "none" {
		return Object(fields("mfa", string(none), "none", string(arrayOf(users)))), nil
	}
	return Object(fields("mfa", string(arrayOf(users)), "none", string(none))), nil
}
