package edge

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// faulty answers /<fault> with that fault.
func faulty() http.Handler {
	return answering(func(c *call.Call) *call.Response {
		return &call.Response{Status: 200, Body: bytes.Repeat([]byte("x"), 100), Fault: c.Version}
	})
}

// fetch returns the status and body that came, and the error that ended it.
func fetch(d door, path string) (status int, body []byte, err error) {
	resp, err := d.get(context.Background(), path)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(resp.Body)
	return resp.StatusCode, body, err
}

func TestFault(t *testing.T) {
	for name, d := range doors(t, faulty()) {
		h1 := d.major == 1
		for fault, wrong := range map[string]func(status int, body []byte, err error) bool{
			"reset": func(_ int, _ []byte, err error) bool {
				if h1 {
					return !errors.Is(err, syscall.ECONNRESET)
				}
				return !strings.Contains(errText(err), "INTERNAL_ERROR") // RST_STREAM
			},
			"close": func(_ int, _ []byte, err error) bool {
				if h1 {
					return !errors.Is(err, io.EOF)
				}
				return err == nil
			},
			"truncate": func(status int, body []byte, err error) bool {
				if h1 {
					return status != 200 || len(body) != 50 || !errors.Is(err, io.ErrUnexpectedEOF)
				}
				return status != 200 || err == nil
			},
			"garbage": func(_ int, _ []byte, err error) bool {
				return err == nil || h1 && !strings.Contains(err.Error(), "malformed HTTP response")
			},
			"": func(status int, body []byte, err error) bool { return status != 200 || len(body) != 100 || err != nil },
		} {
			if status, body, err := fetch(d, "/"+fault); wrong(status, body, err) {
				t.Errorf("%s, %s: status %d, %d bytes, %v", name, fault, status, len(body), err)
			}
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A reset must end one stream of HTTP/2 and leave the connection to the others.
func TestFault_ResetKeepsHTTP2Connection(t *testing.T) {
	s := startServer(t, faulty())
	d := door{newClient(t, true), s.tls, 2}
	for range 3 {
		if _, _, err := fetch(d, "/reset"); err == nil {
			t.Fatal("no error")
		}
	}
	if n := len(s.conns.list()); n != 1 {
		t.Errorf("%d connections", n)
	}
}

// Close, unlike reset, takes the connection of HTTP/2 with it.
func TestFault_EndsHTTP2Connection(t *testing.T) {
	s := startServer(t, faulty())
	d := door{newClient(t, true), s.tls, 2}
	if status, _, err := fetch(d, "/ok"); status != 200 || err != nil {
		t.Fatal(status, err)
	}
	first := s.conns.list()[0]
	if _, _, err := fetch(d, "/close"); err == nil {
		t.Fatal("no error")
	}
	if status, _, err := fetch(d, "/ok"); status != 200 || err != nil {
		t.Fatal(status, err)
	}
	for slices.Contains(s.conns.list(), first) { // until the server has noticed; else the test runs out of time
		time.Sleep(time.Millisecond)
	}
}

// A stream, as of a file's content, is halved too.
func TestFault_TruncatedStream(t *testing.T) {
	const length = 300_000
	handler := answering(func(*call.Call) *call.Response {
		return &call.Response{Status: 200, Length: length, Fault: "truncate", Stream: func(to io.Writer) error {
			_, err := to.Write(make([]byte, length))
			return err
		}}
	})
	for name, d := range doors(t, handler) {
		status, body, err := fetch(d, "/v1.0/me")
		if status != 200 || len(body) == 0 || len(body) > length/2 || err == nil {
			t.Errorf("%s: status %d, %d bytes, %v", name, status, len(body), err)
		}
	}
}

// Nothing to halve: truncate is then like close.
func TestFault_TruncateWithoutBody(t *testing.T) {
	handler := answering(func(*call.Call) *call.Response { return &call.Response{Status: 204, Fault: "truncate"} })
	for name, d := range doors(t, handler) {
		if _, _, err := fetch(d, "/v1.0/me"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFault_LargeTruncate(t *testing.T) {
	handler := answering(func(*call.Call) *call.Response {
		return &call.Response{Status: 200, Body: make([]byte, 1<<20), Fault: "truncate"}
	})
	for name, d := range doors(t, handler) {
		status, body, err := fetch(d, "/v1.0/me")
		if status != 200 || d.major == 1 && len(body) != 1<<19 || len(body) > 1<<19 || err == nil {
			t.Errorf("%s: status %d, %d bytes, %v", name, status, len(body), err)
		}
	}
}

// A fault must reach the connection under the writers of middleware.
func TestFault_UnderMiddleware(t *testing.T) {
	guarded := Recover(faulty(), func(http.ResponseWriter, *http.Request, Panic) { t.Error("a fault is not a panic") })
	for name, d := range doors(t, guarded) {
		for _, fault := range []string{"reset", "close", "truncate", "garbage"} {
			if _, _, err := fetch(d, "/"+fault); err == nil {
				t.Errorf("%s, %s: no error", name, fault)
			}
		}
	}
}

// At a server that is not ours, HTTP/2 has no connection to break: the stream
// ends.
func TestFault_ForeignServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	hs := &http.Server{Handler: faulty(), TLSConfig: sharedAuthority().TLSConfig()}
	defer hs.Close()
	go func() { _ = hs.ServeTLS(l, "", "") }()
	d := door{newClient(t, true), "https://" + l.Addr().String(), 2}
	for _, fault := range []string{"reset", "close", "garbage"} {
		if _, _, err := fetch(d, "/"+fault); !strings.Contains(errText(err), "INTERNAL_ERROR") {
			t.Errorf("%s: %v", fault, err)
		}
	}
}

func TestFault_StallEndsWithClient(t *testing.T) {
	for name, d := range doors(t, faulty()) {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		if _, err := d.get(ctx, "/stall"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}

func TestFault_StallEndsWithServer(t *testing.T) {
	entered := make(chan struct{}, 3)
	handler := faulty()
	s := startServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entered <- struct{}{}
		handler.ServeHTTP(w, r)
	}))
	failed := make(chan error, 3)
	for _, d := range []door{{newClient(t, false), s.plain, 1}, {newClient(t, false), s.tls, 1}, {newClient(t, true), s.tls, 2}} {
		go func() {
			_, err := d.get(context.Background(), "/stall")
			failed <- err
		}()
	}
	for range 3 {
		<-entered
	}
	if err := s.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	for range 3 {
		if err := <-failed; err == nil {
			t.Error("a stalled request was answered")
		}
	}
}

func TestFault_StallIsCapped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := door{&http.Client{Transport: Transport(faulty(), nil)}, "https://graph.microsoft.com", 1}
		if _, err := d.get(context.Background(), "/stall"); !errors.Is(err, io.EOF) {
			t.Error(err)
		}
	})
}
