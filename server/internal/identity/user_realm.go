package identity

import (
	"net/url"
	"strings"
)

type realmDocument struct {
	Version     string `json:"ver"`
	AccountType string `json:"account_type"`
	Domain      string `json:"domain_name"`
	Instance    string `json:"cloud_instance_name"`
	Audience    string `json:"cloud_audience_urn"`
}

// userRealm says where a user's password is checked: always here. MSAL Go
// wants the four values beside ver, none empty (identity-behaviour §1.8).
func (s *Service) userRealm(r *request) (any, *oauthError) {
	upn := r.segments[len(r.segments)-1]
	if plain, err := url.PathUnescape(upn); err == nil {
		upn = plain
	}
	_, domain, _ := strings.Cut(upn, "@")
	return realmDocument{
		Version:     "1.0",
		AccountType: "Managed",
		Domain:      firstOf(domain, tenantDomain),
		Instance:    s.cloud.instance,
		Audience:    "urn:federation:MicrosoftOnline",
	}, nil
}
