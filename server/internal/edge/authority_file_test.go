package edge

import (
	"bufio"
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func load(t *testing.T, dir string, now time.Time, extras ...string) *Authority {
	t.Helper()
	a, err := LoadAuthority(dir, extras, now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestLoadAuthority_KeepsIts(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "config", "fakegraph")
	first := load(t, dir, testTime, "fakegraph")
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, keyFile): 0o600, filepath.Join(dir, CertificateFile): 0o644} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	second := load(t, dir, testTime.AddDate(1, 0, 0), "fakegraph")
	if !bytes.Equal(first.PEM(), second.PEM()) {
		t.Error("made again")
	}
	leaf, err := second.Leaf("fakegraph")
	if err != nil {
		t.Fatal(err)
	}
	if err := chain(first, leaf.Leaf, "fakegraph", testTime.AddDate(1, 0, 0)); err != nil {
		t.Error(err)
	}
	files, _ := os.ReadDir(dir)
	if len(files) != 2 {
		t.Errorf("%v", files)
	}
}

// A client that trusts the CA as it was before a name was added needs the new
// file for that name only.
func TestLoadAuthority_NewName(t *testing.T) {
	dir := t.TempDir()
	before := load(t, dir, testTime, "one.test")
	after := load(t, dir, testTime, "two.test")
	if bytes.Equal(before.PEM(), after.PEM()) {
		t.Fatal("not made again")
	}
	for host, wants := range map[string][2]bool{ // accepted by before, by after
		"localhost": {true, true}, "graph.microsoft.com": {true, true}, "one.test": {true, true}, "two.test": {false, true},
	} {
		leaf, err := after.Leaf(host)
		if host == "localhost" {
			// The default leaf names two.test, which before does not permit.
			leaf, err = before.Leaf(host)
		}
		if err != nil {
			t.Fatal(err)
		}
		got := [2]bool{chain(before, leaf.Leaf, host, testTime) == nil, chain(after, leaf.Leaf, host, testTime) == nil}
		if got != wants {
			t.Errorf("%s: accepted %v, want %v", host, got, wants)
		}
	}
}

func TestLoadAuthority_Expiry(t *testing.T) {
	dir := t.TempDir()
	first := load(t, dir, testTime)
	late := testTime.AddDate(caYears, 0, -10)
	leaf, err := load(t, dir, late).Leaf("localhost")
	if err != nil {
		t.Fatal(err)
	}
	if leaf.Leaf.NotAfter.After(first.Certificate().NotAfter) {
		t.Error("the leaf outlives its CA")
	}
	later := testTime.AddDate(caYears, 0, 1)
	second := load(t, dir, later)
	if bytes.Equal(first.PEM(), second.PEM()) {
		t.Fatal("expired, yet kept")
	}
	leaf, err = second.Leaf("localhost")
	if err != nil {
		t.Fatal(err)
	}
	if err := chain(second, leaf.Leaf, "localhost", later); err != nil {
		t.Error(err)
	}
}

func TestLoadAuthority_Errors(t *testing.T) {
	foreignDir := t.TempDir()
	load(t, foreignDir, testTime)
	foreignCert, err := os.ReadFile(filepath.Join(foreignDir, CertificateFile))
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := testAuthority(t).Leaf("")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		spoil func(dir string) error
		want  []string // parts of the error
	}{
		"key lost":    {func(dir string) error { return os.Remove(filepath.Join(dir, keyFile)) }, []string{keyFile, "missing", "put the key back"}},
		"key garbage": {func(dir string) error { return spoil(dir, keyFile, "hello") }, []string{keyFile, "PEM", "delete"}},
		"key damaged": {func(dir string) error {
			return spoil(dir, keyFile, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
		}, []string{keyFile, "damaged", "delete"}},
		"certificate lies": {func(dir string) error { return spoil(dir, CertificateFile, string(foreignCert)) }, []string{CertificateFile, "does not belong", "delete"}},
		"certificate is a leaf": {func(dir string) error {
			return spoil(dir, CertificateFile, "-----BEGIN CERTIFICATE-----\n"+b64(leaf.Certificate[0])+"\n-----END CERTIFICATE-----\n")
		}, []string{CertificateFile, "not a CA made by fakegraph"}},
		"certificate garbage": {func(dir string) error { return spoil(dir, CertificateFile, "") }, []string{CertificateFile, "PEM", "delete"}},
		"certificate damaged": {func(dir string) error {
			return spoil(dir, CertificateFile, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
		}, []string{CertificateFile, "damaged"}},
		"key is a folder": {func(dir string) error {
			_ = os.Remove(filepath.Join(dir, keyFile))
			return os.Mkdir(filepath.Join(dir, keyFile), 0o700)
		}, []string{keyFile, "is a directory", "--ca-dir"}},
	} {
		dir := t.TempDir()
		load(t, dir, testTime)
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		_, err := LoadAuthority(dir, nil, testTime)
		for _, part := range c.want {
			if !strings.Contains(errText(err), part) {
				t.Errorf("%s: %v: does not say %q", name, err, part)
			}
		}
	}
}

func spoil(dir, file, text string) error {
	return os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600)
}

func TestLoadAuthority_NoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	for dir, want := range map[string]string{"": "no path", file: "not a directory", filepath.Join(file, "sub"): "not a directory"} {
		_, err := LoadAuthority(dir, nil, testTime)
		if !strings.Contains(errText(err), want) || !strings.Contains(errText(err), "--ca-dir") {
			t.Errorf("%q: %v", dir, err)
		}
	}
}

// A first start that was cut between key and certificate is finished.
func TestLoadAuthority_CertificateLost(t *testing.T) {
	dir := t.TempDir()
	first := load(t, dir, testTime)
	if err := os.Remove(filepath.Join(dir, CertificateFile)); err != nil {
		t.Fatal(err)
	}
	second := load(t, dir, testTime)
	leaf, err := second.Leaf("localhost")
	if err != nil {
		t.Fatal(err)
	}
	if err := chain(first, leaf.Leaf, "localhost", testTime); err != nil {
		t.Errorf("the key changed: %v", err)
	}
}

const loadInProcess = "FAKEGRAPH_EDGE_TEST_LOAD"

// TestLoadAuthority_Processes starts several processes at once on an empty
// folder: each must vouch for what any other signed.
func TestLoadAuthority_Processes(t *testing.T) {
	if dir := os.Getenv(loadInProcess); dir != "" {
		a := load(t, dir, testTime)
		leaf, err := a.Leaf("localhost")
		if err != nil {
			t.Fatal(err)
		}
		out := bufio.NewWriter(os.Stdout)
		defer out.Flush()
		_, _ = out.WriteString("\n" + b64(a.Certificate().Raw) + " " + b64(leaf.Certificate[0]) + "\n")
		return
	}
	dir := t.TempDir()
	outputs := make([]bytes.Buffer, 4)
	var processes []*exec.Cmd
	for i := range outputs {
		cmd := exec.Command(os.Args[0], "-test.run=^TestLoadAuthority_Processes$")
		cmd.Env = append(os.Environ(), loadInProcess+"="+dir)
		cmd.Stdout, cmd.Stderr = &outputs[i], &outputs[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		processes = append(processes, cmd)
	}
	var roots, leaves []*x509.Certificate
	for i, cmd := range processes {
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v\n%s", err, outputs[i].String())
		}
		root, leaf := certificatesIn(t, outputs[i].String())
		roots, leaves = append(roots, root), append(leaves, leaf)
	}
	for i, root := range roots {
		pool := x509.NewCertPool()
		pool.AddCert(root)
		for j, leaf := range leaves {
			if _, err := leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: "localhost", CurrentTime: testTime}); err != nil {
				t.Errorf("process %d does not accept what %d signed: %v", i, j, err)
			}
		}
	}
}

func certificatesIn(t *testing.T, output string) (root, leaf *x509.Certificate) {
	t.Helper()
	for text := range strings.Lines(output) {
		first, second, found := strings.Cut(strings.TrimSpace(text), " ")
		if !found || !strings.HasPrefix(first, "MII") {
			continue
		}
		root, err := x509.ParseCertificate(unb64(t, first))
		if err != nil {
			t.Fatal(err)
		}
		if leaf, err = x509.ParseCertificate(unb64(t, second)); err != nil {
			t.Fatal(err)
		}
		return root, leaf
	}
	t.Fatalf("no certificates in:\n%s", output)
	return nil, nil
}

func b64(der []byte) string { return base64.StdEncoding.EncodeToString(der) }

func unb64(t *testing.T, text string) []byte {
	t.Helper()
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestLinkOrCopy(t *testing.T) {
	for name, place := range map[string]func(from, to string) error{"link": linkOrCopy, "copy": copyNew} {
		dir := t.TempDir()
		from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
		write(t, from, []byte("a"))
		if err := place(from, to); err != nil {
			t.Fatal(err)
		}
		write(t, from, []byte("b"))
		if err := place(from, to); !os.IsExist(err) {
			t.Errorf("%s: replaced what was there: %v", name, err)
		}
		if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}
