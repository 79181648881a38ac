package identity

import (
	"net/url"
	"testing"
)

func TestParseForm(t *testing.T) {
	tests := []struct{ body, name, value string }{
		{"grant_type=password&username=a%40b.c", "username", "a@b.c"},
		{"scope=openid+profile", "scope", "openid profile"},
		{"client_secret=a;b", "client_secret", "a;b"},       // pasted into curl: net/url drops it
		{"client_secret=100%&x=1", "client_secret", "100%"}, // not an escape
		{"a=1&a=2", "a", "1"},
		{"&&=x&b", "b", ""},
		{"claims=%7B%22a%22%3D1%7D", "claims", `{"a"=1}`},
	}
	for _, test := range tests {
		if got := parseForm([]byte(test.body))[test.name]; got != test.value {
			t.Errorf("%s: %s is %q, want %q", test.body, test.name, got, test.value)
		}
	}
}

func FuzzParseForm(f *testing.F) {
	f.Add("grant_type", "client_credentials", "a=%zz&&;=&b")
	f.Add("client_secret", "a;b&c=d%", "")
	f.Fuzz(func(t *testing.T, name, value, rest string) {
		parseForm([]byte(rest)) // anything goes
		body := url.Values{name: {value}}.Encode() + "&" + rest
		if got := parseForm([]byte(body))[name]; name != "" && got != value {
			t.Errorf("%q: got %q, want %q", body, got, value)
		}
	})
}

func TestCorrelation(t *testing.T) {
	s := newTest(t, Config{})
	path := "/contoso/oauth2/v2.0/token"
	for name, r := range map[string]Request{
		"header (Go, Python)": {Header: map[string][]string{"Client-Request-Id": {"mine"}}},
		"query (JS)":          {RawQuery: "client-request-id=mine"},
		"body (JS)":           {Body: []byte("client-request-id=mine")},
	} {
		r.Method, r.Path = "POST", path
		d := document(t, s.Handle(r), 400)
		want(t, name, d["correlation_id"], "mine")
	}
}
