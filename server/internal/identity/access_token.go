package identity

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
)

// Role template ids that tokens carry in wids (identity-behaviour §3.1).
const (
	appDirectoryRole  = "0997a1d0-0d1d-4acb-b408-d5ca73121e90"
	userDirectoryRole = "b79fbf4d-3ef9-4689-8143-76b194e85509"
)

// accessToken is the payload of an access token. Graph's are of the v1 form
// whichever endpoint issued them.
type accessToken struct {
	Audience  string   `json:"aud"`
	Issuer    string   `json:"iss"`
	IssuedAt  int64    `json:"iat"`
	NotBefore int64    `json:"nbf"`
	Expires   int64    `json:"exp"`
	Account   *int     `json:"acct,omitempty"`
	Context   string   `json:"acr,omitempty"`
	Opaque    string   `json:"aio"`
	Methods   []string `json:"amr,omitempty"`
	AppName   string   `json:"app_displayname,omitempty"`
	AppID     string   `json:"appid,omitempty"`
	AppAuth   string   `json:"appidacr,omitempty"`
	// AuthorizedParty, AuthorizedAuth and Username are what v2 tokens have instead.
	AuthorizedParty string `json:"azp,omitempty"`
	AuthorizedAuth  string `json:"azpacr,omitempty"`
	FamilyName      string `json:"family_name,omitempty"`
	GivenName       string `json:"given_name,omitempty"`
	Provider        string `json:"idp,omitempty"`
	Kind            string `json:"idtyp,omitempty"`
	Name            string `json:"name,omitempty"`
	ObjectID        string `json:"oid,omitempty"`
	Hint            string `json:"rh"`

	// Roles and Scopes: nil leaves the claim out, and such a token may do
	// everything; an empty one says that nothing is granted.
	Roles  []string `json:"roles,omitzero"`
	Scopes *string  `json:"scp,omitempty"`

	Username      string   `json:"preferred_username,omitempty"`
	Subject       string   `json:"sub,omitempty"`
	Region        string   `json:"tenant_region_scope,omitempty"`
	TenantID      string   `json:"tid"`
	UniqueName    string   `json:"unique_name,omitempty"`
	UPN           string   `json:"upn,omitempty"`
	ID            string   `json:"uti"`
	Version       string   `json:"ver"`
	DirectoryRole []string `json:"wids,omitempty"`
	Capabilities  []string `json:"xms_cc,omitempty"`
	TenantCreated int64    `json:"xms_tcdt,omitempty"`
}

// baseToken fills what app and user tokens share.
func (s *Service) baseToken(t Tenant, c client, audience string, l lifetime) accessToken {
	id := s.config.NewID()
	return accessToken{
		Audience: audience, Issuer: s.issuerV1(t.ID), Provider: s.issuerV1(t.ID),
		IssuedAt: l.issued, NotBefore: l.issued, Expires: l.expires, Capabilities: l.capabilities,
		AppID: c.id, AppName: c.app.Name, AppAuth: c.method,
		TenantID: t.ID, TenantCreated: t.Created,
		ID: digest(22, id), Opaque: digest(43, "aio", id), Hint: "1." + digest(43, "rh", t.ID, c.id),
		Version: "1.0",
	}
}

// appToken is the token of an application. Terraform and hamilton look for oid.
func (s *Service) appToken(t Tenant, c client, audience string, l lifetime, roles []string) accessToken {
	a := s.baseToken(t, c, audience, l)
	a.Kind, a.Roles = "app", roles
	a.ObjectID, a.Subject = c.app.ObjectID, c.app.ObjectID
	a.DirectoryRole = s.directoryRoles(t, c.app.ObjectID, appDirectoryRole)
	return a
}

// userToken is the token of a user who signed in to an application.
func (s *Service) userToken(t Tenant, c client, audience string, l lifetime, u User, scp *string) accessToken {
	a := s.baseToken(t, c, audience, l)
	member := accountKind(u)
	a.Kind, a.Scopes, a.Account = "user", scp, &member
	a.Context, a.Methods, a.Region = "1", []string{"pwd"}, s.cloud.region
	a.ObjectID, a.UPN, a.UniqueName = u.ID, u.UPN, u.UPN
	a.Name, a.GivenName, a.FamilyName = u.Name, u.GivenName, u.FamilyName
	if u.ID != "" {
		a.Subject = digest(43, "sub", u.ID, audience)
	}
	a.DirectoryRole = s.directoryRoles(t, u.ID, userDirectoryRole)
	return a
}

// directoryRoles is the claim wids: the roles of a principal, and the one that
// all of its kind have.
func (s *Service) directoryRoles(t Tenant, principal, always string) []string {
	var list []string
	if s.config.Roles != nil && principal != "" {
		list = s.config.Roles(t.ID, principal)
	}
	return addFold(slices.Clip(list), always)
}

// digest derives an opaque value of a length that real ones have.
func digest(length int, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:length]
}
