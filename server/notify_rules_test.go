package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// What a subscription may ask for, and what its endpoint has to prove.
func TestSubscriptionIsRefused(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	answering := func(status int, mediaType, body string) string {
		h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if body == "token" {
				body = q.URL.Query().Get("validationToken")
			}
			w.Header().Set("Content-Type", mediaType)
			w.Header().Set("Location", r.URL)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}))
		t.Cleanup(h.Close)
		return h.URL
	}
	for _, c := range []struct {
		name, member string
		value        any
		code, text   string
	}{
		{"no resource", "resource", nil, "InvalidRequest", "resource is a required property"},
		{"unknown resource", "resource", "deviceManagement/managedDevices", "InvalidRequest", "not supported"},
		{"unknown user", "resource", "users/11111111-1111-4111-8111-111111111111/messages", "", "not found"},
		{"past", "expirationDateTime", in(-time.Minute), "InvalidRequest", "in the past"},
		{"too long", "expirationDateTime", in(4231 * time.Minute), "ExtensionError", "only be 4230 minutes in the future"},
		{"kind of change", "changeType", "created,renamed", "InvalidRequest", "'renamed'"},
		{"client state", "clientState", strings.Repeat("x", 129), "InvalidRequest", "128"},
		{"no certificate", "includeResourceData", true, "InvalidRequest", "encryptionCertificate is a required"},
		{"403", "notificationUrl", answering(403, "text/plain", "token"), "ValidationError", "HTTP status code is 'Forbidden'"},
		{"redirect", "notificationUrl", answering(307, "text/plain", "token"), "ValidationError", "HTTP status code is 'TemporaryRedirect'"},
		{"other text", "notificationUrl", answering(200, "text/plain", "hello"), "ValidationError", "must exactly match"},
		{"as JSON", "notificationUrl", answering(200, "application/json", "token"), "ValidationError", "must exactly match"},
		{"nobody", "notificationUrl", "http://127.0.0.1:1/", "ValidationError", "must respond with 200 OK"},
		{"another host", "notificationUrl", "http://192.0.2.1/", "ValidationError", "must respond with 200 OK"},
		{"event hub", "notificationUrl", "EventHub:https://x/y", "ValidationError", "not valid"},
		{"lifecycle", "lifecycleNotificationUrl", answering(500, "text/plain", "token"), "ValidationError", "InternalServerError"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fields := map[string]any{
				"changeType": "created", "notificationUrl": r.URL, "resource": "me/messages", "expirationDateTime": in(time.Hour), c.member: c.value,
			}
			if c.value == nil {
				delete(fields, c.member)
			}
			status, code, message := refusal(t, s, fields)
			if status != 400 && c.code != "" || status < 400 || c.code != "" && code != c.code || !strings.Contains(message, c.text) {
				t.Errorf("%d %s %q", status, code, message)
			}
		})
	}
	if list := api(t, s, "GET", "/subscriptions", "", 200)["value"].([]any); len(list) > 0 {
		t.Errorf("kept: %v", list)
	}
}

// Where deliveries may go is told by --notify, to loopback they may always.
func TestNotifyPatternIsChecked(t *testing.T) {
	for _, pattern := range []string{"", "http://x", "[", "me@host"} {
		if s, err := server.New(server.WithNotify(pattern)); err == nil {
			s.Close()
			t.Errorf("%q was taken", pattern)
		}
	}
}

// An endpoint that fails is tried again, with growing gaps on the fake's clock,
// and after four hours its notifications are missed.
func TestFailedDeliveryIsTriedAgain(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	subscribe(t, s, map[string]any{
		"changeType": "created", "notificationUrl": r.URL, "lifecycleNotificationUrl": newLifecycle(t, r), "resource": "me/contacts",
		"expirationDateTime": in(48 * time.Hour),
	})
	r.answer(503)
	api(t, s, "POST", "/me/contacts", `{"displayName":"a"}`, 201)
	attempts(t, s, 1)
	s.Advance(11 * time.Second)
	attempts(t, s, 2)
	s.Advance(11 * time.Second) // the second gap is longer
	r.answer(0)
	s.Advance(11 * time.Second)
	delivered(t, s)
	if got := r.take(); len(got) != 1 || got[0].ChangeType != "created" {
		t.Fatalf("%s", kinds(got))
	}
	attempts(t, s, 3)
	r.answer(500)
	api(t, s, "POST", "/me/contacts", `{"displayName":"b"}`, 201)
	attempts(t, s, 4)
	s.Advance(5 * time.Hour)
	attempts(t, s, 5)
	r.answer(0)
	delivered(t, s)
	if got := r.take(); kinds(got) != "missed" {
		t.Errorf("%q", kinds(got))
	}
}

// newLifecycle is another path of a receiver, which answers at any time.
func newLifecycle(t *testing.T, r *receiver) string {
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { r.serve(w, q, 0) }))
	t.Cleanup(h.Close)
	return h.URL
}

// attempts waits until so many deliveries of changes were made.
func attempts(t *testing.T, s *server.Server, want int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		n := 0
		for _, d := range s.Deliveries() {
			if d.Delivery.Kind == "change" {
				n++
			}
		}
		if n == want {
			return
		}
		if n > want || time.Now().After(deadline) {
			for _, d := range s.Deliveries() {
				t.Log(d)
			}
			t.Fatalf("%d attempts, want %d", n, want)
		}
	}
}

// Subscriptions end when their time is over, unless they are renewed.
func TestSubscriptionExpires(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	fields := map[string]any{
		"changeType": "created", "notificationUrl": r.URL, "lifecycleNotificationUrl": r.URL, "resource": "me/contacts",
		"expirationDateTime": in(time.Hour),
	}
	id, other := subscribe(t, s, fields), subscribe(t, s, fields)
	s.Advance(46 * time.Minute)
	delivered(t, s)
	if got := r.take(); kinds(got) != "reauthorizationRequired\nreauthorizationRequired" {
		t.Errorf("%q", kinds(got))
	}
	api(t, s, "PATCH", "/subscriptions/"+id, `{"expirationDateTime":"`+in(3*time.Hour)+`"}`, 200)
	api(t, s, "POST", "/subscriptions/"+id+"/reauthorize", "", 204)
	s.Advance(15 * time.Minute)
	api(t, s, "GET", "/subscriptions/"+other, "", 404)
	api(t, s, "DELETE", "/subscriptions/"+other, "", 404)
	api(t, s, "POST", "/me/contacts", `{"displayName":"a"}`, 201)
	delivered(t, s)
	if got := r.take(); len(got) != 1 || got[0].ID != id {
		t.Errorf("%q", kinds(got))
	}
	if list := api(t, s, "GET", "/subscriptions", "", 200)["value"].([]any); len(list) != 1 {
		t.Errorf("%v", list)
	}
}

// A subscription whose resource is gone is removed, and the lifecycle endpoint
// is told.
func TestSubscriptionIsRemoved(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	user := api(t, s, "POST", "/users", `{"displayName":"A","userPrincipalName":"a@contoso.com","mailNickname":"a","accountEnabled":true,"passwordProfile":{"password":"xWwvJ]6NMw+bWH-d"}}`, 201)["id"].(string)
	id := subscribe(t, s, map[string]any{
		"changeType": "created", "notificationUrl": r.URL, "lifecycleNotificationUrl": r.URL, "resource": "users/" + user + "/messages",
		"expirationDateTime": in(time.Hour),
	})
	api(t, s, "DELETE", "/users/"+user, "", 204)
	delivered(t, s)
	if got := r.take(); kinds(got) != "subscriptionRemoved" {
		t.Errorf("%q", kinds(got))
	}
	api(t, s, "GET", "/subscriptions/"+id, "", 404)
}

// The directory tells of new and binned objects as updated, of members in their
// group.
func TestDirectoryChanges(t *testing.T) {
	s, r := newNotified(t), newReceiver(t)
	for _, resource := range []string{"users", "groups"} {
		subscribe(t, s, map[string]any{
			"changeType": "updated,deleted", "notificationUrl": r.URL, "resource": resource, "expirationDateTime": in(time.Hour),
		})
	}
	user := api(t, s, "POST", "/users", `{"displayName":"A","userPrincipalName":"a@contoso.com","mailNickname":"a","accountEnabled":true,"passwordProfile":{"password":"xWwvJ]6NMw+bWH-d"}}`, 201)["id"].(string)
	group := api(t, s, "POST", "/groups", `{"displayName":"G","mailNickname":"g","mailEnabled":false,"securityEnabled":true}`, 201)["id"].(string)
	delivered(t, s)
	if got, want := kinds(r.take()), "updated Users/"+user+"\nupdated Groups/"+group; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	api(t, s, "POST", "/groups/"+group+"/members/$ref", `{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/`+user+`"}`, 204)
	delivered(t, s)
	got := r.take()
	if kinds(got) != "updated Groups/"+group || fmt.Sprint(got[0].ResourceData["members@delta"]) != "[map[id:"+user+"]]" {
		t.Errorf("%s %v", kinds(got), got)
	}
	api(t, s, "DELETE", "/users/"+user, "", 204)
	api(t, s, "DELETE", "/directory/deletedItems/"+user, "", 204)
	api(t, s, "DELETE", "/groups/"+group, "", 204)
	api(t, s, "DELETE", "/directory/deletedItems/"+group, "", 204)
	delivered(t, s)
	if got, want := kinds(r.take()), "updated Users/"+user+"\nupdated Groups/"+group+"\ndeleted Users/"+user+"\nupdated Groups/"+group+"\ndeleted Groups/"+group; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A data file goes on where it left off: what was not delivered is, after the
// restart.
func TestDeliveriesSurviveARestart(t *testing.T) {
	file, r := t.TempDir()+"/data", newReceiver(t)
	s := newNotified(t, server.WithData(file))
	subscribe(t, s, map[string]any{"changeType": "created", "notificationUrl": r.URL, "resource": "me/contacts", "expirationDateTime": in(time.Hour)})
	r.answer(503)
	api(t, s, "POST", "/me/contacts", `{"displayName":"a"}`, 201)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r.answer(0)
	s = newNotified(t, server.WithData(file))
	api(t, s, "POST", "/me/contacts", `{"displayName":"b"}`, 201)
	delivered(t, s)
	if got := strings.Split(kinds(r.take()), "\n"); len(slices.Compact(got)) != 2 { // at least once, in order
		t.Errorf("%q", got)
	}
}

// A server has no goroutine for deliveries before the first subscription, and
// none after Close.
func TestNotifierLeavesNothing(t *testing.T) {
	running := func() string {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		var ours []string
		for _, one := range strings.Split(string(stacks), "\n\n") {
			if strings.Contains(one, "internal/notify.(") {
				ours = append(ours, one)
			}
		}
		return strings.Join(ours, "\n\n")
	}
	s, r := newNotified(t), newReceiver(t)
	api(t, s, "POST", "/me/contacts", `{"displayName":"a"}`, 201)
	if left := running(); left != "" {
		t.Errorf("before the first subscription:\n%s", left)
	}
	subscribe(t, s, map[string]any{"changeType": "created", "notificationUrl": r.URL, "resource": "me/contacts", "expirationDateTime": in(time.Hour)})
	r.answer(503)
	api(t, s, "POST", "/me/contacts", `{"displayName":"b"}`, 201)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left := running(); left != "" {
		t.Errorf("after Close:\n%s", left)
	}
}
