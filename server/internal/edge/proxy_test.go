package edge

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// startProxy starts a server that is its own proxy and says who was refused.
func startProxy(t *testing.T, handler http.Handler) (*running, chan string) {
	t.Helper()
	refused := make(chan string, 10)
	return startServer(t, &Proxy{
		Handler:   handler,
		Authority: sharedAuthority(),
		Refused:   func(method, host string) { refused <- method + " " + host },
	}), refused
}

// proxied makes a client that is configured as by HTTPS_PROXY.
func proxied(t *testing.T, proxy string, http2 bool) *http.Client {
	t.Helper()
	to, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, http2)
	c.Transport.(*http.Transport).Proxy = http.ProxyURL(to)
	return c
}

func TestProxy(t *testing.T) {
	s, refused := startProxy(t, answering(func(c *call.Call) *call.Response {
		return &call.Response{Status: 200, Body: []byte(c.Origin + " " + c.Path + " " + c.Header.Get("Proxy-Authorization"))}
	}))
	withPassword := strings.Replace(s.plain, "http://", "http://user:password@", 1)
	for name, proxy := range map[string]string{"http": s.plain, "https": s.tls, "with credentials": withPassword} {
		for _, http2 := range []bool{false, true} {
			if http2 && name == "https" {
				continue // Go's client would speak HTTP/1.1 to a proxy with which it agreed on HTTP/2
			}
			client := proxied(t, proxy, http2)
			for _, base := range []string{
				"https://graph.microsoft.com", "https://login.microsoftonline.com:8843", "https://graph.microsoft.us:443",
				"http://graph.microsoft.com", // absolute form, no CONNECT
			} {
				resp, err := client.Get(base + "/v1.0/me")
				if err != nil {
					t.Fatalf("%s, %s: %v", name, base, err)
				}
				body, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				want := strings.TrimSuffix(base, ":443") + " /me "
				if got := strings.Replace(string(body), ":443 ", " ", 1); got != want {
					t.Errorf("%s, h2 %v, %s: %q", name, http2, base, body)
				}
				if h2 := http2 && strings.HasPrefix(base, "https"); h2 != (resp.ProtoMajor == 2) {
					t.Errorf("%s, h2 %v, %s: %s", name, http2, base, resp.Proto)
				}
			}
		}
	}
	if len(refused) != 0 {
		t.Errorf("refused %s", <-refused)
	}
}

func TestProxy_RefusesOthers(t *testing.T) {
	s, refused := startProxy(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("handler called") }))
	client := proxied(t, s.plain, true)
	resp, err := client.Get("http://example.com/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode != 403 || !strings.Contains(string(body), "example.com is not served") || !strings.Contains(string(body), "graph.microsoft.com") {
		t.Errorf("%s: %s", resp.Status, body)
	}
	if _, err := client.Get("https://vault.azure.net/"); !strings.Contains(errText(err), "Forbidden") {
		t.Errorf("%v", err)
	}
	for _, want := range []string{"GET example.com", "CONNECT vault.azure.net:443"} {
		if got := <-refused; got != want {
			t.Errorf("refused %q, want %q", got, want)
		}
	}
}

func TestProxy_Allowed(t *testing.T) {
	s, _ := startProxy(t, answering(func(c *call.Call) *call.Response { return &call.Response{Status: 204} }))
	p := s.Handler.(*Proxy)
	own := s.Addresses()[0].Addr
	p.Allowed = func(host string) bool { return host == own }
	if status := rawRequest(t, own, "GET http://"+own+"/v1.0/me HTTP/1.1\r\nHost: x\r\n\r\n"); !strings.Contains(status, "204") {
		t.Errorf("own address: %s", status)
	}
	if status := rawRequest(t, own, "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"); !strings.Contains(status, "403") {
		t.Errorf("host not allowed: %s", status)
	}
}

// Faults reach the socket through the tunnel.
func TestProxy_Faults(t *testing.T) {
	s, _ := startProxy(t, faulty())
	d := door{proxied(t, s.plain, false), "https://graph.microsoft.com", 1}
	if _, _, err := fetch(d, "/reset"); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("reset: %v", err)
	}
	if _, _, err := fetch(d, "/close"); !errors.Is(err, io.EOF) {
		t.Errorf("close: %v", err)
	}
	if _, _, err := fetch(door{proxied(t, s.plain, true), d.base, 2}, "/close"); err == nil {
		t.Error("close on HTTP/2: no error")
	}
}

// Tunnels belong to the server: it waits for their requests and closes them.
func TestProxy_Shutdown(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	s, _ := startProxy(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "done")
	}))
	slow := make(chan string, 1)
	go func() {
		_, body, err := fetch(door{proxied(t, s.plain, true), "https://graph.microsoft.com", 2}, "/v1.0/me")
		slow <- string(body) + errText(err)
	}()
	<-entered
	down := make(chan error, 1)
	go func() { down <- s.Shutdown(context.Background()) }()
	<-s.closing
	close(release)
	if got := <-slow; got != "done" {
		t.Errorf("request in a tunnel: %s", got)
	}
	if err := <-down; err != nil {
		t.Error(err)
	}
	if n := len(s.conns.list()); n != 0 {
		t.Errorf("%d connections left", n)
	}
}

// A client that does not wait for the answer to CONNECT.
func TestProxy_EarlyHandshake(t *testing.T) {
	s, _ := startProxy(t, faulty())
	raw, err := net.Dial("tcp", s.Addresses()[0].Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	c := tls.Client(&eager{Conn: raw, first: "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n"},
		&tls.Config{RootCAs: sharedAuthority().Pool(), ServerName: "graph.microsoft.com"})
	if err := c.Handshake(); err != nil {
		t.Fatal(err)
	}
}

// eager sends first in one segment with its first write, and passes over the
// answer's header.
type eager struct {
	net.Conn
	first  string
	passed bool
}

func (c *eager) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(append([]byte(c.first), p...))
	n -= len(c.first)
	c.first = ""
	return n, err
}

func (c *eager) Read(p []byte) (int, error) {
	for header := ""; !c.passed; c.passed = strings.HasSuffix(header, "\r\n\r\n") {
		var b [1]byte
		if _, err := c.Conn.Read(b[:]); err != nil {
			return 0, err
		}
		header += string(b[:])
	}
	return c.Conn.Read(p)
}

// At a server that cannot give up its connection, CONNECT is refused clearly.
func TestProxy_ConnectOverHTTP2(t *testing.T) {
	s, _ := startProxy(t, faulty())
	r := &http.Request{Method: "CONNECT", URL: &url.URL{Scheme: "https", Host: s.Addresses()[1].Addr}, Host: "graph.microsoft.com:443", Header: http.Header{}}
	resp, err := newClient(t, true).Transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusNotImplemented {
		t.Errorf("%s %s", resp.Proto, resp.Status)
	}
}

// TestProxy_Curl has curl use the proxy as a user would.
func TestProxy_Curl(t *testing.T) {
	s, _ := startProxy(t, answering(func(c *call.Call) *call.Response { return &call.Response{Status: 200, Body: []byte(c.Origin)} }))
	ca := filepath.Join(t.TempDir(), "ca.pem")
	write(t, ca, sharedAuthority().PEM())
	env := []string{"HTTPS_PROXY=" + s.plain, "NO_PROXY=", "no_proxy="}
	for _, version := range []string{"--http1.1", "--http2"} {
		out := run(t, env, "curl", "--silent", "--show-error", "--fail", version, "--cacert", ca, "https://graph.microsoft.com/v1.0/me")
		if out != "https://graph.microsoft.com" {
			t.Errorf("%s: %q", version, out)
		}
	}
}
