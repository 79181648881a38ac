package identity

import "strings"

// granted is the outcome of a token request.
type granted struct {
	life       lifetime
	audience   string
	scope      string // "" for applications: their answer has none
	access     string
	refresh    string
	id         string
	clientInfo string
}

// grantApp issues a token for an application. One that the directory does not
// know gets neither roles nor scp, so that it may do everything; one that is
// known gets exactly its roles, none included.
func (s *Service) grantApp(origin string, t Tenant, c client, sc scopes, l lifetime) (granted, *oauthError) {
	roles, fault := s.appRoles(t, c, sc)
	if fault != nil {
		return granted{}, fault
	}
	s.enrol(t, c)
	g := granted{life: l, audience: s.audience(sc)}
	token := forAPI(origin, t, sc, s.appToken(t, c, g.audience, l, roles))
	g.access, fault = s.sign(s.toAPI(tokenContext{tenant: t, issued: l.issued}, sc, token))
	return g, fault
}

// toAPI adds to an access token what its audience configured.
func (s *Service) toAPI(t tokenContext, sc scopes, token accessToken) any {
	if sc.api == nil {
		return token
	}
	t.app = sc.api.App
	told := s.configured(t, t.app.Claims.Access)
	if token.Version == "2.0" {
		delete(told, "aud") // is the client id anyway
	}
	return withClaims(token, told)
}

// toClient adds to an ID token what the application that gets it configured.
func (s *Service) toClient(r tokenRequest, u User, token idToken, short bool) any {
	t := tokenContext{tenant: r.tenant, app: r.client.app, user: u, issued: token.IssuedAt, short: short}
	told := s.configured(t, t.app.Claims.ID)
	delete(told, "aud")
	delete(told, "idtyp")
	return withClaims(token, told)
}

// enrol gives an application that got a token its service principal: whoever
// asks Graph for the oid of its token must find somebody.
func (s *Service) enrol(t Tenant, c client) {
	if !c.bodied && s.config.Enrol != nil {
		_ = s.config.Enrol(t.ID, c.app) // a store that refuses shows in the next call
	}
}

// grantUser issues the tokens of a user who signed in: an ID token each time,
// because without one MSAL has no account; a refresh token when
// offline_access was asked.
func (s *Service) grantUser(r tokenRequest, u User, sc scopes) (granted, *oauthError) {
	r.tellUser(u)
	if fault := s.mayCall(r.tenant, u, sc); fault != nil {
		return granted{}, fault
	}
	names, fault := s.consented(r, u, sc)
	if fault != nil {
		return granted{}, fault
	}
	s.enrol(r.tenant, r.client)
	l := r.claims.lifetime(r.now)
	l.notBefore(u.ValidFrom)
	g := granted{life: l, audience: s.audience(sc), scope: sc.echo(names)}
	if r.v1 {
		g.scope = strings.Join(names, " ") // what is granted; v1 asked by resource
	}
	token := s.userToken(r.tenant, r.client, g.audience, l, u, sc.claim(names))
	token.Roles = s.userRoles(r.tenant, u, sc.resourceName())
	about := tokenContext{tenant: r.tenant, user: u, issued: l.issued}
	if g.access, fault = s.sign(s.toAPI(about, sc, forAPI(r.Origin, r.tenant, sc, token))); fault != nil {
		return g, fault
	}
	if g.id, fault = s.sign(s.toClient(r, u, s.newIDToken(r, u, sc, l), false)); fault != nil {
		return g, fault
	}
	if sc.refresh {
		if g.refresh, fault = s.newRefreshToken(r, u, sc, l); fault != nil {
			return g, fault
		}
	}
	if r.clientInfo {
		g.clientInfo = clientInfo(r.tenant, u)
	}
	return g, nil
}

// claim is the scp claim. An application that the directory does not know and
// that asks for .default gets none, so that the token may do everything.
func (sc scopes) claim(consented []string) *string {
	if sc.all && consented == nil {
		return nil
	}
	list := append([]string(nil), sc.names...)
	for _, name := range append(append([]string(nil), consented...), sc.oidc...) {
		list = addFold(list, name)
	}
	text := strings.Join(list, " ")
	return &text
}

// sign writes claims as a signed token.
func (s *Service) sign(claims any) (string, *oauthError) {
	g, err := s.signer.get()
	if err != nil {
		return "", errNoKey(err)
	}
	compact, err := g.sign(encode(claims))
	if err != nil {
		return "", errNoKey(err)
	}
	return compact, nil
}
