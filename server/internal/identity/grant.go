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
func (s *Service) grantApp(t Tenant, c client, sc scopes, l lifetime) (granted, *oauthError) {
	var roles []string
	if c.known && sc.graph {
		roles = append([]string{}, c.app.Roles...)
	}
	g := granted{life: l, audience: s.audience(sc)}
	var fault *oauthError
	g.access, fault = s.sign(s.appToken(t, c, g.audience, l, roles))
	return g, fault
}

// grantUser issues the tokens of a user who signed in: an ID token each time,
// because without one MSAL has no account; a refresh token when
// offline_access was asked.
func (s *Service) grantUser(r tokenRequest, u User, sc scopes) (granted, *oauthError) {
	names, fault := s.consented(r.client, sc)
	if fault != nil {
		return granted{}, fault
	}
	l := r.claims.lifetime(r.now)
	g := granted{life: l, audience: s.audience(sc), scope: sc.echo(names)}
	if r.v1 {
		g.scope = strings.Join(names, " ") // what is granted; v1 asked by resource
	}
	if g.access, fault = s.sign(s.userToken(r.tenant, r.client, g.audience, l, u, sc.claim(names))); fault != nil {
		return g, fault
	}
	if g.id, fault = s.sign(s.newIDToken(r, u, sc, l)); fault != nil {
		return g, fault
	}
	if sc.refresh {
		if g.refresh, fault = s.newRefreshToken(r, u, sc); fault != nil {
			return g, fault
		}
	}
	if r.form["client_info"] == "1" {
		g.clientInfo = clientInfo(r.tenant, u)
	}
	return g, nil
}

// consented returns what .default stands for: the scopes granted to an
// application that the directory knows. Outside Strict whatever else is asked
// is consented to silently.
func (s *Service) consented(c client, sc scopes) ([]string, *oauthError) {
	if !c.known || !sc.graph {
		return nil, nil
	}
	if sc.all {
		return c.app.Scopes, nil
	}
	for _, name := range sc.names {
		if s.config.Mode == Strict && !containsFold(c.app.Scopes, name) {
			return nil, errNoConsent(c.id, c.app.Name)
		}
	}
	return nil, nil
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
