package identity

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/clock"
)

const (
	origin  = "https://127.0.0.1:8843"
	graph   = "https://graph.microsoft.com"
	tenantA = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa"
	appA    = "11111111-2222-4333-8444-555555555555"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// newTest returns a service with a frozen clock and ids that count up.
func newTest(t *testing.T, c Config) *Service {
	t.Helper()
	if c.Clock == nil {
		c.Clock = new(clock.Clock)
		c.Clock.Set(start)
		c.Clock.Freeze(true)
		c.Clock.Set(start)
	}
	var n atomic.Int64
	c.NewID = func() string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n.Add(1)) }
	return New(c)
}

// noKey fails the test's request when a key is made where none is needed.
func noKey() (*rsa.PrivateKey, error) { return nil, errors.New("the signing key was asked for") }

func get(s *Service, from, path string) call.Response {
	path, query, _ := strings.Cut(path, "?")
	return s.Handle(Request{Method: http.MethodGet, Origin: from, Path: path, RawQuery: query, RequestID: "trace"})
}

// post sends a form given as pairs: post(s, path, "grant_type", "password", …).
func post(s *Service, path string, pairs ...string) call.Response {
	return s.Handle(Request{Method: http.MethodPost, Origin: origin, Path: path, RequestID: "trace", Body: []byte(formOf(pairs...))})
}

func formOf(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

// document decodes an answer after checking its status.
func document(t *testing.T, r call.Response, status int) map[string]any {
	t.Helper()
	if r.Status != status {
		t.Fatalf("status %d, want %d: %s", r.Status, status, r.Body)
	}
	var d map[string]any
	if err := json.Unmarshal(r.Body, &d); err != nil {
		t.Fatalf("body is no JSON object: %v: %s", err, r.Body)
	}
	return d
}

// claims decodes a token's payload without verifying.
func claims(t *testing.T, token any) map[string]any {
	t.Helper()
	text, _ := token.(string)
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		t.Fatalf("not a JWT: %q", text)
	}
	var c map[string]any
	if err := decodePart(parts[1], &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// jwt makes a token that nobody signed.
func jwt(t *testing.T, payload string) string {
	t.Helper()
	return encodePart(`{"alg":"none","typ":"JWT"}`) + "." + encodePart(payload) + "."
}

func bearerHeader(token string) call.Header {
	return call.Header{"Authorization": {"Bearer " + token}}
}

func want(t *testing.T, what string, got, wanted any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(wanted) {
		t.Errorf("%s: got %v, want %v", what, got, wanted)
	}
}

func encodePart(plain string) string { return base64.RawURLEncoding.EncodeToString([]byte(plain)) }

func secretsOf(values ...string) []Secret {
	var list []Secret
	for _, v := range values {
		list = append(list, Secret{Value: v})
	}
	return list
}

// codeOf is the AADSTS number of an error.
func codeOf(d map[string]any) int {
	list, _ := d["error_codes"].([]any)
	if len(list) != 1 {
		return 0
	}
	code, _ := list[0].(float64)
	return int(code)
}
