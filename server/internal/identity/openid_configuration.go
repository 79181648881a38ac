package identity

import "strings"

type openIDDocument struct {
	TokenEndpoint         string   `json:"token_endpoint"`
	AuthMethods           []string `json:"token_endpoint_auth_methods_supported"`
	Keys                  string   `json:"jwks_uri"`
	ResponseModes         []string `json:"response_modes_supported"`
	SubjectTypes          []string `json:"subject_types_supported"`
	SigningAlgorithms     []string `json:"id_token_signing_alg_values_supported"`
	ResponseTypes         []string `json:"response_types_supported"`
	Scopes                []string `json:"scopes_supported"`
	Issuer                string   `json:"issuer"`
	RequestURI            bool     `json:"request_uri_parameter_supported"`
	UserinfoEndpoint      string   `json:"userinfo_endpoint"`
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	DeviceEndpoint        string   `json:"device_authorization_endpoint,omitempty"`
	HTTPLogout            bool     `json:"http_logout_supported"`
	FrontchannelLogout    bool     `json:"frontchannel_logout_supported"`
	EndSessionEndpoint    string   `json:"end_session_endpoint"`
	Claims                []string `json:"claims_supported"`
	KerberosEndpoint      string   `json:"kerberos_endpoint"`
	Region                string   `json:"tenant_region_scope"`
	Instance              string   `json:"cloud_instance_name"`
	CloudGraphHost        string   `json:"cloud_graph_host_name"`
	GraphHost             string   `json:"msgraph_host"`
	RBAC                  string   `json:"rbac_url"`
}

var claimsSupported = []string{"sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name", "msgraph_host",
	"aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"}

// openIDConfiguration is the v2.0 document. Clients insist on issuer,
// authorization_endpoint, token_endpoint and (JS) jwks_uri.
func (s *Service) openIDConfiguration(r *request) (any, *oauthError) {
	tenant, fault := s.tenantOf(r)
	if fault != nil {
		return nil, fault
	}
	base := r.Origin + "/" + pathTenant(r.tenantName(), tenant)
	d := s.openIDBase(r.Origin, base)
	d.TokenEndpoint = base + "/oauth2/v2.0/token"
	d.Keys = base + "/discovery/v2.0/keys"
	d.AuthorizationEndpoint = base + "/oauth2/v2.0/authorize"
	d.DeviceEndpoint = base + "/oauth2/v2.0/devicecode"
	d.EndSessionEndpoint = base + "/oauth2/v2.0/logout"
	d.Issuer = r.Origin + "/" + issuerTenant(r.tenantName(), tenant) + "/v2.0"
	return d, nil
}

// openIDConfigurationV1 is the document of the v1 endpoints.
func (s *Service) openIDConfigurationV1(r *request) (any, *oauthError) {
	tenant, fault := s.tenantOf(r)
	if fault != nil {
		return nil, fault
	}
	base := r.Origin + "/" + pathTenant(r.tenantName(), tenant)
	d := s.openIDBase(r.Origin, base)
	d.TokenEndpoint = base + "/oauth2/token"
	d.Keys = r.Origin + "/common/discovery/keys"
	d.AuthorizationEndpoint = base + "/oauth2/authorize"
	d.EndSessionEndpoint = base + "/oauth2/logout"
	d.UserinfoEndpoint = base + "/openid/userinfo"
	d.Issuer = s.issuerV1(issuerTenant(r.tenantName(), tenant))
	return d, nil
}

func (s *Service) openIDBase(origin, base string) openIDDocument {
	graphOrigin, graphHost := s.graphAt(origin)
	return openIDDocument{
		AuthMethods:        []string{"client_secret_post", "private_key_jwt", "client_secret_basic"},
		ResponseModes:      []string{"query", "fragment", "form_post"},
		SubjectTypes:       []string{"pairwise"},
		SigningAlgorithms:  []string{"RS256"},
		ResponseTypes:      []string{"code", "id_token", "code id_token", "id_token token"},
		Scopes:             []string{"openid", "profile", "email", "offline_access"},
		UserinfoEndpoint:   graphOrigin + "/oidc/userinfo",
		HTTPLogout:         true,
		FrontchannelLogout: true,
		Claims:             claimsSupported,
		KerberosEndpoint:   base + "/kerberos",
		Region:             s.cloud.region,
		Instance:           s.cloud.instance,
		CloudGraphHost:     "graph.windows.net",
		GraphHost:          graphHost,
		RBAC:               "https://pas.windows.net",
	}
}

// graphAt returns Graph's origin and host as the client of origin reaches it.
func (s *Service) graphAt(origin string) (graphOrigin, host string) {
	if isMicrosoftHost(origin) {
		return s.cloud.graphURL(), s.cloud.graph
	}
	host, _ = hostOf(origin)
	return origin, host
}

// issuerV1 is the issuer of v1 tokens, Graph's among them, whatever host the
// client used.
func (s *Service) issuerV1(tenant string) string {
	return "https://" + s.cloud.sts + "/" + tenant + "/"
}

// pathTenant is how endpoints name the tenant: real Entra ID resolves a domain
// to the GUID, and MSAL Python reads the tenant from the token endpoint.
func pathTenant(asked string, t Tenant) string {
	if isAlias(asked) {
		return strings.ToLower(asked)
	}
	return t.ID
}

// issuerTenant is how issuers name the tenant: the braces are literal, and
// clients fill them in.
func issuerTenant(asked string, t Tenant) string {
	if isAlias(asked) && !strings.EqualFold(asked, "consumers") {
		return "{tenantid}"
	}
	return t.ID
}
