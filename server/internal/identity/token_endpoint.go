package identity

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// token is the v2.0 token endpoint: resources are named by scope.
func (s *Service) token(r *request) (any, *oauthError) {
	g, fault := s.grant(r, false)
	s.tell(r, fault)
	if fault != nil {
		return nil, fault
	}
	return g.document(), nil
}

// tokenV1 is the endpoint of ADAL and of curl lines in the wild: the resource
// is named by resource, and numbers are answered as strings.
func (s *Service) tokenV1(r *request) (any, *oauthError) {
	g, fault := s.grant(r, true)
	s.tell(r, fault)
	if fault != nil {
		return nil, fault
	}
	return g.documentV1(r.form["resource"]), nil
}

// tokenRequest is what every grant starts from.
type tokenRequest struct {
	*request
	v1     bool
	tenant Tenant
	client client
	claims requestedClaims

	nonce        string // for the ID token
	clientInfo   bool
	spa          bool   // the refresh token is a single-page app's
	spaIssued    int64  // when its first one was issued
	code, access string // whose hashes the ID token carries; of the authorize endpoint
}

// grant answers a token request of either version. The tenant is judged first
// and the client before what it asks for, as Entra ID does.
func (s *Service) grant(r *request, v1 bool) (granted, *oauthError) {
	tenant, fault := s.signInTenant(r)
	if fault != nil {
		return granted{}, fault
	}
	r.told.Tenant = tenant.ID
	perform := grants[r.form["grant_type"]]
	switch {
	case r.form["grant_type"] == "":
		return granted{}, errMissing("grant_type")
	case perform == nil:
		return granted{}, errUnsupportedGrant(r.form["grant_type"])
	case r.form["token_type"] != "" && !strings.EqualFold(r.form["token_type"], "Bearer"):
		return granted{}, errNotFaked("token_type " + clip(r.form["token_type"]) + " (proof of possession)")
	}
	c, fault := s.clientOf(r, tenant)
	r.tellClient(c)
	if fault != nil {
		return granted{}, fault
	}
	return perform(s, tokenRequest{request: r, v1: v1, tenant: tenant, client: c, claims: readClaims(r.form["claims"]),
		nonce: r.form["nonce"], clientInfo: r.form["client_info"] == "1"})
}

// grants are those of identity-behaviour §1.6. MSAL Go and JS say device_code.
var grants map[string]func(*Service, tokenRequest) (granted, *oauthError)

func init() {
	grants = map[string]func(*Service, tokenRequest) (granted, *oauthError){
		"client_credentials": (*Service).clientCredentials,
		"authorization_code": (*Service).authorizationCode,
		"refresh_token":      (*Service).refresh,
		"password":           (*Service).password,
		"device_code":        (*Service).deviceCode,
		"urn:ietf:params:oauth:grant-type:device_code": (*Service).deviceCode,
		"urn:ietf:params:oauth:grant-type:jwt-bearer":  (*Service).onBehalfOf,
		"user_fic": (*Service).userFederated,
	}
}

func grantNames() []string { return slices.Sorted(maps.Keys(grants)) }

// scopesOf reads what the request asks for. "" stands for what was asked before,
// which only a refresh has.
func (s *Service) scopesOf(r tokenRequest, before string) (scopes, *oauthError) {
	parameter := "scope"
	if r.v1 {
		parameter = "resource"
	}
	text := firstOf(r.form[parameter], before)
	switch {
	case text == "":
		return scopes{}, errMissing(parameter)
	case r.v1 && r.form[parameter] != "":
		text = strings.TrimRight(text, "/") + "/.default openid profile offline_access"
	}
	sc, fault := s.parseScopes(text, r.Origin)
	if fault != nil {
		return sc, fault
	}
	fault = s.findResource(&sc, r.tenant)
	r.tellResource(sc)
	return sc, fault
}

// clientCredentials gives an application a token of its own.
func (s *Service) clientCredentials(r tokenRequest) (granted, *oauthError) {
	if r.client.method == publicClient {
		return granted{}, errNoCredential()
	}
	sc, fault := s.scopesOf(r, "")
	switch {
	case fault != nil:
		return granted{}, fault
	case !sc.all:
		return granted{}, errScopeNeedsDefault(r.form["scope"])
	}
	return s.grantApp(r.Origin, r.tenant, r.client, sc, r.claims.lifetime(r.now))
}

// password is the resource owner's password grant.
func (s *Service) password(r tokenRequest) (granted, *oauthError) {
	if isAlias(r.tenantName()) && !strings.EqualFold(r.tenantName(), "organizations") {
		return granted{}, errGrantNeedsTenant()
	}
	for _, name := range []string{"username", "password"} {
		if r.form[name] == "" {
			return granted{}, errMissing(name)
		}
	}
	sc, fault := s.scopesOf(r, "")
	if fault != nil {
		return granted{}, fault
	}
	u, fault := s.signIn(r.tenant, r.form["username"], r.form["password"])
	r.tellUser(u)
	if fault != nil {
		return granted{}, fault
	}
	if fault := s.mayUse(r.tenant, u, r.client); fault != nil {
		return granted{}, fault
	}
	return s.grantUser(r, u, sc)
}

// signIn checks a user's password, as far as the directory knows one.
func (s *Service) signIn(t Tenant, name, password string) (User, *oauthError) {
	u, known := s.user(t, name)
	switch {
	case s.config.Users == nil, !known && s.config.Mode != Strict:
	case !known:
		return u, errUnknownUser(t.Name)
	default:
		return u, s.checkPassword(t, u, password)
	}
	return u, nil
}

// user finds a user, or makes one that is always the same for the name.
func (s *Service) user(t Tenant, name string) (u User, known bool) {
	if s.config.Users != nil {
		if u, known = s.config.Users(t.ID, name); known {
			u.known = true
			return u, true
		}
	}
	if isGUID(name) {
		return User{ID: strings.ToLower(name), Name: name}, false
	}
	display, _, _ := strings.Cut(name, "@")
	return User{ID: stableID("user", t.ID, name), UPN: name, Name: display}, false
}

type tokenDocument struct {
	Type         string `json:"token_type"`
	Scope        string `json:"scope,omitempty"`
	ExpiresIn    int64  `json:"expires_in"` // an integer: MSAL Go takes no fraction
	ExtExpiresIn int64  `json:"ext_expires_in"`
	RefreshIn    int64  `json:"refresh_in,omitempty"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token,omitempty"`
	IDToken      string `json:"id_token,omitempty"`
	ClientInfo   string `json:"client_info,omitempty"`
}

func (g granted) document() tokenDocument {
	seconds := g.life.seconds()
	d := tokenDocument{Type: "Bearer", Scope: g.scope, ExpiresIn: seconds, ExtExpiresIn: seconds,
		AccessToken: g.access, RefreshToken: g.refresh, IDToken: g.id, ClientInfo: g.clientInfo}
	if seconds > refreshInAbove {
		d.RefreshIn = seconds / 2
	}
	return d
}

type tokenDocumentV1 struct {
	Type         string `json:"token_type"`
	Scope        string `json:"scope,omitempty"`
	ExpiresIn    string `json:"expires_in"`
	ExtExpiresIn string `json:"ext_expires_in"`
	ExpiresOn    string `json:"expires_on"`
	NotBefore    string `json:"not_before"`
	Resource     string `json:"resource"`
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token,omitempty"`
	IDToken      string `json:"id_token,omitempty"`
}

func (g granted) documentV1(resource string) tokenDocumentV1 {
	seconds := strconv.FormatInt(g.life.seconds(), 10)
	return tokenDocumentV1{Type: "Bearer", Scope: g.scope, ExpiresIn: seconds, ExtExpiresIn: seconds,
		ExpiresOn: strconv.FormatInt(g.life.expires, 10), NotBefore: strconv.FormatInt(g.life.issued, 10),
		Resource: firstOf(resource, g.audience), AccessToken: g.access, RefreshToken: g.refresh, IDToken: g.id}
}
