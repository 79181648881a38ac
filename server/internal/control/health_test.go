package control_test

import (
	"testing"
)

func TestHealth_Starting(t *testing.T) {
	p := newPlane()
	p.fake.starting = true
	w := p.call("GET", "/_fake/health", "")
	want(t, w, 503, `{"status":"starting"}`)
	if w.Header().Get("Retry-After") != "1" {
		t.Error("no Retry-After")
	}
}
