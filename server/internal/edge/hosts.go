package edge

import (
	"slices"
	"strings"
)

// Host is a host of Microsoft's that the fake answers for, by way of the proxy
// or the in-process transport.
type Host struct {
	Name  string // lower case, without port
	Cloud string // "global", "usgov", "usgovdod", "china", "germany" or "sovereign"
	Login bool   // Entra ID
	Azure bool   // resource manager, of which only that is served which clients ask on their way here; neither: Graph
}

// knownHosts is what the SDKs allow by default and what MSAL regards as known
// authorities; identity-behaviour §2.2 and §7.
var knownHosts = [...]Host{
	{Name: "graph.microsoft.com", Cloud: "global"},
	{Name: "canary.graph.microsoft.com", Cloud: "global"},
	{Name: "graph.microsoft.us", Cloud: "usgov"},
	{Name: "dod-graph.microsoft.us", Cloud: "usgovdod"},
	{Name: "microsoftgraph.chinacloudapi.cn", Cloud: "china"},
	{Name: "graph.microsoft.de", Cloud: "germany"},
	{Name: "login.microsoftonline.com", Cloud: "global", Login: true},
	{Name: "login.microsoft.com", Cloud: "global", Login: true},
	{Name: "login.windows.net", Cloud: "global", Login: true},
	{Name: "sts.windows.net", Cloud: "global", Login: true},
	{Name: "login-us.microsoftonline.com", Cloud: "global", Login: true},
	{Name: "login.microsoftonline.us", Cloud: "usgov", Login: true},
	{Name: "login.usgovcloudapi.net", Cloud: "usgov", Login: true},
	{Name: "login.chinacloudapi.cn", Cloud: "china", Login: true},
	{Name: "login.partner.microsoftonline.cn", Cloud: "china", Login: true},
	{Name: "login.microsoftonline.de", Cloud: "germany", Login: true},
	{Name: "management.azure.com", Cloud: "global", Azure: true},
	{Name: "management.usgovcloudapi.net", Cloud: "usgov", Azure: true},
	{Name: "management.chinacloudapi.cn", Cloud: "china", Azure: true},
	{Name: "login.sovcloud-identity.fr", Cloud: "sovereign", Login: true},
	{Name: "login.sovcloud-identity.de", Cloud: "sovereign", Login: true},
	{Name: "login.sovcloud-identity.sg", Cloud: "sovereign", Login: true},
}

// KnownHosts lists the hosts of Microsoft's that the fake answers for. The
// slice is the caller's.
func KnownHosts() []Host { return slices.Clone(knownHosts[:]) }

// KnownHost reports whether host, with or without a port, is one of
// [KnownHosts].
func KnownHost(host string) bool {
	name := hostname(host)
	for i := range knownHosts {
		if knownHosts[i].Name == name {
			return true
		}
	}
	return false
}

// knownHostNames joins the names for an error that says what is served.
func knownHostNames() string {
	names := make([]string, len(knownHosts))
	for i := range knownHosts {
		names[i] = knownHosts[i].Name
	}
	return strings.Join(names, ", ")
}

// hostname brings "Host:port", "[::1]:port" or a bare host into the form that
// certificates name: lower case, no port, no brackets, no final dot.
func hostname(host string) string {
	if strings.HasPrefix(host, "[") {
		if end := strings.IndexByte(host, ']'); end > 0 {
			return strings.ToLower(host[1:end])
		}
	}
	if i := strings.IndexByte(host, ':'); i >= 0 && strings.LastIndexByte(host, ':') == i {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
