package identity

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// described returns a call as the describe stage leaves it.
func described(s *Service, path string, h call.Header) *call.Call {
	return &call.Call{RequestID: "r", ClientRequestID: "c", Received: start, Method: "GET", Origin: origin,
		Version: "v1.0", Path: path, Header: h, Principal: s.Principal(h)}
}

func TestAuthenticate(t *testing.T) {
	app, user := `{"roles":["User.Read.All"]}`, `{"scp":"User.Read"}`
	tests := []struct {
		name, path, token string
		off, lenient      int // status; 0 passes
		code              string
	}{
		{"no token", "/users", "", 0, 401, "InvalidAuthenticationToken"},
		{"opaque", "/users", "test", 0, 0, ""},
		{"opaque on me", "/me", "test", 0, 0, ""},
		{"broken", "/users", "a.b.c", 0, 401, "InvalidAuthenticationToken"},
		{"app on me", "/me", jwt(t, app), 0, 400, "BadRequest"},
		{"app below Me", "/Me/messages", jwt(t, app), 0, 400, "BadRequest"},
		{"app without grants on me", "/me", jwt(t, `{"idtyp":"app"}`), 0, 400, "BadRequest"},
		{"app elsewhere", "/meetings", jwt(t, app), 0, 0, ""},
		{"user on me", "/me", jwt(t, user), 0, 0, ""},
	}
	off, lenient := newTest(t, Config{Mode: Off}), newTest(t, Config{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := call.Header{}
			if test.token != "" {
				h = bearerHeader(test.token)
			}
			if r := off.Authenticate(described(off, test.path, h)); r != nil {
				t.Errorf("off: %d", r.Status)
			}
			r := lenient.Authenticate(described(lenient, test.path, h))
			if r == nil {
				want(t, "status", 0, test.lenient)
				return
			}
			e := document(t, *r, test.lenient)["error"].(map[string]any)
			want(t, "code", e["code"], test.code)
			want(t, "innerError", e["innerError"], map[string]any{"date": "2026-03-01T12:00:00", "request-id": "r", "client-request-id": "c"})
			if r.Reason == "" {
				t.Error("the tester is not told why")
			}
		})
	}
}

func TestAuthenticate_challenge(t *testing.T) {
	for _, test := range []struct{ cloud, origin, authority string }{
		{"", "https://graph.microsoft.com", "https://login.microsoftonline.com"},
		{"usgov", "https://graph.microsoft.us", "https://login.microsoftonline.us"},
		{"", origin, origin},
	} {
		s := newTest(t, Config{Cloud: test.cloud})
		c := described(s, "/users", nil)
		c.Origin = test.origin
		r := s.Authenticate(c)
		want(t, test.origin, r.Get("Www-Authenticate"),
			`Bearer realm="", authorization_uri="`+test.authority+`/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`)
		if !strings.Contains(string(r.Body), `"Access token is empty."`) || !strings.Contains(r.Reason, "validHosts") {
			t.Errorf("%s, reason %q", r.Body, r.Reason)
		}
	}
}
