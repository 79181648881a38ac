package identity

import (
	"encoding/base64"
	"slices"
)

// idToken is the payload of an ID token. Its issuer is exactly the one of the
// OpenID document under the same origin, with the tenant's GUID
// (identity-behaviour §3.2).
type idToken struct {
	Audience   string `json:"aud"`
	Issuer     string `json:"iss"`
	AccessHash string `json:"at_hash,omitempty"`
	CodeHash   string `json:"c_hash,omitempty"`
	IssuedAt   int64  `json:"iat"`
	NotBefore  int64  `json:"nbf"`
	Expires    int64  `json:"exp"`
	Email      string `json:"email,omitempty"`
	Name       string `json:"name"`
	Nonce      string `json:"nonce,omitempty"`
	ObjectID   string `json:"oid"`
	Username   string `json:"preferred_username,omitempty"`
	Hint       string `json:"rh"`

	Roles []string `json:"roles,omitempty"` // that the user was given on the application

	Session  string `json:"sid"`
	Subject  string `json:"sub"`
	TenantID string `json:"tid"`
	UPN      string `json:"upn,omitempty"`
	ID       string `json:"uti"`
	Version  string `json:"ver"`
}

const idTokenLife = 3600

func (s *Service) newIDToken(r tokenRequest, u User, sc scopes, l lifetime) idToken {
	t := idToken{
		Audience: r.client.id, Issuer: r.Origin + "/" + r.tenant.ID + "/v2.0",
		IssuedAt: l.issued, NotBefore: l.issued, Expires: l.issued + idTokenLife,
		Name: u.Name, Nonce: r.nonce, ObjectID: u.ID, TenantID: r.tenant.ID,
		Subject: digest(43, "sub", u.ID, r.client.id), Session: stableID("session", r.tenant.ID, u.ID),
		Hint: "1." + digest(43, "rh", r.tenant.ID, r.client.id), ID: digest(22, s.config.NewID()),
		Username: u.UPN, Version: "2.0", Roles: s.userRoles(r.tenant, u, r.client.app.ObjectID),
	}
	if slices.Contains(sc.oidc, "email") {
		t.Email = firstOf(u.Mail, u.UPN)
	}
	t.CodeHash, t.AccessHash = halfHash(r.code), halfHash(r.access)
	if r.v1 {
		t.Issuer, t.Version, t.UPN, t.Username = s.issuerV1(r.tenant.ID), "1.0", u.UPN, ""
	}
	return t
}

// clientInfo identifies the account to MSAL: home account id is uid.utid. No
// padding, or MSAL Go does not decode it.
func clientInfo(t Tenant, u User) string {
	return base64.RawURLEncoding.EncodeToString(encode(struct {
		User   string `json:"uid"`
		Tenant string `json:"utid"`
	}{u.ID, t.ID}))
}
