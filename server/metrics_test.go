package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/fakegraph/fakegraph/server"
)

// metricsOf reads the numbers once no request is being answered: a client has
// its answer before it is counted.
func metricsOf(t *testing.T, fake *server.Test) string {
	t.Helper()
	a := request(t, fake.Client(), "GET", fake.URL+"/_fake/metrics", "")
	for range 1000 {
		if strings.Contains(a.body, "\nfakegraph_requests_in_flight 0\n") {
			break
		}
		time.Sleep(5 * time.Millisecond)
		a = request(t, fake.Client(), "GET", fake.URL+"/_fake/metrics", "")
	}
	a.wants(t, 200, "fakegraph_build_info")
	if got := a.header.Get("Content-Type"); !strings.HasPrefix(got, "text/plain; version=") {
		t.Errorf("Content-Type %q", got)
	}
	return a.body
}

func TestMetrics(t *testing.T) {
	fake := server.NewTest(t, server.WithAddresses("127.0.0.1:0", ""))
	get := func(method, path, body string, header ...string) {
		request(t, fake.Client(), method, fake.URL+path, body, header...)
	}
	get("GET", "/v1.0/users", "")
	get("GET", "/v1.0/users?$top=1", "")
	get("GET", "/v1.0/users/none", "")
	get("GET", "/v1.0/nothing/here", "")
	get("PATCH", setting, `{"enableConnection":true}`)
	get("BREW", "/v1.0/users", "")
	get("BOIL", "/v1.0/users", "")
	get("POST", "/v1.0/$batch", `{"requests":[{"id":"1","method":"GET","url":"/users"},{"id":"2","method":"GET","url":"/users/none"}]}`)
	get("GET", "/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration", "")
	reset, err := http.NewRequest("GET", fake.URL+"/v1.0/users", nil)
	if err != nil {
		t.Fatal(err)
	}
	reset.Header.Set("X-Fake-Fault", "reset; always")
	reset.Header.Set("Authorization", "Bearer x")
	fresh := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // a used connection is tried twice
	if _, err := fresh.Do(reset); err == nil {
		t.Error("no reset")
	}
	text := metricsOf(t, fake)
	for _, want := range []string{
		`fakegraph_requests_total{kind="list",method="GET",status="200"} 2`,
		`fakegraph_requests_total{kind="get",method="GET",status="404"} 1`,
		`fakegraph_requests_total{kind="unknown",method="GET",status="400"} 1`,
		`fakegraph_requests_total{kind="update",method="PATCH",status="200"} 1`,
		`fakegraph_requests_total{kind="unknown",method="other",status="405"} 2`,
		`fakegraph_requests_total{kind="list",method="GET",status="none"} 1`,
		`fakegraph_requests_total{kind="batch",method="POST",status="200"} 1`,
		`fakegraph_requests_total{kind="signIn",method="GET",status="200"} 1`,
		`fakegraph_batch_steps_total{kind="list",method="GET",status="200"} 1`,
		`fakegraph_batch_steps_total{kind="get",method="GET",status="404"} 1`,
		`fakegraph_faults_total{fault="reset"} 1`,
		`fakegraph_request_duration_seconds_count{kind="list"} 3`,
		"fakegraph_requests_in_flight 0",
		"fakegraph_panics_total 0",
		"fakegraph_journal_dropped_total 0",
		"go_goroutines ",
		"process_open_fds ",
	} {
		if !strings.Contains(text, "\n"+want) {
			t.Errorf("no %s in\n%s", want, grep(text, strings.Split(want, "{")[0]))
		}
	}
	for _, name := range []string{"fakegraph_store_bytes", "fakegraph_connections"} {
		var value float64
		if _, err := fmt.Sscanf(grep(text, "\n"+name+" ")[1:], name+" %g", &value); err != nil || value < 1 {
			t.Errorf("%s: %v, %v", name, value, err)
		}
	}
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "fakegraph_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// grep is the lines of a text from a prefix on.
func grep(text, prefix string) string {
	var found strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix("\n"+line, prefix) || strings.HasPrefix(line, prefix) {
			found.WriteString("\n" + line)
		}
	}
	return found.String()
}

// Paths and query values of clients make no series.
func TestMetrics_bounded(t *testing.T) {
	fake := server.NewTest(t)
	for i := range 200 {
		request(t, fake.Client(), "GET", fmt.Sprintf("%s/v1.0/users/u%d?$select=s%d", fake.URL, i, i), "", "X-Fake-Tenant", fmt.Sprintf("t%d", i%3))
	}
	series := 0
	for line := range strings.Lines(metricsOf(t, fake)) {
		if strings.HasPrefix(line, "fakegraph_requests_total{") {
			series++
		}
	}
	if series == 0 || series > 3 {
		t.Errorf("%d series", series)
	}
}

func TestPprof(t *testing.T) {
	off := server.NewTest(t)
	request(t, off.Client(), "GET", off.URL+"/_fake/pprof/heap", "").wants(t, 404, "--pprof")

	fake := server.NewTest(t, server.WithPprof())
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/goroutine?debug=1", "").wants(t, 200, "goroutine profile: total")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/heap", "").wants(t, 200, "\x1f\x8b")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/profile?seconds=0.05", "").wants(t, 200, "\x1f\x8b")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/trace?seconds=0.05", "").wants(t, 200, "go 1.")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/none", "").wants(t, 404, "want profile, trace or one of allocs")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/profile?seconds=x", "").wants(t, 400, "want a number")
	request(t, fake.Client(), "GET", fake.URL+"/_fake/pprof/heap?gc=1", "").wants(t, 400, "gc")
	for _, path := range []string{"/_fake/metrics", "/_fake/pprof/heap"} {
		request(t, fake.Client(), "GET", fake.URL+path, "", "Origin", "https://evil.example").wants(t, 403, "another Origin")
	}
}
