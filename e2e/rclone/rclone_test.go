// Package rclone holds the command-line tool rclone against the fake: files by
// path, upload sessions, copies with a monitor, moves, hashes and links.
package rclone

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

const (
	demoApp    = "f4ce0a11-0000-4000-8000-0000000000a1"
	demoSecret = "fakegraph-demo-secret"
	demoTenant = "contoso.onmicrosoft.com"
	megan      = "megan.bowen@" + demoTenant
)

// TestRclone works with a user's OneDrive as a person at a terminal does. The
// first token has expired, so that rclone gets its own with the refresh token.
func TestRclone(t *testing.T) {
	if _, err := exec.LookPath("rclone"); err != nil {
		t.Skip("rclone is not installed")
	}
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	source, remote := tree(t), newRemote(t, fake)
	for _, step := range []struct{ args, want string }{
		{"about od:", `Total: +1 TiB`},
		{"copy SOURCE od:dst", `^$`},
		{"check SOURCE od:dst", `0 differences found(?s:.*)5 matching files`},
		{"lsf -R --hash QuickXorHash --format ph od:dst", `a\.txt;6828031bd8f00605000000000600000000000000`},
		{"size od:dst", `Total objects: 5`},
		{"cat od:dst/a.txt", `^hello\n$`},
		{"cat --offset 10 --count 20 od:dst/big.bin", `^\x00{20}$`},
		{"copyto od:dst/a.txt od:dst/copy/b.txt -vv", `Copied \(server-side copy\)`},
		{"moveto od:dst/a.txt od:dst/moved/c.txt -v", `Moved \(server-side\)`},
		{"moveto od:dst/sub od:other/sub -v", `Server side directory move succeeded`},
		{"lsf -R od:", `dst/copy/b\.txt(?s:.*)dst/moved/c\.txt(?s:.*)other/sub/deep/mid\.bin`},
		{"link od:dst/big.bin", `^https://contoso-my\.sharepoint\.com/personal/megan_bowen_contoso_onmicrosoft_com/_layouts/15/download\.aspx\?share=`},
		{"sync SOURCE od:dst", `^$`},
		{"check SOURCE od:dst", `0 differences found`},
		{"touch od:dst/touched", `^$`},
		{"deletefile od:dst/touched", `^$`},
		{"cleanup od:", `^$`},
		{"mkdir od:new/x/y", `^$`},
		{"rmdir od:new/x/y", `^$`},
		{"purge od:dst", `^$`},
		{"lsf od:", `^new/\nother/\n$`},
	} {
		got := remote.run(t, strings.Fields(strings.ReplaceAll(step.args, "SOURCE", source))...)
		if !regexp.MustCompile(step.want).MatchString(got) {
			t.Errorf("rclone %s: want %s in\n%s", step.args, step.want, got)
		}
	}
}

// tree is a folder with an empty file, one for an upload session and names
// that have to be escaped.
func tree(t *testing.T) string {
	dir := t.TempDir()
	for name, contents := range map[string][]byte{
		"a.txt": []byte("hello\n"), "empty.txt": nil, "with space/b #1%.txt": []byte("b"), "sub/deep/mid.bin": bytes.Repeat([]byte("mid"), 100_000),
		"big.bin": make([]byte, 12_000_000),
	} {
		file := filepath.Join(dir, name)
		check(t, os.MkdirAll(filepath.Dir(file), 0o755))
		check(t, os.WriteFile(file, contents, 0o644))
	}
	return dir
}

// remote is an rclone configuration with the fake behind the proxy.
type remote struct{ config, proxy, ca string }

func newRemote(t *testing.T, fake *server.Test) remote {
	t.Helper()
	dir := t.TempDir()
	r := remote{filepath.Join(dir, "rclone.conf"), fake.Addresses().HTTP, filepath.Join(dir, "ca.pem")}
	pem, err := fake.CACertificate()
	check(t, err)
	check(t, os.WriteFile(r.ca, pem, 0o600))
	var token struct {
		Refresh string `json:"refresh_token"`
	}
	answer, err := http.PostForm(r.proxy+"/"+demoTenant+"/oauth2/v2.0/token", url.Values{
		"grant_type": {"password"}, "client_id": {demoApp}, "client_secret": {demoSecret}, "username": {megan},
		"password": {"fakegraph-demo-password"}, "scope": {"https://graph.microsoft.com/Files.ReadWrite.All offline_access"}})
	decode(t, answer, err, &token)
	var drive struct {
		ID string `json:"id"`
	}
	answer, err = fake.Client().Get(fake.URL + "/v1.0/users/" + megan + "/drive")
	decode(t, answer, err, &drive)
	check(t, os.WriteFile(r.config, fmt.Appendf(nil, `[od]
type = onedrive
client_id = %s
client_secret = %s
drive_id = %s
drive_type = business
token = {"access_token":"old","token_type":"Bearer","refresh_token":%q,"expiry":"2020-01-01T00:00:00Z"}
`, demoApp, demoSecret, drive.ID, token.Refresh), 0o600))
	return r
}

func decode(t *testing.T, answer *http.Response, err error, into any) {
	t.Helper()
	check(t, err)
	defer answer.Body.Close()
	check(t, json.NewDecoder(answer.Body).Decode(into))
}

// run is one command and what it prints.
func (r remote) run(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.Command("rclone", append([]string{"--config", r.config, "--retries", "1", "--low-level-retries", "1"}, args...)...)
	c.Env = append(os.Environ(), "HTTPS_PROXY="+r.proxy, "SSL_CERT_FILE="+r.ca, "NO_PROXY=", "no_proxy=")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("rclone %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
