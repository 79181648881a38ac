// Package cli runs command-line tools against the fake as they are released,
// through the proxy and with nothing configured but its certificate.
package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// azure is the Azure CLI, signed in to a fake.
type azure struct {
	t           *testing.T
	environment []string
}

func newAzure(t *testing.T, fake *server.Test) *azure {
	t.Helper()
	if _, err := exec.LookPath("az"); err != nil {
		t.Skip("az is not installed: the Azure CLI is not tested here")
	}
	dir := t.TempDir()
	ca := filepath.Join(dir, "ca.pem")
	certificate, err := fake.CACertificate()
	if err == nil {
		err = os.WriteFile(ca, certificate, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &azure{t, append(os.Environ(),
		"AZURE_CONFIG_DIR="+dir, "HTTPS_PROXY="+fake.Addresses().HTTP, "REQUESTS_CA_BUNDLE="+ca,
		"AZURE_CORE_COLLECT_TELEMETRY=no", "AZURE_CORE_ONLY_SHOW_ERRORS=yes", "AZURE_CORE_OUTPUT=tsv",
	)}
}

// run is what a command prints. It must succeed.
func (a *azure) run(arguments ...string) string {
	a.t.Helper()
	c := exec.Command("az", arguments...)
	var told bytes.Buffer
	c.Env, c.Stderr = a.environment, &told
	out, err := c.Output()
	if err != nil {
		a.t.Fatalf("az %s: %v\n%s", strings.Join(arguments, " "), err, told.String())
	}
	return strings.TrimSpace(string(out))
}

// want runs a command that prints text.
func (a *azure) want(text string, arguments ...string) {
	a.t.Helper()
	if got := a.run(arguments...); got != text {
		a.t.Errorf("az %s: %q, want %q", strings.Join(arguments, " "), got, text)
	}
}

// TestAzure is a day of an administrator: a user, a group, an application with
// its credentials and its permissions, and a request of one's own.
func TestAzure(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	az := newAzure(t, fake)
	az.run("login", "--service-principal", "-u", "11111111-2222-4333-8444-555555555555", "-p", "any", "--tenant", "contoso.onmicrosoft.com", "--allow-no-subscriptions")
	az.want("Bearer", "account", "get-access-token", "--resource-type", "ms-graph", "--query", "tokenType")

	user := az.run("ad", "user", "create", "--display-name", "Zoe", "--user-principal-name", "zoe@contoso.com", "--password", "xWwvJ]6NMw+bWH-d", "--query", "id")
	az.run("ad", "user", "update", "--id", user, "--display-name", "Zoey")
	az.want("Zoey", "ad", "user", "list", "--filter", "startswith(displayName,'Zo')", "--query", "[].displayName")
	group := az.run("ad", "group", "create", "--display-name", "Gang", "--mail-nickname", "gang", "--query", "id")
	az.run("ad", "group", "member", "add", "-g", "Gang", "--member-id", user)
	az.want("true", "ad", "group", "member", "check", "-g", group, "--member-id", user, "--query", "value")
	az.want("Gang", "ad", "user", "get-member-groups", "--id", user, "--query", "[].displayName")

	app := az.run("ad", "app", "create", "--display-name", "Prog", "--identifier-uris", "api://prog", "--query", "appId")
	az.run("ad", "app", "update", "--id", "api://prog", "--set", "displayName=Progress")
	az.run("ad", "app", "credential", "reset", "--id", app, "--append", "--display-name", "k")
	az.want("k", "ad", "app", "credential", "list", "--id", app, "--query", "[].displayName")
	az.run("ad", "app", "federated-credential", "create", "--id", app, "--parameters",
		`{"name":"main","issuer":"https://token.example.com","subject":"repo:o/r","audiences":["api://AzureADTokenExchange"]}`)
	az.want("repo:o/r", "ad", "app", "federated-credential", "show", "--id", app, "--federated-credential-id", "main", "--query", "subject")
	az.want("Progress", "ad", "sp", "create", "--id", app, "--query", "displayName")
	az.run("ad", "app", "permission", "grant", "--id", app, "--api", "00000003-0000-0000-c000-000000000000", "--scope", "User.Read")
	az.want("User.Read", "ad", "app", "permission", "list-grants", "--id", app, "--query", "[].scope")

	az.run("ad", "app", "delete", "--id", app)
	az.run("ad", "group", "delete", "-g", "Gang")
	az.run("ad", "user", "delete", "--id", user)
	az.want("0", "rest", "--url", "https://graph.microsoft.com/v1.0/users?$filter=displayName eq 'Zoey'", "--query", "length(value)")
}
