package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

const (
	refreshPrefix = "1.A" // as real ones begin
	refreshLife   = 90 * 24 * time.Hour
	spaLife       = 24 * time.Hour
)

// refreshContent is what a refresh token stands for. It travels in the token
// itself under a MAC of the signing key, so that nothing has to be stored and
// tokens outlive a restart as far as the key does.
type refreshContent struct {
	Tenant string `json:"t"`
	Client string `json:"c"`
	User   string `json:"u"` // object id, or as the user signed in
	Scope  string `json:"s"`
	Issued int64  `json:"i"`
	SPA    bool   `json:"p,omitempty"` // a single-page app's: a day, and no longer
}

func (s *Service) newRefreshToken(r tokenRequest, u User, sc scopes, l lifetime) (string, *oauthError) {
	g, err := s.signer.get()
	if err != nil {
		return "", errNoKey(err)
	}
	scope := strings.Join(append(append(append([]string(nil), sc.asked...), sc.oidc...), "offline_access"), " ")
	user := firstOf(u.UPN, u.ID)
	if u.known {
		user = u.ID // the name may change
	}
	content := encode(refreshContent{r.tenant.ID, r.client.id, user, scope, r.refreshIssued(l), r.spa})
	return refreshPrefix + base64.RawURLEncoding.EncodeToString(append(g.authenticate(content), content...)), nil
}

// refreshIssued is when a refresh token began: a single-page app's does not
// begin anew.
func (r tokenRequest) refreshIssued(l lifetime) int64 {
	if r.spa && r.spaIssued != 0 {
		return r.spaIssued
	}
	return l.issued
}

// readRefreshToken checks the MAC and returns what the token stands for.
func (s *Service) readRefreshToken(text string) (refreshContent, *oauthError) {
	var c refreshContent
	g, err := s.signer.get()
	if err != nil {
		return c, errNoKey(err)
	}
	encoded, ok := strings.CutPrefix(text, refreshPrefix)
	plain, err := base64.RawURLEncoding.DecodeString(encoded)
	if !ok || err != nil || len(plain) < sha256.Size {
		return c, errBadRefreshToken("the refresh token is not one of this server's")
	}
	mac, content := plain[:sha256.Size], plain[sha256.Size:]
	if !hmac.Equal(mac, g.authenticate(content)) || json.Unmarshal(content, &c) != nil {
		return c, errBadRefreshToken("the refresh token is not one of this server's, or its signing key is gone")
	}
	return c, nil
}

// refresh redeems a refresh token for any scopes; the old token stays valid.
func (s *Service) refresh(r tokenRequest) (granted, *oauthError) {
	if r.form["refresh_token"] == "" {
		return granted{}, errMissing("refresh_token")
	}
	c, fault := s.readRefreshToken(r.form["refresh_token"])
	if fault != nil {
		return granted{}, fault
	}
	if fault := s.checkRefresh(&r, c); fault != nil {
		return granted{}, fault
	}
	sc, fault := s.scopesOf(r, c.Scope)
	if fault != nil {
		return granted{}, fault
	}
	sc.refresh = true
	r.spa, r.spaIssued = c.SPA, c.Issued
	u, fault := s.stillThere(r, c.User)
	if fault != nil {
		return granted{}, fault
	}
	if issued := time.Unix(c.Issued, 0).UTC(); !u.ValidFrom.IsZero() && issued.Before(u.ValidFrom) {
		return granted{}, errRevoked(issued, u.ValidFrom)
	}
	return s.grantUser(r, u, sc)
}

// checkRefresh holds a refresh token to its client, tenant and age. Under
// common and its like the tenant is the token's.
func (s *Service) checkRefresh(r *tokenRequest, c refreshContent) *oauthError {
	if isAlias(r.tenantName()) {
		tenant, ok := s.Tenant(c.Tenant)
		if !ok {
			return errUnknownTenant(c.Tenant)
		}
		r.tenant = tenant
	}
	issued := time.Unix(c.Issued, 0).UTC()
	switch {
	case !strings.EqualFold(c.Client, r.client.id):
		return errBadRefreshToken("the refresh token was issued to another client_id")
	case c.Tenant != r.tenant.ID:
		return errBadRefreshToken("the refresh token was issued by another tenant")
	case c.SPA && r.now.Sub(issued) >= spaLife:
		return errExpiredSPARefreshToken(issued)
	case r.now.Sub(issued) >= refreshLife:
		return errExpiredRefreshToken(issued)
	}
	return nil
}
