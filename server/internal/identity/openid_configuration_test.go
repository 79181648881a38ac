package identity

import (
	"strings"
	"testing"
)

// Documents name the host that the client used, each under its own.
func TestOpenIDConfiguration(t *testing.T) {
	s := newTest(t, Config{DefaultTenant: tenantA})
	other := "bbbbbbbb-1111-4111-8111-aaaaaaaaaaaa"
	tests := []struct{ from, tenant, inPath, issuer string }{
		{origin, "common", "common", "{tenantid}"},
		{origin, "Organizations", "organizations", "{tenantid}"},
		{origin, "consumers", "consumers", personalTenant},
		{origin, other, other, other},
		{origin, "contoso.onmicrosoft.com", tenantA, tenantA}, // a domain resolves to the GUID: MSAL Python reads it from the token endpoint
		{"https://login.microsoftonline.com", "common", "common", "{tenantid}"},
		{"http://localhost:8880", tenantA, tenantA, tenantA},
	}
	for _, test := range tests {
		t.Run(test.from+"/"+test.tenant, func(t *testing.T) {
			d := document(t, get(s, test.from, "/"+test.tenant+"/v2.0/.well-known/openid-configuration"), 200)
			base := test.from + "/" + test.inPath
			want(t, "issuer", d["issuer"], test.from+"/"+test.issuer+"/v2.0")
			want(t, "token_endpoint", d["token_endpoint"], base+"/oauth2/v2.0/token")
			want(t, "authorization_endpoint", d["authorization_endpoint"], base+"/oauth2/v2.0/authorize")
			want(t, "jwks_uri", d["jwks_uri"], base+"/discovery/v2.0/keys")
			if rest := strings.Replace(d["token_endpoint"].(string), "/token", "", 1); strings.Contains(rest, "token") {
				t.Errorf("token_endpoint %s says token twice: MSAL Go replaces each of them", d["token_endpoint"])
			}
			v1 := document(t, get(s, test.from, "/"+test.tenant+"/.well-known/openid-configuration"), 200)
			want(t, "v1 issuer", v1["issuer"], "https://sts.windows.net/"+test.issuer+"/")
			want(t, "v1 token_endpoint", v1["token_endpoint"], base+"/oauth2/token")
			want(t, "v1 device endpoint", v1["device_authorization_endpoint"], nil)
		})
	}
}

func TestOpenIDConfiguration_graph_host(t *testing.T) {
	path := "/common/v2.0/.well-known/openid-configuration"
	own := document(t, get(newTest(t, Config{}), origin, path), 200)
	want(t, "own msgraph_host", own["msgraph_host"], "127.0.0.1:8843")
	want(t, "own userinfo", own["userinfo_endpoint"], origin+"/oidc/userinfo")
	china := document(t, get(newTest(t, Config{Cloud: "china"}), "https://login.chinacloudapi.cn", path), 200)
	want(t, "china msgraph_host", china["msgraph_host"], "microsoftgraph.chinacloudapi.cn")
	want(t, "china instance", china["cloud_instance_name"], "partner.microsoftonline.cn")
}

func TestOpenIDConfiguration_unknown_tenant(t *testing.T) {
	s := newTest(t, Config{Mode: Strict})
	d := document(t, get(s, origin, "/nobody.example/v2.0/.well-known/openid-configuration"), 400)
	want(t, "error", d["error"], "invalid_tenant")
	want(t, "codes", d["error_codes"], "[90002]")
	document(t, get(s, origin, "/"+DefaultTenantID+"/v2.0/.well-known/openid-configuration"), 200)
}
