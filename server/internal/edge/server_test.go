package edge

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// TestServer_SameRoutesOnEveryListener serves TCP, TLS, a unix socket and a
// listener of the user's.
func TestServer_SameRoutesOnEveryListener(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "s")
	given, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{
		Handler: answering(func(c *call.Call) *call.Response {
			return &call.Response{Status: 200, Body: []byte(c.Origin)}
		}),
		Authority: sharedAuthority(),
		Listen: []Listen{
			{Addr: "127.0.0.1:0"}, {Addr: ""}, {Addr: "localhost:0", TLS: true}, {Addr: "unix:" + socket}, {Listener: given},
		},
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	addresses := s.Addresses()
	if len(addresses) != 4 || addresses[2] != (Address{Network: "unix", Addr: socket}) || addresses[3].Addr != given.Addr().String() {
		t.Fatalf("%+v", addresses)
	}
	tr := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: sharedAuthority().Pool()},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if addr == "socket:80" {
				network, addr = "unix", socket
			}
			return new(net.Dialer).DialContext(ctx, network, addr)
		},
	}
	defer tr.CloseIdleConnections()
	for _, base := range []string{addresses[0].URL(), addresses[1].URL(), "http://socket", addresses[3].URL()} {
		_, body, err := fetch(door{&http.Client{Transport: tr}, base, 1}, "/v1.0/me")
		if err != nil || string(body) != base {
			t.Errorf("%s: origin %q, %v", base, body, err)
		}
	}
}

// Shutdown lets a request in flight finish, takes no new ones, and does not
// wait for connections without a request.
func TestServer_Shutdown(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	s := startServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(entered)
			<-release
		}
		_, _ = io.WriteString(w, "done")
	}))
	silent, err := net.Dial("tcp", s.Addresses()[0].Addr) // never sends a byte
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for _, http2 := range []bool{false, true} { // leaves idle connections behind
		if _, _, err := fetch(door{newClient(t, http2), s.tls, 1}, "/"); err != nil {
			t.Fatal(err)
		}
	}
	slow := make(chan string, 1)
	go func() {
		_, body, err := fetch(door{newClient(t, true), s.tls, 2}, "/slow")
		slow <- string(body) + errText(err)
	}()
	<-entered
	down := make(chan error, 1)
	go func() { down <- s.Shutdown(context.Background()) }()
	<-s.closing
	close(release)
	if got := <-slow; got != "done" {
		t.Errorf("request in flight: %s", got)
	}
	select {
	case err := <-down:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(4 * time.Second):
		t.Fatal("waits for connections without a request")
	}
	if _, err := net.Dial("tcp", s.Addresses()[0].Addr); err == nil {
		t.Error("still listening")
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close after Shutdown: %v", err)
	}
}

// Close says who holds it, and then goes on without them.
func TestServer_CloseNamesHolders(t *testing.T) {
	entered, ended := make(chan struct{}), make(chan struct{})
	s := startServer(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
		close(ended)
	}))
	s.Grace = 20 * time.Millisecond
	go func() { _, _, _ = fetch(door{newClient(t, false), s.plain, 1}, "/v1.0/users?$skiptoken=secret") }()
	<-entered
	err := s.Close()
	for _, part := range []string{"held by 127.0.0.1:", "active", "GET /v1.0/users"} {
		if !strings.Contains(errText(err), part) {
			t.Errorf("%v: does not say %q", err, part)
		}
	}
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
	if logged := <-s.logged; logged != err.Error() {
		t.Errorf("logged %q", logged)
	}
	<-ended
}

func TestServer_CloseIsQuick(t *testing.T) {
	s := startServer(t, faulty())
	for _, d := range []door{{newClient(t, false), s.plain, 1}, {newClient(t, true), s.tls, 2}} {
		if _, _, err := fetch(d, "/"); err != nil {
			t.Fatal(err)
		}
	}
	begin := time.Now()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begin); took > 500*time.Millisecond {
		t.Errorf("took %s", took)
	}
	if n := len(s.conns.list()); n != 0 {
		t.Errorf("%d connections left", n)
	}
}

func TestServer_BeforeStart(t *testing.T) {
	s := &Server{}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// What net/http complains about goes to Log.
func TestServer_Log(t *testing.T) {
	s := startServer(t, faulty())
	c, err := tls.Dial("tcp", s.Addresses()[1].Addr, &tls.Config{ServerName: "localhost"}) // does not trust the CA
	if err == nil {
		_ = c.Close()
		t.Fatal("trusted")
	}
	select {
	case line := <-s.logged:
		if !strings.Contains(line, "TLS handshake error") || strings.HasSuffix(line, "\n") {
			t.Errorf("%q", line)
		}
	case <-time.After(5 * time.Second):
		t.Error("nothing logged")
	}
}
