// Package signin holds unmodified clients of Entra ID against the fake, each in
// the ways that the README tells users of: by [server.Server.Transport], through
// the proxy, and by explicit configuration.
package signin

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/fakegraph/fakegraph/server"
)

// The set demo's application.
const (
	demoApp    = "f4ce0a11-0000-4000-8000-0000000000a1"
	demoSecret = "fakegraph-demo-secret"
	demoTenant = "contoso.onmicrosoft.com"
	graph      = "https://graph.microsoft.com"
	scope      = graph + "/.default"
)

// people adds users to whatever else is loaded.
const people = `{"version":"v1.0","entities":{"/users":[
	{"id":"e2e00000-0000-4000-8000-000000000001","displayName":"Pat","userPrincipalName":"pat@contoso.onmicrosoft.com","accountEnabled":true,"passwordProfile":{"password":"right"}}]}}`

const pat = "pat@contoso.onmicrosoft.com"

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// start is a strict server with both listeners, the demo set and Pat.
func start(t *testing.T, options ...server.Option) *server.Test {
	t.Helper()
	options = append([]server.Option{server.WithAuth("strict"), server.WithAddresses("127.0.0.1:0", "127.0.0.1:0")}, options...)
	fake := server.NewTest(t, options...)
	addFixture(t, fake, people)
	return fake
}

func addFixture(t *testing.T, fake *server.Test, text string) {
	t.Helper()
	r, err := fake.Client().Post(fake.URL+"/_fake/fixtures", "application/json", strings.NewReader(text))
	check(t, err)
	defer r.Body.Close()
	if r.StatusCode != 200 {
		body, _ := io.ReadAll(r.Body)
		t.Fatalf("fixture: %d %s", r.StatusCode, body)
	}
}

// claims are those of a token, as Terraform and @azure/identity read them.
func claims(t *testing.T, token string) map[string]any {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("no JWT: %q", token)
	}
	plain, err := base64.RawURLEncoding.DecodeString(parts[1])
	check(t, err)
	var c map[string]any
	check(t, json.Unmarshal(plain, &c))
	return c
}

// useToken calls Graph with a credential's token and wants a status.
func useToken(t *testing.T, c *http.Client, url, token string, status int) {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	check(t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := c.Do(r)
	check(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != status {
		body, _ := io.ReadAll(answer.Body)
		t.Errorf("GET %s: %d, want %d: %s: %s", url, answer.StatusCode, status, answer.Header.Get("X-Fake-Reason"), body)
	}
}

func tokenOf(t *testing.T, cred azcore.TokenCredential, scopes ...string) string {
	t.Helper()
	if len(scopes) == 0 {
		scopes = []string{scope}
	}
	token, err := cred.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: scopes, EnableCAE: true})
	check(t, err)
	return token.Token
}
