package identity

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// scriptable are errors that nothing in the directory brings about: a test asks
// for them by number (identity-behaviour §4; texts D unless they say else).
var scriptable = map[int]oauthError{
	28002:  {name: "invalid_scope", text: "Provided value for the input parameter scope isn't valid when requesting an access token. Specify a valid scope."},
	28003:  {name: "invalid_request", text: "Provided value for the input parameter scope can't be empty when requesting an access token using the provided authorization code. Specify a valid scope."},
	50020:  {name: "invalid_grant", text: "The user account from an identity provider does not exist in the tenant and cannot access the application. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different account."},
	50053:  {name: "invalid_grant", text: "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."},
	50055:  {name: "invalid_grant", suberror: "user_password_expired", text: "The password is expired."},
	50057:  {name: "invalid_grant", text: "The user account is disabled."},
	50076:  {name: "invalid_grant", suberror: "basic_action", text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '" + GraphAppID + "'."},       // M
	50079:  {name: "invalid_grant", suberror: "basic_action", text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '" + GraphAppID + "'."}, // M
	50105:  {name: "invalid_grant", text: "The signed in user is not assigned to a role for the application."},
	50126:  {name: "invalid_grant", text: "Error validating credentials due to invalid username or password."},
	50158:  {name: "interaction_required", text: "External security challenge was not satisfied."},
	50173:  {name: "invalid_grant", suberror: "bad_token", text: "The provided grant has expired due to it being revoked, a fresh auth token is needed."},
	50196:  {name: "invalid_grant", text: "The server terminated an operation because it encountered a client request loop. Please contact your app vendor."},
	53003:  {name: "invalid_grant", suberror: "message_only", text: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."},
	65001:  {name: "invalid_grant", suberror: "consent_required", text: "The user or administrator has not consented to use the application."},
	65004:  {name: "access_denied", text: "User declined to consent to access the app."},
	70008:  {name: "invalid_grant", text: "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource."},
	70016:  {name: "authorization_pending", text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling."},
	70043:  {name: "invalid_grant", suberror: "bad_token", text: "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."},
	90024:  {name: "temporarily_unavailable", status: http.StatusServiceUnavailable, text: "The authentication system failed to process the request. Transient error. Please try again."}, // M
	90033:  {name: "temporarily_unavailable", status: http.StatusServiceUnavailable, text: "A transient error has occurred. Please try again."},
	90094:  {name: "invalid_grant", suberror: "consent_required", text: errAdminConsent().text}, // M
	700016: {name: "unauthorized_client", text: "The application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant."},

	7000215: {name: "invalid_client", text: "Invalid client secret provided."},
	7000222: {name: "invalid_client", text: "The provided client secret keys are expired."},
}

// mfaClaims is what Entra ID hands back with 50076 and 50079, to be sent on to
// the sign-in.
const mfaClaims = `{"access_token":{"capolids":{"essential":true,"values":["c1a0c1a0-0000-4000-8000-000000000001"]}}}`

// Fault answers a request with an error that a scenario asks for. code is an
// AADSTS number, with or without the prefix, or a name of OAuth; "" is how
// Entra ID words the status. message replaces the text, "" keeps it.
func (s *Service) Fault(r Request, status int, code, message string) call.Response {
	e := faultNamed(status, code)
	if message != "" {
		e.text = message
	}
	e.status = status
	return s.refuse(s.newRequest(r), &e)
}

func faultNamed(status int, code string) oauthError {
	digits, _ := strings.CutPrefix(strings.ToUpper(code), "AADSTS")
	number, err := strconv.Atoi(digits)
	e, known := scriptable[number]
	switch {
	case err == nil && known:
		e.code = number
	case err == nil:
		e = oauthError{name: "invalid_grant", code: number, text: "The request was refused."}
	case code != "":
		e = oauthError{name: code, text: "The request was refused."}
		for n, known := range scriptable {
			if known.name == code && (e.code == 0 || n < e.code) {
				e = known
				e.code = n
			}
		}
	case status == http.StatusTooManyRequests, status >= 500:
		e = scriptable[90033]
		e.code = 90033
	default:
		e = oauthError{name: "invalid_request", text: "The request was refused."}
	}
	if e.code == 50076 || e.code == 50079 {
		e.claims = mfaClaims
	}
	return e
}
