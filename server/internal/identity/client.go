package identity

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
	"time"
)

// How a client proved who it is: the claim appidacr.
const (
	publicClient = "0"
	bySecret     = "1"
	byAssertion  = "2"
)

// client is the application that asks for a token.
type client struct {
	id     string
	app    App
	known  bool   // the directory has it
	bodied bool   // and its service principal
	method string // appidacr
}

// clientOf authenticates the client of a token request.
func (s *Service) clientOf(r *request, t Tenant) (client, *oauthError) {
	id, secret := basicCredentials(r.Header.Get("Authorization"))
	id, secret = firstOf(id, r.form["client_id"]), firstOf(secret, r.form["client_secret"])
	if id == "" {
		return client{}, errMissing("client_id")
	}
	c, fault := s.clientNamed(r, t, id)
	if fault != nil {
		return c, fault
	}
	assertion := r.form["client_assertion"]
	switch {
	case (assertion != "" || secret != "") && c.app.Public && !c.hasCredentials():
		return c, errPublicClient()
	case assertion != "":
		c.method = byAssertion
		return c, s.checkAssertion(r, c, r.form["client_assertion_type"], assertion)
	case secret != "":
		c.method = bySecret
		return c, s.checkSecret(c, secret, r.now)
	}
	return c, nil
}

// clientNamed finds an application that may be used at this endpoint.
func (s *Service) clientNamed(r *request, t Tenant, id string) (client, *oauthError) {
	c := s.findClient(t, id)
	switch {
	case s.refuses(c):
		return c, errUnknownApp(id, t.Name)
	case c.app.Disabled:
		return c, errAppDisabled(c.id)
	case s.config.Mode == Strict && c.known && c.app.SingleTenant && isAlias(r.tenantName()):
		return c, errSingleTenant(c.id, c.app.Name)
	}
	return c, nil
}

// findClient looks the application up. One that is not there still has a name
// and a service principal, always the same.
func (s *Service) findClient(t Tenant, id string) client {
	c := client{id: id, method: publicClient}
	if s.config.Apps != nil {
		if app, ok := s.config.Apps(t.ID, id); ok {
			c.app, c.known, c.bodied = app, true, app.ObjectID != ""
		}
	}
	c.app.ID = id
	if c.app.ObjectID == "" {
		c.app.ObjectID = stableID("servicePrincipal", t.ID, id)
	}
	if c.app.Name == "" {
		c.app.Name = id // the CLI for Microsoft 365 stops without a name
	}
	return c
}

// refuses reports whether a client is turned away for not being known: only in
// Strict, and only when the directory can say so.
func (s *Service) refuses(c client) bool {
	return s.config.Mode == Strict && s.config.Apps != nil && !c.known
}

// hasCredentials reports whether the directory knows how the client proves
// itself.
func (c client) hasCredentials() bool {
	return len(c.app.Secrets) > 0 || len(c.app.Certificates) > 0 || len(c.app.Federated) > 0
}

// checkSecret compares with every secret, so that the time it takes tells
// nothing. An application without one takes any outside Strict.
func (s *Service) checkSecret(c client, secret string, now time.Time) *oauthError {
	if len(c.app.Secrets) == 0 && (s.config.Mode != Strict || !c.known) {
		return nil
	}
	matched, outdated := false, false
	for _, known := range c.app.Secrets {
		if !sameSecret(known.Value, secret) {
			continue
		}
		if expired(known.Expires, now) {
			outdated = true
		} else {
			matched = true
		}
	}
	switch {
	case matched:
		return nil
	case outdated:
		return errSecretExpired(c.id)
	}
	return errWrongSecret(c.id)
}

// sameSecret compares in a time that depends on neither text.
func sameSecret(known, sent string) bool {
	a, b := sha256.Sum256([]byte(known)), sha256.Sum256([]byte(sent))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// basicCredentials reads HTTP Basic as x/oauth2 sends it first: both parts
// form-encoded (RFC 6749 §2.3.1). Anything else gives nothing.
func basicCredentials(authorization string) (id, secret string) {
	scheme, encoded, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return "", ""
	}
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil {
		return "", ""
	}
	id, secret, _ = strings.Cut(string(plain), ":")
	return unescape(id), unescape(secret)
}
