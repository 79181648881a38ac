package identity

import (
	"net/url"
	"slices"
	"strings"
)

// authorizeRequest is what a browser was sent to Entra ID with.
type authorizeRequest struct {
	*request
	v1           bool
	parameters   form
	tenant       Tenant
	client       client
	redirect     string
	redirectKind redirectKind
	types        []string // of response_type
	mode         string   // query, fragment, form_post
	scopes       scopes
	scopeText    string
}

// responseTypes are the combinations that are answered; each lists its words
// in order.
var responseTypes = [][]string{
	{"code"}, {"id_token"}, {"token"}, {"code", "id_token"}, {"id_token", "token"}, {"code", "token"}, {"code", "id_token", "token"}, {"none"},
}

// readAuthorize judges what must hold before the browser may be sent anywhere:
// tenant, client and redirect URI. Faults in these are shown on a page, never
// sent to an address that nobody has vouched for.
func (s *Service) readAuthorize(r *request, v1 bool) (*authorizeRequest, *oauthError) {
	a := &authorizeRequest{request: r, v1: v1, parameters: r.query}
	if r.form != nil {
		a.parameters = r.form
	}
	var fault *oauthError
	if a.tenant, fault = s.signInTenant(r); fault != nil {
		return nil, fault
	}
	id := a.parameters["client_id"]
	if id == "" {
		return nil, errMissing("client_id")
	}
	if a.client, fault = s.clientNamed(r, a.tenant, id); fault != nil {
		return nil, fault
	}
	return a, s.readRedirect(a)
}

// readRedirect finds where to send the browser. The parameter may be left out
// when the application has one address only.
func (s *Service) readRedirect(a *authorizeRequest) *oauthError {
	a.redirect = a.parameters["redirect_uri"]
	if a.redirect == "" {
		all := slices.Concat(a.client.app.WebRedirects, a.client.app.SPARedirects, a.client.app.NativeRedirects)
		if len(all) != 1 {
			return errMissing("redirect_uri")
		}
		a.redirect = all[0]
	}
	var ok bool
	if a.redirectKind, ok = s.redirectOf(a.client, a.redirect); !ok {
		return errRedirect(a.redirect, a.client.id)
	}
	return nil
}

// readWishes judges the rest; its faults go to the redirect URI.
func (s *Service) readWishes(a *authorizeRequest) *oauthError {
	a.mode = strings.ToLower(a.parameters["response_mode"])
	a.types = strings.Fields(strings.ToLower(a.parameters["response_type"]))
	slices.Sort(a.types)
	known := slices.ContainsFunc(responseTypes, func(t []string) bool { return slices.Equal(t, a.types) })
	if a.mode == "" {
		a.mode = "fragment"
		if slices.Equal(a.types, []string{"code"}) || !known {
			a.mode = "query"
		}
	}
	switch {
	case len(a.types) == 0:
		return errMissing("response_type")
	case !known:
		return errResponseType(a.parameters["response_type"])
	case !slices.Contains([]string{"query", "fragment", "form_post"}, a.mode), a.mode == "query" && !slices.Equal(a.types, []string{"code"}):
		mode := a.mode
		a.mode = "fragment"
		return errResponseMode(mode)
	case a.asks("id_token") && a.parameters["nonce"] == "":
		return errMissing("nonce")
	}
	if fault := a.checkChallenge(); fault != nil {
		return fault
	}
	return s.readScopes(a)
}

func (a *authorizeRequest) asks(kind string) bool { return slices.Contains(a.types, kind) }

// checkChallenge holds PKCE to RFC 7636: 43 to 128 characters, plain or S256.
func (a *authorizeRequest) checkChallenge() *oauthError {
	challenge, method := a.parameters["code_challenge"], a.parameters["code_challenge_method"]
	switch {
	case challenge == "" && method == "":
	case len(challenge) < 43 || len(challenge) > 128, method != "" && method != "plain" && method != "S256":
		return errChallenge()
	}
	return nil
}

func (s *Service) readScopes(a *authorizeRequest) (fault *oauthError) {
	a.scopeText = a.parameters["scope"]
	switch resource := a.parameters["resource"]; {
	case a.v1 && resource != "":
		a.scopeText = strings.TrimRight(resource, "/") + "/.default openid profile offline_access"
	case a.v1 && a.scopeText == "":
		a.scopeText = "openid profile offline_access"
	case a.scopeText == "":
		return errMissing("scope")
	}
	if a.scopes, fault = s.parseScopes(a.scopeText, a.Origin); fault != nil {
		return fault
	}
	return s.findResource(&a.scopes, a.tenant)
}

// values are the parameters as a form repeats them.
func (a *authorizeRequest) values() url.Values {
	v := url.Values{}
	for name, value := range a.parameters {
		v.Set(name, value)
	}
	for _, ours := range []string{accountField, otherAccountField, consentField} {
		v.Del(ours)
	}
	return v
}

// tokenRequest is the same for the part that issues tokens.
func (a *authorizeRequest) tokenRequest() tokenRequest {
	return tokenRequest{request: a.request, v1: a.v1, tenant: a.tenant, client: a.client,
		claims: readClaims(a.parameters["claims"]), nonce: a.parameters["nonce"], clientInfo: a.parameters["client_info"] == "1"}
}
