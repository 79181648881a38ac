package server_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server"
)

// Beyond loopback only the hosts of --notify are reached; a proxy of the
// environment is never asked.
func TestNotifyHosts(t *testing.T) {
	address := ownAddress(t)
	listener, err := net.Listen("tcp", net.JoinHostPort(address, "0"))
	if err != nil {
		t.Skipf("no listener beyond loopback: %v", err)
	}
	r := &receiver{}
	endpoint := httptest.NewUnstartedServer(r)
	endpoint.Listener.Close()
	endpoint.Listener = listener
	endpoint.Start()
	defer endpoint.Close()
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the proxy was asked") }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	fields := map[string]any{"changeType": "created", "notificationUrl": endpoint.URL, "resource": "me/contacts", "expirationDateTime": in(time.Hour)}

	closed := newNotified(t)
	if status, code, _ := refusal(t, closed, fields); status != 400 || code != "ValidationError" {
		t.Errorf("without --notify: %d %s", status, code)
	}
	open := newNotified(t, server.WithNotify(address))
	subscribe(t, open, fields)
	api(t, open, "POST", "/me/contacts", `{"displayName":"a"}`, 201)
	delivered(t, open)
	if got := r.take(); len(got) != 1 {
		t.Errorf("told %q", kinds(got))
	}
}

// ownAddress is an address of this machine that is not loopback.
func ownAddress(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Skip(err)
	}
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() != nil && ip.IP.IsGlobalUnicast() {
			return ip.IP.String()
		}
	}
	t.Skip("this machine has no address but loopback")
	return ""
}
