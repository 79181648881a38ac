package notify

import "testing"

// What counts is where a name leads, not what it is called.
func TestGate(t *testing.T) {
	g := gate{[]string{"receiver", "*.example.com", "10.0.0.5", "169.254.1.1"}}
	for _, c := range []struct {
		host, address string
		want          bool
	}{
		{"127.0.0.1", "127.0.0.1:80", true}, {"localhost", "[::1]:80", true}, {"::1", "[::ffff:127.0.0.1]:80", true},
		{"anything.test", "127.0.0.9:80", true}, {"anything.test", "93.184.216.34:80", false},
		{"receiver", "172.18.0.3:80", true}, {"RECEIVER", "172.18.0.3:80", true}, {"receiver", "169.254.169.254:80", false},
		{"a.example.com", "203.0.113.7:443", true}, {"example.com", "203.0.113.7:443", false}, {"a.example.com.evil.test", "203.0.113.7:443", false},
		{"a.example.com", "0.0.0.0:443", false}, {"a.example.com", "[fe80::1]:443", false}, {"a.example.com", "224.0.0.1:443", false},
		{"10.0.0.5", "10.0.0.5:80", true}, {"10.0.0.6", "10.0.0.6:80", false}, {"169.254.1.1", "169.254.1.1:80", true},
		{"receiver", "nonsense", false},
	} {
		if got := g.admits(c.host, c.address); got != c.want {
			t.Errorf("%s at %s: %v", c.host, c.address, got)
		}
	}
	if (gate{}).admits("receiver", "172.18.0.3:80") {
		t.Error("without patterns only loopback is reached")
	}
}
