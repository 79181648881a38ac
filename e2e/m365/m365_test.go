// Package m365 holds the CLI for Microsoft 365 against the fake.
package m365

import (
	"archive/zip"
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
	if err == nil {
		err = writeApp(filepath.Join(home, "app.zip"))
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

// writeApp writes the package of an app of Teams.
func writeApp(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := zip.NewWriter(f)
	manifest, err := w.Create("manifest.json")
	if err != nil {
		return err
	}
	const app = `{"id":"8d3a1f64-1f0a-4b3c-8f50-0c9d3d4e5f60","version":"1.0.0","name":{"short":"CLI app of Teams"},"description":{"short":"s","full":"f"}}`
	if _, err := manifest.Write([]byte(app)); err != nil {
		return err
	}
	return w.Close()
}
