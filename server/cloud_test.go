package server_test

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// The hosts of all clouds reach the fake, which stands for one of them: at the
// Graph of another no token is taken.
func TestCloud_by_host(t *testing.T) {
	for _, c := range []struct {
		cloud, host string
		auth        string
		status      int
	}{
		{"global", "graph.microsoft.com", "token", 200},
		{"global", "canary.graph.microsoft.com", "token", 200},
		{"global", "graph.microsoft.com:443", "strict", 200},
		{"global", "graph.microsoft.us", "token", 401},
		{"global", "graph.microsoft.us:443", "strict", 401},
		{"global", "microsoftgraph.chinacloudapi.cn", "token", 401},
		{"global", "graph.microsoft.us", "off", 200},
		{"usgov", "graph.microsoft.us", "strict", 200},
		{"usgov", "dod-graph.microsoft.us", "strict", 401},
		{"usgov", "graph.microsoft.com", "token", 401},
		{"china", "microsoftgraph.chinacloudapi.cn", "token", 200},
	} {
		fake := server.NewTest(t, server.WithCloud(c.cloud), server.WithAuth(c.auth))
		a := request(t, fake.Client(), "GET", "https://"+c.host+"/v1.0/users?$top=1", "")
		if a.status != c.status {
			t.Errorf("%s, %s, --auth %s: %d %s", c.cloud, c.host, c.auth, a.status, a.body)
		}
		if a.status == 401 && (!strings.Contains(a.body, "Invalid audience") || !strings.Contains(a.header.Get("X-Fake-Reason"), "stands for the cloud "+c.cloud)) {
			t.Errorf("%s, %s: %s %s", c.cloud, c.host, a.body, a.header.Get("X-Fake-Reason"))
		}
	}
}
