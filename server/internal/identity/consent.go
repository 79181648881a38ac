package identity

import (
	"slices"
	"strings"
)

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
	if fault := s.consent(r.tenant, r.client, sc, u, lacking); fault != nil {
		return nil, fault
	}
	if sc.all && s.consentCounts(r.client, sc) {
		return append([]string{}, s.granted(r.tenant, r.client, sc, u)...), nil
	}
	return nil, nil
}

// consentCounts reports whether the directory can say what an application was
// granted: it knows the application, and what the scopes are on.
func (s *Service) consentCounts(c client, sc scopes) bool {
	return c.known && (sc.graph || sc.api != nil && len(sc.api.Published) > 0)
}

// lacking are the scopes that are asked and not granted.
func (s *Service) lacking(t Tenant, c client, sc scopes, u User) ([]string, *oauthError) {
	if !s.consentCounts(c, sc) {
		return nil, nil
	}
	has := s.granted(t, c, sc, u)
	var list []string
	for _, name := range sc.names {
		switch {
		case s.config.Mode == Strict && !sc.publishes(name):
			return nil, errUnknownScope(c.app.Name, name, sc)
		case !containsFold(has, name):
			list = append(list, name)
		}
	}
	if sc.all && len(has) == 0 && s.config.Mode == Strict {
		return s.required(t, c, sc), nil
	}
	return list, nil
}

// required is what .default asks consent for: what the application says it
// requires. One that says nothing asks for something all the same, which
// nobody can grant.
func (s *Service) required(t Tenant, c client, sc scopes) []string {
	if s.config.Required != nil {
		if list := s.config.Required(t.ID, c.id, sc.resourceName()); len(list) > 0 {
			return list
		}
	}
	return []string{defaultScope}
}

const defaultScope = ".default"

// granted are the scopes that an application has on the resource for a user.
func (s *Service) granted(t Tenant, c client, sc scopes, u User) []string {
	list := c.app.Scopes
	if sc.api != nil {
		list = sc.api.withoutConsent(c)
	}
	if s.config.Granted != nil {
		for _, name := range s.config.Granted(t.ID, c.app.ObjectID, sc.resourceName(), u.ID) {
			list = addFold(slices.Clip(list), name)
		}
	}
	return list
}

// consent writes a grant down. An API without a service principal has nobody
// that it could be on.
func (s *Service) consent(t Tenant, c client, sc scopes, u User, names []string) *oauthError {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == defaultScope })
	if len(names) == 0 || !c.known || s.config.Consent == nil || sc.api != nil && sc.api.ObjectID == "" {
		return nil
	}
	if err := s.config.Consent(t.ID, c.app, sc.resourceName(), u.ID, names); err != nil {
		return &oauthError{status: 500, name: "server_error", text: "The consent could not be written down.", reason: err.Error()}
	}
	return nil
}

// Template ids of the roles whose holders may consent to what needs an
// administrator (D: the permissions of the built-in roles).
var consentingRoles = []string{
	"62e90394-69f5-4237-9190-012177145e10", // Global Administrator
	"e8611ab8-c189-46e8-94e1-60213ab1f814", // Privileged Role Administrator
	"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", // Application Administrator
	"158c047a-c907-4556-b7ef-446551a6b5f7", // Cloud Application Administrator
}

// mayConsent reports whether a user can consent to scopes: those that need an
// administrator are for administrators. What stands in a grant counts whoever
// wrote it, for everybody or for one user, because an administrator can write
// either (D: "Grant consent on behalf of a single user").
func (s *Service) mayConsent(t Tenant, u User, sc scopes, names []string) bool {
	if !slices.ContainsFunc(names, sc.needsAdmin) || s.config.Roles == nil {
		return true
	}
	return slices.ContainsFunc(s.config.Roles(t.ID, u.ID), func(id string) bool { return containsFold(consentingRoles, id) })
}

// askConsent judges in Strict whether the scopes are granted, and asks whoever
// sits at a browser. Outside it is given silently. A page's answer "accept"
// is consent for this user.
func (s *Service) askConsent(a *authorizeRequest, u User) (any, *oauthError) {
	lacking, fault := s.lacking(a.tenant, a.client, a.scopes, u)
	prompt := strings.ToLower(a.parameters["prompt"])
	atScreen := a.wantsPage() && prompt != "none"
	switch {
	case fault != nil:
		return nil, fault
	case a.parameters[consentField] == "cancel":
		return nil, errDeclined()
	case s.config.Mode != Strict:
		return nil, nil
	case !s.mayConsent(a.tenant, u, a.scopes, lacking):
		return s.refuseConsent(a, u, lacking, atScreen)
	case a.parameters[consentField] == "accept":
		return nil, s.consent(a.tenant, a.client, a.scopes, u, lacking)
	case atScreen && (len(lacking) > 0 || prompt == "consent"):
		return a.consentPage(u, a.wished(lacking)), nil
	case len(lacking) > 0:
		e := errNoConsent(a.client.id, a.client.app.Name)
		e.name = "consent_required"
		return nil, e
	}
	return nil, nil
}

// wished are the scopes that a page lists: what was asked by name, and what
// .default stands for.
func (a *authorizeRequest) wished(lacking []string) []string {
	list := slices.Clone(a.scopes.names)
	for _, name := range slices.Concat(lacking, a.scopes.oidc) {
		list = addFold(list, name)
	}
	return list
}

// refuseConsent tells a user that an administrator is needed.
func (s *Service) refuseConsent(a *authorizeRequest, u User, lacking []string, atScreen bool) (any, *oauthError) {
	e := errAdminConsent()
	e.because("only an administrator can consent to " + strings.Join(slices.DeleteFunc(lacking, func(name string) bool { return !a.scopes.needsAdmin(name) }), ", ") +
		", and " + firstOf(u.UPN, u.ID) + " is none: grant it by /adminconsent, by an oauth2PermissionGrant, or sign in as one")
	if atScreen {
		return s.adminNeededPage(a, u, e), nil
	}
	return nil, e
}
