package identity

import (
	"strconv"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestManagedIdentity(t *testing.T) {
	s := newTest(t, Config{DefaultApp: "default"})
	forms := []struct{ name, path, header string }{
		{"App Service (azidentity, @azure/identity)", "/msi/token", "X-Identity-Header"},
		{"IMDS (Terraform)", "/metadata/identity/oauth2/token", "Metadata"},
		{"IMDS with a slash (@azure/identity)", "/metadata/identity/oauth2/token/", "Metadata"},
	}
	for _, form := range forms {
		t.Run(form.name, func(t *testing.T) {
			ask := func(query string, h call.Header) call.Response {
				return s.Handle(Request{Method: "GET", Origin: "http://127.0.0.1:8880", Path: form.path, RawQuery: query, Header: h})
			}
			h := call.Header{form.header: {"true"}}
			d := document(t, ask("api-version=2019-08-01&resource=https%3A%2F%2Fgraph.microsoft.com", h), 200)
			want(t, "client_id", d["client_id"], "default")
			want(t, "resource", d["resource"], graph)
			if _, err := strconv.ParseInt(d["expires_on"].(string), 10, 64); err != nil {
				t.Error("expires_on:", err)
			}
			c := claims(t, d["access_token"])
			want(t, "idtyp", c["idtyp"], "app")
			want(t, "aud", c["aud"], graph)
			d = document(t, ask("resource=https://graph.microsoft.com/&client_id=mine", h), 200)
			want(t, "client_id", claims(t, d["access_token"])["appid"], "mine")
			document(t, ask("resource=x", nil), 400) // DefaultAzureCredential probes without the header
			document(t, ask("", h), 400)
		})
	}
}
