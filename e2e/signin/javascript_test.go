package signin

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// javascript is where the Node programs are.
const javascript = "../js"

// installed makes sure of Node and the packages, or skips.
func installed(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: the JavaScript clients are not tested here", tool)
		}
	}
	if _, err := os.Stat(filepath.Join(javascript, "node_modules", "@azure")); err == nil {
		return
	}
	c := exec.Command("npm", "ci", "--no-progress")
	c.Dir = javascript
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
}

// TestJavaScript runs each case of clients.mjs with what users would set.
func TestJavaScript(t *testing.T) {
	installed(t)
	fake := start(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	addresses := fake.Addresses()
	dir := t.TempDir()
	ca, err := fake.CACertificate()
	check(t, err)
	caFile := filepath.Join(dir, "ca.pem")
	check(t, os.WriteFile(caFile, ca, 0o600))
	const app = "e2e00000-0000-4000-8000-0000000000c2"
	certificate := filepath.Join(dir, "client.pem")
	check(t, os.WriteFile(certificate, certificatePEM(t, fake, app), 0o600))

	base := "https://localhost:" + port(t, addresses.HTTPS)
	plain := addresses.HTTP
	common := []string{"NODE_EXTRA_CA_CERTS=" + caFile, "FAKE_URL=" + base, "FAKE_HTTP=" + plain, "CERTIFICATE=" + certificate, "CERTIFIED_APP=" + app, "NO_PROXY="}
	application := []string{"AZURE_TENANT_ID=" + demoTenant, "AZURE_CLIENT_ID=" + demoApp, "AZURE_CLIENT_SECRET=" + demoSecret, "AZURE_AUTHORITY_HOST=" + base}
	for name, environment := range map[string][]string{
		"identity secret":              nil,
		"identity certificate":         nil,
		"identity device code":         nil,
		"identity default":             application,
		"identity managed":             {"IDENTITY_ENDPOINT=" + plain + "/msi/token", "IDENTITY_HEADER=any"},
		"graph client drops the token": nil,
		"proxy":                        {"HTTPS_PROXY=" + plain},
		"msal confidential":            nil,
		"msal public":                  nil,
		"msal code":                    nil,
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"clients.mjs", name}
			if name == "proxy" {
				args = append([]string{"--import", "./proxy.mjs"}, args...)
			}
			c := exec.Command("node", args...)
			c.Dir = javascript
			c.Env = append(append(clean(os.Environ()), common...), environment...)
			var out bytes.Buffer
			c.Stdout, c.Stderr = &out, &out
			if err := c.Run(); err != nil {
				t.Errorf("%v\n%s", err, out.String())
			}
		})
	}
}

// clean drops what the machine's own environment says of sign-ins and proxies.
func clean(environment []string) (kept []string) {
	for _, v := range environment {
		name, _, _ := strings.Cut(strings.ToUpper(v), "=")
		if !strings.HasPrefix(name, "AZURE_") && !strings.HasSuffix(name, "_PROXY") && !strings.HasPrefix(name, "IDENTITY_") && !strings.HasPrefix(name, "NODE_") {
			kept = append(kept, v)
		}
	}
	return kept
}

func port(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	check(t, err)
	return u.Port()
}

// certificatePEM is a certificate, registered on an application, and its key.
func certificatePEM(t *testing.T, fake *server.Test, app string) []byte {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(key)
	check(t, err)
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	for _, c := range certified(t, fake, key, &key.PublicKey, app) {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return text
}
