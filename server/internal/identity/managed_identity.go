package identity

import (
	"net/http"
	"strconv"
	"strings"
)

type managedIdentityDocument struct {
	AccessToken string `json:"access_token"`
	ClientID    string `json:"client_id"`
	ExpiresIn   string `json:"expires_in"`
	ExpiresOn   string `json:"expires_on"` // Unix seconds; clients take a string or a number
	NotBefore   string `json:"not_before"`
	Resource    string `json:"resource"`
	Type        string `json:"token_type"`
}

const managedIdentityLife = 86400

// appServiceToken answers at IDENTITY_ENDPOINT, which azidentity and
// @azure/identity ask over plain HTTP (identity-behaviour §1.11).
func (s *Service) appServiceToken(r *request) (any, *oauthError) {
	return s.managedIdentity(r, "X-Identity-Header")
}

// instanceMetadataToken answers in the form of a virtual machine's metadata
// service.
func (s *Service) instanceMetadataToken(r *request) (any, *oauthError) {
	return s.managedIdentity(r, "Metadata")
}

// managedIdentity issues an app token of the default tenant. The header is how
// the real services tell a request from one that a server was tricked into.
func (s *Service) managedIdentity(r *request, header string) (any, *oauthError) {
	switch {
	case r.Header.Get(header) == "":
		return nil, managedIdentityError("Required metadata header not specified", "the "+header+" header is missing")
	case r.query["resource"] == "":
		return nil, managedIdentityError("Required query variable 'resource' is missing", "")
	}
	tenant, _ := s.Tenant("")
	c := s.findClient(tenant, firstOf(r.query["client_id"], r.query["clientid"], s.config.DefaultApp))
	c.method = byAssertion
	sc, fault := s.parseScopes(strings.TrimRight(r.query["resource"], "/")+"/.default", r.Origin)
	if fault != nil {
		return nil, managedIdentityError("AADSTS500011: The resource principal named "+r.query["resource"]+" was not found in the tenant named "+tenant.Name+".", "")
	}
	if fault := s.findResource(&sc, tenant); fault != nil {
		return nil, managedIdentityError("AADSTS500011: "+fault.text, fault.reason)
	}
	r.told.Tenant, r.told.Kind = tenant.ID, "managedIdentity"
	r.tellClient(c)
	r.tellResource(sc)
	g, fault := s.grantApp(r.Origin, tenant, c, sc, lifetime{issued: r.now.Unix(), expires: r.now.Unix() + managedIdentityLife})
	s.tell(r, fault)
	if fault != nil {
		return nil, fault
	}
	return managedIdentityDocument{
		AccessToken: g.access, ClientID: c.id, Type: "Bearer", Resource: r.query["resource"],
		ExpiresIn: strconv.Itoa(managedIdentityLife),
		ExpiresOn: strconv.FormatInt(g.life.expires, 10),
		NotBefore: strconv.FormatInt(g.life.issued, 10),
	}, nil
}

func managedIdentityError(text, reason string) *oauthError {
	return &oauthError{status: http.StatusBadRequest, name: "invalid_request", text: text, reason: reason}
}
