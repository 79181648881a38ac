package edge

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

// At the limit an idle connection makes room for a new one; while all are
// busy, the new one waits and is then served.
func TestListener_Connections(t *testing.T) {
	release := make(chan struct{})
	entered := make(chan struct{}, 10)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/busy" {
			entered <- struct{}{}
			<-release
		}
		_, _ = io.WriteString(w, "done")
	})
	s := startLimited(t, handler, Limits{Connections: 2 + 2}) // each listener takes a place for its next one
	for began := time.Now(); len(s.conns.places) < 2; time.Sleep(time.Millisecond) {
		if time.Since(began) > soon {
			t.Fatal("a listener takes no place")
		}
	}
	ask := func(path string) net.Conn {
		c := dial(t, s, false)
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path)
		return c
	}
	answered := func(c net.Conn) bool {
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		return err == nil && resp.StatusCode == 200
	}
	for range 10 { // more than there are places, idle after the answer
		if !answered(ask("/")) {
			t.Fatal("no room although others are idle")
		}
	}
	var busy []net.Conn
	for range 3 {
		busy = append(busy, ask("/busy"))
		<-entered
	}
	waiting := ask("/")
	_ = waiting.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	if answered(waiting) {
		t.Error("more connections than the limit")
	}
	_ = waiting.SetReadDeadline(time.Now().Add(soon))
	close(release)
	if !answered(waiting) {
		t.Error("still waits after others have ended")
	}
	for _, c := range busy {
		if !answered(c) {
			t.Error("a busy connection was closed")
		}
	}
}

// A server whose places are all taken can be shut down.
func TestListener_ShutdownWhenFull(t *testing.T) {
	entered := make(chan struct{}, 10)
	s := startLimited(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		entered <- struct{}{}
		<-r.Context().Done()
	}), Limits{Connections: 3})
	for range 2 {
		fmt.Fprint(dial(t, s, false), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
		<-entered
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := s.Shutdown(ctx); err == nil {
		t.Error("shut down although two requests run")
	}
	s.Grace = time.Millisecond
	_ = s.Close()
	if n := len(s.conns.places); n != 0 {
		t.Errorf("%d places are still taken", n)
	}
}
