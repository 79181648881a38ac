package edge

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func slow(d time.Duration) http.Handler {
	return answering(func(*call.Call) *call.Response { return &call.Response{Status: 204, Delay: d} })
}

// In a bubble, delays cost no time, and Date is what the fake's clock shows at
// their end.
func TestDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := door{&http.Client{Transport: Transport(slow(90*time.Second), nil)}, "https://graph.microsoft.com", 1}
		begin := time.Now()
		resp, err := d.get(context.Background(), "/v1.0/me")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if took := time.Since(begin); took != 90*time.Second {
			t.Errorf("took %s", took)
		}
		if date := resp.Header.Get("Date"); date != "Tue, 04 Mar 2031 05:07:37 GMT" {
			t.Errorf("Date: %s", date)
		}
	})
}

func TestDelay_ClientLeaves(t *testing.T) {
	for name, d := range doors(t, slow(time.Hour)) {
		ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
		if _, err := d.get(ctx, "/v1.0/me"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}

// A server that shuts down answers at once what it would have answered later.
func TestDelay_ServerShutsDown(t *testing.T) {
	entered := make(chan struct{})
	s := startServer(t, answering(func(*call.Call) *call.Response {
		close(entered)
		return &call.Response{Status: 204, Delay: time.Hour}
	}))
	status := make(chan int)
	go func() {
		resp, err := newClient(t, false).Get(s.plain + "/v1.0/me")
		if err != nil {
			status <- 0
			return
		}
		_ = resp.Body.Close()
		status <- resp.StatusCode
	}()
	<-entered
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := <-status; got != 204 {
		t.Errorf("status %d", got)
	}
}
