// Package hamilton holds github.com/manicminer/hamilton, the client that
// Terraform's provider azuread was built on, against the fake by that client's
// own tests: they were written for a tenant of the real service.
package hamilton

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/manicminer/hamilton/msgraph" // whose tests are run

	"github.com/fakegraph/fakegraph/server"
)

// deviating are the tests that fail against the fake, each with the reason.
var deviating = map[string]string{
	"TestAccessPackageResourceRequestClient":   "requests for resources of a catalog are not carried out",
	"TestAccessPackageResourceRoleScopeClient": "as above",
	"TestApplicationTemplatesClient":           "wants a gallery with templates for education",
	"TestAuthenticationMethodsClient":          "changes phones by PUT, which the service has given up",
	"TestNamedLocationsClient":                 "deletes a trusted location, which the service refuses by now",
	"TestServicePrincipalsClient":              "signing certificates with members that no page names",
}

// TestHamilton runs what the client's authors test it with, through the proxy.
func TestHamilton(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	ca := filepath.Join(t.TempDir(), "ca.pem")
	certificate, err := fake.CACertificate()
	if err == nil {
		err = os.WriteFile(ca, certificate, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, ca, fake.Addresses().HTTP)
	passed := 0
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		verdict, rest, _ := strings.Cut(lines.Text(), ": ")
		name, _, _ := strings.Cut(rest, " ")
		switch {
		case verdict == "--- PASS" && deviating[name] != "":
			t.Errorf("%s passes: take it off the list", name)
		case verdict == "--- PASS":
			passed++
		case verdict == "--- FAIL" && deviating[name] == "":
			t.Errorf("%s fails", name)
		}
	}
	if passed < 25 || t.Failed() {
		t.Errorf("%d passed\n%s", passed, out)
	}
}

// run gives each test a process of its own, as some end it when they fail.
func run(t *testing.T, ca, proxy string) []byte {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "msgraph.test")
	const path = "github.com/manicminer/hamilton/msgraph"
	if out, err := exec.Command("go", "test", "-c", "-o", binary, path).CombinedOutput(); err != nil {
		t.Fatalf("go test -c %s: %v\n%s", path, err, out)
	}
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	environment := append(os.Environ(), "HTTPS_PROXY="+proxy, "SSL_CERT_FILE="+ca, "NO_PROXY=", "no_proxy=", "RETRY_MAX=1",
		"TENANT_ID=f4ce0a11-0000-4000-8000-000000000001", "TENANT_DOMAIN=contoso.onmicrosoft.com",
		"CLIENT_ID=22222222-2222-4333-8444-555555555555", "CLIENT_SECRET=any")
	call := func(arguments ...string) []byte {
		c := exec.Command(binary, arguments...)
		c.Dir, c.Env = strings.TrimSpace(string(dir)), environment
		out, _ := c.CombinedOutput() // the verdicts are in what it prints
		return out
	}
	var all []byte
	for name := range strings.FieldsSeq(string(call("-test.list", "."))) {
		if strings.HasPrefix(deviating[name], "requests") || deviating[name] == "as above" {
			continue // they wait long
		}
		all = append(all, call("-test.v", "-test.run", "^"+name+"$")...)
	}
	return all
}
