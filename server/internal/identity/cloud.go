package identity

import (
	"net"
	"net/url"
	"strings"
)

// GraphAppID is Microsoft Graph's application id, one of the names of its
// audience in every cloud.
const GraphAppID = "00000003-0000-0000-c000-000000000000"

// cloud is one national cloud (identity-behaviour §7).
type cloud struct {
	name     string // of --cloud
	metadata string // name in the metadata document
	graph    string // Graph's host
	login    string // authority's host
	sts      string // host in the issuer of v1 tokens
	instance string // cloud_instance_name
	region   string // tenant_region_scope
}

var clouds = []cloud{
	{"global", "AzureCloud", "graph.microsoft.com", "login.microsoftonline.com", "sts.windows.net", "microsoftonline.com", "NA"},
	{"usgov", "AzureUSGovernment", "graph.microsoft.us", "login.microsoftonline.us", "sts.windows.net", "microsoftonline.us", "USGov"},
	{"usgovdod", "AzureUSGovernment", "dod-graph.microsoft.us", "login.microsoftonline.us", "sts.windows.net", "microsoftonline.us", "USGov"},
	{"china", "AzureChinaCloud", "microsoftgraph.chinacloudapi.cn", "login.chinacloudapi.cn", "sts.chinacloudapi.cn", "partner.microsoftonline.cn", "AS"},
}

// retiredGraphHosts are in the host lists of SDKs, though no cloud has them.
var retiredGraphHosts = []string{"graph.microsoft.de", canaryGraph}

// canaryGraph is another name of the global cloud's.
const canaryGraph = "canary.graph.microsoft.com"

// cloudNamed falls back to the global cloud; the command line refuses unknown
// names before.
func cloudNamed(name string) cloud {
	for _, c := range clouds {
		if c.name == name {
			return c
		}
	}
	return clouds[0]
}

// graphURL is the audience of the cloud's Graph.
func (c cloud) graphURL() string { return "https://" + c.graph }

// isMicrosoftGraph reports whether host is Graph in any cloud.
func isMicrosoftGraph(host string) bool {
	for _, c := range clouds {
		if strings.EqualFold(host, c.graph) {
			return true
		}
	}
	return containsFold(retiredGraphHosts, host)
}

// instance is one entry of the instance discovery document: host names that
// share an authority.
type instance struct {
	Network string   `json:"preferred_network"`
	Cache   string   `json:"preferred_cache"`
	Aliases []string `json:"aliases"`
}

// microsoftInstances is the list that Entra ID answers (identity-behaviour §1.3).
var microsoftInstances = []instance{
	{"login.microsoftonline.com", "login.windows.net", []string{"login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"}},
	{"login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn", []string{"login.partner.microsoftonline.cn", "login.chinacloudapi.cn"}},
	{"login.microsoftonline.de", "login.microsoftonline.de", []string{"login.microsoftonline.de"}},
	{"login.microsoftonline.us", "login.microsoftonline.us", []string{"login.microsoftonline.us", "login.usgovcloudapi.net"}},
	{"login-us.microsoftonline.com", "login-us.microsoftonline.com", []string{"login-us.microsoftonline.com"}},
}

// isMicrosoftLogin reports whether host, without a port, is an authority of
// Microsoft's.
func isMicrosoftLogin(host string) bool {
	for _, i := range microsoftInstances {
		if containsFold(i.Aliases, host) {
			return true
		}
	}
	return false
}

// isLocal reports whether host, without a port, can only be the fake: an IP
// literal, localhost, or a name without a dot such as a container's.
func isLocal(host string) bool {
	return !strings.Contains(host, ".") || net.ParseIP(host) != nil || strings.HasSuffix(strings.ToLower(host), ".localhost")
}

// hostOf returns the host of a URL with its port, and without it.
func hostOf(rawURL string) (host, name string) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return "", ""
	}
	return u.Host, u.Hostname()
}

// isMicrosoftHost reports whether a client reached the fake under a name of
// Microsoft's, which is through the proxy or a redirecting transport.
func isMicrosoftHost(origin string) bool {
	_, name := hostOf(origin)
	return isMicrosoftLogin(name) || isMicrosoftGraph(name)
}

// isGraph reports whether a resource or an audience names Graph: its host, its
// application id, or the fake itself. kiota without scopes and Terraform ask
// for https://localhost:8843/.default (identity-behaviour §1.5). In Strict the
// Graph of another cloud is another API.
func (s *Service) isGraph(resource, origin string) bool {
	if strings.EqualFold(resource, GraphAppID) {
		return true
	}
	scheme, _, ok := strings.Cut(resource, "://")
	if !ok || !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") {
		return false
	}
	host, name := hostOf(resource)
	if name == "" {
		return false
	}
	if isMicrosoftGraph(name) {
		return s.config.Mode != Strict || strings.EqualFold(name, s.cloud.graph)
	}
	own, _ := hostOf(origin)
	return isLocal(name) || own != "" && strings.EqualFold(host, own) && !isMicrosoftHost(origin)
}

func containsFold(list []string, s string) bool {
	for _, v := range list {
		if strings.EqualFold(v, s) {
			return true
		}
	}
	return false
}
