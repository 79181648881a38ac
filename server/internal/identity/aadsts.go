package identity

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// oauthError is an error of Entra ID: an OAuth name, and an AADSTS number with
// its text (identity-behaviour §4).
type oauthError struct {
	status   int // 0 means 400, or 401 for invalid_client
	name     string
	code     int // AADSTS number; 0 leaves number and traces out
	text     string
	suberror string
	claims   string // JSON that the client sends on to the sign-in
	reason   string // ours, for the tester; "" repeats the text
}

type errorDocument struct {
	Name          string `json:"error"`
	Description   string `json:"error_description"`
	Codes         []int  `json:"error_codes,omitempty"`
	Timestamp     string `json:"timestamp"`
	TraceID       string `json:"trace_id"`
	CorrelationID string `json:"correlation_id"`
	URI           string `json:"error_uri,omitempty"`
	Suberror      string `json:"suberror,omitempty"`
	Claims        string `json:"claims,omitempty"`
}

// refuse writes an error.
func (s *Service) refuse(r *request, e *oauthError) call.Response {
	response := respond(r, e.httpStatus(), s.errorDocument(r, e))
	response.Reason = oneLine(firstOf(e.reason, e.text))
	return response
}

// errorDocument words an error. The page that error_uri names is Microsoft's
// own, for a person to read: the fake has none.
func (s *Service) errorDocument(r *request, e *oauthError) errorDocument {
	at := r.now.Format("2006-01-02 15:04:05Z")
	doc := errorDocument{Name: e.name, Description: e.text, Timestamp: at,
		TraceID: r.RequestID, CorrelationID: r.correlation, Suberror: e.suberror, Claims: e.claims}
	if e.code != 0 {
		doc.Description = fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s", e.code, e.text, r.RequestID, r.correlation, at)
		doc.Codes = []int{e.code}
		doc.URI = "https://" + s.cloud.login + "/error?code=" + strconv.Itoa(e.code)
	}
	return doc
}

func (e *oauthError) httpStatus() int {
	switch {
	case e.status != 0:
		return e.status
	case e.name == "invalid_client":
		return http.StatusUnauthorized
	}
	return http.StatusBadRequest
}

// because adds our words for the tester.
func (e *oauthError) because(reason string) *oauthError {
	e.reason = reason
	return e
}

// The wording of each error; D, I, M as in identity-behaviour §4: documented,
// seen in public issues, from memory.

func errMissing(parameter string) *oauthError { // D
	return &oauthError{name: "invalid_request", code: 900144,
		text: fmt.Sprintf("The request body must contain the following parameter: '%s'.", parameter)}
}

func errMissingQuery(parameter string) *oauthError { // M
	return &oauthError{name: "invalid_request", code: 90014,
		text: fmt.Sprintf("The required field '%s' is missing from the credential. Ensure that you have all the necessary parameters for the login request.", parameter)}
}

func errWrongMethod(want, got string) *oauthError { // M
	return &oauthError{name: "invalid_request", code: 900561,
		text: fmt.Sprintf("The endpoint only accepts %s, OPTIONS requests. Received a %s request.", want, got)}
}

func errUnknownInstance() *oauthError { // MSAL looks for invalid_instance
	return &oauthError{name: "invalid_instance", code: 50049, text: "Unknown or invalid instance."}
}

func errUnknownTenant(name string) *oauthError { // I, 2025
	return &oauthError{name: "invalid_tenant", code: 90002,
		text: fmt.Sprintf("Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.", name)}
}

func errUnsupportedGrant(grant string) *oauthError { // D
	e := &oauthError{name: "unsupported_grant_type", code: 70003,
		text: fmt.Sprintf("The app requested an unsupported grant type '%s'.", grant)}
	return e.because(fmt.Sprintf("grant_type %q is not faked; these are: %s", clip(grant), strings.Join(grantNames(), ", ")))
}

func errGrantNeedsTenant() *oauthError { // D
	return &oauthError{name: "invalid_request", code: 9001023,
		text: "The grant type isn't supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint."}
}

func errUnknownApp(appID, tenant string) *oauthError { // I
	return &oauthError{name: "unauthorized_client", code: 700016,
		text: fmt.Sprintf("Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.", appID, tenant)}
}

func errNoCredential() *oauthError { // D
	return &oauthError{name: "invalid_client", code: 7000218,
		text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."}
}

func errWrongSecret(appID string) *oauthError { // I
	return &oauthError{name: "invalid_client", code: 7000215,
		text: fmt.Sprintf("Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'.", appID)}
}

func errUnregisteredCertificate(thumbprint string) *oauthError { // I, 2023
	e := &oauthError{name: "invalid_client", code: 700027,
		text: "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '" + thumbprint + "']"}
	return e.because("none of the application's keyCredentials has the thumbprint " + thumbprint + " that client_assertion names")
}

func errBadSignature(thumbprint string) *oauthError { // I
	return &oauthError{name: "invalid_client", code: 700027,
		text: "Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value., Thumbprint of key used by client: '" + thumbprint + "']"}
}

func errAssertionExpired() *oauthError { // D
	return &oauthError{name: "invalid_client", code: 700024, text: "Client assertion is not within its valid time range."}
}

func errBadAssertion(reason string) *oauthError { // D
	e := &oauthError{name: "invalid_client", code: 50012, text: "Client assertion failed validation: " + reason + "."}
	return e.because("client_assertion: " + reason)
}

func errScopeNeedsDefault(scope string) *oauthError { // I
	return &oauthError{name: "invalid_scope", code: 1002012,
		text: fmt.Sprintf("The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).", scope)}
}

func errScope(scope, why string) *oauthError { // I
	return &oauthError{name: "invalid_scope", code: 70011,
		text: fmt.Sprintf("The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope %s is not valid. %s", scope, why)}
}

const (
	scopeFormat  = "The scope format is invalid. Scope must be in a valid URI form <https://example/scope> or a valid Guid <guid/scope>."
	scopeDefault = ".default scope can't be combined with resource-specific scopes."
)

func errTwoResources() *oauthError { // D
	return &oauthError{name: "invalid_request", code: 700022,
		text: "The provided value for the input parameter scope isn't valid because it contains more than one resource."}
}

func errUnknownResource(resource, tenant string) *oauthError { // I
	return &oauthError{name: "invalid_resource", code: 500011,
		text: fmt.Sprintf("The resource principal named %s was not found in the tenant named %s. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.", resource, tenant)}
}

func errNoConsent(appID, name string) *oauthError { // I, 2025
	return &oauthError{name: "invalid_grant", code: 65001, suberror: "consent_required",
		text: fmt.Sprintf("The user or administrator has not consented to use the application with ID '%s' named '%s'. Send an interactive authorization request for this user and resource.", appID, name)}
}

func errWrongPassword() *oauthError { // D
	return &oauthError{name: "invalid_grant", code: 50126, text: "Error validating credentials due to invalid username or password."}
}

func errUnknownUser(tenant string) *oauthError { // M
	return &oauthError{name: "invalid_grant", code: 50034,
		text: fmt.Sprintf("The user account {EmailHidden} does not exist in the %s directory. To sign into this application, the account must be added to the directory.", tenant)}
}

func errBadRefreshToken(reason string) *oauthError { // D
	e := &oauthError{name: "invalid_grant", code: 70000, text: "Authentication failed. The refresh token isn't valid."}
	return e.because(reason)
}

func errExpiredRefreshToken(issued time.Time) *oauthError { // M
	return &oauthError{name: "invalid_grant", code: 700082,
		text: fmt.Sprintf("The refresh token has expired due to inactivity. The token was issued on %s and was inactive for %s.", issued.Format("2006-01-02T15:04:05.0000000Z"), "90.00:00:00")}
}

// errNoKey is the fake's own trouble: the signing key could not be had.
func errNoKey(err error) *oauthError {
	e := &oauthError{status: http.StatusInternalServerError, name: "server_error", text: "The fake has no token signing key."}
	return e.because(err.Error())
}
