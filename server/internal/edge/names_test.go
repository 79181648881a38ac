package edge

import (
	"net"
	"strings"
	"testing"
)

func TestParseNames(t *testing.T) {
	n, err := parseNames([]string{"Fake.Example.Test", "fakegraph", "my_service", "example.test.", "192.0.2.1", "2001:db8::1", "[2001:db8::2]"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(n.dns, " "); got != "fake.example.test fakegraph my_service example.test" {
		t.Errorf("%s", got)
	}
	if len(n.nets) != 3 || n.nets[0].String() != "192.0.2.1/32" || n.nets[2].String() != "2001:db8::2/128" {
		t.Errorf("%v", n.nets)
	}
	for _, bad := range []string{"", "*.example.test", "https://a.test", "a.test:443", "a b", "-a.test", "a..b", strings.Repeat("x", 64), "10.0.0.0/8"} {
		if _, err := parseNames([]string{bad}); err == nil || !strings.Contains(err.Error(), "host name") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestNames_Permits(t *testing.T) {
	n, err := parseNames([]string{"example.test", "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	n = basicNames().with(n)
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true,
		"graph.microsoft.com": true, "login.microsoftonline.com": true,
		"example.test": true, "a.example.test": true, "192.0.2.1": true,
		"badexample.test": false, "test": false, "example.test.evil": false, "microsoft.com": false,
		"192.0.2.2": false, "10.0.0.1": false, "::2": false, "": false,
	} {
		if got := n.permits(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

func TestNames_Sets(t *testing.T) {
	basic := basicNames()
	more, err := parseNames([]string{"localhost", "a.localhost", "127.0.0.1", "b.test", "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	sum := basic.with(more)
	if len(sum.dns) != len(basic.dns)+1 || len(sum.nets) != len(basic.nets)+1 {
		t.Errorf("what is permitted already was added: %v %v", sum.dns, sum.nets)
	}
	if !sum.includes(basic) || !sum.includes(more) || basic.includes(more) {
		t.Error("includes")
	}
	dns, ips := more.within(basic)
	if strings.Join(dns, " ") != "localhost a.localhost" || len(ips) != 1 || !ips[0].Equal(net.IPv4(127, 0, 0, 1)) {
		t.Errorf("%v %v", dns, ips)
	}
}

func TestOwnNames(t *testing.T) {
	if _, err := parseNames(OwnNames()); err != nil {
		t.Error(err)
	}
	for _, name := range OwnNames() {
		if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
			t.Errorf("%s is loopback", name)
		}
	}
}
