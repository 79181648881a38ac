package identity

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"strings"
	"sync"
	"time"
)

const (
	codeLife  = 10 * time.Minute
	codesKept = 10_000 // at once; the oldest go first
)

// authorizationCode is what a code stands for.
type authorizationCode struct {
	tenant, client, redirect string
	kind                     redirectKind
	challenge, method        string
	user                     string
	scope, nonce             string
	issued                   time.Time
	redeemed                 bool
}

// codes are the authorization codes that are out. They live in memory: none is
// worth keeping over a restart. The zero value is ready.
type codes struct {
	mu    sync.Mutex
	known map[string]*authorizationCode
	order []string
}

func (c *codes) put(code string, a *authorizationCode) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]*authorizationCode{}
	}
	for len(c.order) > 0 && (len(c.order) >= codesKept || a.issued.Sub(c.known[c.order[0]].issued) > 2*codeLife) {
		delete(c.known, c.order[0])
		c.order = c.order[1:]
	}
	c.known[code] = a
	c.order = append(c.order, code)
}

// redeem returns what a code stands for, and marks it as used when check finds
// no fault.
func (c *codes) redeem(code string, check func(*authorizationCode) *oauthError) (authorizationCode, *oauthError) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.known[code]
	if a == nil {
		return authorizationCode{}, errBadCode("is not one of this server's")
	}
	if fault := check(a); fault != nil {
		return authorizationCode{}, fault
	}
	a.redeemed = true
	return *a, nil
}

// randomText is a text that cannot be guessed: from the server's own source, so
// that a seeded run repeats.
func (s *Service) randomText() string { return digest(43, s.config.NewID(), s.config.NewID()) }

func (s *Service) newCode(a *authorizeRequest, u User) (string, *oauthError) {
	code := "1.A" + s.randomText()
	s.codes.put(code, &authorizationCode{
		tenant: a.tenant.ID, client: a.client.id, redirect: a.redirect, kind: a.redirectKind,
		challenge: a.parameters["code_challenge"], method: a.parameters["code_challenge_method"],
		user: firstOf(u.UPN, u.ID), scope: a.scopeText, nonce: a.parameters["nonce"], issued: a.now,
	})
	return code, nil
}

// authorizationCode redeems a code (identity-behaviour §1.6).
func (s *Service) authorizationCode(r tokenRequest) (granted, *oauthError) {
	if r.form["code"] == "" {
		return granted{}, errMissing("code")
	}
	code, fault := s.codes.redeem(r.form["code"], func(a *authorizationCode) *oauthError { return s.checkCode(&r, a) })
	if fault != nil {
		return granted{}, fault
	}
	r.nonce, r.spa = code.nonce, code.kind == spaRedirect
	sc, fault := s.scopesOf(r, code.scope)
	if fault != nil {
		return granted{}, fault
	}
	asked, fault := s.parseScopes(code.scope, r.Origin)
	if fault != nil {
		return granted{}, fault
	}
	// What was asked at the sign-in holds, whatever the redemption repeats.
	sc.refresh = sc.refresh || asked.refresh
	for _, name := range asked.oidc {
		sc.oidc = addFold(sc.oidc, name)
	}
	u, fault := s.stillThere(r, code.user)
	if fault != nil {
		return granted{}, fault
	}
	return s.grantUser(r, u, sc)
}

// checkCode holds a code to client, tenant, address and challenge. Under
// common and its like the tenant is the code's.
func (s *Service) checkCode(r *tokenRequest, a *authorizationCode) *oauthError {
	if isAlias(r.tenantName()) {
		r.tenant, _ = s.Tenant(a.tenant)
	}
	switch {
	case !strings.EqualFold(a.client, r.client.id):
		return errBadCode("was issued to another client_id")
	case a.tenant != r.tenant.ID:
		return errCodeOfOtherTenant()
	case a.redeemed:
		return errCodeRedeemed()
	case r.now.Sub(a.issued) >= codeLife:
		return errCodeExpired()
	case r.form["redirect_uri"] != "" && r.form["redirect_uri"] != a.redirect, r.form["redirect_uri"] == "" && s.config.Mode == Strict:
		return errReplyAddress(r.form["redirect_uri"], a.redirect)
	case !a.verifies(r.form["code_verifier"]):
		return errVerifier()
	case a.kind == webRedirect && r.client.method == publicClient && r.client.hasCredentials():
		return errNoCredential()
	}
	return nil
}

// verifies reports whether a PKCE verifier gives the challenge.
func (a *authorizationCode) verifies(verifier string) bool {
	if a.challenge == "" {
		return true
	}
	if a.method == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		verifier = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return subtle.ConstantTimeCompare([]byte(verifier), []byte(a.challenge)) == 1
}

// stillThere finds a user who signed in before.
func (s *Service) stillThere(r tokenRequest, name string) (User, *oauthError) {
	u, known := s.user(r.tenant, name)
	if s.config.Users != nil && !known && s.config.Mode == Strict {
		return u, errUnknownUser(r.tenant.Name)
	}
	return u, s.mayUse(r.tenant, u, r.client)
}
