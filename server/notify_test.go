package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// receiver is a subscriber's endpoint: it echoes validation tokens and keeps
// what it is told.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	status  int // answered to notifications; 0 for 202
	refused int
	got     []told
	raw     []json.RawMessage
}

// told is one notification as a subscriber sees it.
type told struct {
	ID               string          `json:"subscriptionId"`
	ClientState      string          `json:"clientState"`
	ChangeType       string          `json:"changeType"`
	LifecycleEvent   string          `json:"lifecycleEvent"`
	Resource         string          `json:"resource"`
	TenantID         string          `json:"tenantId"`
	ResourceData     map[string]any  `json:"resourceData"`
	EncryptedContent json.RawMessage `json:"encryptedContent"`
	ValidationTokens []string        `json:"-"`
}

func newReceiver(t *testing.T) *receiver { return startReceiver(t.Cleanup) }

func startReceiver(deferred func(func())) *receiver {
	r := &receiver{}
	r.Server = httptest.NewTLSServer(r)
	deferred(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	status := r.status
	r.mu.Unlock()
	r.serve(w, q, status)
}

// serve refuses with a status of 300 or more, and else takes what is told.
func (r *receiver) serve(w http.ResponseWriter, q *http.Request, status int) {
	if token := q.URL.Query().Get("validationToken"); token != "" {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, token)
		return
	}
	var body struct {
		Value            []told
		ValidationTokens []string
	}
	text, _ := io.ReadAll(q.Body)
	_ = json.Unmarshal(text, &body)
	r.mu.Lock()
	defer r.mu.Unlock()
	if status >= 300 {
		r.refused++
		w.WriteHeader(status)
		return
	}
	var raw struct{ Value []json.RawMessage }
	_ = json.Unmarshal(text, &raw)
	r.raw = append(r.raw, raw.Value...)
	for _, one := range body.Value {
		one.ValidationTokens = body.ValidationTokens
		r.got = append(r.got, one)
	}
	w.WriteHeader(http.StatusAccepted)
}

func (r *receiver) answer(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func (r *receiver) take() []told {
	r.mu.Lock()
	defer r.mu.Unlock()
	got := r.got
	r.got = nil
	return got
}

// kinds is what was told in a line each.
func kinds(list []told) string {
	var lines []string
	for _, one := range list {
		lines = append(lines, strings.TrimSpace(one.ChangeType+one.LifecycleEvent+" "+one.Resource))
	}
	return strings.Join(lines, "\n")
}

// api calls a server and reads the answer.
func api(t *testing.T, s *server.Server, method, path, body string, want int) map[string]any {
	t.Helper()
	r, err := http.NewRequest(method, "https://graph.microsoft.com/v1.0"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer test")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != want {
		t.Fatalf("%s %s: %d, want %d: %s\n%s", method, path, answer.StatusCode, want, answer.Header.Get("X-Fake-Reason"), text)
	}
	var v map[string]any
	_ = json.Unmarshal(text, &v)
	return v
}

func subscribe(t *testing.T, s *server.Server, fields map[string]any) string {
	t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return api(t, s, "POST", "/subscriptions", string(body), 201)["id"].(string)
}

func delivered(t *testing.T, s *server.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := s.WaitDelivered(ctx); err != nil {
		for _, d := range s.Deliveries() {
			t.Log(d)
		}
		t.Fatal(err)
	}
}

var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func newNotified(t *testing.T, options ...server.Option) *server.Server {
	t.Helper()
	s, err := server.New(append([]server.Option{server.WithClock(noon)}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func in(d time.Duration) string { return noon.Add(d).Format(time.RFC3339) }

// A subscriber is told of what is created, changed and deleted, in order.
func TestChangesAreDelivered(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	id := subscribe(t, s, map[string]any{
		"changeType": "created,updated,deleted", "notificationUrl": r.URL + "/hook?a=b", "resource": "me/mailFolders('Drafts')/messages",
		"expirationDateTime": in(time.Hour), "clientState": "secret",
	})
	message := api(t, s, "POST", "/me/messages", `{"subject":"a"}`, 201)["id"].(string)
	api(t, s, "PATCH", "/me/messages/"+message, `{"subject":"b"}`, 200)
	api(t, s, "DELETE", "/me/messages/"+message, "", 204)
	delivered(t, s)
	got := r.take()
	owner := api(t, s, "GET", "/me", "", 200)["id"].(string)
	path := "Users/" + owner + "/Messages/" + message
	if want := "created " + path + "\nupdated " + path + "\ndeleted " + path; kinds(got) != want {
		t.Fatalf("got\n%s\nwant\n%s", kinds(got), want)
	}
	one := got[0]
	if one.ID != id || one.ClientState != "secret" || one.ResourceData["id"] != message || one.ResourceData["@odata.type"] != "#Microsoft.Graph.Message" || one.TenantID == "" {
		t.Errorf("%+v", one)
	}
	api(t, s, "DELETE", "/subscriptions/"+id, "", 204)
	api(t, s, "POST", "/me/messages", `{"subject":"c"}`, 201)
	delivered(t, s)
	if got := r.take(); len(got) > 0 {
		t.Errorf("after the end: %s", kinds(got))
	}
	if all := s.Deliveries(); len(all) < 2 || all[0].Delivery.Kind != "validation" || all[1].Response.Status != 202 {
		t.Errorf("%v", all)
	}
	for _, c := range s.Requests() {
		if c.Delivery != nil {
			t.Errorf("%v is no request of a client", c)
		}
	}
}

// refusal subscribes in vain.
func refusal(t *testing.T, s *server.Server, fields map[string]any) (status int, code, message string) {
	t.Helper()
	body, _ := json.Marshal(fields)
	r, _ := http.NewRequest("POST", "https://graph.microsoft.com/v1.0/subscriptions", bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer test")
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var v struct {
		Error struct{ Code, Message string }
	}
	_ = json.NewDecoder(answer.Body).Decode(&v)
	return answer.StatusCode, v.Error.Code, v.Error.Message
}
