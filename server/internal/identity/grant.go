package identity

import (
	"slices"
	"strings"
)

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
	var roles []string
	if c.known && sc.graph {
		roles = append([]string{}, c.app.Roles...)
	}
	s.enrol(t, c)
	g := granted{life: l, audience: s.audience(sc)}
	var fault *oauthError
	g.access, fault = s.sign(s.forAPI(origin, t, sc, s.appToken(t, c, g.audience, l, roles)))
	return g, fault
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
	if g.access, fault = s.sign(s.forAPI(r.Origin, r.tenant, sc, s.userToken(r.tenant, r.client, g.audience, l, u, sc.claim(names)))); fault != nil {
		return g, fault
	}
	if g.id, fault = s.sign(s.newIDToken(r, u, sc, l)); fault != nil {
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

// consented returns the scopes of the directory that a token gets beside those
// that were asked: what .default stands for. What is asked and not granted is
// consented to silently outside Strict, and written down.
func (s *Service) consented(r tokenRequest, u User, sc scopes) ([]string, *oauthError) {
	lacking, fault := s.lacking(r.tenant, r.client, sc, u)
	switch {
	case fault != nil:
		return nil, fault
	case len(lacking) > 0 && s.config.Mode == Strict:
		return nil, errNoConsent(r.client.id, r.client.app.Name)
	}
	if fault := s.consent(r.tenant, r.client, u, lacking); fault != nil {
		return nil, fault
	}
	if r.client.known && sc.graph && sc.all {
		return s.granted(r.tenant, r.client, u), nil
	}
	return nil, nil
}

// lacking are the scopes on Graph that are asked and not granted. Only of
// applications that the directory knows can that be said.
func (s *Service) lacking(t Tenant, c client, sc scopes, u User) ([]string, *oauthError) {
	if !c.known || !sc.graph {
		return nil, nil
	}
	has := s.granted(t, c, u)
	var list []string
	for _, name := range sc.names {
		switch {
		case s.config.Mode == Strict && !knownScope(name):
			return nil, errUnknownScope(c.app.Name, name)
		case !containsFold(has, name):
			list = append(list, name)
		}
	}
	if sc.all && len(has) == 0 && s.config.Mode == Strict {
		return []string{".default"}, nil
	}
	return list, nil
}

// granted are the scopes that an application has on Graph for a user.
func (s *Service) granted(t Tenant, c client, u User) []string {
	list := c.app.Scopes
	if s.config.Granted != nil {
		for _, name := range s.config.Granted(t.ID, c.app.ObjectID, u.ID) {
			list = addFold(slices.Clip(list), name)
		}
	}
	return list
}

func (s *Service) consent(t Tenant, c client, u User, names []string) *oauthError {
	if len(names) == 0 || !c.known || s.config.Consent == nil {
		return nil
	}
	if err := s.config.Consent(t.ID, c.app, u.ID, names); err != nil {
		return &oauthError{status: 500, name: "server_error", text: "The consent could not be written down.", reason: err.Error()}
	}
	return nil
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
