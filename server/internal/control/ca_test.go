package control_test

import (
	"testing"
)

func TestCA(t *testing.T) {
	p := newPlane()
	p.fake.pem = []byte("-----BEGIN CERTIFICATE-----\n")
	w := p.call("GET", "/_fake/ca.pem", "")
	want(t, w, 200, "-----BEGIN CERTIFICATE-----")
	if got := w.Header().Get("Content-Type"); got != "application/pem-certificate-chain" {
		t.Errorf("Content-Type %q", got)
	}
}
