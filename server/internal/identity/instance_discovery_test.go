package identity

import (
	"encoding/json"
	"net/url"
	"testing"
)

func TestInstanceDiscovery(t *testing.T) {
	tests := []struct {
		name, from, authority string
		tenantDiscovery       string
		network               string // one preferred_network that must be there
	}{
		{"known host (MSAL Go through the proxy)", "https://login.microsoftonline.com", "https://login.microsoftonline.com/contoso/oauth2/v2.0/authorize",
			"https://login.microsoftonline.com/contoso/v2.0/.well-known/openid-configuration", "login.microsoftonline.com"},
		{"own host with port (Go, JS look it up whole)", "https://login.microsoftonline.com", "https://127.0.0.1:8843/contoso/oauth2/v2.0/authorize",
			"https://127.0.0.1:8843/contoso/v2.0/.well-known/openid-configuration", "127.0.0.1:8843"},
		{"own host, bare entry (.NET, Java, Python)", "https://login.microsoftonline.com", "https://127.0.0.1:8843/contoso/oauth2/v2.0/authorize",
			"https://127.0.0.1:8843/contoso/v2.0/.well-known/openid-configuration", "127.0.0.1"},
		{"port dropped (MSAL Python)", "https://localhost:8843", "https://localhost/contoso/oauth2/v2.0/authorize",
			"https://localhost:8843/contoso/v2.0/.well-known/openid-configuration", "localhost:8843"},
		{"v1 endpoint", origin, "https://login.microsoftonline.com/common/oauth2/authorize",
			"https://login.microsoftonline.com/common/.well-known/openid-configuration", "login.microsoftonline.com"},
	}
	s := newTest(t, Config{Key: noKey})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := get(s, test.from, "/common/discovery/instance?api-version=1.1&authorization_endpoint="+url.QueryEscape(test.authority))
			var d instanceDocument
			if err := json.Unmarshal(r.Body, &d); err != nil || r.Status != 200 {
				t.Fatalf("%d %s", r.Status, r.Body)
			}
			want(t, "tenant_discovery_endpoint", d.TenantDiscoveryEndpoint, test.tenantDiscovery)
			for _, i := range d.Metadata {
				if i.Network == test.network && containsFold(i.Aliases, test.network) {
					return
				}
			}
			t.Errorf("no entry for %s", test.network)
		})
	}
}

func TestInstanceDiscovery_refusals(t *testing.T) {
	s := newTest(t, Config{Mode: Strict})
	d := document(t, get(s, origin, "/common/discovery/instance?authorization_endpoint=https%3A%2F%2Fevil.example%2Fx%2Foauth2%2Fv2.0%2Fauthorize"), 400)
	want(t, "error that MSAL looks for", d["error"], "invalid_instance")
	d = document(t, get(s, origin, "/common/discovery/instance"), 400)
	want(t, "no endpoint", d["error"], "invalid_request")
}
