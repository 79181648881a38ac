package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// What logs are to tell outlives the server, whether it was closed or killed, and is
// told once; a reset forgets it.
func TestLogsOutliveTheServer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data.db")
	begun := openKept(t, file)
	begun.change(t, "Sales")
	begun.signIn(t)

	copied := filepath.Join(t.TempDir(), "copy.db") // as a kill leaves it
	for _, suffix := range []string{"", "-notes"} {
		b, err := os.ReadFile(file + suffix)
		if err == nil {
			err = os.WriteFile(copied+suffix, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	begun.close(t)

	for name, at := range map[string]string{"closed": file, "killed": copied} {
		s := openKept(t, at)
		s.wants(t, name, "auditLogs/directoryAudits", 1)
		s.wants(t, name, "auditLogs/signIns?$filter=signInEventTypes/any(t:t%20eq%20'servicePrincipal')", 1)
		s.change(t, "Legal")
		s.close(t)
		s = openKept(t, at)
		s.wants(t, name+" again", "auditLogs/directoryAudits", 2)
		s.change(t, "Sales")
		s.post(t, "/_fake/reset")
		s.wants(t, name+" and reset", "auditLogs/directoryAudits", 0)
		s.close(t)
		s = openKept(t, at)
		s.wants(t, name+" after a reset", "auditLogs/directoryAudits", 0)
		s.change(t, "Legal")
		s.close(t)
		s = openKept(t, at)
		s.wants(t, name+" and on", "auditLogs/directoryAudits", 1)
		s.close(t)
	}
}

// keptServer is a server with a data file.
type keptServer struct {
	*server.Server
	client *http.Client
}

func openKept(t *testing.T, file string) keptServer {
	t.Helper()
	s, err := server.New(server.WithData(file), server.WithAuth("off"))
	if err != nil {
		t.Fatal(err)
	}
	return keptServer{s, &http.Client{Transport: s.Transport()}}
}

func (s keptServer) close(t *testing.T) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func (s keptServer) change(t *testing.T, department string) {
	t.Helper()
	a := request(t, s.client, "PATCH", "https://graph.microsoft.com/v1.0/users/megan.bowen@contoso.onmicrosoft.com",
		`{"department":"`+department+`"}`, "Content-Type", "application/json")
	if a.status != 204 {
		t.Fatalf("PATCH: %d %s", a.status, a.body)
	}
}

func (s keptServer) post(t *testing.T, path string) {
	t.Helper()
	if a := request(t, s.client, "POST", "https://fakegraph"+path, ""); a.status >= 300 {
		t.Fatalf("POST %s: %d %s", path, a.status, a.body)
	}
}

func (s keptServer) signIn(t *testing.T) {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"f4ce0a11-0000-4000-8000-0000000000a1"},
		"client_secret": {"fakegraph-demo-secret"}, "scope": {"https://graph.microsoft.com/.default"}}
	a := request(t, s.client, "POST", "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token", form.Encode(),
		"Content-Type", "application/x-www-form-urlencoded")
	if a.status != 200 {
		t.Fatalf("token: %d %s", a.status, a.body)
	}
}

// wants checks how many entries a log has.
func (s keptServer) wants(t *testing.T, when, log string, n int) {
	t.Helper()
	a := request(t, s.client, "GET", "https://graph.microsoft.com/beta/"+strings.ReplaceAll(log, "'", "%27"), "")
	var list struct{ Value []json.RawMessage }
	if err := json.Unmarshal([]byte(a.body), &list); err != nil || len(list.Value) != n {
		t.Errorf("%s: %s has %d entries, want %d: %s", when, log, len(list.Value), n, a.body)
	}
}
