package edge

import "testing"

func TestKnownHost(t *testing.T) {
	for host, want := range map[string]bool{
		"graph.microsoft.com":              true,
		"Graph.Microsoft.COM:443":          true,
		"graph.microsoft.com.":             true,
		"login.microsoftonline.com:8843":   true,
		"microsoftgraph.chinacloudapi.cn":  true,
		"evil.graph.microsoft.com":         false,
		"graph.microsoft.com.evil.example": false,
		"microsoft.com":                    false,
		"127.0.0.1:8880":                   false,
		"[::1]:443":                        false,
		"":                                 false,
	} {
		if got := KnownHost(host); got != want {
			t.Errorf("KnownHost(%q) = %v", host, got)
		}
	}
}

func TestKnownHosts_EveryCloudHasGraphAndLogin(t *testing.T) {
	for _, cloud := range []string{"global", "usgov", "china", "germany"} {
		var graph, login bool
		for _, h := range KnownHosts() {
			if h.Cloud == cloud {
				graph, login = graph || !h.Login && !h.Azure, login || h.Login
			}
		}
		if !graph || !login {
			t.Errorf("cloud %s: graph %v, login %v", cloud, graph, login)
		}
	}
}

func TestHostname(t *testing.T) {
	for host, want := range map[string]string{
		"Example.Test:80": "example.test",
		"example.test.":   "example.test",
		"[::1]:8843":      "::1",
		"[FE80::1]":       "fe80::1",
		"::1":             "::1",
		"[broken":         "[broken",
		":80":             "",
	} {
		if got := hostname(host); got != want {
			t.Errorf("hostname(%q) = %q, want %q", host, got, want)
		}
	}
}
