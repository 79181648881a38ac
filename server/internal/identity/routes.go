package identity

import (
	"net/http"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// handler answers one route: a document for 200, or the error.
type handler func(*Service, *request) (any, *oauthError)

// route is a path pattern and what answers there. In a pattern "{t}" is a
// tenant and "*" is any segment; all else matches without case.
type route struct {
	method  string // "" takes any
	pattern []string
	answer  handler
}

// routes lists what is served; the first match decides (identity-behaviour
// §1.2). What Entra ID has and this fake has not is listed too, so that its
// callers read why instead of Graph's complaint about a version.
var routes = []route{
	{http.MethodGet, path("/{t}/discovery/instance"), (*Service).instanceDiscovery},
	{http.MethodGet, path("/{t}/v2.0/.well-known/openid-configuration"), (*Service).openIDConfiguration},
	{http.MethodGet, path("/{t}/.well-known/openid-configuration"), (*Service).openIDConfigurationV1},
	{http.MethodGet, path("/{t}/discovery/v2.0/keys"), (*Service).keys},
	{http.MethodGet, path("/{t}/discovery/keys"), (*Service).keys},
	{http.MethodPost, path("/{t}/oauth2/v2.0/token"), (*Service).token},
	{http.MethodPost, path("/{t}/oauth2/token"), (*Service).tokenV1},
	{http.MethodGet, path("/{t}/userrealm/*"), (*Service).userRealm},
	{http.MethodGet, path("/metadata/endpoints"), (*Service).cloudMetadata},
	{http.MethodGet, path("/subscriptions"), (*Service).subscriptions},
	{http.MethodGet, path("/tenants"), (*Service).managedTenants},
	{http.MethodGet, path("/metadata/identity/oauth2/token"), (*Service).instanceMetadataToken},
	{http.MethodGet, path("/msi/token"), (*Service).appServiceToken},

	{"", path("/{t}/oauth2/v2.0/authorize"), (*Service).authorizeV2},
	{"", path("/{t}/oauth2/authorize"), (*Service).authorizeV1},
	{http.MethodPost, path("/{t}/oauth2/v2.0/devicecode"), (*Service).deviceCodeEndpoint},
	{http.MethodPost, path("/{t}/oauth2/devicecode"), (*Service).deviceCodeEndpointV1},
	{"", path("/devicelogin"), (*Service).devicePage},
	{"", path("/{t}/oauth2/deviceauth"), (*Service).devicePage},
	{"", path("/{t}/oauth2/v2.0/logout"), (*Service).logout},
	{"", path("/{t}/oauth2/logout"), (*Service).logout},
	{"", path("/{t}/v2.0/adminconsent"), (*Service).adminConsentV2},
	{"", path("/{t}/adminconsent"), (*Service).adminConsent},
	{"", path("/oidc/userinfo"), (*Service).userInfo},
	{"", path("/{t}/openid/userinfo"), (*Service).userInfo},

	{"", path("/{t}/kerberos"), notFaked},
	{"", path("/{t}/wsfed"), notFaked},
	{"", path("/{t}/saml2"), notFaked},
	{"", path("/{t}/federationmetadata/2007-06/federationmetadata.xml"), notFaked},
	{"", path("/{t}/winauth/trust/mex"), notFaked},
	{"", path("/{t}/oauth2/v2.0/logoutsession"), notFaked},
	{"", path("/adfs/*"), notFaked},
	{"", path("/adfs/oauth2/*"), notFaked},
	{"", path("/adfs/services/trust/*/*"), notFaked},
	{"", path("/tfp/*/*/oauth2/v2.0/*"), notFaked},
	{"", path("/{t}/*/oauth2/v2.0/*"), notFaked}, // a policy of B2C
	{"", path("/{t}/*/v2.0/.well-known/openid-configuration"), notFaked},
}

// reserved are first segments that are never a tenant's name.
var reserved = []string{"v1.0", "beta", "_fake", "metadata", "msi", "oidc", "devicelogin", "adfs", "tfp"}

const maxSegments = 6

func path(pattern string) []string { return strings.Split(pattern[1:], "/") }

// Serves reports whether a path is a route of Entra ID, whatever the method.
// It is cheap: every request is asked.
func (s *Service) Serves(path string) bool {
	var buf [maxSegments]string
	segments, ok := split(path, buf[:0])
	if !ok {
		return false
	}
	for i := range routes {
		if routes[i].matches(segments) {
			return true
		}
	}
	return false
}

// Handle answers a request to a route of Entra ID. A path that Serves does not
// know gets 404.
func (s *Service) Handle(r Request) call.Response {
	req := s.newRequest(r)
	if r.Method == http.MethodOptions {
		return preflight(req)
	}
	answer := notFaked
	for i := range routes {
		if !routes[i].matches(req.segments) {
			continue
		}
		if !routes[i].allows(r.Method) {
			return s.refuse(req, errWrongMethod(routes[i].method, r.Method))
		}
		req.route, answer = &routes[i], routes[i].answer
		break
	}
	document, fault := answer(s, req)
	if fault != nil {
		return s.refuse(req, fault)
	}
	if own, ok := document.(interface{ response(*request) call.Response }); ok {
		return own.response(req)
	}
	return success(req, document)
}

// split cuts a path into segments, without one trailing slash: @azure/identity
// sends that to the managed identity route. It is false for paths that no
// route can match.
func split(path string, into []string) ([]string, bool) {
	path = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	if isGraphPath(path) {
		return nil, false
	}
	for rest, more := path, true; more; {
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		if len(into) == cap(into) || segment == "" {
			return nil, false
		}
		into = append(into, segment)
	}
	return into, true
}

// isGraphPath is the quick way out for nearly all requests.
func isGraphPath(path string) bool {
	return strings.HasPrefix(path, "v1.0/") || strings.HasPrefix(path, "beta/")
}

func (r *route) allows(method string) bool {
	return r.method == "" || r.method == method || r.method == http.MethodGet && method == http.MethodHead
}

func (r *route) matches(segments []string) bool {
	if len(segments) != len(r.pattern) {
		return false
	}
	for i, want := range r.pattern {
		switch {
		case want == "*":
		case want == "{t}":
			if containsFold(reserved, segments[i]) {
				return false
			}
		case !strings.EqualFold(want, segments[i]):
			return false
		}
	}
	return true
}

// notFaked answers the routes that Entra ID has and this fake does not offer.
func notFaked(_ *Service, r *request) (any, *oauthError) {
	name := "this route of Microsoft Entra ID"
	if r.route != nil {
		name = "/" + strings.Join(r.route.pattern, "/")
	}
	return nil, errNotFaked(name)
}

func errNotFaked(what string) *oauthError {
	return &oauthError{status: http.StatusNotFound, name: "not_faked", text: what + " is not faked by fakegraph.",
		reason: what + " is not faked; get a token from /{tenant}/oauth2/v2.0/token or POST /_fake/tokens"}
}
