package signin

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/e2e/internal/javascript"
	"github.com/fakegraph/fakegraph/server"
)

// programs is where the Node programs are.
const programs = "../js"

// TestJavaScript runs each case of clients.mjs, and the README's programs, with
// what users would set: the fake named in the program, or the proxy.
func TestJavaScript(t *testing.T) {
	javascript.Install(t, programs)
	fake := start(t)
	e := environmentOf(t, fake)
	const app = "e2e00000-0000-4000-8000-0000000000c2"
	certificate := filepath.Join(t.TempDir(), "client.pem")
	check(t, os.WriteFile(certificate, certificatePEM(t, fake, app), 0o600))
	common := append(e.common, "CERTIFICATE="+certificate, "CERTIFIED_APP="+app)

	for way, more := range map[string][]string{"explicit": {"AZURE_AUTHORITY_HOST=" + e.base}, "proxy": {"HTTPS_PROXY=" + e.plain}} {
		for name, environment := range map[string][]string{
			"identity secret":              nil,
			"identity certificate":         nil,
			"identity device code":         nil,
			"identity default":             {"AZURE_TENANT_ID=" + demoTenant, "AZURE_CLIENT_ID=" + demoApp, "AZURE_CLIENT_SECRET=" + demoSecret},
			"identity managed":             {"IDENTITY_ENDPOINT=" + e.plain + "/msi/token", "IDENTITY_HEADER=any"},
			"msal confidential":            nil,
			"msal public":                  nil,
			"msal code":                    nil,
			"graph client batch":           nil,
			"graph client pages":           nil,
			"graph client upload":          nil,
			"graph client drops the token": nil,
		} {
			t.Run(way+"/"+name, func(t *testing.T) {
				node(t, slices.Concat(common, more, environment, []string{"FAKE_WAY=" + way}), "clients.mjs", name)
			})
		}
	}
}

// node runs a program. This Node's fetch may not know HTTPS_PROXY, so that a
// module is loaded first that makes it.
func node(t *testing.T, environment []string, args ...string) {
	t.Helper()
	if slices.ContainsFunc(environment, func(v string) bool { return strings.HasPrefix(v, "HTTPS_PROXY=") }) {
		args = append([]string{"--import", "./proxy.mjs"}, args...)
	}
	run(t, environment, programs, "node", args...)
}

// run runs a program of the users' side with nothing of the machine's own
// settings for sign-ins and proxies.
func run(t *testing.T, environment []string, dir, program string, args ...string) {
	t.Helper()
	c := exec.Command(program, args...)
	c.Dir = dir
	c.Env = append(clean(os.Environ()), environment...)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// environment is where a program of the users' side finds the fake.
type environment struct {
	base, plain string // HTTPS by name, HTTP
	common      []string
}

func environmentOf(t *testing.T, fake *server.Test) environment {
	t.Helper()
	ca, err := fake.CACertificate()
	check(t, err)
	file := filepath.Join(t.TempDir(), "ca.pem")
	check(t, os.WriteFile(file, ca, 0o600))
	addresses := fake.Addresses()
	e := environment{base: "https://localhost:" + port(t, addresses.HTTPS), plain: addresses.HTTP}
	e.common = []string{"NODE_EXTRA_CA_CERTS=" + file, "REQUESTS_CA_BUNDLE=" + file, "SSL_CERT_FILE=" + file, "FAKE_URL=" + e.base, "FAKE_HTTP=" + e.plain, "NO_PROXY="}
	return e
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
