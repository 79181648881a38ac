package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// open makes a server and a client that reaches it in process, with a token.
func open(t testing.TB, options ...server.Option) (*server.Server, *http.Client) {
	t.Helper()
	s, err := server.New(options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, &http.Client{Transport: withToken{s.Transport()}}
}

type withToken struct{ next http.RoundTripper }

func (w withToken) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Authorization") == "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer test")
	}
	return w.next.RoundTrip(r)
}

const (
	graph   = "https://graph.microsoft.com"
	control = "https://fakegraph/_fake"
	enable  = `{"enableConnection":true}`
)

func TestWithClock(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	s, c := open(t, server.WithClock(at))
	date := func() string { return request(t, c, "GET", graph+setting, "").header.Get("Date") }
	if got := date(); got != "Fri, 02 Jan 2026 03:04:05 GMT" {
		t.Error(got)
	}
	s.Advance(time.Hour)
	if got := date(); got != "Fri, 02 Jan 2026 04:04:05 GMT" {
		t.Error(got)
	}
	s.SetTime(at.Add(-time.Hour))
	if got := date(); got != "Fri, 02 Jan 2026 02:04:05 GMT" {
		t.Error(got)
	}
	request(t, c, "POST", control+"/reset", "").wants(t, 204, "")
	if got := date(); got != "Fri, 02 Jan 2026 03:04:05 GMT" {
		t.Errorf("after a reset %s", got)
	}
}

// A restart keeps the state, which tenants have had their fixtures, and the
// key that signs tokens.
func TestWithDataSurvivesARestart(t *testing.T) {
	options := []server.Option{server.WithData(filepath.Join(t.TempDir(), "data.db")), server.WithAuth("strict")}
	s, c := open(t, options...)
	token := func(tenant string) string {
		t.Helper()
		a := request(t, c, "POST", control+"/tokens", `{"roles":["CloudPC.ReadWrite.All"],"tenant":"`+tenant+`"}`)
		var v struct {
			Token string `json:"access_token"`
		}
		if err := json.Unmarshal([]byte(a.body), &v); err != nil || v.Token == "" {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return "Bearer " + v.Token
	}
	mine, theirs := token(""), token("other-tenant")
	request(t, c, "PATCH", graph+setting, enable, "Authorization", mine).wants(t, 200, `"available"`)
	request(t, c, "DELETE", graph+setting, "", "Authorization", theirs).wants(t, 204, "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	_, c = open(t, options...)
	request(t, c, "GET", graph+setting, "", "Authorization", mine).wants(t, 200, `"enableConnection":true`)
	request(t, c, "GET", graph+setting, "", "Authorization", theirs).wants(t, 404, "notFound")
	request(t, c, "GET", graph+other, "", "Authorization", theirs).wants(t, 200, `"id"`)
	request(t, c, "GET", graph+setting, "", "Authorization", token("third")).wants(t, 200, `"enableConnection":false`)
}

func TestServersShareNothing(t *testing.T) {
	a, ca := open(t)
	b, cb := open(t)
	request(t, ca, "PATCH", graph+setting, enable).wants(t, 200, "")
	request(t, ca, "DELETE", graph+other, "").wants(t, 204, "")
	request(t, ca, "POST", control+"/scenarios", `{"name":"down","rules":[{"match":{"method":"*","path":"/**"},"respond":{"status":503}}]}`).wants(t, 201, "")
	request(t, ca, "PUT", control+"/clock", `{"now":"2030-01-01T00:00:00Z","frozen":true}`).wants(t, 200, "")

	got := request(t, cb, "GET", graph+setting, "")
	got.wants(t, 200, `"enableConnection":false`)
	if date := got.header.Get("Date"); strings.Contains(date, "2030") {
		t.Errorf("the other's clock says %s", date)
	}
	request(t, cb, "GET", graph+other, "").wants(t, 200, "")
	request(t, ca, "GET", graph+setting, "").wants(t, 503, "")
	if na, nb := len(a.Requests()), len(b.Requests()); na != 3 || nb != 2 {
		t.Errorf("journals hold %d and %d", na, nb)
	}
}

func TestReset(t *testing.T) {
	s, c := open(t)
	list := func(tenant string) string {
		t.Helper()
		return request(t, c, "GET", graph+settings, "", "X-Fake-Tenant", tenant).body
	}
	write := func(tenant string) {
		t.Helper()
		request(t, c, "PATCH", graph+setting, enable, "X-Fake-Tenant", tenant).wants(t, 200, "")
		request(t, c, "DELETE", graph+other, "", "X-Fake-Tenant", tenant).wants(t, 204, "")
		request(t, c, "POST", graph+settings, `{"partnerId":"11111111-2222-3333-4444-555555555555","enableConnection":true}`, "X-Fake-Tenant", tenant).wants(t, 201, "")
	}
	fresh := map[string]string{"": list(""), "a": list("a"), "b": list("b")}
	for tenant := range fresh {
		write(tenant)
	}
	request(t, c, "POST", control+"/reset", "", "X-Fake-Tenant", "a").wants(t, 204, "")
	if list("a") != fresh["a"] || list("") == fresh[""] || list("b") == fresh["b"] {
		t.Error("the reset of a tenant left it as it was, or touched another")
	}
	for _, call := range s.Requests() {
		if call.Tenant == "a" && call.Method != "GET" {
			t.Errorf("the journal still has %s", call)
		}
	}
	write("a")
	request(t, c, "POST", control+"/reset", "").wants(t, 204, "")
	if n := len(s.Requests()); n != 0 {
		t.Errorf("the journal still has %d", n)
	}
	for tenant, want := range fresh {
		if got := list(tenant); got != want {
			t.Errorf("tenant %q: %s\nwant %s", tenant, got, want)
		}
	}
}

// Bad options are refused at once, each mistake with its place and its cure.
func TestNewRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fixture := file("bad.yaml", "version: beta\nentities:\n  /deviceManagement/virtualEndpoint/externalPartnerSetings:\n    - {}\n"+
		"  /deviceManagement/virtualEndpoint/externalPartners:\n    - enableConnection: maybe\n")
	scenario := file("scenario.yaml", "name: x\nrules:\n  - match: {metod: GET}\n    respond: {status: 99}\n")
	for name, c := range map[string]struct {
		option server.Option
		wants  []string
	}{
		"fixture mistakes":  {server.WithFixtures(fixture), []string{"bad.yaml:3", `did you mean "externalPartnerSettings"`, "bad.yaml:6", "enableConnection"}},
		"fixture set":       {server.WithFixtures("dmeo"), []string{"dmeo", `did you mean "demo"`}},
		"no fixture file":   {server.WithFixtures(filepath.Join(dir, "none.yaml")), []string{"none.yaml"}},
		"scenario name":     {server.WithScenario("throttle-then-suceed"), []string{"throttle-then-suceed", `did you mean "throttle-then-succeed"`}},
		"scenario mistakes": {server.WithScenario(scenario), []string{"scenario.yaml:3", "metod", "scenario.yaml:4", "status"}},
		"auth":              {server.WithAuth("tokn"), []string{`"tokn"`, "off, token or strict"}},
		"cloud":             {server.WithCloud("mars"), []string{`"mars"`, "global"}},
		"openapi setting":   {server.WithOpenAPISetting("beta"), []string{"VERSION=FILE"}},
		"openapi file":      {server.WithOpenAPI("beta", filepath.Join(dir, "none.yaml")), []string{"beta", "none.yaml"}},
		"openapi text":      {server.WithOpenAPI("beta", file("text.yaml", "- 1")), []string{"text.yaml", "not an OpenAPI document"}},
		"data":              {server.WithData(filepath.Join(dir, "no", "such", "data.db")), []string{"data.db"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := server.New(c.option)
			if err == nil {
				s.Close()
				t.Fatal("accepted")
			}
			for _, want := range c.wants {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("no %s in:\n%v", want, err)
				}
			}
			for line := range strings.Lines(err.Error()) {
				if strings.Contains(line, "failed to") || strings.HasSuffix(strings.TrimSpace(line), ".") {
					t.Errorf("not in our words: %s", line)
				}
			}
		})
	}
}

func TestClose(t *testing.T) {
	s, c := open(t)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("the second time: %v", err)
	}
	if a := request(t, c, "GET", graph+setting, ""); a.status != 500 {
		t.Errorf("a closed server answers %d %s", a.status, a.body)
	}
}

// PATCHes of one entity follow each other: none is lost, and every answer is a
// state that some order of them gives.
func TestConcurrentPatchesAreSerialised(t *testing.T) {
	s, c := open(t, server.WithLenientValidation())
	const writers, rounds = 8, 25
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for n := range rounds {
				body := fmt.Sprintf(`{"enableConnection":true,"writer%d":%d}`, w, n)
				if a := request(t, c, "PATCH", graph+setting, body); a.status != 200 {
					t.Errorf("%d %s", a.status, a.body)
				}
			}
		})
	}
	all.Wait()
	got := request(t, c, "GET", graph+setting, "").body
	for w := range writers {
		if want := fmt.Sprintf(`"writer%d":%d`, w, rounds-1); !strings.Contains(got, want) {
			t.Errorf("the update %s is lost: %s", want, got)
		}
	}
	if n := len(s.Requests()); n != writers*rounds+1 {
		t.Errorf("%d requests in the journal", n)
	}
}

// Whatever a client writes, the tester's reason is one line, and neither it
// nor the journal holds a token.
func TestReasonAndJournal(t *testing.T) {
	s, c := open(t, server.WithAuth("strict"))
	const secret = "eyJhbGciOiJub25lIn0.c2VjcmV0LXNlY3JldA.c2lnbmF0dXJl"
	off, plain := open(t, server.WithAuth("off"))
	for _, url := range []string{
		"/beta/no%0Asuch%0D%0Apath", "/be%0Ata/x", settings + "/a%0Ab", settings + "?$filter=a%0Ab%20eq%201", settings + "?$filter='%0A",
		settings + "?$select=a%0Ab", settings + "?$orderby=%0A%0A", settings + "?$top=%0A", settings + "?%0A$x=1", settings + "?$skiptoken=%0A",
		settings + "('a%0Ab',x=1)", settings + "/%FF%FE",
	} {
		a := request(t, plain, "GET", graph+url, "")
		reason, ok := a.header["X-Fake-Reason"]
		if a.status < 400 || !ok || len(reason) != 1 || strings.ContainsAny(reason[0], "\r\n") || reason[0] == "" {
			t.Errorf("%s: %d, reason %q", url, a.status, reason)
		}
	}
	for _, body := range []string{`{"a\nb":1}`, `{"enableConnection":"\n"}`, "{\n\"x", `{"@odata.type":"#a\nb","enableConnection":true}`} {
		a := request(t, plain, "PATCH", graph+setting, body)
		if reason := a.header.Get("X-Fake-Reason"); a.status != 400 || reason == "" || strings.ContainsAny(reason, "\r\n") {
			t.Errorf("%q: %d, reason %q", body, a.status, reason)
		}
	}
	for _, call := range off.Requests() {
		if line := call.String(); strings.ContainsAny(line, "\r\n") {
			t.Errorf("an entry of several lines: %q", line)
		}
	}
	request(t, c, "GET", graph+setting+"?access_token="+secret, "", "Authorization", "Bearer "+secret, "Cookie", "session="+secret).wants(t, 401, "")
	request(t, c, "PATCH", graph+setting, `{"access_token":"`+secret+`"}`, "Authorization", "bearer   "+secret).wants(t, 401, "")
	request(t, c, "GET", graph+setting, "", "Authorization", "Basic "+secret).wants(t, 401, "")
	text, err := json.Marshal(s.Requests())
	if err != nil || len(s.Requests()) != 3 {
		t.Fatal(err, len(s.Requests()))
	}
	shown := string(text) + request(t, c, "GET", control+"/requests", "").body
	for _, part := range strings.Split(secret, ".") {
		if strings.Contains(shown, part) {
			t.Errorf("the journal holds %s: %s", part, shown)
		}
	}
}

// A restart keeps the tenants too: whoever signs in is not told that his tenant
// does not exist.
func TestWithDataKnowsItsTenantsAfterARestart(t *testing.T) {
	const tenant = "aaaaaaaa-0000-4000-8000-000000000001"
	options := []server.Option{server.WithData(filepath.Join(t.TempDir(), "data.db")), server.WithAuth("strict")}
	document := `{"entities":{"/organization":[{"id":"` + tenant + `","displayName":"Fabrikam","verifiedDomains":[{"name":"fabrikam.example","isDefault":true}]}]}}`
	s, c := open(t, options...)
	request(t, c, "POST", control+"/fixtures", document, "X-Fake-Tenant", tenant).wants(t, 200, "")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, c = open(t, options...)
	for _, name := range []string{tenant, "fabrikam.example"} {
		request(t, c, "GET", "https://login.microsoftonline.com/"+name+"/v2.0/.well-known/openid-configuration", "").wants(t, 200, "/"+tenant+"/v2.0")
	}
	request(t, c, "GET", "https://login.microsoftonline.com/other.example/v2.0/.well-known/openid-configuration", "").wants(t, 400, "AADSTS90002")
}
