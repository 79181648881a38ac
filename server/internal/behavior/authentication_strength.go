package behavior

// Evidence for authenticationStrengthPolicy (pages of the list and of the root,
// 2022 to 2025):
//   - documented: three built-in policies with their ids, names, times and
//     combinations, under /policies and under conditional access; a custom one
//     has its times and type from the service.
//   - assumed (2026-11): descriptions are empty; whatever a custom one allows
//     satisfies MFA.

// strengths are id, name and allowed combinations.
var strengths = [][3]string{
	{"00000000-0000-0000-0000-000000000002", "Multifactor authentication", `"windowsHelloForBusiness","fido2","x509CertificateMultiFactor",` +
		`"deviceBasedPush","temporaryAccessPassOneTime","temporaryAccessPassMultiUse","password,microsoftAuthenticatorPush","password,softwareOath",` +
		`"password,hardwareOath","password,sms","password,voice","federatedMultiFactor","microsoftAuthenticatorPush,federatedSingleFactor",` +
		`"softwareOath,federatedSingleFactor","hardwareOath,federatedSingleFactor","sms,federatedSingleFactor","voice,federatedSingleFactor"`},
	{"00000000-0000-0000-0000-000000000003", "Passwordless MFA", `"windowsHelloForBusiness","fido2","x509CertificateMultiFactor","deviceBasedPush"`},
	{"00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA", `"windowsHelloForBusiness","fido2","x509CertificateMultiFactor"`},
}

func strength(s [3]string) string {
	return `{"id":` + quoted(s[0]) + `,"displayName":` + quoted(s[1]) + `,"description":"","policyType":"builtIn","requirementsSatisfied":"mfa",` +
		`"createdDateTime":"2021-12-01T00:00:00Z","modifiedDateTime":"2021-12-01T00:00:00Z","allowedCombinations":[` + s[2] + `]}`
}

func standingStrengths() []Standing {
	return []Standing{rowsOf("/policies/authenticationStrengthPolicies", strengths, strength)}
}

var strengthRules = &Rules{
	Required: []string{"displayName", "allowedCombinations"},
	Defaults: []Default{{"policyType", `"custom"`}, {"requirementsSatisfied", `"mfa"`}},
	Created:  []string{"createdDateTime"}, Modified: []string{"modifiedDateTime"},
	Shown: []string{"combinationConfigurations"},
}
