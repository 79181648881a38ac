package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/graph"
)

// A step of a batch that breaks the fake fails alone: the others are answered,
// the log has the stack, the number of such requests is told, and the server
// serves on.
func TestPanicInABatch(t *testing.T) {
	var log bytes.Buffer
	s, err := New(WithLogger(zerolog.New(zerolog.SyncWriter(&log))))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sound := s.graph
	s.graph = &graph.Engine{Store: sound.Store, Clock: sound.Clock, NewID: sound.NewID, Catalogue: sound.Catalogue}
	s.graph.Behaviors, err = behavior.NewSet([]behavior.Registration{
		{Type: "microsoft.graph.cloudPcExternalPartnerSetting", Behavior: breaking{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	setting := strings.TrimPrefix(aSetting, "/beta")
	status, text := sendTo(t, s, "POST", "/beta/$batch", `{"requests":[
		{"id":"1","method":"PATCH","url":"`+setting+`","headers":{"Content-Type":"application/json"},"body":{"enableConnection":true}},
		{"id":"2","method":"GET","url":"`+setting+`"},
		{"id":"3","method":"GET","url":"`+setting+`","dependsOn":["1"]}]}`)
	var answers struct {
		Responses []struct {
			ID     string
			Status int
			Body   struct {
				Error struct {
					Code  string
					Inner map[string]string `json:"innerError"`
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &answers); err != nil || status != 200 || len(answers.Responses) != 3 {
		t.Fatalf("%d %v %s", status, err, text)
	}
	for _, a := range answers.Responses {
		want := map[string]int{"1": 500, "2": 200, "3": 424}[a.ID]
		if a.Status != want {
			t.Errorf("step %s: %d, want %d", a.ID, a.Status, want)
		}
		if id := a.Body.Error.Inner["request-id"]; want == 500 && (a.Body.Error.Code != "InternalServerError" || id == "" || !strings.Contains(log.String(), id)) {
			t.Errorf("step %s: %+v; the log says %s", a.ID, a.Body.Error, log.String())
		}
	}
	if !strings.Contains(log.String(), "routes_test.go") || !strings.Contains(log.String(), "a mistake in a behaviour") {
		t.Errorf("no stack in the log: %s", log.String())
	}
	if text := metricsText(t, s); !strings.Contains(text, "\nfakegraph_panics_total 1\n") {
		t.Error(text)
	}
	s.graph = sound
	if status, text := sendTo(t, s, "PATCH", aSetting, `{"enableConnection":true}`); status != 200 || strings.Contains(text, "half done") {
		t.Errorf("afterwards %d %s", status, text)
	}
}

func sendTo(t *testing.T, s *Server, method, path, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, "https://graph.microsoft.com"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer any")
	response, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// What runs when a server is closed is finished first: a batch, a slow answer
// and an upload that still comes; what asks then finds nobody.
func TestClose_drains(t *testing.T) {
	fake := NewTest(t, WithAddresses("127.0.0.1:0", "127.0.0.1:0"))
	type outcome struct {
		name   string
		status int
		err    error
	}
	outcomes := make(chan outcome)
	upload, rest := io.Pipe()
	slow := `{"requests":[{"id":"1","method":"GET","url":"/users","headers":{"X-Fake-Fault":"delay=300ms"}}]}`
	for name, r := range map[string]*http.Request{
		"delay":  mustRequest(t, "GET", fake.URL+"/v1.0/users", nil, "X-Fake-Fault", "delay=300ms"),
		"batch":  mustRequest(t, "POST", fake.Addresses().HTTP+"/v1.0/$batch", strings.NewReader(slow), "Content-Type", "application/json"),
		"upload": mustRequest(t, "PUT", fake.URL+"/v1.0/me/photo/$value", upload, "Content-Type", "image/jpeg"),
	} {
		go func() {
			response, err := fake.Client().Do(r)
			if err != nil {
				outcomes <- outcome{name, 0, err}
				return
			}
			_, err = io.Copy(io.Discard, response.Body)
			response.Body.Close()
			outcomes <- outcome{name, response.StatusCode, err}
		}()
	}
	_, _ = io.WriteString(rest, "\xff\xd8\xff\xe0") // it is being read
	for inFlight(t, fake.Server) < 3 {              // a stream of HTTP/2 that nobody has seen is refused
		time.Sleep(time.Millisecond)
	}
	closed := make(chan error, 1)
	go func() { closed <- fake.Close() }()
	_, _ = io.WriteString(rest, strings.Repeat("p", 100_000))
	rest.Close()
	for range 3 {
		if o := <-outcomes; o.err != nil || o.status >= 300 {
			t.Errorf("%s: %d, %v", o.name, o.status, o.err)
		}
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if _, err := fake.Client().Get(fake.URL + "/v1.0/users"); err == nil {
		t.Error("still served")
	}
}

func mustRequest(t *testing.T, method, url string, body io.Reader, header ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// inFlight is how many requests are being answered.
func inFlight(t *testing.T, s *Server) int {
	t.Helper()
	for line := range strings.Lines(metricsText(t, s)) {
		var n int
		if _, err := fmt.Sscanf(line, "fakegraph_requests_in_flight %d", &n); err == nil {
			return n
		}
	}
	t.Fatal("no metric of requests in flight")
	return 0
}

// metricsText is what the server tells about itself.
func metricsText(t *testing.T, s *Server) string {
	t.Helper()
	var b strings.Builder
	if err := s.metrics.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
