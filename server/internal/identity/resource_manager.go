package identity

// Evidence for what clients of Azure ask of its resource manager before they
// turn to Graph:
//   - documented: GET /subscriptions and GET /tenants answer a list in value
//     (REST reference, Subscriptions and Tenants, 2022-12-01).
//   - observed: az login asks both, and goes on without subscriptions when told
//     --allow-no-subscriptions (azure-cli 2.45).
//
// There are no subscriptions: fakegraph has no resources of Azure.

type tenantList struct {
	Value []managedTenant `json:"value"`
}

type managedTenant struct {
	ID            string   `json:"id"`
	TenantID      string   `json:"tenantId"`
	Category      string   `json:"tenantCategory"`
	DisplayName   string   `json:"displayName"`
	DefaultDomain string   `json:"defaultDomain"`
	Domains       []string `json:"domains"`
	Type          string   `json:"tenantType"`
}

// managedTenants lists the tenant that a token was issued by.
func (s *Service) managedTenants(r *request) (any, *oauthError) {
	t, fault := s.bearerTenant(r)
	if fault != nil {
		return nil, fault
	}
	return tenantList{[]managedTenant{{
		ID: "/tenants/" + t.ID, TenantID: t.ID, Category: "Home", DisplayName: t.Name, DefaultDomain: t.Domain, Domains: []string{t.Domain}, Type: "AAD",
	}}}, nil
}

type subscriptionList struct {
	Value []struct{} `json:"value"`
	Count struct {
		Type  string `json:"type"`
		Value int    `json:"value"`
	} `json:"count"`
}

// subscriptions lists none.
func (s *Service) subscriptions(r *request) (any, *oauthError) {
	if _, fault := s.bearerTenant(r); fault != nil {
		return nil, fault
	}
	list := subscriptionList{Value: []struct{}{}}
	list.Count.Type = "Total"
	return list, nil
}

// bearerTenant is the tenant whose token a request has. Which audience the token
// is for is not looked at: there is nothing here to protect.
func (s *Service) bearerTenant(r *request) (Tenant, *oauthError) {
	p := s.Principal(r.Header)
	if !p.Presented {
		return Tenant{}, invalidToken(msgEmpty, noToken)
	}
	t, _ := s.Tenant(p.Tenant)
	return t, nil
}
