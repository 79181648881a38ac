// Package m365 holds the CLI for Microsoft 365 against the fake.
package m365

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fakegraph/fakegraph/e2e/internal/javascript"
	"github.com/fakegraph/fakegraph/server"
)

// TestCommands goes through the proxy, with nothing configured but its certificate.
func TestCommands(t *testing.T) {
	javascript.Install(t, ".")
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	home := t.TempDir()
	ca := filepath.Join(home, "ca.pem")
	certificate, err := fake.CACertificate()
	if err == nil {
		err = os.WriteFile(ca, certificate, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", "commands.mjs")
	c.Env = append(os.Environ(), "HOME="+home, "NODE_EXTRA_CA_CERTS="+ca, "HTTPS_PROXY="+fake.Addresses().HTTP)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
