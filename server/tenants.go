package server

import (
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// tenantSpace is where the store keeps which tenants have been given their
// fixtures, so that a restart does not give them twice.
const tenantSpace = "tenants"

// maxTenant bounds the length of a tenant's name.
const maxTenant = 120

// tenants remembers which tenants hold their fixtures.
type tenants struct{ planted sync.Map } // name -> struct{}

// tenantOf is the tenant of a call: the token's, else the header's, else the
// default one. It is given its fixtures when it is first seen.
func (s *Server) tenantOf(c *call.Call) string {
	name := c.Principal.Tenant
	if name == "" {
		name = c.Header.Get("X-Fake-Tenant")
	}
	name = tenantID(name)
	if err := s.plant(name); err != nil {
		s.log.Error().Err(err).Str("tenant", name).Msg("tenant could not be given its fixtures")
	}
	return name
}

// tenantID is the tenant that a header or a token names. Any name is a tenant
// of its own, so that parallel tests keep apart; names compare without case.
func tenantID(name string) string {
	if name == "" || len(name) > maxTenant || strings.EqualFold(name, defaultDomain) {
		return identity.DefaultTenantID
	}
	return strings.ToLower(name)
}

// defaultDomain is the verified domain of the default tenant.
const defaultDomain = "contoso.onmicrosoft.com"

// demoApp is the client id of the set demo's application: whose tokens are
// minted for when nobody says.
const demoApp = "f4ce0a11-0000-4000-8000-0000000000a1"

// knownTenant tells identity of the tenants that exist: those that hold their
// fixtures, by id or by a verified domain of their organization. The store
// knows them after a restart too.
func (s *Server) knownTenant(name string) (t identity.Tenant, ok bool) {
	if strings.EqualFold(name, defaultDomain) {
		name = identity.DefaultTenantID
	}
	_ = s.store.View(func(tx store.Reader) error {
		if _, ok = tx.Value(tenantSpace, name); ok {
			t, _ = organization(tx, name)
			return nil
		}
		for id := range tx.Tenants() {
			found, domains := organization(tx, id)
			if ok = listed(domains, name); ok {
				t = found
				return nil
			}
		}
		return nil
	})
	return t, ok
}

// organization is a tenant as its entity describes it: the one with the tenant's
// id, where a fixture left several. All their domains are the tenant's.
func organization(tx store.Reader, tenant string) (t identity.Tenant, domains []string) {
	t.ID = tenant
	for e := range tx.Scan(root(tenant, "organization"), 0) {
		described, more := describedTenant(e.JSON)
		if domains = append(domains, more...); t.Name == "" || strings.EqualFold(e.ID, tenant) {
			t = described
			t.ID = tenant
		}
	}
	return t, domains
}

// describedTenant reads an organization.
func describedTenant(object []byte) (t identity.Tenant, domains []string) {
	var v struct {
		DisplayName string    `json:"displayName"`
		Created     time.Time `json:"createdDateTime"`
		Country     string    `json:"countryLetterCode"`
		Language    string    `json:"preferredLanguage"`
		Domains     []struct {
			Name      string `json:"name"`
			IsDefault bool   `json:"isDefault"`
		} `json:"verifiedDomains"`
	}
	if json.Unmarshal(object, &v) != nil {
		return t, nil
	}
	t.Name, t.Country, t.Language = v.DisplayName, v.Country, v.Language
	if !v.Created.IsZero() {
		t.Created = v.Created.Unix()
	}
	for _, d := range v.Domains {
		domains = append(domains, d.Name)
		if d.IsDefault || t.Domain == "" {
			t.Domain = d.Name
		}
	}
	return t, domains
}

// plant gives a tenant its fixtures unless it has them.
func (s *Server) plant(tenant string) error {
	if _, ok := s.tenants.planted.Load(tenant); ok {
		return nil
	}
	err := s.store.Update(func(tx store.Writer) error {
		if _, ok := tx.Value(tenantSpace, tenant); ok {
			return nil
		}
		return s.replant(tx, tenant)
	})
	if err == nil {
		s.tenants.planted.Store(tenant, struct{}{})
	}
	return err
}

// replant puts a tenant into the state of the loaded fixtures.
func (s *Server) replant(tx store.Writer, tenant string) error {
	if err := tx.ClearTenant(tenant); err != nil {
		return err
	}
	if err := graph.SetEndpoints(tx, tenant, nil); err != nil {
		return err
	}
	if err := graph.Unsupply(tx, tenant); err != nil {
		return err
	}
	if err := s.fixtures.plant(tx, tenant); err != nil {
		return err
	}
	return tx.SetValue(tenantSpace, tenant, []byte{1})
}

// reset puts one tenant, or with "" all that exist, back to the fixtures.
func (s *Server) reset(tenant string) error {
	return s.store.Update(func(tx store.Writer) error {
		if tenant != "" {
			return s.replant(tx, tenant)
		}
		var all []string
		for name := range tx.Tenants() {
			all = append(all, name)
		}
		for _, name := range all {
			if err := s.replant(tx, name); err != nil {
				return err
			}
		}
		return nil
	})
}
