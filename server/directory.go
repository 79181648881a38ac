package server

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// directory answers identity's questions from the entities of a tenant:
// applications, service principals, grants and users are what Graph shows and
// changes, and nothing is kept beside them (identity-behaviour §8).
type directory struct{ *Server }

// read runs fn on a tenant, which is given its fixtures when it is first seen.
func (d directory) read(tenant string, fn func(tx store.Reader)) {
	if d.plant(tenant) != nil {
		return
	}
	_ = d.store.View(func(tx store.Reader) error { fn(tx); return nil })
}

func root(tenant, name string) store.SetKey { return store.SetKey{Tenant: tenant, Name: name} }

// textOf is the text of a member; "" when it is none.
func textOf(object []byte, name string) string {
	raw, _ := entity.Field(object, name)
	text, _ := entity.Unquote(raw)
	return text
}

func isFalse(object []byte, name string) bool {
	raw, _ := entity.Field(object, name)
	return string(raw) == "false"
}

// registration is what is read of an application, and of a service principal.
type registration struct {
	AppID               string `json:"appId"`
	DisplayName         string `json:"displayName"`
	SignInAudience      string `json:"signInAudience"`
	Fallback            *bool  `json:"isFallbackPublicClient"`
	AccountEnabled      *bool  `json:"accountEnabled"`
	AssignmentRequired  bool   `json:"appRoleAssignmentRequired"`
	PasswordCredentials []struct {
		SecretText string `json:"secretText"`
		End        string `json:"endDateTime"`
	} `json:"passwordCredentials"`
	KeyCredentials []struct {
		Key string `json:"key"`
		End string `json:"endDateTime"`
	} `json:"keyCredentials"`
	Web, SPA, PublicClient struct {
		RedirectURIs []string `json:"redirectUris"`
	}
	API struct {
		TokenVersion int `json:"requestedAccessTokenVersion"`
	}
	IdentifierURIs []string `json:"identifierUris"`

	GroupClaims    string `json:"groupMembershipClaims"`
	OptionalClaims struct {
		IDToken     []identity.OptionalClaim `json:"idToken"`
		AccessToken []identity.OptionalClaim `json:"accessToken"`
	} `json:"optionalClaims"`
}

// app is an application with its service principal in a tenant. One of which
// there is no more than a service principal without any grant is as good as
// unknown: signing in leaves one behind.
func (d directory) app(tenant, clientID string) (app identity.App, known bool) {
	d.read(tenant, func(tx store.Reader) {
		application, registered := graph.ByText(tx, root(tenant, "applications"), "appId", clientID)
		if registered {
			describe(tx, tenant, application, &app)
		}
		principal, there := graph.ByText(tx, root(tenant, servicePrincipals), "appId", clientID)
		if there {
			embody(tx, tenant, principal, &app)
		}
		known = registered && (there || d.config.auth != string(identity.Strict)) ||
			there && (len(app.Roles) > 0 || len(app.Scopes) > 0 || len(app.Secrets) > 0 || len(app.Certificates) > 0)
	})
	return app, known
}

// describe reads an application's own settings.
func describe(tx store.Reader, tenant string, e store.Entity, app *identity.App) {
	var r registration
	if json.Unmarshal(e.JSON, &r) != nil {
		return
	}
	app.ID, app.Name = r.AppID, r.DisplayName
	app.Public = r.Fallback != nil && *r.Fallback
	app.SingleTenant = r.SignInAudience == "AzureADMyOrg"
	app.WebRedirects, app.SPARedirects, app.NativeRedirects = r.Web.RedirectURIs, r.SPA.RedirectURIs, r.PublicClient.RedirectURIs
	app.TokenVersion, app.URIs = r.API.TokenVersion, r.IdentifierURIs
	app.Claims = identity.Claims{Groups: r.GroupClaims, ID: r.OptionalClaims.IDToken, Access: r.OptionalClaims.AccessToken}
	r.credentials(app)
	for f := range tx.Scan(store.SetKey{Tenant: tenant, Parent: e.Ordinal, Name: "federatedIdentityCredentials"}, 0) {
		var c struct {
			Issuer, Subject string
			Audiences       []string
		}
		if json.Unmarshal(f.JSON, &c) == nil {
			app.Federated = append(app.Federated, identity.FederatedCredential(c))
		}
	}
}

// credentials adds secrets and certificates: both kinds of entity have them.
func (r *registration) credentials(app *identity.App) {
	for _, c := range r.PasswordCredentials {
		if c.SecretText != "" {
			app.Secrets = append(app.Secrets, identity.Secret{Value: c.SecretText, Expires: moment(c.End)})
		}
	}
	for _, c := range r.KeyCredentials {
		if der, err := base64.StdEncoding.DecodeString(c.Key); err == nil && len(der) > 0 {
			app.Certificates = append(app.Certificates, identity.Certificate{DER: der, Expires: moment(c.End)})
		}
	}
}

// moment reads a time; zero when there is none.
func moment(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// validFrom is since when a user's sessions hold. Tokens are dated in whole
// seconds, and those of the very second of a revocation are revoked; those of
// the second in which the user was made are not.
func validFrom(user []byte) time.Time {
	t := moment(textOf(user, "signInSessionsValidFromDateTime"))
	if t.IsZero() || t.Equal(moment(textOf(user, "createdDateTime"))) {
		return t
	}
	return t.Truncate(time.Second).Add(time.Second)
}

// holder is what has become of a user or a service principal, and of the client
// that has its token.
func (d directory) holder(tenant, objectID, clientID string) (h identity.Holder, known bool) {
	d.read(tenant, func(tx store.Reader) {
		if client, ok := graph.ByText(tx, root(tenant, servicePrincipals), "appId", clientID); ok {
			h.ClientDisabled = isFalse(client.JSON, "accountEnabled")
		}
		for _, set := range []string{"users", servicePrincipals} {
			if e, err := tx.Get(root(tenant, set), objectID); err == nil {
				h.Disabled, known = isFalse(e.JSON, "accountEnabled"), true
				h.ValidFrom = validFrom(e.JSON)
				return
			}
		}
		if _, err := tx.Get(root(tenant, "directory/deletedItems"), objectID); err == nil {
			h.Deleted, known = true, true
		}
	})
	return h, known
}

// embody reads what a service principal is granted.
func embody(tx store.Reader, tenant string, e store.Entity, app *identity.App) {
	var r registration
	if textOf(e.JSON, "id") == graphPrincipalID || json.Unmarshal(e.JSON, &r) != nil {
		return
	}
	app.ObjectID = e.ID
	if app.Name == "" {
		app.Name = r.DisplayName
	}
	app.Disabled = r.AccountEnabled != nil && !*r.AccountEnabled
	app.AssignmentRequired = r.AssignmentRequired
	r.credentials(app)
	for a := range tx.Scan(store.SetKey{Tenant: tenant, Parent: e.Ordinal, Name: "appRoleAssignments"}, 0) {
		app.Roles = addRole(app.Roles, a.JSON)
	}
	if g, ok := graph.ByText(tx, root(tenant, servicePrincipals), "appId", identity.GraphAppID); ok {
		for a := range assignments(tx, tenant, e, g) {
			app.Roles = addRole(app.Roles, a.JSON)
		}
	}
	app.Scopes = scopesOf(tx, tenant, e.ID, "", "")
}

// addRole adds the name of the role that an assignment gives. The ids of
// Graph's roles are unique over all resources.
func addRole(roles []string, assignment []byte) []string {
	name := openapi.RoleNamed(textOf(assignment, "appRoleId"))
	if name == "" || listed(roles, name) {
		return roles
	}
	return append(roles, name)
}

func listed(list []string, name string) bool {
	for _, s := range list {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// scopesOf are the delegated scopes that a service principal has on another, on
// Graph for "", for everybody and for one user.
func scopesOf(tx store.Reader, tenant, principal, resource, user string) (scopes []string) {
	for e := range tx.Matches(root(tenant, "oauth2PermissionGrants"), graph.KeyOf("clientId", principal), 0) {
		g := readGrant(e)
		if !g.isOn(tx, tenant, resource) || !g.counts(user) {
			continue
		}
		for _, name := range strings.Fields(g.Scope) {
			if !listed(scopes, name) {
				scopes = append(scopes, name)
			}
		}
	}
	return scopes
}

// grant is an oauth2PermissionGrant.
type grant struct {
	ClientID    string `json:"clientId"`
	ConsentType string `json:"consentType"`
	ID          string `json:"id"`
	PrincipalID string `json:"principalId,omitempty"`
	ResourceID  string `json:"resourceId"`
	Scope       string `json:"scope"`
}

func readGrant(e store.Entity) grant {
	var g grant
	_ = json.Unmarshal(e.JSON, &g) // what is no grant grants nothing
	g.ID = e.ID
	return g
}

// counts reports whether a grant holds for a user; "" is none in particular.
func (g grant) counts(user string) bool {
	return strings.EqualFold(g.ConsentType, "AllPrincipals") || user != "" && strings.EqualFold(g.PrincipalID, user)
}

// isOn reports whether a grant is on a service principal, or for "" on Graph,
// under whatever id it is there.
func (g grant) isOn(tx store.Reader, tenant, resource string) bool {
	if resource != "" {
		return strings.EqualFold(g.ResourceID, resource)
	}
	if g.ResourceID == graphPrincipalID {
		return true
	}
	e, err := tx.Get(root(tenant, servicePrincipals), g.ResourceID)
	return err == nil && strings.EqualFold(textOf(e.JSON, "appId"), identity.GraphAppID)
}

// granted are the scopes of a service principal on another for a user.
func (d directory) granted(tenant, principal, resource, user string) (scopes []string) {
	d.read(tenant, func(tx store.Reader) { scopes = scopesOf(tx, tenant, principal, resource, user) })
	return scopes
}

// user is a user by id or name. "" is the one who signs in unasked: the only
// user with a password, else whom /me is.
func (d directory) user(tenant, name string) (u identity.User, ok bool) {
	d.read(tenant, func(tx store.Reader) {
		var e store.Entity
		if e, ok = findUser(tx, tenant, name); ok {
			u = userOf(e)
		}
	})
	return u, ok
}

func findUser(tx store.Reader, tenant, name string) (store.Entity, bool) {
	set := root(tenant, "users")
	if name == "" {
		return usualUser(tx, tenant)
	}
	if e, err := tx.Get(set, name); err == nil {
		return e, true
	}
	return graph.ByText(tx, set, "userPrincipalName", name)
}

func usualUser(tx store.Reader, tenant string) (only store.Entity, ok bool) {
	n := 0
	for e := range tx.Matches(root(tenant, "users"), graph.HasPassword, 0) {
		if n++; n > 1 {
			break
		}
		only, ok = e, true
	}
	if n == 1 {
		return only, ok
	}
	return graph.Self(tx, tenant)
}

func userOf(e store.Entity) identity.User {
	var v struct {
		UPN             string `json:"userPrincipalName"`
		DisplayName     string `json:"displayName"`
		GivenName       string `json:"givenName"`
		Surname         string `json:"surname"`
		Mail            string `json:"mail"`
		UserType        string `json:"userType"`
		AccountEnabled  *bool  `json:"accountEnabled"`
		PasswordProfile struct {
			Password   string `json:"password"`
			MustChange bool   `json:"forceChangePasswordNextSignIn"`
		} `json:"passwordProfile"`
	}
	_ = json.Unmarshal(e.JSON, &v) // members of another kind are left out
	return identity.User{ID: e.ID, UPN: v.UPN, Name: v.DisplayName, GivenName: v.GivenName, FamilyName: v.Surname, Mail: v.Mail,
		Password: v.PasswordProfile.Password, MustChange: v.PasswordProfile.MustChange, Disabled: v.AccountEnabled != nil && !*v.AccountEnabled,
		Guest: v.UserType == "Guest", ValidFrom: validFrom(e.JSON)}
}

// maxAccounts bounds the account page.
const maxAccounts = 20

func (d directory) accounts(tenant string) (list []identity.User) {
	d.read(tenant, func(tx store.Reader) {
		for e := range tx.Scan(root(tenant, "users"), 0) {
			if u := userOf(e); u.UPN != "" {
				list = append(list, u)
			}
			if len(list) == maxAccounts {
				return
			}
		}
	})
	return list
}

// roles are the template ids of a principal's directory roles, given as role
// assignments or as membership of an activated role.
func (d directory) roles(tenant, principal string) (ids []string) {
	d.read(tenant, func(tx store.Reader) {
		for e := range tx.Matches(root(tenant, "roleManagement/directory/roleAssignments"), graph.KeyOf("principalId", principal), 0) {
			if id := textOf(e.JSON, "roleDefinitionId"); id != "" && !listed(ids, id) {
				ids = append(ids, id)
			}
		}
		for _, set := range []string{"users", servicePrincipals} {
			e, err := tx.Get(root(tenant, set), principal)
			if err != nil {
				continue
			}
			for _, role := range memberOf(tx, e.Ordinal, "directoryRoles") {
				if id := textOf(role.JSON, "roleTemplateId"); id != "" && !listed(ids, id) {
					ids = append(ids, id)
				}
			}
		}
	})
	return ids
}
