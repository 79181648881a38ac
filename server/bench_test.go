package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/identity"
)

// The benchmarks below are the request path without sockets: what a request
// costs beside net/http. They are to be read for their allocations, which do
// not depend on the machine; for time see internal/bench, which measures in
// pairs.

const benchCollection = "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings"

// discarded is an answer that nobody reads.
type discarded struct {
	header http.Header
	status int
}

func (d *discarded) Header() http.Header         { return d.header }
func (d *discarded) Write(p []byte) (int, error) { return len(p), nil }
func (d *discarded) WriteHeader(status int)      { d.status = status }

// exchange makes one request to a handler and wants success.
func (d *discarded) exchange(b *testing.B, h http.Handler, r *http.Request) {
	clear(d.header)
	h.ServeHTTP(d, r)
	if d.status != http.StatusOK && d.status != http.StatusNoContent {
		b.Fatalf("%s %s: status %d: %s", r.Method, r.URL, d.status, d.header.Get("X-Fake-Reason"))
	}
}

// benchServer has the demo set and a token with just the permission needed.
func benchServer(b *testing.B, options ...Option) (*Server, string) {
	fake, err := New(options...)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { fake.Close() })
	token, err := (&controlled{fake}).Mint(identity.MintRequest{Scopes: []string{"CloudPC.ReadWrite.All", "User.Read.All"}})
	if err != nil {
		b.Fatal(err)
	}
	return fake, token.AccessToken
}

func benchRequest(b *testing.B, method, path, token string, body []byte) *http.Request {
	r, err := http.NewRequest(method, path, bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Host = "localhost"
	r.Header = http.Header{"Authorization": {"Bearer " + token}, "Accept": {"application/json"}, "User-Agent": {"bench"}}
	if body == nil {
		r.Body = http.NoBody
	} else {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func BenchmarkGet(b *testing.B) {
	benchReads(b, benchCollection+"/b3548526-e615-3785-3118-be70b3968ec5")
}

func BenchmarkList(b *testing.B) { benchReads(b, benchCollection) }

// BenchmarkFind is an equality that an index answers.
func BenchmarkFind(b *testing.B) {
	benchReads(b, "/v1.0/users?$filter=userPrincipalName%20eq%20'nobody@contoso.com'", WithAuth("off"))
}

// BenchmarkPage is a list of a hundred entities of 400 bytes.
func BenchmarkPage(b *testing.B) {
	list := make([]map[string]any, 100)
	for i := range list {
		list[i] = map[string]any{
			"id": fmt.Sprintf("5f0c3d1e-0000-4000-8000-%012d", i), "partnerId": fmt.Sprintf("198d7140-80bb-4843-8cc4-%012d", i),
			"enableConnection": false, "lastSyncDateTime": "2020-11-03T12:43:14Z", "status": "notAvailable",
			"statusDetails": strings.Repeat("The partner reports on schedule. ", 5),
		}
	}
	benchReads(b, benchCollection, WithFixtures(benchFixture(b, strings.TrimPrefix(benchCollection, "/beta"), list)))
}

// benchFixture is a file of its own with a collection.
func benchFixture(b *testing.B, path string, list []map[string]any) string {
	return benchFixtures(b, map[string]any{path: list})
}

// benchFixtures is a file of its own with several collections, by their paths.
func benchFixtures(b *testing.B, entities map[string]any) string {
	document, err := json.Marshal(map[string]any{"version": "beta", "entities": entities})
	file := filepath.Join(b.TempDir(), "page.json")
	if err == nil {
		err = os.WriteFile(file, document, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	return file
}

// BenchmarkUsers is a list of a hundred users, of whom v1.0 shows a few
// properties.
func BenchmarkUsers(b *testing.B) {
	list := make([]map[string]any, 100)
	for i := range list {
		list[i] = map[string]any{
			"id": fmt.Sprintf("5f0c3d1e-0000-4000-8000-%012d", i), "displayName": fmt.Sprintf("User %d", i), "accountEnabled": true,
			"userPrincipalName": fmt.Sprintf("user%d@contoso.com", i), "department": "Sales", "businessPhones": []string{"+1"},
		}
	}
	benchReads(b, "/v1.0/users", WithFixtures(benchFixture(b, "/users", list)))
}

func benchReads(b *testing.B, path string, options ...Option) {
	fake, token := benchServer(b, options...)
	r, answer := benchRequest(b, "GET", path, token, nil), &discarded{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		answer.exchange(b, fake, r)
	}
}

func BenchmarkPatch(b *testing.B) {
	fake, token := benchServer(b)
	benchPatch(b, fake, token, benchCollection+"/b3548526-e615-3785-3118-be70b3968ec5", `{"enableConnection":true}`, `{"enableConnection":false}`)
}

// BenchmarkPatchUser is a change that the audit log tells of.
func BenchmarkPatchUser(b *testing.B) {
	fake, err := New(WithAuth("off"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { fake.Close() })
	benchPatch(b, fake, "test", "/v1.0/users/megan.bowen@contoso.onmicrosoft.com", `{"department":"Sales"}`, `{"department":"Legal"}`)
}

// BenchmarkPatchUserKept is the same in a file that survives a restart, and with it
// what the log is to tell.
func BenchmarkPatchUserKept(b *testing.B) {
	fake, err := New(WithAuth("off"), WithData(filepath.Join(b.TempDir(), "data")))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { fake.Close() })
	benchPatch(b, fake, "test", "/v1.0/users/megan.bowen@contoso.onmicrosoft.com", `{"department":"Sales"}`, `{"department":"Legal"}`)
}

func benchPatch(b *testing.B, fake *Server, token, path string, bodies ...string) {
	answer := &discarded{header: http.Header{}}
	changes := [2][]byte{[]byte(bodies[0]), []byte(bodies[1])}
	r := benchRequest(b, "PATCH", path, token, changes[0])
	body := new(repeated)
	r.Body = body
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		body.Reset(changes[i%2])
		r.ContentLength = int64(len(changes[i%2]))
		answer.exchange(b, fake, r)
	}
}

// repeated is a request's body that is sent again and again.
type repeated struct{ bytes.Reader }

func (r *repeated) Close() error { return nil }

// BenchmarkNew is a server's whole life without a request.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		fake, err := New()
		if err != nil {
			b.Fatal(err)
		}
		fake.Close()
	}
}
