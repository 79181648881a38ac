package behavior

// Evidence for authenticationStrengthPolicy (pages of the list and of the root,
// 2022 to 2025):
//   - documented: three built-in policies with their ids, names, times and
//     combinations, under /policies and under conditional access; a custom one
//     has its times and type from the service.
//   - documented: the modes of methods that combinations are made of, and the
//     method of each.
//   - assumed (2026-11): descriptions are empty; whatever a custom one allows
//     satisfies MFA; the modes' names.

import (
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// strengths are id, name and allowed combinations.
var strengths = [][3]string{
	{"00000000-0000-0000-0000-000000000002", "Multifactor authentication", `"windowsHelloForBusiness","fido2","x509CertificateMultiFactor",` +
		`"deviceBasedPush","temporaryAccessPassOneTime","temporaryAccessPassMultiUse","password,microsoftAuthenticatorPush","password,softwareOath",` +
		`"password,hardwareOath","password,sms","password,voice","federatedMultiFactor","microsoftAuthenticatorPush,federatedSingleFactor",` +
		`"softwareOath,federatedSingleFactor","hardwareOath,federatedSingleFactor","sms,federatedSingleFactor","voice,federatedSingleFactor"`},
	{"00000000-0000-0000-0000-000000000003", "Passwordless MFA", `"windowsHelloForBusiness","fido2","x509CertificateMultiFactor","deviceBasedPush"`},
	{"00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA", `"windowsHelloForBusiness","fido2","x509CertificateMultiFactor"`},
}

// methodModes are id, method and name.
var methodModes = [][3]string{
	{"password", "password", "Password"}, {"voice", "voice", "Voice"}, {"sms", "sms", "SMS"}, {"email", "email", "Email one-time passcode"},
	{"hardwareOath", "hardwareOath", "Hardware OATH token"}, {"softwareOath", "softwareOath", "Software OATH token"},
	{"fido2", "fido2", "FIDO2 security key"}, {"windowsHelloForBusiness", "windowsHelloForBusiness", "Windows Hello for Business"},
	{"microsoftAuthenticatorPush", "microsoftAuthenticator", "Microsoft Authenticator (push)"},
	{"deviceBasedPush", "microsoftAuthenticator", "Microsoft Authenticator (phone sign-in)"},
	{"temporaryAccessPassOneTime", "temporaryAccessPass", "Temporary Access Pass (one-time use)"},
	{"temporaryAccessPassMultiUse", "temporaryAccessPass", "Temporary Access Pass (multi-use)"},
	{"x509CertificateSingleFactor", "x509Certificate", "Certificate (single-factor)"},
	{"x509CertificateMultiFactor", "x509Certificate", "Certificate (multifactor)"},
	{"federatedSingleFactor", "federation", "Federated (single-factor)"}, {"federatedMultiFactor", "federation", "Federated (multifactor)"},
}

func strength(s [3]string) string {
	return `{"id":` + quoted(s[0]) + `,"displayName":` + quoted(s[1]) + `,"description":"","policyType":"builtIn","requirementsSatisfied":"mfa",` +
		`"createdDateTime":"2021-12-01T00:00:00Z","modifiedDateTime":"2021-12-01T00:00:00Z","allowedCombinations":[` + s[2] + `]}`
}

func standingStrengths() []Standing {
	return []Standing{
		rowsOf("/policies/authenticationStrengthPolicies", strengths, strength),
		rowsOf("/identity/conditionalAccess/authenticationStrength/authenticationMethodModes", methodModes, func(m [3]string) string {
			return `{"id":` + quoted(m[0]) + `,"authenticationMethod":` + quoted(m[1]) + `,"displayName":` + quoted(m[2]) + `}`
		}),
	}
}

var strengthRules = &Rules{
	Required: []string{"displayName", "allowedCombinations"},
	Defaults: []Default{{"policyType", `"custom"`}, {"requirementsSatisfied", `"mfa"`}},
	Created:  []string{"createdDateTime"}, Modified: []string{"modifiedDateTime"},
	Shown: []string{"combinationConfigurations"},
}

// updateCombinations gives an authentication strength other combinations, and
// answers with both (documented).
func updateCombinations(tx Tx, policy *Entity, p entity.Object) (Result, *grapherr.Error) {
	if builtInStrengths.is(tx, policy.Ref, policy.ID, policy.Object) {
		return Result{}, grapherr.Invalid("directory", grapherr.Property{Name: "allowedCombinations", Kind: "readOnly", Type: policy.Type})
	}
	before := or(jsonOf(policy.Object, "allowedCombinations"), "[]")
	after := or(jsonOf(p, "allowedCombinations"), before)
	policy.Set("allowedCombinations", []byte(after))
	return Object(fields("currentCombinations", after, "previousCombinations", before,
		"conditionalAccessReferences", "[]", "additionalInformation", `""`)), nil
}
