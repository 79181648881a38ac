package control_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/control"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

const defaultTenant = "f4ce0a11-0000-4000-8000-000000000001"

// fake stands in for the server: it keeps what it is given and notes what it is
// asked.
type fake struct {
	starting bool
	broken   bool // every change fails
	pem      []byte
	state    map[string][]fixtures.Entry // by tenant
	asked    []string
	minted   identity.MintRequest
}

func (f *fake) Info() control.Info {
	return control.Info{Version: "1.2.3", Versions: map[string]control.Counts{
		"v1.0": {Operations: 2, EntityTypes: 1}, "beta": {Operations: 3, EntityTypes: 1},
	}}
}

func (f *fake) Ready() bool { return !f.starting }

func (f *fake) Reset(tenant string) error {
	f.asked = append(f.asked, "reset "+tenant)
	if f.broken {
		return errors.New("disk is full")
	}
	return nil
}

func (f *fake) AddFixtures(tenant string, d *fixtures.Document) []fixtures.Problem {
	if f.broken {
		place := fixtures.Place{File: d.File, Line: 2, Column: 3}
		return []fixtures.Problem{{Place: place, Path: "/usres", Kind: "path", Text: `no entity set "usres"`}, {Text: "second"}}
	}
	f.state[tenant] = append(f.state[tenant], d.Entries...)
	return nil
}

func (f *fake) ExportFixtures(tenant, version string) ([]fixtures.Entry, error) {
	f.asked = append(f.asked, "export "+version)
	if f.broken {
		return nil, errors.New("disk is full")
	}
	return f.state[tenant], nil
}

func (f *fake) Mint(m identity.MintRequest) (identity.Minted, error) {
	if f.minted = m; f.broken {
		return identity.Minted{}, errors.New("scopes and roles exclude each other")
	}
	return identity.Minted{AccessToken: "a.b.c", Type: "Bearer", ExpiresIn: 3600}, nil
}

func (f *fake) CA() []byte { return f.pem }

func (f *fake) Postman(r control.PostmanRequest) (any, error) { return r, nil }

func (f *fake) Coverage() any { return map[string]int{"R&D": 1} }

func (f *fake) Document(version, path string) ([]byte, error) {
	if version != "v1.0" {
		return nil, fmt.Errorf("no version %q (known: v1.0)", version)
	}
	return fmt.Appendf(nil, `{"path":%q}`, path), nil
}

// plane is a control plane with everything around it real but the server.
type plane struct {
	http.Handler
	fake      *fake
	clock     *clock.Clock
	journal   *journal.Journal
	scenarios *scenarios.Engine
}

func newPlane() *plane {
	p := &plane{fake: &fake{state: map[string][]fixtures.Entry{}}, clock: new(clock.Clock), scenarios: scenarios.NewEngine()}
	p.journal = journal.New(journal.Options{Now: p.clock.Now})
	p.Handler = control.New(control.Options{
		Fake: p.fake, Journal: p.journal, Scenarios: p.scenarios, Clock: p.clock, Metrics: noMetrics{},
		Origin:        func(r *http.Request) string { return "http://" + r.Host },
		DefaultTenant: defaultTenant, AllowHosts: []string{"Fake.Example.com:8880"}, MaxBody: 4096,
	})
	return p
}

// call sends a request as a program on this machine does. header is "Name: value".
func (p *plane) call(method, path, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "localhost:8880"
	return p.send(r, header)
}

func (p *plane) send(r *http.Request, header []string) *httptest.ResponseRecorder {
	for _, field := range header {
		name, value, _ := strings.Cut(field, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

// want checks an answer; a body that begins with "…" is a part of the whole.
func want(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	got := strings.TrimSuffix(w.Body.String(), "\n")
	part, isPart := strings.CutPrefix(body, "…")
	if w.Code != status || isPart && !strings.Contains(got, part) || !isPart && got != body {
		t.Errorf("got %d %s\nwant %d %s", w.Code, got, status, body)
	}
}

func TestNew_Routes(t *testing.T) {
	for _, test := range []struct {
		call, body string
		status     int
		want       string
	}{
		{"GET /_fake", "", 200, `…{"method":"GET","path":"/_fake/health","text":`},
		{"GET /_fake/", "", 200, `…{"method":"PUT","path":"/_fake/scenarios/{name}","text":`},
		{"GET /_fake/health", "", 200, `{"status":"ok"}`},
		{"GET /_fake/info", "", 200, `…"fixtures":[],"scenarios":[],"versions":{"beta":{"operations":3,"entityTypes":1},"v1.0":{`},
		{"POST /_fake/reset", "", 204, ""},
		{"GET /_fake/fixtures", "", 200, `…"version": "beta"`},
		{"POST /_fake/fixtures", "entities: {/users: [{displayName: Adele}]}", 200, `{"entities":1}`},
		{"GET /_fake/scenarios", "", 200, `{"scenarios":[]}`},
		{"POST /_fake/scenarios", throttle, 201, `{"scenarios":["throttle"]}`},
		{"GET /_fake/scenarios/none", "", 404, `…there is no scenario \"none\"`},
		{"PUT /_fake/scenarios/throttle", throttle, 201, `…"status":{"rules":[{"matches":0,"decided":0}]}`},
		{"DELETE /_fake/scenarios/none", "", 404, `…there is no scenario \"none\"`},
		{"GET /_fake/requests", "", 200, `{"requests":[],"dropped":0,"limit":{"requests":2000,"bytes":16777216},"unusedRules":[]}`},
		{"DELETE /_fake/requests", "", 204, ""},
		{"GET /_fake/clock", "", 200, `…"frozen":false}`},
		{"PUT /_fake/clock", `{"now":"2026-03-01T12:00:00Z","frozen":true}`, 200, `{"now":"2026-03-01T12:00:00Z","frozen":true}`},
		{"POST /_fake/tokens", "{}", 200, `{"access_token":"a.b.c","token_type":"Bearer","expires_in":3600}`},
		{"GET /_fake/openapi/v1.0.json", "", 200, `{"path":""}`},
		{"GET /_fake/openapi/v1.0.json?path=/users", "", 200, `{"path":"/users"}`},
		{"GET /_fake/openapi/v2.0.json", "", 404, `…no version \"v2.0\" (known: v1.0)`},
		{"GET /_fake/ca.pem", "", 404, "…there is no CA"},
		{"GET /_fake/coverage", "", 200, `{"R&D":1}`},

		{"GET /_fake/nowhere", "", 404, `{"type":"about:blank","title":"Not Found","status":404,"detail":"nothing is at /_fake/nowhere (GET /_fake/ lists what is there)"}`},
		{"GET /_fake//health", "", 404, "…nothing is at"},
		{"GET /_fake/postman/collection.json?version=beta&area=users,groups&all=true", "", 200, `{"File":"collection","Version":"beta","Areas":["users","groups"],"All":true,"Origin":"http://localhost:8880"}`},
		{"GET /_fake/health?verbose=1", "", 400, `…no parameter \"verbose\" (there are none here)`},
		{"GET /_fake/requests?statsu=429", "", 400, `…no parameter \"statsu\" (known: method, path, status`},
		{"GET /_fake/requests?limit=1&limit=2", "", 400, `…parameter \"limit\" stands more than once`},
		{"GET /_fake/requests?limit=%zz", "", 400, "…query: invalid URL escape"},
		{"POST /_fake/fixtures", strings.Repeat("#", 5000), 413, "…larger than 4096 bytes"},
	} {
		t.Run(test.call, func(t *testing.T) {
			method, path, _ := strings.Cut(test.call, " ")
			w := newPlane().call(method, path, test.body)
			want(t, w, test.status, test.want)
			checkForm(t, w)
		})
	}
}

// checkForm checks what all answers have in common.
func checkForm(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	mediaType := w.Header().Get("Content-Type")
	switch {
	case w.Code >= 400 && mediaType != "application/problem+json", w.Code == 204 && mediaType != "", w.Code < 204 && mediaType != "application/json":
		t.Errorf("%d has Content-Type %q", w.Code, mediaType)
	case w.Code != 204 && !json.Valid(w.Body.Bytes()):
		t.Errorf("not JSON: %s", w.Body)
	}
	for name := range w.Header() {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("CORS header %s", name)
		}
	}
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers are not hardened: %v", w.Header())
	}
}

// Every path of the index answers its methods, names them for any other, and
// answers HEAD as GET without the body.
func TestNew_Methods(t *testing.T) {
	p := newPlane()
	var index struct {
		Routes []struct{ Method, Path string }
	}
	if err := json.Unmarshal(p.call("GET", "/_fake/", "").Body.Bytes(), &index); err != nil || len(index.Routes) < 15 {
		t.Fatalf("index: %v, %d routes", err, len(index.Routes))
	}
	methods := map[string][]string{}
	for _, r := range index.Routes {
		path := strings.NewReplacer("{name}", "x", "{version}", "v1.0").Replace(r.Path)
		methods[path] = append(methods[path], r.Method)
	}
	for path, offered := range methods {
		if slices.Contains(offered, "GET") {
			offered = slices.Insert(offered, slices.Index(offered, "GET")+1, "HEAD")
			get, head := p.call("GET", path, ""), p.call("HEAD", path, "")
			if head.Code != get.Code || head.Body.Len() > 0 || head.Header().Get("Content-Length") != fmt.Sprint(get.Body.Len()) && path != "/_fake/clock" {
				t.Errorf("HEAD %s: %d with %d bytes", path, head.Code, head.Body.Len())
			}
		}
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} {
			w := p.call(method, path, "")
			if refused := w.Code == 405; refused == slices.Contains(offered, method) {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
			if w.Code == 405 && w.Header().Get("Allow") != strings.Join(offered, ", ") {
				t.Errorf("%s %s: Allow is %q", method, path, w.Header().Get("Allow"))
			}
		}
	}
}

// Servers are made by the thousand in tests, so the start has to stay small.
func TestNew_Allocations(t *testing.T) {
	o := control.Options{AllowHosts: []string{"fake.example.com"}}
	if got := testing.AllocsPerRun(20, func() { control.New(o) }); got > 20 {
		t.Errorf("%v allocations, want at most 20", got)
	}
}

// The handler over a real connection.
func TestNew_Server(t *testing.T) {
	server := httptest.NewServer(newPlane())
	defer server.Close()
	resp, err := http.Get(server.URL + "/_fake/health")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != 200 || string(body) != "{\"status\":\"ok\"}\n" {
		t.Errorf("got %d %s, %v", resp.StatusCode, body, err)
	}
}

// noMetrics has nothing to tell.
type noMetrics struct{}

func (noMetrics) Write(io.Writer) error { return nil }
