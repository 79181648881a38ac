package identity

import (
	"encoding/base64"
	"slices"
	"strings"
)

// How a client proved who it is: the claim appidacr.
const (
	publicClient = "0"
	bySecret     = "1"
	byAssertion  = "2"
)

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// client is the application that asks for a token.
type client struct {
	id     string
	app    App
	known  bool   // the directory has it
	method string // appidacr
}

// clientOf authenticates the client of a token request.
func (s *Service) clientOf(r *request, t Tenant) (client, *oauthError) {
	id, secret := basicCredentials(r.Header.Get("Authorization"))
	id, secret = firstOf(id, r.form["client_id"]), firstOf(secret, r.form["client_secret"])
	if id == "" {
		return client{}, errMissing("client_id")
	}
	c := s.findClient(t, id)
	if s.refuses(c) {
		return c, errUnknownApp(id, t.Name)
	}
	switch assertion := r.form["client_assertion"]; {
	case assertion != "":
		c.method = byAssertion
		return c, s.checkAssertion(c, r.form["client_assertion_type"], assertion)
	case secret != "":
		c.method = bySecret
		return c, c.checkSecret(secret)
	}
	return c, nil
}

// findClient looks the application up. One that is not there still has a name
// and a service principal, always the same.
func (s *Service) findClient(t Tenant, id string) client {
	c := client{id: id, method: publicClient}
	if s.config.Apps != nil {
		c.app, c.known = s.config.Apps(t.ID, id)
	}
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

func (c client) checkSecret(secret string) *oauthError {
	if len(c.app.Secrets) > 0 && !slices.Contains(c.app.Secrets, secret) {
		return errWrongSecret(c.id)
	}
	return nil
}

// checkAssertion takes any well-formed JWT of the client outside Strict. MSAL
// Go signs PS256, go-azure-sdk RS256 or ES256; a federated credential is
// signed by somebody else altogether, and its issuer is foreign: none of them
// can be verified without the application's certificates.
func (s *Service) checkAssertion(c client, kind, assertion string) *oauthError {
	if kind != jwtBearer {
		return errBadAssertion("client_assertion_type is not " + jwtBearer)
	}
	_, claims, err := readJWT(assertion)
	switch {
	case err != nil:
		return errBadAssertion("it is not a well-formed JWT")
	case claims.Subject == "" || claims.Issuer == "":
		return errBadAssertion("it lacks iss or sub")
	case s.config.Mode == Strict:
		return errUnregisteredCertificate()
	case claims.Issuer == claims.Subject && !strings.EqualFold(claims.Subject, c.id):
		return errBadAssertion("its sub is not the client_id")
	}
	return nil
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
