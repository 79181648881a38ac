package edge

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestRecover(t *testing.T) {
	rd := testReader()
	caught := make(chan Panic, 10)
	handler := Recover(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/before":
			panic("a mistake")
		case "/after":
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic("a mistake")
		case "/abort":
			panic(http.ErrAbortHandler)
		case "/status":
			w.WriteHeader(7) // net/http panics
		}
	}), func(w http.ResponseWriter, r *http.Request, p Panic) {
		caught <- p
		if !p.Answered {
			Write(w, r, rd.Read(r, testTime), &call.Response{Status: 500, Body: []byte(`{"error":{}}`)})
		}
	})
	for name, d := range doors(t, handler) {
		for _, path := range []string{"/before", "/status"} {
			resp, err := d.get(context.Background(), path)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, path, err)
			}
			body, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != 500 || string(body) != `{"error":{}}` || resp.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s, %s: %s, %q, %v", name, path, resp.Status, body, resp.Header)
			}
			if p := <-caught; p.Answered || p.Value == nil || !strings.Contains(string(p.Stack), "recover_test.go") {
				t.Errorf("%s, %s: %+v", name, path, p)
			}
		}
		if _, body, err := fetch(d, "/after"); err == nil || string(body) != "half" {
			t.Errorf("%s: %q, %v", name, body, err)
		}
		if p := <-caught; !p.Answered {
			t.Errorf("%s: not marked as answered", name)
		}
		if _, _, err := fetch(d, "/abort"); err == nil {
			t.Errorf("%s: abort was answered", name)
		}
	}
	if len(caught) != 0 {
		t.Errorf("ErrAbortHandler was caught: %+v", <-caught)
	}
}
