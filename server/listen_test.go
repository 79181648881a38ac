package server_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// The first request that a listener answers finds the addresses there, however
// early it comes.
func TestListen_first_request_knows_addresses(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	fake, err := server.New(server.WithFixtures("none"), server.WithAddresses(addr, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer fake.Close()
	first := make(chan string)
	go func() { first <- firstInfo("http://" + addr) }()
	if err := fake.Listen(); err != nil {
		t.Fatal(err)
	}
	if info := <-first; !strings.Contains(info, "http://"+addr) {
		t.Errorf("/_fake/info does not name http://%s: %s", addr, info)
	}
}

// firstInfo asks until there is an answer.
func firstInfo(base string) string {
	for {
		r, err := http.Get(base + "/_fake/info")
		if err != nil {
			continue
		}
		defer r.Body.Close()
		text, _ := io.ReadAll(r.Body)
		return string(text)
	}
}
