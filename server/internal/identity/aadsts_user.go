package identity

import (
	"fmt"
	"strings"
	"time"
)

// The wording of errors about users, codes and consent; letters as in
// aadsts.go.

func errUserDisabled() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 50057, text: "The user account is disabled."}
}

func errNotAssigned(user, app string) *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 50105,
		text: fmt.Sprintf("Your administrator has configured the application %s to block users unless they are specifically granted ('assigned') access to the application. The signed in user '%s' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator.", app, user)}
}

func errRevoked(issued, validFrom time.Time) *oauthError { // D
	const layout = "2006-01-02T15:04:05.0000000Z"
	e := &oauthError{name: "invalid_grant", code: 50173, suberror: "bad_token",
		text: fmt.Sprintf("The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '%s' and the TokensValidFrom date (before which tokens are not valid) for this user is '%s'.", issued.Format(layout), validFrom.Format(layout))}
	return e.because("the user's sessions were revoked: signInSessionsValidFromDateTime is " + stamp(validFrom))
}

func errUnknownScope(app, scope string, sc scopes) *oauthError { // I, name M
	resource := GraphAppID
	if sc.api != nil {
		resource = sc.api.ID
	}
	return &oauthError{name: "invalid_client", code: 650053,
		text: fmt.Sprintf("The application '%s' asked for scope '%s' that doesn't exist on the resource '%s'. Contact the app vendor.", app, scope, resource)}
}

func errAdminConsent() *oauthError { // D for the number and when, M for the text
	return &oauthError{name: "consent_required", code: 90094, suberror: "consent_required",
		text: "An administrator of the tenant must consent to the permissions that the application asks for."}
}

func errNoAppRole(appID, name, apiID, api string) *oauthError { // I for the text, M for today's number
	e := &oauthError{name: "invalid_grant", code: 501051,
		text: fmt.Sprintf("Application '%s'(%s) is not assigned to a role for the application '%s'(%s).", appID, name, apiID, api)}
	return e.because("the service principal of " + apiID + " has appRoleAssignmentRequired, and no appRoleAssignment for " + appID)
}

func errAppDisabled(appID string) *oauthError { // D
	return &oauthError{name: "unauthorized_client", code: 7000112, text: fmt.Sprintf("Application '%s' is disabled.", appID)}
}

func errSingleTenant(appID, name string) *oauthError { // D
	return &oauthError{name: "unauthorized_client", code: 50194,
		text: fmt.Sprintf("Application '%s'(%s) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.", appID, name)}
}

func errSecretExpired(appID string) *oauthError { // M
	return &oauthError{name: "invalid_client", code: 7000222,
		text: fmt.Sprintf("The provided client secret keys for app '%s' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.", appID)}
}

func errPublicClient() *oauthError { // D
	return &oauthError{name: "invalid_client", code: 700025, text: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."}
}

func errUnmatchedFederation(c tokenClaims) *oauthError { // I, number M
	return &oauthError{name: "invalid_client", code: 700213,
		text: fmt.Sprintf("No matching federated identity record found for presented assertion subject '%s'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.", clip(c.Subject))}
}

func errUnmatchedIssuer(c tokenClaims) *oauthError { // D
	return &oauthError{name: "invalid_client", code: 700211,
		text: fmt.Sprintf("No matching federated identity record found for presented assertion issuer '%s'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.", clip(c.Issuer))}
}

func errUnmatchedAudience(c tokenClaims) *oauthError { // D
	return &oauthError{name: "invalid_client", code: 700212,
		text: fmt.Sprintf("No matching federated identity record found for presented assertion audience '%s'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.", clip(strings.Join(c.Audience, " ")))}
}

func errRedirect(uri, appID string) *oauthError { // D
	e := &oauthError{name: "invalid_request", code: 50011,
		text: fmt.Sprintf("The redirect URI '%s' specified in the request does not match the redirect URIs configured for the application '%s'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.", uri, appID)}
	return e.because("redirect_uri " + clip(uri) + " is not registered on the application; outside --auth strict loopback addresses and https://login.microsoftonline.com" + nativeClient + " are taken too")
}

func errResponseType(kind string) *oauthError { // D
	return &oauthError{name: "unsupported_response_type", code: 70005, text: fmt.Sprintf("response_type '%s' is not supported.", clip(kind))}
}

func errResponseMode(mode string) *oauthError { // D
	return &oauthError{name: "invalid_request", code: 70007, text: fmt.Sprintf("'%s' is not a supported value of 'response_mode' when requesting this response type.", clip(mode))}
}

func errChallenge() *oauthError { // D
	return &oauthError{name: "invalid_request", code: 501491, text: "Invalid size of Code_Challenge parameter, or a code_challenge_method other than plain and S256."}
}

func errVerifier() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 501481, text: "The Code_Verifier does not match the code_challenge supplied in the authorization request."}
}

func errLoginRequired() *oauthError { // D
	return &oauthError{name: "login_required", code: 50058,
		text: "A silent sign-in request was sent but no user is signed in. The cookies used to represent the user's session were not sent in the request to Azure AD."}
}

func errDeclined() *oauthError { // D
	return &oauthError{name: "access_denied", code: 65004, text: "User declined to consent to access the app."}
}

func errBadCode(reason string) *oauthError { // I
	e := &oauthError{name: "invalid_grant", code: 9002313, text: "Invalid request. Request is malformed or invalid."}
	return e.because("the authorization code " + reason)
}

func errCodeExpired() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 70008,
		text: "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."}
}

func errCodeRedeemed() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 54005,
		text: "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."}
}

func errCodeOfOtherTenant() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 700005, text: "The provided authorization code is intended to be used against another tenant and was rejected."}
}

func errReplyAddress(got, asked string) *oauthError { // D
	return &oauthError{name: "invalid_client", code: 500112,
		text: fmt.Sprintf("The reply address '%s' does not match the reply address '%s' provided when requesting Authorization code.", clip(got), clip(asked))}
}

func errPending() *oauthError { // D
	return &oauthError{name: "authorization_pending", code: 70016, text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling."}
}

func errBadDeviceCode() *oauthError { // D
	return &oauthError{name: "bad_verification_code", code: 70018, text: "Invalid verification code due to User typing in wrong user code for device code flow."}
}

func errDeviceCodeExpired() *oauthError { // D
	return &oauthError{name: "expired_token", code: 70019, text: "Verification code expired. Have the user retry the sign-in."}
}

func errDeviceDeclined() *oauthError { // D
	return &oauthError{name: "authorization_declined", code: 70001, text: "The end user denied the authorization request."}
}

func errOnBehalfOf(reason string) *oauthError { // D
	e := &oauthError{name: "invalid_grant", code: 50013, text: "Assertion failed signature validation. [Reason - " + reason + ".]"}
	return e.because("assertion: " + reason)
}

func errOnBehalfOfExpired() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 500133, text: "Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token."}
}

func errOnBehalfOfApp(appID string) *oauthError { // I
	e := &oauthError{name: "invalid_grant", code: 7000114, text: fmt.Sprintf("Application '%s' is not allowed to make application on-behalf-of calls.", appID)}
	return e.because("assertion: it is an application's token and has no user")
}

func errExpiredSPARefreshToken(issued time.Time) *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 700084,
		text: fmt.Sprintf("The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on %s.", issued.Format("2006-01-02T15:04:05.0000000Z"))}
}
