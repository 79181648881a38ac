package identity

import (
	"net/url"
	"strings"
)

type instanceDocument struct {
	TenantDiscoveryEndpoint string     `json:"tenant_discovery_endpoint"`
	APIVersion              string     `json:"api-version"`
	Metadata                []instance `json:"metadata"`
}

// instanceDiscovery tells MSAL which host names share an authority, and where
// the tenant's document is (identity-behaviour §1.3).
func (s *Service) instanceDiscovery(r *request) (any, *oauthError) {
	endpoint := r.query["authorization_endpoint"]
	if endpoint == "" {
		return nil, errMissingQuery("authorization_endpoint")
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return nil, errUnknownInstance().because("authorization_endpoint is no absolute URL")
	}
	own := !isMicrosoftLogin(u.Hostname())
	if own && s.config.Mode == Strict && !isLocal(u.Hostname()) && !sameName(u, r.Origin) {
		return nil, errUnknownInstance().because("authorization_endpoint names a host that is neither Microsoft's nor this server's: " + clip(u.Host))
	}
	if own {
		restorePort(u, r.Origin)
	}
	document := instanceDocument{TenantDiscoveryEndpoint: discoveryEndpoint(u), APIVersion: firstOf(r.query["api-version"], "1.1")}
	document.Metadata = append(document.Metadata, microsoftInstances...)
	if own {
		document.Metadata = append(document.Metadata, ownInstances(u)...)
	}
	return document, nil
}

// discoveryEndpoint names the OpenID document of the authorize endpoint's
// tenant, of the same endpoint version.
func discoveryEndpoint(authorize *url.URL) string {
	tenant, rest, _ := strings.Cut(strings.TrimPrefix(authorize.EscapedPath(), "/"), "/")
	version := "/v2.0"
	if strings.EqualFold(rest, "oauth2/authorize") {
		version = ""
	}
	return authorize.Scheme + "://" + authorize.Host + "/" + firstOf(tenant, "common") + version + "/.well-known/openid-configuration"
}

// ownInstances are the entries for the fake's own host. MSAL Go and JS look up
// host and port; .NET, Java and Python look up the bare host. Without an entry
// MSAL Go stores no aliases, and its cache never hits.
func ownInstances(u *url.URL) []instance {
	list := []instance{{u.Host, u.Host, []string{u.Host}}}
	if name := u.Hostname(); name != u.Host {
		list = append(list, instance{name, name, []string{name}})
	}
	return list
}

// restorePort puts back the port that MSAL Python leaves out of
// authorization_endpoint, when the request itself came to that host.
func restorePort(u *url.URL, origin string) {
	if host, _ := hostOf(origin); u.Port() == "" && sameName(u, origin) {
		u.Host = host
	}
}

func sameName(u *url.URL, origin string) bool {
	_, name := hostOf(origin)
	return strings.EqualFold(u.Hostname(), name)
}
