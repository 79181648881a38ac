// Package libraries holds JavaScript libraries that speak to Graph for their users
// against the fake: Microsoft's typed SDK, PnPjs, and microsoft-graph with its
// workbooks.
package libraries

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/e2e/internal/javascript"
	"github.com/fakegraph/fakegraph/server"
)

const programs = "../js"

// TestTyped goes through the proxy, with nothing configured but its certificate.
func TestTyped(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	node(t, fake, "HTTPS_PROXY="+fake.Addresses().HTTP, "--import", "./proxy.mjs", "typed.mjs")
}

// TestPnP leads the real host names to the fake, since the MSAL that PnPjs brings
// knows no proxy but one that it is given.
func TestPnP(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	node(t, fake, "FAKE_TLS="+strings.TrimPrefix(fake.Addresses().HTTPS, "https://"), "--import", "./hosts.mjs", "pnp.mjs")
}

// TestWorkbook leads the real host names to the fake, as a hosts file would.
func TestWorkbook(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	node(t, fake, "FAKE_TLS="+strings.TrimPrefix(fake.Addresses().HTTPS, "https://"), "--import", "./hosts.mjs", "workbook.mjs")
}

// node runs a program of e2e/js that trusts the fake.
func node(t *testing.T, fake *server.Test, way string, arguments ...string) {
	t.Helper()
	javascript.Install(t, programs)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	certificate, err := fake.CACertificate()
	if err == nil {
		err = os.WriteFile(ca, certificate, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", arguments...)
	c.Dir, c.Env = programs, append(os.Environ(), "NODE_EXTRA_CA_CERTS="+ca, way)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", arguments[len(arguments)-1], err, out)
	}
}
