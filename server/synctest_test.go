package server_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// inBubble runs a test on Transport() where time stands still until everybody
// waits.
func inBubble(t *testing.T, test func(t *testing.T, client *http.Client, fake *server.Server)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		fake, err := server.New()
		if err != nil {
			t.Fatal(err)
		}
		defer fake.Close()
		test(t, &http.Client{Transport: fake.Transport()}, fake)
	})
}

func bubbleRequest(t *testing.T, ctx context.Context, method, path, body string, header ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, "https://graph.microsoft.com"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer any")
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// A delay of minutes takes none, and is seen on the bubble's clock to the tick.
func TestTransport_bubble_delay(t *testing.T) {
	inBubble(t, func(t *testing.T, client *http.Client, _ *server.Server) {
		begin := time.Now()
		response, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/users", "", "X-Fake-Fault", "delay=10m"))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if took := time.Since(begin); took != 10*time.Minute || response.StatusCode != 200 {
			t.Errorf("%d after %s", response.StatusCode, took)
		}
	})
}

// A client's context ends its request while the fake delays or stalls, and what
// the fake does for it ends too: the bubble would not end otherwise.
func TestTransport_bubble_context(t *testing.T) {
	for _, fault := range []string{"delay=10m", "stall"} {
		inBubble(t, func(t *testing.T, client *http.Client, _ *server.Server) {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			begin := time.Now()
			_, err := client.Do(bubbleRequest(t, ctx, "GET", "/v1.0/users", "", "X-Fake-Fault", fault))
			if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took != 3*time.Second {
				t.Errorf("%s: %v after %s", fault, err, took)
			}
		})
	}
}

func TestTransport_bubble_faults(t *testing.T) {
	inBubble(t, func(t *testing.T, client *http.Client, fake *server.Server) {
		for fault, want := range map[string]error{"reset": syscall.ECONNRESET, "close": io.EOF} {
			_, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/users", "", "X-Fake-Fault", fault))
			if !errors.Is(err, want) {
				t.Errorf("%s: %v", fault, err)
			}
		}
		if _, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/users", "", "X-Fake-Fault", "garbage")); err == nil || !strings.Contains(err.Error(), "malformed HTTP response") {
			t.Errorf("garbage: %v", err)
		}
		response, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/users", "", "X-Fake-Fault", "truncate; always"))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if text, err := io.ReadAll(response.Body); !errors.Is(err, io.ErrUnexpectedEOF) || len(text) == 0 {
			t.Errorf("truncate: %d bytes, %v", len(text), err)
		}
		if calls := fake.Requests(); len(calls) != 4 {
			t.Errorf("%d calls", len(calls))
		}
	})
}

// Bodies are streamed both ways: the fake reads an upload as it comes, and a
// download is there before it is whole; a client that stops reading lets the
// fake go.
func TestTransport_bubble_streams(t *testing.T) {
	inBubble(t, func(t *testing.T, client *http.Client, _ *server.Server) {
		picture := "\xff\xd8\xff\xe0" + strings.Repeat("p", 1<<20)
		slow, sink := io.Pipe()
		go func() {
			for i := 0; i < len(picture); i += 64 << 10 {
				time.Sleep(time.Minute) // no timeout of sockets holds here
				_, _ = io.WriteString(sink, picture[i:min(i+64<<10, len(picture))])
			}
			sink.Close()
		}()
		put := bubbleRequest(t, t.Context(), "PUT", "/v1.0/me/photo/$value", "", "Content-Type", "image/jpeg")
		put.Body, put.ContentLength = slow, -1
		response, err := client.Do(put)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode >= 300 {
			t.Errorf("PUT: %d %s", response.StatusCode, response.Header.Get("X-Fake-Reason"))
		}
		for _, whole := range []bool{true, false} {
			response, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/me/photo/$value", ""))
			if err != nil {
				t.Fatal(err)
			}
			if whole {
				if text, err := io.ReadAll(response.Body); err != nil || string(text) != picture {
					t.Errorf("GET: %d bytes, %v", len(text), err)
				}
			} else if _, err := io.ReadFull(response.Body, make([]byte, 10)); err != nil {
				t.Error(err)
			}
			response.Body.Close()
		}
	})
}

// Beyond the bound of requests one waits on the bubble's clock, and is refused
// in Graph's words.
func TestTransport_bubble_limit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake, err := server.New(server.WithLimits(server.Limits{Requests: 1}))
		if err != nil {
			t.Fatal(err)
		}
		defer fake.Close()
		client := &http.Client{Transport: fake.Transport()}
		go func() {
			if response, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/users", "", "X-Fake-Fault", "delay=1m")); err == nil {
				response.Body.Close()
			}
		}()
		synctest.Wait()
		begin := time.Now()
		response, err := client.Do(bubbleRequest(t, t.Context(), "GET", "/v1.0/users", ""))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if took := time.Since(begin); response.StatusCode != 503 || took != time.Second {
			t.Errorf("%d after %s", response.StatusCode, took)
		}
		time.Sleep(time.Minute) // the other one ends
	})
}
