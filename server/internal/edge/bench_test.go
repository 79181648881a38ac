package edge

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

const benchRequest = "GET /v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038 HTTP/1.1\r\n" +
	"Host: 127.0.0.1:8880\r\nAuthorization: Bearer abc\r\nUser-Agent: bench\r\n\r\n"

var benchBody = []byte(`{"displayName":"` + strings.Repeat("x", 380) + `"}`)

// scripted is a connection whose client sends the same request again and
// again, and reads whatever comes.
type scripted struct {
	left   int
	unread string
	done   chan struct{}
}

func (c *scripted) Read(p []byte) (int, error) {
	if c.unread == "" {
		if c.left == 0 {
			return 0, io.EOF
		}
		c.left--
		c.unread = benchRequest
	}
	n := copy(p, c.unread)
	c.unread = c.unread[n:]
	return n, nil
}

func (c *scripted) Write(p []byte) (int, error)      { return len(p), nil }
func (c *scripted) Close() error                     { close(c.done); return nil }
func (c *scripted) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (c *scripted) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (c *scripted) SetDeadline(time.Time) error      { return nil }
func (c *scripted) SetReadDeadline(time.Time) error  { return nil }
func (c *scripted) SetWriteDeadline(time.Time) error { return nil }

func benchServe(b *testing.B, h http.HandlerFunc) {
	b.ReportAllocs()
	c := &scripted{left: b.N, done: make(chan struct{})}
	_ = (&http.Server{Handler: h}).Serve(&tunnelListener{conn: c, addr: &net.TCPAddr{}})
	<-c.done
}

// BenchmarkReadWrite is to be read against BenchmarkBare: the difference is
// what this package costs per request.
func BenchmarkReadWrite(b *testing.B) {
	rd := testReader()
	benchServe(b, func(w http.ResponseWriter, r *http.Request) {
		Write(w, r, rd.Read(r, testTime), &call.Response{Status: 200, Body: benchBody,
			Header: []call.Field{{Name: "Content-Type", Value: "application/json;odata.metadata=minimal"}}})
	})
}

func BenchmarkWrite(b *testing.B) {
	c := testReader().Read(newRequest("GET", "http://127.0.0.1/v1.0/me", ""), testTime)
	benchServe(b, func(w http.ResponseWriter, r *http.Request) {
		Write(w, r, c, &call.Response{Status: 200, Body: benchBody,
			Header: []call.Field{{Name: "Content-Type", Value: "application/json;odata.metadata=minimal"}}})
	})
}

func BenchmarkBare(b *testing.B) {
	benchServe(b, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(benchBody)
	})
}

func BenchmarkReadGzip(b *testing.B) {
	rd := testReader()
	sent := gzipped(benchBody)
	b.ReportAllocs()
	for b.Loop() {
		r := newRequest("PATCH", "http://127.0.0.1/v1.0/me", string(sent))
		r.Header.Set("Content-Encoding", "gzip")
		if c := rd.Read(r, testTime); c.BodyError != nil {
			b.Fatal(c.BodyError)
		}
	}
}

func BenchmarkTransport(b *testing.B) {
	rd := testReader()
	client := Transport(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Write(w, r, rd.Read(r, testTime), &call.Response{Status: 200, Body: benchBody})
	}), nil)
	b.ReportAllocs()
	for b.Loop() {
		req := newRequest("GET", "https://graph.microsoft.com/v1.0/me", "")
		resp, err := client.RoundTrip(req)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
}

func BenchmarkNewAuthority(b *testing.B) {
	for b.Loop() {
		a, err := NewAuthority(nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := a.Leaf(""); err != nil {
			b.Fatal(err)
		}
	}
}
