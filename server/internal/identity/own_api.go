package identity

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
)

// resourceName is how the directory's functions name an API: "" for Graph, or
// the object id of its service principal.
func (sc scopes) resourceName() string {
	if sc.api == nil {
		return ""
	}
	return sc.api.ObjectID
}

// findResource finds who a token is to be for. Strict wants that somebody is
// there to be called: Graph, or an application of the directory.
func (s *Service) findResource(sc *scopes, t Tenant) *oauthError {
	if sc.graph {
		return nil
	}
	if s.config.APIs != nil {
		if api, ok := s.config.APIs(t.ID, sc.resource); ok {
			sc.api = &api
			return nil
		}
	}
	if s.config.Mode == Strict {
		return errUnknownResource(sc.resource, t.Name)
	}
	return nil
}

// publishes reports whether the resource has a delegated scope of this name. An
// API of which no scope is described takes any.
func (sc scopes) publishes(name string) bool {
	if sc.graph {
		return openapi.HasScope(name)
	}
	return sc.api == nil || len(sc.api.Published) == 0 || sc.api.named(name) != nil
}

// needsAdmin reports whether only an administrator may consent to a scope.
func (sc scopes) needsAdmin(name string) bool {
	if sc.graph {
		return openapi.NeedsAdmin(name)
	}
	scope := sc.api.named(name)
	return scope != nil && scope.Admin
}

// named is a published scope by its name; nil when there is none.
func (a *API) named(name string) *Scope {
	if a == nil {
		return nil
	}
	for i := range a.Published {
		if strings.EqualFold(a.Published[i].Name, name) {
			return &a.Published[i]
		}
	}
	return nil
}

// withoutConsent are the scopes that a client has because the API says so: all
// of its own, and those that it is authorized for in advance.
func (a *API) withoutConsent(c client) []string {
	if !strings.EqualFold(a.ID, c.id) {
		return a.PreAuthorized[strings.ToLower(c.id)]
	}
	var all []string
	for _, scope := range a.Published {
		all = append(all, scope.Name)
	}
	return all
}

// forAPI gives an access token the form that its audience wants. Graph takes
// v1 tokens whichever endpoint issued them; an application of the directory
// says which it takes (identity-behaviour §3.1), and gets what only Graph's
// tokens have when it asks for that (D: Access token claims reference).
func forAPI(origin string, t Tenant, sc scopes, a accessToken) accessToken {
	if sc.api == nil {
		return a
	}
	a.Kind, a.AppName, a.Account, a.Region, a.DirectoryRole, a.TenantCreated = "", "", nil, "", nil, 0
	if sc.api.TokenVersion != 2 {
		return a
	}
	a.Context, a.Methods, a.FamilyName, a.GivenName = "", nil, "", ""
	a.Audience, a.Issuer, a.Version = sc.api.ID, origin+"/"+t.ID+"/v2.0", "2.0"
	a.AuthorizedParty, a.AuthorizedAuth, a.Username = a.AppID, a.AppAuth, a.UPN
	a.AppID, a.AppAuth, a.UPN, a.UniqueName, a.Provider = "", "", "", "", ""
	return a
}
