package edge

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// chain verifies a leaf as a client of host at a time would.
func chain(a *Authority, leaf *x509.Certificate, host string, at time.Time) error {
	_, err := leaf.Verify(x509.VerifyOptions{Roots: a.Pool(), DNSName: host, CurrentTime: at})
	return err
}

func TestAuthority_Certificate(t *testing.T) {
	c := sharedAuthority().Certificate()
	switch {
	case !c.IsCA || !c.MaxPathLenZero || c.KeyUsage&x509.KeyUsageCertSign == 0:
		t.Error("not a CA for leaves only")
	case !c.PermittedDNSDomainsCritical || len(c.PermittedDNSDomains) == 0 || len(c.PermittedIPRanges) == 0:
		t.Error("not constrained")
	case len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageServerAuth:
		t.Error("not for servers only")
	case c.PublicKeyAlgorithm != x509.ECDSA || len(c.SubjectKeyId) == 0:
		t.Error("key")
	}
}

// A stolen key must be worth nothing for other hosts or other purposes.
func TestAuthority_ConstraintsHold(t *testing.T) {
	a := testAuthority(t)
	for _, host := range []string{"example.com", "microsoft.com", "portal.azure.com", "8.8.8.8"} {
		leaf, err := a.mint(soleName(host))
		if err != nil {
			t.Fatal(err)
		}
		if err := chain(a, leaf.Leaf, host, testTime); err == nil {
			t.Errorf("a certificate for %s is accepted", host)
		}
	}
	leaf, err := a.Leaf("localhost")
	if err != nil {
		t.Fatal(err)
	}
	_, err = leaf.Leaf.Verify(x509.VerifyOptions{Roots: a.Pool(), CurrentTime: testTime, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning}})
	if err == nil {
		t.Error("accepted for signing code")
	}
}

func testAuthority(t testing.TB, extras ...string) *Authority {
	t.Helper()
	a, err := NewAuthority(extras)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A process shares one authority between tests in bubbles and outside.
func TestNewAuthority_ValidInBubblesAndNow(t *testing.T) {
	a := testAuthority(t)
	leaf, err := a.Leaf("localhost")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Now(), testTime} {
		if err := chain(a, leaf.Leaf, "localhost", at); err != nil {
			t.Errorf("at %s: %v", at, err)
		}
	}
}

func TestNewAuthority_BadName(t *testing.T) {
	if _, err := NewAuthority([]string{"https://x"}); err == nil {
		t.Error("no error")
	}
}

func TestAuthority_PEM(t *testing.T) {
	a := sharedAuthority()
	text := a.PEM()
	block, rest := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" || len(rest) > 0 || !bytes.Equal(block.Bytes, a.Certificate().Raw) {
		t.Errorf("%s", text)
	}
	text[0] = 'x'
	if a.PEM()[0] == 'x' {
		t.Error("PEM shares its bytes")
	}
}

// TestAuthority_OtherClients has programs that are not Go verify the chain:
// OpenSSL with its strictest checks, curl and Node by connecting.
func TestAuthority_OtherClients(t *testing.T) {
	s := startServer(t, answering(func(*call.Call) *call.Response { return &call.Response{Status: 200, Body: []byte(`"ok"`)} }))
	dir := t.TempDir()
	ca := filepath.Join(dir, "ca.pem")
	write(t, ca, sharedAuthority().PEM())
	byName := strings.Replace(s.tls, "127.0.0.1", "localhost", 1)

	t.Run("openssl", func(t *testing.T) {
		for _, host := range []string{"", "graph.microsoft.com", "login.microsoftonline.us"} {
			leaf, err := sharedAuthority().Leaf(host)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "leaf.pem")
			write(t, file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf.Certificate[0]}))
			name := []string{"-verify_ip", "127.0.0.1"}
			if host != "" {
				name = []string{"-verify_hostname", host}
			}
			run(t, nil, "openssl", append([]string{"verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", ca, "-no-CApath", "-no-CAstore"}, append(name, file)...)...)
		}
	})
	t.Run("curl", func(t *testing.T) {
		for _, url := range []string{s.tls, byName} {
			run(t, nil, "curl", "--silent", "--show-error", "--fail", "--noproxy", "*", "--cacert", ca, url+"/v1.0/me")
		}
	})
	t.Run("node", func(t *testing.T) {
		for _, url := range []string{s.tls, byName} {
			run(t, []string{"NODE_EXTRA_CA_CERTS=" + ca}, "node", "-e", `require("https").get("`+url+`/v1.0/me",
				r => process.exit(r.statusCode === 200 ? 0 : 1)).on("error", e => { console.error(e); process.exit(1) })`)
		}
	})
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// run skips the test when the program is not installed.
func run(t *testing.T, env []string, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %q: %v\n%s", program, args, err, out)
	}
	return string(out)
}

func TestAuthority_TLSConfig(t *testing.T) {
	s := startServer(t, answering(func(*call.Call) *call.Response { return &call.Response{Status: 204} }))
	addr := s.Addresses()[1].Addr
	for name, c := range map[string]*struct {
		config tls.Config
		proto  string
		fails  bool
	}{
		"h2":           {tls.Config{NextProtos: []string{"h2", "http/1.1"}, ServerName: "localhost"}, "h2", false},
		"http/1.1":     {tls.Config{NextProtos: []string{"http/1.1"}, ServerName: "127.0.0.1"}, "http/1.1", false},
		"TLS 1.2":      {tls.Config{MaxVersion: tls.VersionTLS12, ServerName: "::1"}, "", false},
		"TLS 1.1":      {tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11, ServerName: "localhost"}, "", true},
		"Graph's name": {tls.Config{ServerName: "graph.microsoft.com"}, "", false},
		"foreign name": {tls.Config{ServerName: "example.com"}, "", true},
	} {
		c.config.RootCAs = sharedAuthority().Pool()
		conn, err := tls.Dial("tcp", addr, &c.config)
		if (err != nil) != c.fails {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			if got := conn.ConnectionState().NegotiatedProtocol; got != c.proto {
				t.Errorf("%s: protocol %q", name, got)
			}
			_ = conn.Close()
		}
	}
}

// Servers share an authority; net/http changes the configuration it is given.
func TestAuthority_TLSConfigIsTheCallers(t *testing.T) {
	a := sharedAuthority()
	a.TLSConfig().NextProtos = nil
	if len(a.TLSConfig().NextProtos) != 2 {
		t.Error("changed for all")
	}
}

func ExampleAuthority() {
	a, err := NewAuthority([]string{"fakegraph"})
	if err != nil {
		panic(err)
	}
	s := &Server{
		Handler:   http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") }),
		Authority: a,
		Listen:    []Listen{{Addr: "127.0.0.1:0", TLS: true}},
	}
	if err := s.Start(); err != nil {
		panic(err)
	}
	defer s.Close()

	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: a.Pool()}}
	defer tr.CloseIdleConnections()
	resp, err := (&http.Client{Transport: tr}).Get(s.Addresses()[0].URL())
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(os.Stdout, resp.Body)
	// Output: hello
}
