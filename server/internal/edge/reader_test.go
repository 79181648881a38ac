package edge

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// TestReader_Path sends request lines over a socket: nothing may be decoded or
// cleaned on the way.
func TestReader_Path(t *testing.T) {
	var got *call.Call
	s := startServer(t, answering(func(c *call.Call) *call.Response {
		got = c
		return &call.Response{Status: 204}
	}))
	for sent, want := range map[string][3]string{
		"/v1.0/users":       {"v1.0", "/users", ""},
		"/v1.0":             {"v1.0", "/", ""},
		"/v1.0/":            {"v1.0", "/", ""},
		"/":                 {"", "/", ""},
		"/Beta//users/":     {"Beta", "//users/", ""},
		"/beta/me?":         {"beta", "/me", ""},
		"/v1.0/a?$x=%20&b?": {"v1.0", "/a", "$x=%20&b?"},
		"/v1.0/drives/d/items/root%3A%2Ff%2Fa.txt%3A/content": {"v1.0", "/drives/d/items/root%3A%2Ff%2Fa.txt%3A/content", ""},
		"/v1.0/drives/d/root:/f/a%20b.txt:/content":           {"v1.0", "/drives/d/root:/f/a%20b.txt:/content", ""},
		"/v1.0/users('a%27%27b')/calendars":                   {"v1.0", "/users('a%27%27b')/calendars", ""},
		"/v1.0/users/{id}/a|b":                                {"v1.0", "/users/{id}/a|b", ""},
		"/v1.0/%41/../b/./c":                                  {"v1.0", "/%41/../b/./c", ""},
		"http://graph.microsoft.com/v1.0/%2e?q":               {"v1.0", "/%2e", "q"},
		"http://graph.microsoft.com":                          {"", "/", ""},
	} {
		got = nil
		rawRequest(t, s.Addresses()[0].Addr, "GET "+sent+" HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n")
		if got == nil {
			t.Errorf("%s: no call", sent)
		} else if parts := [3]string{got.Version, got.Path, got.RawQuery}; parts != want {
			t.Errorf("%s: %q, want %q", sent, parts, want)
		}
	}
}

// rawRequest sends bytes and returns the status line.
func rawRequest(t *testing.T, addr, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, text)
	status, _ := bufio.NewReader(c).ReadString('\n')
	return strings.TrimSpace(status)
}

func TestReader_Origin(t *testing.T) {
	forward := http.Header{"X-Forwarded-Proto": {"https, http"}, "X-Forwarded-Host": {"fake.example.test:444, inner"}}
	for name, c := range map[string]struct {
		request http.Request
		trust   bool
		want    string
	}{
		"plain":                {http.Request{Host: "127.0.0.1:8880"}, false, "http://127.0.0.1:8880"},
		"case as sent":         {http.Request{Host: "LocalHost"}, false, "http://LocalHost"},
		"tls":                  {http.Request{Host: "localhost:8843", TLS: &tls.ConnectionState{}}, false, "https://localhost:8843"},
		"absolute form":        {http.Request{Host: "graph.microsoft.com", URL: &url.URL{Scheme: "https"}}, false, "https://graph.microsoft.com"},
		"forwarded, untrusted": {http.Request{Host: "a", Header: forward}, false, "http://a"},
		"forwarded":            {http.Request{Host: "a", Header: forward}, true, "https://fake.example.test:444"},
		"forwarded nonsense": {http.Request{Host: "a", Header: http.Header{
			"X-Forwarded-Proto": {"javascript"}, "X-Forwarded-Host": {`x"/><script>`}}}, true, "http://a"},
		"forwarded port": {http.Request{Host: "a", Header: http.Header{
			"X-Forwarded-Host": {"b"}, "X-Forwarded-Port": {"8443"}, "X-Forwarded-Proto": {"https"}}}, true, "https://b:8443"},
		"forwarded port twice": {http.Request{Host: "a", Header: http.Header{
			"X-Forwarded-Host": {"b:1"}, "X-Forwarded-Port": {"8443"}}}, true, "http://b:1"},
		"forwarded IPv6": {http.Request{Host: "a", Header: http.Header{
			"X-Forwarded-Host": {"[::1]"}, "X-Forwarded-Port": {"8443"}}}, true, "http://[::1]:8443"},
		"standard": {http.Request{Host: "a", Header: http.Header{
			"Forwarded":        {`for="[2001:db8::1]:4711";Proto=HTTPS ; host="b\.example:8443", for=x;proto=http;host=c`},
			"X-Forwarded-Host": {"d"}}}, true, "https://b.example:8443"},
		"standard without host": {http.Request{Host: "a", Header: http.Header{"Forwarded": {"proto=https"}}}, true, "https://a"},
		"standard broken":       {http.Request{Host: "a", Header: http.Header{"Forwarded": {`host="b`}}}, true, "http://a"},
		"standard, untrusted":   {http.Request{Host: "a", Header: http.Header{"Forwarded": {"host=b"}}}, false, "http://a"},
		"no host":               {http.Request{}, false, "http://localhost"},
	} {
		rd := testReader()
		rd.TrustProxy = c.trust
		if c.request.URL == nil {
			c.request.URL = &url.URL{Path: "/"}
		}
		if got := rd.Read(&c.request, testTime).Origin; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestReader_Identifiers(t *testing.T) {
	for sent, want := range map[string]string{
		"":                             testID,
		"my-id":                        "my-id",
		"a\x00b\x7fc\u00e9":            "abc",
		"\x01\x02":                     testID,
		strings.Repeat("x", 300) + "y": strings.Repeat("x", 256),
	} {
		r := newRequest("GET", "http://localhost/v1.0/me", "")
		if sent != "" {
			r.Header.Set("client-request-id", sent)
		}
		c := testReader().Read(r, testTime)
		if c.ClientRequestID != want || c.RequestID != testID || !c.Received.Equal(testTime) || c.Method != "GET" {
			t.Errorf("%q: %+v", sent, c)
		}
	}
}

func TestReader_SharesHeader(t *testing.T) {
	r := newRequest("GET", "http://localhost/v1.0/me", "")
	c := testReader().Read(r, testTime)
	r.Header.Set("Prefer", "x")
	if c.Header.Get("Prefer") != "x" {
		t.Error("the header was copied")
	}
}

// FuzzForwarded checks that whatever a proxy sends, the origin is a URL of http
// or https with a host.
func FuzzForwarded(f *testing.F) {
	f.Add(`for=192.0.2.43;proto=https;host="a:1"`, "b", "https", "8443")
	f.Add(`host="a\"b", x`, "[::1]", "HTTP", "x")
	f.Fuzz(func(t *testing.T, standard, host, proto, port string) {
		rd := testReader()
		rd.TrustProxy = true
		r := &http.Request{Host: "a", URL: &url.URL{Path: "/"}, Header: http.Header{
			"Forwarded": {standard}, "X-Forwarded-Host": {host}, "X-Forwarded-Proto": {proto}, "X-Forwarded-Port": {port}}}
		origin := rd.Head(r, testTime).Origin
		scheme, rest, ok := strings.Cut(origin, "://")
		if !ok || rest == "" || scheme != "http" && scheme != "https" || strings.ContainsAny(rest, "/\"<> \t,;") {
			t.Fatalf("%q", origin)
		}
	})
}

func FuzzSplitVersion(f *testing.F) {
	for _, seed := range []string{"/v1.0/users", "/", "", "//", "/v1.0", "/a%2Fb/c", "x/y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		version, rest := splitVersion(path)
		if strings.Contains(version, "/") || !strings.HasPrefix(rest, "/") {
			t.Fatalf("%q: %q, %q", path, version, rest)
		}
		back := "/" + version + rest
		if back != path && back != "/"+path && back != path+"/" && back != "/"+path+"/" {
			t.Fatalf("%q: does not join: %q", path, back)
		}
	})
}
