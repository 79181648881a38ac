package edge

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// TestMain fails the package when a goroutine of a server, a connection or an
// in-process call outlives the tests.
func TestMain(m *testing.M) {
	code := m.Run()
	if leaked := leakedGoroutines(); leaked != "" && code == 0 {
		fmt.Fprintf(os.Stderr, "goroutines left behind:\n%s\n", leaked)
		code = 1
	}
	os.Exit(code)
}

// leakedGoroutines waits a moment for goroutines that are about to end, and
// returns the stacks of those that do not.
func leakedGoroutines() string {
	var leaked []string
	for range 200 {
		leaked = leaked[:0]
		buffer := make([]byte, 1<<20)
		for stack := range strings.SplitSeq(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
			ours := strings.Contains(stack, "net/http.") || strings.Contains(stack, "internal/edge.")
			if ours && !strings.Contains(stack, "leakedGoroutines") {
				leaked = append(leaked, stack)
			}
		}
		if len(leaked) == 0 {
			return ""
		}
		time.Sleep(10 * time.Millisecond)
	}
	return strings.Join(leaked, "\n\n")
}

const testID = "9d6e2d1c-0f6c-4f3c-8f55-7a5b1d5a1f00"

var testTime = time.Date(2031, 3, 4, 5, 6, 7, 0, time.UTC)

// testReader makes calls with a fixed id at a fixed time.
func testReader() *Reader {
	return &Reader{NewID: func() string { return testID }}
}

// newRequest is a client's request. A body has the JSON content type.
func newRequest(method, url, body string) *http.Request {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		panic(err) // a mistake in the test
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

func gzipped(plain []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(plain)
	_ = w.Close()
	return b.Bytes()
}

// answering is a handler in the shape of the pipeline: read, answer, write.
func answering(answer func(c *call.Call) *call.Response) http.Handler {
	rd := testReader()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := rd.Read(r, testTime)
		Write(w, r, c, answer(c))
	})
}

var sharedAuthority = sync.OnceValue(func() *Authority {
	a, err := NewAuthority(nil)
	if err != nil {
		panic(err)
	}
	return a
})

// running is a started server on loopback, plain and TLS, with a client that
// trusts it.
type running struct {
	*Server
	plain, tls string // URLs
	logged     chan string
}

func startServer(t testing.TB, handler http.Handler) *running {
	t.Helper()
	return startLimited(t, handler, Limits{})
}

func startLimited(t testing.TB, handler http.Handler, limits Limits) *running {
	t.Helper()
	s := &running{logged: make(chan string, 100)}
	s.Server = &Server{
		Handler:   handler,
		Authority: sharedAuthority(),
		Limits:    limits,
		Listen:    []Listen{{Addr: "127.0.0.1:0"}, {Addr: "127.0.0.1:0", TLS: true}},
		Log: func(line string) {
			select {
			case s.logged <- line:
			default:
			}
		},
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.plain, s.tls = s.Addresses()[0].URL(), s.Addresses()[1].URL()
	return s
}

// newClient makes a client that trusts the shared authority. http2 wants
// HTTP/2, which only TLS listeners have.
func newClient(t testing.TB, http2 bool) *http.Client {
	t.Helper()
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: sharedAuthority().Pool()}, ForceAttemptHTTP2: http2}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// doors are the ways to reach a handler: each is a client and a base URL.
func doors(t *testing.T, handler http.Handler) map[string]door {
	t.Helper()
	s := startServer(t, handler)
	return map[string]door{
		"http/1.1":   {newClient(t, false), s.plain, 1},
		"https/1.1":  {newClient(t, false), s.tls, 1},
		"http/2":     {newClient(t, true), s.tls, 2},
		"in process": {&http.Client{Transport: Transport(handler, nil)}, "https://graph.microsoft.com", 1},
	}
}

type door struct {
	*http.Client
	base  string
	major int
}

func (d door) get(ctx context.Context, path string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, "GET", d.base+path, nil)
	if err != nil {
		return nil, err
	}
	return d.Do(r)
}
