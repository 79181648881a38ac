package server_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

const (
	settings = "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings"
	setting  = settings + "/b3548526-e615-3785-3118-be70b3968ec5" // of the demo set: switched off
	other    = settings + "/dc6422cb-3001-45a7-9dcd-21207eea6b0e" // of the demo set: switched on
)

// answer is a response that is read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// request sends a request with further header fields, name and value by turns.
func request(t testing.TB, c *http.Client, method, url, body string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// wants fails the test unless the answer has the status and holds a text.
func (a answer) wants(t testing.TB, status int, part string) {
	t.Helper()
	if a.status != status || !strings.Contains(a.body, part) {
		t.Errorf("%d %s: %s\nwant %d with %s", a.status, a.header.Get("X-Fake-Reason"), a.body, status, part)
	}
}

// Servers share nothing, so tests run side by side, each with its own.
func TestNewTestInParallel(t *testing.T) {
	for i := range 100 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			fake := server.NewTest(t)
			on := i%2 == 0
			request(t, fake.Client(), "PATCH", fake.URL+setting, fmt.Sprintf(`{"enableConnection":%v}`, on)).
				wants(t, 200, fmt.Sprintf(`"enableConnection":%v`, on))
			request(t, fake.Client(), "GET", fake.URL+setting, "").wants(t, 200, fmt.Sprintf(`"enableConnection":%v`, on))
			if n := len(fake.Requests()); n != 2 {
				t.Errorf("%d requests in the journal", n)
			}
		})
	}
}

// recorder is a test that fails on demand.
type recorder struct {
	failed   bool
	lines    []string
	cleanups []func()
}

func (r *recorder) Helper()            {}
func (r *recorder) Failed() bool       { return r.failed }
func (r *recorder) Cleanup(end func()) { r.cleanups = append(r.cleanups, end) }

func (r *recorder) Logf(format string, args ...any) {
	r.lines = append(r.lines, fmt.Sprintf(format, args...))
}

func (r *recorder) Errorf(format string, args ...any) { r.Fatalf(format, args...) }

func (r *recorder) Fatalf(format string, args ...any) {
	r.failed = true
	r.Logf(format, args...)
}

func (r *recorder) end() {
	for _, end := range slices.Backward(r.cleanups) {
		end()
	}
}

func TestNewTestLogsTheLastCallsOfAFailedTest(t *testing.T) {
	for _, failed := range []bool{false, true} {
		r := &recorder{}
		fake := server.NewTest(r)
		for range 25 {
			request(t, fake.Client(), "GET", fake.URL+setting, "")
		}
		request(t, fake.Client(), "PATCH", fake.URL+setting, `{"enableConnection":"yes"}`)
		r.failed = failed
		r.end()
		if !failed {
			if len(r.lines) != 0 {
				t.Errorf("a sound test was told %q", r.lines)
			}
			continue
		}
		if len(r.lines) != 20 {
			t.Fatalf("%d lines: %q", len(r.lines), r.lines)
		}
		want := regexp.MustCompile(`^fakegraph: 26: PATCH ` + setting + `: 400: .*enableConnection`)
		if last := r.lines[19]; !want.MatchString(last) {
			t.Errorf("the last line is %q", last)
		}
		if first := r.lines[0]; !strings.HasPrefix(first, "fakegraph: 7: GET") {
			t.Errorf("the first line is %q", first)
		}
	}
}

func TestNewTestFailsTheTestOnMistakes(t *testing.T) {
	r := &recorder{}
	if fake := server.NewTest(r, server.WithScenario("throttl")); fake != nil {
		t.Error("a server came up")
	}
	if len(r.lines) != 1 || !strings.HasPrefix(r.lines[0], "fakegraph: ") || !r.failed || len(r.cleanups) != 0 {
		t.Errorf("%q, failed %v", r.lines, r.failed)
	}
	if fake := server.NewTest(&recorder{}, server.WithAddresses("", "no-such-host.invalid:1")); fake != nil {
		t.Error("a server listens at an address that there is not")
	}
}

// Nothing of a server runs on when its test has ended.
func TestNewTestLeavesNoGoroutines(t *testing.T) {
	for range 3 {
		r := &recorder{}
		fake := server.NewTest(r, server.WithData(t.TempDir()+"/data.db"))
		request(t, fake.Client(), "PATCH", fake.URL+setting, `{"enableConnection":true}`).wants(t, 200, "")
		request(t, &http.Client{Transport: fake.Transport()}, "GET", "https://graph.microsoft.com"+setting, "", "Authorization", "Bearer x").wants(t, 200, "")
		r.end()
		if len(r.lines) != 0 {
			t.Errorf("%q", r.lines)
		}
	}
	noneLeft(t, "fakegraph/server", "go.etcd.io/bbolt", "net/http.(*persistConn)", "net/http.(*Server)")
}

// noneLeft waits until no goroutine but this one has a function of these
// packages on its stack. Other tests that run meanwhile would be seen too, so
// its callers do not run in parallel.
func noneLeft(t *testing.T, packages ...string) {
	t.Helper()
	var left []string
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		left = left[:0]
		for _, stack := range stacks() {
			if slices.ContainsFunc(packages, func(name string) bool { return strings.Contains(stack, name) }) {
				left = append(left, stack)
			}
		}
		if len(left) == 0 {
			return
		}
	}
	t.Errorf("%d goroutines are left:\n%s", len(left), strings.Join(left, "\n\n"))
}

// stacks are those of all goroutines but the caller's.
func stacks() []string {
	b := make([]byte, 4<<20)
	all := strings.Split(string(b[:runtime.Stack(b, true)]), "\n\n")
	return slices.DeleteFunc(all[1:], func(s string) bool { return strings.Contains(s, "testing.(*T)") || strings.Contains(s, "testing.Main") })
}

// Client brings a token along, Transport does not: official clients fetch
// theirs.
func TestClientAndTransport(t *testing.T) {
	fake := server.NewTest(t)
	const graph = "https://graph.microsoft.com"
	bare := &http.Client{Transport: fake.Transport()}
	request(t, bare, "GET", graph+setting, "").wants(t, 401, "InvalidAuthenticationToken")
	request(t, bare, "GET", graph+setting, "", "Authorization", "Bearer mine").wants(t, 200, `"id"`)
	request(t, fake.Client(), "GET", fake.URL+setting, "").wants(t, 200, `"id"`)
	request(t, fake.Client(), "GET", graph+setting, "").wants(t, 200, graph+"/beta/$metadata#")
	request(t, fake.Client(), "GET", "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration", "").wants(t, 200, "issuer")
	if _, err := bare.Get("https://example.com/"); err == nil {
		t.Error("the transport went to a foreign host")
	}
}

func TestClientOfAStrictServer(t *testing.T) {
	fake := server.NewTest(t, server.WithAuth("strict"), server.WithClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	request(t, fake.Client(), "GET", fake.URL+setting, "").wants(t, 200, `"id"`)
	fake.Advance(48 * time.Hour)
	request(t, fake.Client(), "GET", fake.URL+setting, "").wants(t, 200, `"id"`)
	request(t, fake.Client(), "GET", fake.URL+setting, "", "Authorization", "Bearer any").wants(t, 401, "InvalidAuthenticationToken")
}

func TestRequests(t *testing.T) {
	fake := server.NewTest(t)
	if n := len(fake.Requests()); n != 0 {
		t.Fatalf("%d requests before the first", n)
	}
	request(t, fake.Client(), "PATCH", fake.URL+setting, `{"enableConnection":true}`)
	request(t, fake.Client(), "GET", fake.URL+"/beta/nowhere?$top=1", "")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/health", "") // not Graph's
	calls := fake.Requests()
	if len(calls) != 2 {
		t.Fatalf("%v", calls)
	}
	first, second := calls[0], calls[1]
	if first.Method != "PATCH" || first.Path != setting || first.Response.Status != 200 || string(first.Request.Body) != `{"enableConnection":true}` ||
		first.Operation == nil || first.Version != "beta" {
		t.Errorf("%+v", first)
	}
	if second.Operation != nil || second.Response.Status != 400 || second.URL != fake.URL+"/beta/nowhere?$top=1" || second.Response.Reason == "" {
		t.Errorf("%+v", second)
	}
}
