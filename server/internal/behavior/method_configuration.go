package behavior

import "github.com/fakegraph/fakegraph/server/internal/grapherr"

// Evidence for the authentication methods policy and its configurations (pages of
// the policy and of each configuration, v1.0 and beta, 2021 to 2026):
//   - documented: one configuration per method with its id; the defaults of FIDO2,
//     Microsoft Authenticator, SMS, Temporary Access Pass and e-mail; the policy
//     and each configuration show what they contain; DELETE of a configuration
//     reverts it to its defaults.
//   - reported (configurations published 2023 to 2026): the certificate's user
//     bindings; ids are taken in any letter case.
//   - assumed (2026-11): the other methods' defaults; the migration from the older
//     policies is complete.

const allUsers = `"includeTargets":[{"targetType":"group","id":"all_users","isRegistrationRequired":false}]`

// featureOff is a feature of Microsoft Authenticator that the service decides on.
const featureOff = `{"state":"default","includeTarget":{"targetType":"group","id":"all_users"},` +
	`"excludeTarget":{"targetType":"group","id":"00000000-0000-0000-0000-000000000000"}}`

// methodConfigurations are id, type without "AuthenticationMethodConfiguration",
// state and further members.
var methodConfigurations = [][4]string{
	{"Fido2", "fido2", "disabled", `"isSelfServiceRegistrationAllowed":true,"isAttestationEnforced":true,` +
		`"keyRestrictions":{"isEnforced":false,"enforcementType":"block","aaGuids":[]},` + allUsers},
	{"MicrosoftAuthenticator", "microsoftAuthenticator", "enabled", `"isSoftwareOathEnabled":true,"featureSettings":{` +
		`"displayAppInformationRequiredState":` + featureOff + `,"displayLocationInformationRequiredState":` + featureOff +
		`,"companionAppAllowedState":` + featureOff + `,"numberMatchingRequiredState":` + featureOff + `},` +
		`"includeTargets":[{"targetType":"group","id":"all_users","isRegistrationRequired":false,"authenticationMode":"any"}]`},
	{"Sms", "sms", "disabled", `"includeTargets":[{"targetType":"group","id":"all_users","isRegistrationRequired":false,"isUsableForSignIn":true}]`},
	{"TemporaryAccessPass", "temporaryAccessPass", "disabled", `"defaultLifetimeInMinutes":60,"defaultLength":8,` +
		`"minimumLifetimeInMinutes":60,"maximumLifetimeInMinutes":480,"isUsableOnce":false,` + allUsers},
	{"HardwareOath", "hardwareOath", "disabled", allUsers},
	{"SoftwareOath", "softwareOath", "disabled", allUsers},
	{"Voice", "voice", "disabled", `"isOfficePhoneAllowed":false,` + allUsers},
	{"Email", "email", "enabled", `"allowExternalIdToUseEmailOtp":"default","includeTargets":[]`},
	{"X509Certificate", "x509Certificate", "disabled", `"certificateUserBindings":[` +
		`{"x509CertificateField":"PrincipalName","userProperty":"userPrincipalName","priority":1,"trustAffinityLevel":"low"},` +
		`{"x509CertificateField":"RFC822Name","userProperty":"userPrincipalName","priority":2,"trustAffinityLevel":"low"}],` +
		`"authenticationModeConfiguration":{"x509CertificateAuthenticationDefaultMode":"x509CertificateSingleFactor",` +
		`"x509CertificateDefaultRequiredAffinityLevel":"low","rules":[]},` +
		`"crlValidationConfiguration":{"state":"disabled","exemptedCertificateAuthoritiesSubjectKeyIdentifiers":[]},` + allUsers},
	{"QRCodePin", "qrCodePin", "disabled", `"standardQRCodeLifetimeInDays":365,"pinLength":8,` + allUsers},
}

func methodConfiguration(m [4]string) string {
	return `{"@odata.type":"#microsoft.graph.` + m[1] + `AuthenticationMethodConfiguration","id":` + quoted(m[0]) +
		`,"state":` + quoted(m[2]) + `,"excludeTargets":[],` + m[3] + `}`
}

func standingMethods() []Standing {
	const policy = "/policies/authenticationMethodsPolicy"
	return []Standing{
		alone(policy, `{"id":"authenticationMethodsPolicy","displayName":"Authentication Methods Policy","description":"",`+
			`"lastModifiedDateTime":"2026-01-01T00:00:00Z","policyVersion":"1.5","policyMigrationState":"migrationComplete","reconfirmationInDays":null,`+
			`"registrationEnforcement":{"authenticationMethodsRegistrationCampaign":{"snoozeDurationInDays":1,"state":"default",`+
			`"enforceRegistrationAfterAllowedSnoozes":true,"excludeTargets":[],`+
			`"includeTargets":[{"id":"all_users","targetType":"group","targetedAuthenticationMethod":"microsoftAuthenticator"}]}},`+
			`"reportSuspiciousActivitySettings":{"state":"default","includeTarget":{"targetType":"group","id":"all_users"},"voiceReportingCode":0},`+
			`"systemCredentialPreferences":{"state":"default","excludeTargets":[],"includeTargets":[{"id":"all_users","targetType":"group"}]}}`),
		rowsOf(policy+"/authenticationMethodConfigurations", methodConfigurations, methodConfiguration).bringing("includeTargets"),
	}
}

var methodsPolicyRules = &Rules{Shown: []string{"authenticationMethodConfigurations"}}

// MethodConfiguration stays, whatever is asked.
type MethodConfiguration struct{}

var _ Deleter = MethodConfiguration{}

// Delete implements [Deleter].
func (MethodConfiguration) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	s, stands := standingSets()[tx.Home(e.Ref).Name]
	if !stands {
		return false, nil
	}
	for _, initial := range s.Entities(tx.Tenant(), "") {
		if initial.ID != e.ID {
			continue
		}
		if fault := tx.Delete(e.Ref); fault != nil {
			return false, fault
		}
		return true, s.put(tx, s.collection(None), initial)
	}
	return false, nil
}
