package identity

import (
	"strings"

	"github.com/google/uuid"
)

// personalTenant is the tenant of personal Microsoft accounts.
const personalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

const (
	tenantCreated = 1577836800 // 2020-01-01, xms_tcdt of tenants that do not say
	tenantName    = "Contoso"
	tenantDomain  = "contoso.onmicrosoft.com"
)

// Tenant returns the tenant that a name means: a GUID, a verified domain, or
// common, organizations, consumers. "" is the default tenant.
//
// Outside Strict every name is one. An unknown GUID is a tenant made on the
// fly, so that parallel tests keep apart by it; any other unknown name is the
// default tenant, so that "contoso" or a name from a tutorial just works.
func (s *Service) Tenant(name string) (Tenant, bool) {
	name = strings.ToLower(name)
	switch name {
	case "", "common", "organizations":
		name = s.config.DefaultTenant
	case "consumers":
		name = personalTenant
	}
	if s.config.Tenants != nil {
		if t, ok := s.config.Tenants(name); ok {
			return t.complete(), true
		}
	}
	switch {
	case name == s.config.DefaultTenant, name == personalTenant:
		return Tenant{ID: name}.complete(), true
	case s.config.Mode == Strict:
		return Tenant{}, false
	case isGUID(name):
		return Tenant{ID: name}.complete(), true
	}
	return s.Tenant("")
}

func (t Tenant) complete() Tenant {
	if t.Name == "" {
		t.Name = tenantName
	}
	if t.Domain == "" {
		t.Domain = tenantDomain
	}
	if t.Created == 0 {
		t.Created = tenantCreated
	}
	return t
}

// tenantOf finds the tenant of a request's first segment.
func (s *Service) tenantOf(r *request) (Tenant, *oauthError) {
	t, ok := s.Tenant(r.tenantName())
	if !ok {
		return t, errUnknownTenant(r.tenantName())
	}
	return t, nil
}

// signInTenant is [Service.tenantOf] for what gives tokens, which needs the
// authority of the tenant's own cloud.
func (s *Service) signInTenant(r *request) (Tenant, *oauthError) {
	t, fault := s.tenantOf(r)
	if fault != nil {
		return t, fault
	}
	if t.ID == personalTenant && s.cloud.name != clouds[0].name { // personal accounts are of the global cloud alone (§7)
		return t, errUnknownTenant(r.tenantName())
	}
	return t, s.checkCloud(r, t)
}

// isAlias reports whether a name in a path stands for many tenants.
func isAlias(name string) bool {
	return strings.EqualFold(name, "common") || strings.EqualFold(name, "organizations") || strings.EqualFold(name, "consumers")
}

func isGUID(name string) bool {
	_, err := uuid.Parse(name)
	return err == nil && len(name) == 36
}
