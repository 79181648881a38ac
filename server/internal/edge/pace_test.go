package edge

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// impatient are limits that a test can wait for.
var impatient = Limits{
	HeaderTimeout: 500 * time.Millisecond, BodyTimeout: 500 * time.Millisecond,
	WriteTimeout: 500 * time.Millisecond, IdleTimeout: 500 * time.Millisecond,
}

// patient are limits that a client on a busy machine keeps while it moves, and
// that a test can outlast.
var patient = Limits{
	HeaderTimeout: 1500 * time.Millisecond, BodyTimeout: 1500 * time.Millisecond,
	WriteTimeout: 1500 * time.Millisecond, IdleTimeout: 1500 * time.Millisecond,
}

// soon is far beyond the limits, and ends a test in which nobody gives up.
const soon = 10 * time.Second

// startImpatient starts a server that answers with what went wrong with the
// body, or with its length, and sends a long answer at /long.
func startImpatient(t *testing.T, limits Limits) *running {
	t.Helper()
	rd := testReader()
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/long":
			_, _ = io.Copy(w, io.LimitReader(zeros{}, 64<<20))
			return
		case "/unread":
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		c := rd.Read(r, testTime)
		length, err := len(c.Body), c.BodyError
		if from := c.Content.Take(); from != nil {
			var n int64
			n, err = io.Copy(io.Discard, from)
			length = int(n)
		}
		Write(w, r, c, &call.Response{Status: 200, Body: fmt.Appendf(nil, "%d %s", length, kindOf(err))})
	})
	return startLimited(t, handler, limits)
}

// zeros reads as zero bytes without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// dial opens a connection that ends the test when nothing happens on it.
func dial(t *testing.T, s *running, withTLS bool) net.Conn {
	t.Helper()
	var c net.Conn
	var err error
	if withTLS {
		c, err = tls.Dial("tcp", s.Addresses()[1].Addr, &tls.Config{RootCAs: sharedAuthority().Pool()})
	} else {
		c, err = net.Dial("tcp", s.Addresses()[0].Addr)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(soon))
	return c
}

// A client that announces a body and does not send it is answered and let go,
// whether the handler reads the body or not.
func TestSlowBody(t *testing.T) {
	s := startImpatient(t, impatient)
	for name, c := range map[string]struct {
		path, contentType string
		want              string
	}{
		"JSON":    {"/v1.0/users", "application/json", "200 OK"},
		"content": {"/v1.0/me/photo/$value", "image/jpeg", "200 OK"},
		"unread":  {"/unread", "image/jpeg", "401 Unauthorized"},
	} {
		for _, withTLS := range []bool{false, true} {
			conn := dial(t, s, withTLS)
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: 50000\r\n\r\n{", c.path, c.contentType)
			answer, err := io.ReadAll(conn)
			if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 "+c.want) || c.want == "200 OK" && !strings.HasSuffix(string(answer), " slow") {
				t.Errorf("%s, TLS %v: %v: %q", name, withTLS, err, answer)
			}
		}
	}
}

// One byte now and then is no progress.
func TestSlowBody_drip(t *testing.T) {
	s := startImpatient(t, impatient)
	conn := dial(t, s, false)
	fmt.Fprint(conn, "POST /v1.0/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n")
	answered := make(chan string, 1)
	go func() {
		answer, _ := io.ReadAll(conn)
		answered <- string(answer)
	}()
	for {
		select {
		case answer := <-answered:
			if !strings.HasSuffix(answer, " slow") {
				t.Errorf("%q", answer)
			}
			return
		case <-time.After(50 * time.Millisecond):
			_, _ = io.WriteString(conn, "x")
		}
	}
}

// A body that takes much longer than the timeout passes while it moves, over
// every kind of connection, and so does the next request.
func TestSlowBody_moving(t *testing.T) {
	s := startImpatient(t, patient)
	for name, d := range map[string]door{
		"http/1.1": {newClient(t, false), s.plain, 1}, "https/1.1": {newClient(t, false), s.tls, 1}, "http/2": {newClient(t, true), s.tls, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, contentType := range []string{"application/json", "image/jpeg"} {
				uploadSlowly(t, d, contentType)
			}
		})
	}
}

func uploadSlowly(t *testing.T, d door, contentType string) {
	t.Helper()
	body := &steps{n: 20, size: 3000, pause: 100 * time.Millisecond}
	resp, err := d.Post(d.base+"/v1.0/users", contentType, io.NopCloser(body))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil || string(text) != "60000 " || resp.ProtoMajor != d.major {
		t.Errorf("%s: %v: %q over HTTP/%d", contentType, err, text, resp.ProtoMajor)
	}
}

// A stream of HTTP/2 whose body does not come ends alone.
func TestSlowBody_http2(t *testing.T) {
	s := startImpatient(t, impatient)
	d := door{newClient(t, true), s.tls, 2}
	reader, writer := io.Pipe()
	defer writer.Close()
	go func() { _, _ = io.WriteString(writer, "{") }()
	resp, err := d.Post(d.base+"/v1.0/users", "application/json", reader)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if text, err := io.ReadAll(resp.Body); err != nil || string(text) != "0 slow" || resp.ProtoMajor != 2 {
		t.Errorf("%v: %q", err, text)
	}
	if _, text, err := fetch(d, "/v1.0/me"); err != nil || string(text) != "0 " {
		t.Errorf("the connection's next request: %v: %q", err, text)
	}
}

// steps is a body that comes in pieces.
type steps struct {
	n, size int
	pause   time.Duration
}

func (s *steps) Read(p []byte) (int, error) {
	if s.n == 0 {
		return 0, io.EOF
	}
	s.n--
	time.Sleep(s.pause)
	n := min(s.size, len(p))
	clear(p[:n])
	return n, nil
}

// A client that asks for much and takes nothing is let go.
func TestSlowReader(t *testing.T) {
	s := startImpatient(t, impatient)
	for _, withTLS := range []bool{false, true} {
		conn := dial(t, s, withTLS)
		fmt.Fprint(conn, "GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n")
		begin := time.Now()
		for len(s.conns.holders()) > 0 || time.Since(begin) < 50*time.Millisecond {
			if time.Since(begin) > soon {
				t.Fatalf("TLS %v: still held by %s", withTLS, s.conns.holders())
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// On HTTP/2 the stream that is not taken ends, and the connection serves on.
func TestSlowReader_http2(t *testing.T) {
	s := startImpatient(t, impatient)
	d := door{newClient(t, true), s.tls, 2}
	resp, err := d.get(context.Background(), "/long")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	time.Sleep(3 * impatient.WriteTimeout) // takes nothing
	if n, err := io.Copy(io.Discard, resp.Body); err == nil {
		t.Errorf("%d bytes and no error", n)
	}
	if _, text, err := fetch(d, "/v1.0/me"); err != nil || string(text) != "0 " {
		t.Errorf("the connection's next request: %v: %q", err, text)
	}
}

// A download that takes longer than the timeout passes while it moves.
func TestSlowReader_moving(t *testing.T) {
	s := startImpatient(t, patient)
	for name, d := range map[string]door{"http/1.1": {newClient(t, false), s.plain, 1}, "http/2": {newClient(t, true), s.tls, 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			downloadSlowly(t, d)
		})
	}
}

func downloadSlowly(t *testing.T, d door) {
	t.Helper()
	resp, err := d.get(context.Background(), "/long")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var n int64
	for err == nil {
		var part int64
		part, err = io.CopyN(io.Discard, resp.Body, 4<<20)
		n += part
		time.Sleep(120 * time.Millisecond)
	}
	if err != io.EOF || n != 64<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// A header that does not end and a connection that asks nothing are closed.
func TestSlowHeader(t *testing.T) {
	s := startImpatient(t, impatient)
	for name, sent := range map[string]string{
		"nothing": "", "half a header": "GET / HTTP/1.1\r\nHost: loc", "idle": "GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\n\r\n",
	} {
		for _, withTLS := range []bool{false, true} {
			conn := dial(t, s, withTLS)
			_, _ = io.WriteString(conn, sent)
			if _, err := io.Copy(io.Discard, bufio.NewReader(conn)); err != nil {
				t.Errorf("%s, TLS %v: %v", name, withTLS, err)
			}
		}
	}
	raw, err := net.Dial("tcp", s.Addresses()[1].Addr) // never shakes hands
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	_ = raw.SetDeadline(time.Now().Add(soon))
	if _, err := io.Copy(io.Discard, raw); err != nil {
		t.Errorf("no handshake: %v", err)
	}
}

// Behind CONNECT the same holds.
func TestSlowBody_tunnel(t *testing.T) {
	proxied := startLimited(t, &Proxy{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := testReader().Read(r, testTime)
		Write(w, r, c, &call.Response{Status: 200, Body: []byte(kindOf(c.BodyError))})
	}), Authority: sharedAuthority()}, impatient)
	conn := dial(t, proxied, false)
	fmt.Fprint(conn, "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n")
	if _, err := http.ReadResponse(bufio.NewReader(io.LimitReader(conn, int64(len("HTTP/1.1 200 Connection established\r\n\r\n")))), &http.Request{Method: "CONNECT"}); err != nil {
		t.Fatal(err)
	}
	inside := tls.Client(conn, &tls.Config{RootCAs: sharedAuthority().Pool(), ServerName: "graph.microsoft.com"})
	fmt.Fprint(inside, "POST /v1.0/users HTTP/1.1\r\nHost: graph.microsoft.com\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
	if answer, err := io.ReadAll(inside); err != nil || !strings.HasSuffix(string(answer), "slow") {
		t.Errorf("%v: %q", err, answer)
	}
}
