// Package onedrive holds the synchronizing client onedrive for Linux against the
// fake: its own upload sessions, deltas with moves and deletions, and hashes.
package onedrive

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

const certificates = "/etc/ssl/certs/ca-certificates.crt"

// TestOneDrive keeps two computers of one user alike.
func TestOneDrive(t *testing.T) {
	for _, tool := range []string{"onedrive", "unshare"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	here, there := newComputer(t, fake), newComputer(t, fake)
	here.write("d/a.txt", []byte("hello\n"))
	here.write("d/e/with space #1.txt", []byte("b"))
	here.write("big.bin", bytes.Repeat([]byte("big"), 4_000_000))
	alike(t, here, there)
	here.write("d/a.txt", []byte("changed\n"))
	check(t, os.Rename(filepath.Join(here.dir, "d/e"), filepath.Join(here.dir, "moved")))
	check(t, os.Remove(filepath.Join(here.dir, "big.bin")))
	alike(t, here, there)
	check(t, os.RemoveAll(filepath.Join(there.dir, "d")))
	alike(t, there, here)
}

// computer is a configuration of the client and the folder that it keeps.
type computer struct {
	t                          *testing.T
	configuration, dir, bundle string
	proxy                      string
}

func newComputer(t *testing.T, fake *server.Test) *computer {
	t.Helper()
	c := &computer{t, t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "ca.pem"), fake.Addresses().HTTP}
	known, err := os.ReadFile(certificates)
	if err != nil {
		t.Skip("no bundle of certificates to put the fake's in: ", err)
	}
	certificate, err := fake.CACertificate()
	check(t, err)
	check(t, os.WriteFile(c.bundle, append(known, certificate...), 0o644))
	if out, err := c.command("true").CombinedOutput(); err != nil {
		t.Skipf("mounts cannot be private here: %v\n%s", err, out)
	}
	answer, err := http.PostForm(c.proxy+"/contoso.onmicrosoft.com/oauth2/v2.0/token", url.Values{
		"grant_type": {"password"}, "client_id": {"d50ca740-c83f-4d1b-b616-12c519384f0c"}, "username": {"megan.bowen@contoso.onmicrosoft.com"},
		"password": {"fakegraph-demo-password"}, "scope": {"https://graph.microsoft.com/Files.ReadWrite.All offline_access"}})
	check(t, err)
	defer answer.Body.Close()
	var token struct {
		Refresh string `json:"refresh_token"`
	}
	check(t, json.NewDecoder(answer.Body).Decode(&token))
	check(t, os.WriteFile(filepath.Join(c.configuration, "refresh_token"), []byte(token.Refresh), 0o600))
	// Debian's libcurl breaks off uploads over HTTP/2.
	check(t, os.WriteFile(filepath.Join(c.configuration, "config"), []byte("sync_dir = \""+c.dir+"\"\nforce_http_11 = \"true\"\n"), 0o600))
	return c
}

// command runs with the fake's certificate among those of the system, which are
// the only ones that the client trusts.
func (c *computer) command(arguments ...string) *exec.Cmd {
	mount := []string{"-m", "sh", "-c", `mount --bind "$0" ` + certificates + ` && exec "$@"`, c.bundle}
	command := exec.Command("unshare", append(mount, arguments...)...)
	command.Env = append(os.Environ(), "HTTPS_PROXY="+c.proxy, "https_proxy="+c.proxy, "NO_PROXY=", "no_proxy=")
	return command
}

func (c *computer) synchronize() {
	c.t.Helper()
	out, err := c.command("timeout", "60", "onedrive", "--confdir="+c.configuration, "--synchronize", "--verbose").CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("ERROR")) || !bytes.Contains(out, []byte("Sync with OneDrive is complete")) {
		c.t.Fatalf("onedrive: %v\n%s", err, bytes.ReplaceAll(out, []byte("\r"), []byte("\n")))
	}
}

func (c *computer) write(name string, contents []byte) {
	c.t.Helper()
	file := filepath.Join(c.dir, name)
	check(c.t, os.MkdirAll(filepath.Dir(file), 0o755))
	check(c.t, os.WriteFile(file, contents, 0o644))
}

// alike brings the changes of one computer to the other.
func alike(t *testing.T, from, to *computer) {
	t.Helper()
	from.synchronize()
	to.synchronize()
	if out, err := exec.Command("diff", "-r", from.dir, to.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
