package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// limited starts a server with limits over plain HTTP.
func limited(t *testing.T, l server.Limits) (fake *server.Test, address string) {
	t.Helper()
	fake = server.NewTest(t, server.WithLimits(l), server.WithAddresses("127.0.0.1:0", ""))
	return fake, strings.TrimPrefix(fake.URL, "http://")
}

// exchange sends bytes and reads one answer.
func exchange(t *testing.T, address, sent string) (*http.Response, string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(c, sent); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body) // may end in a reset, when not all that was sent was read
	return resp, string(text)
}

// wantRefusal checks status, Graph's code and that the tester is told why.
func wantRefusal(t *testing.T, name string, resp *http.Response, text string, status int, code, reason string) {
	t.Helper()
	if resp.StatusCode != status || !strings.Contains(text, `"code":"`+code+`"`) || !strings.Contains(resp.Header.Get("X-Fake-Reason"), reason) {
		t.Errorf("%s: %d %s, X-Fake-Reason %q; want %d %s, %q", name, resp.StatusCode, text, resp.Header.Get("X-Fake-Reason"), status, code, reason)
	}
}

func TestLimits_slow_body(t *testing.T) {
	_, address := limited(t, server.Limits{BodyTimeout: 150 * time.Millisecond})
	for name, head := range map[string]string{
		"JSON":   "PATCH /v1.0/users/u HTTP/1.1\r\nContent-Type: application/json",
		"$batch": "POST /v1.0/$batch HTTP/1.1\r\nContent-Type: application/json",
		"file":   "PUT /v1.0/me/photo/$value HTTP/1.1\r\nContent-Type: image/jpeg",
	} {
		resp, text := exchange(t, address, head+"\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Length: 40000\r\n\r\n{")
		wantRefusal(t, name, resp, text, 408, "RequestTimeout", "nothing more came after 1 bytes")
		if !resp.Close {
			t.Errorf("%s: the connection stays open although the rest of the body may still come", name)
		}
	}
	resp, text := exchange(t, address, "POST /contoso.onmicrosoft.com/oauth2/v2.0/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 400\r\n\r\ngrant")
	if resp.StatusCode != 408 || !strings.Contains(text, `"error":"invalid_request"`) || !strings.Contains(resp.Header.Get("X-Fake-Reason"), "nothing more came after 5 bytes") {
		t.Errorf("sign-in: %d %s, %s", resp.StatusCode, text, resp.Header.Get("X-Fake-Reason"))
	}
}

func TestLimits_sizes(t *testing.T) {
	fake, address := limited(t, server.Limits{URL: 200, Body: 100, Batch: 2, Header: 8 << 10})
	long := strings.Repeat("a", 300)
	resp, text := exchange(t, address, "GET /v1.0/users?$filter="+long+" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n")
	wantRefusal(t, "URL", resp, text, 414, "UriTooLong", "at most 200 are taken")
	resp, text = exchange(t, address, "GET /contoso.onmicrosoft.com/oauth2/v2.0/authorize?state="+long+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if resp.StatusCode != 414 || !strings.Contains(text, `"error"`) {
		t.Errorf("sign-in: %d %s", resp.StatusCode, text)
	}
	body := `{"displayName":"` + long + `"}`
	resp, text = exchange(t, address, fmt.Sprintf("PATCH /v1.0/users/u HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
	wantRefusal(t, "body", resp, text, 413, "RequestEntityTooLarge", "larger than 100 bytes")
	batch := `{"requests":[` + strings.Repeat(`{},`, 2) + `{}]}`
	resp, text = exchange(t, address, fmt.Sprintf("POST /v1.0/$batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(batch), batch))
	wantRefusal(t, "batch", resp, text, 400, "BadRequest", "3 requests, at most 2")
	resp, _ = exchange(t, address, "GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("a", 20<<10)+"\r\n\r\n")
	if resp.StatusCode != 431 {
		t.Errorf("header: %d", resp.StatusCode)
	}
	if calls := fake.Requests(); len(calls) != 3 || calls[0].Response.Status != 414 {
		t.Errorf("the journal has %v", calls)
	}
}

// Beyond the limit a request waits for another to end, and is refused when none
// does; the control plane answers all the while.
func TestLimits_requests(t *testing.T) {
	fake, _ := limited(t, server.Limits{Requests: 1})
	get := func(path, fault string) (*http.Response, string) {
		r, err := http.NewRequest("GET", fake.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Fake-Fault", fault)
		resp, err := fake.Client().Do(r)
		if err != nil {
			t.Error(err)
			return nil, ""
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		return resp, string(text)
	}
	hold := func(delay string) (ended chan struct{}) {
		ended = make(chan struct{})
		n := len(fake.Requests())
		go func() {
			defer close(ended)
			if resp, text := get("/v1.0/users", "delay="+delay); resp == nil || resp.StatusCode != 200 {
				t.Errorf("the held request: %s", text)
			}
		}()
		for len(fake.Requests()) == n {
			time.Sleep(time.Millisecond)
		}
		return ended
	}

	first := hold("300ms")
	if resp, text := get("/v1.0/users", ""); resp.StatusCode != 200 {
		t.Errorf("did not wait: %d %s", resp.StatusCode, text)
	}
	<-first
	second := hold("3s")
	resp, text := get("/v1.0/users", "")
	wantRefusal(t, "busy", resp, text, 503, "ServiceUnavailable", "set --max-requests")
	if resp.Header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", resp.Header.Get("Retry-After"))
	}
	if resp, text := get("/_fake/health", ""); resp.StatusCode != 200 {
		t.Errorf("the control plane: %d %s", resp.StatusCode, text)
	}
	<-second
}

func TestLimits_negative(t *testing.T) {
	_, err := server.New(server.WithLimits(server.Limits{Requests: -1, IdleTimeout: -time.Second}))
	for _, want := range []string{"limit of requests: negative", "limit of idle timeout: negative"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: does not say %q", err, want)
		}
	}
}
