package signin

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"

	"github.com/fakegraph/fakegraph/server"
)

// way is one of the ways in which a client is pointed at the fake.
type way struct {
	client *http.Client // what the client is given as its HTTP client
	login  string       // authority
	graph  string       // base of Graph's URLs
	named  bool         // the fake is named in the client's configuration
}

// eachWay runs a test by each: with Transport() and through the proxy, where
// the client's configuration is the one for the real service, and with the fake
// named in it.
func eachWay(t *testing.T, fake *server.Test, run func(t *testing.T, w way)) {
	for name, w := range map[string]way{
		"transport": {client: &http.Client{Transport: fake.Transport()}, login: "https://login.microsoftonline.com", graph: graph},
		"proxy":     {client: proxied(t, fake), login: "https://login.microsoftonline.com", graph: graph},
		"explicit":  {client: trusting(t, fake), login: fake.URL, graph: fake.URL, named: true},
	} {
		t.Run(name, func(t *testing.T) { run(t, w) })
	}
}

// proxied is what HTTPS_PROXY and SSL_CERT_FILE make of the default client;
// net/http reads the variables once a process, so the test sets what they mean.
func proxied(t *testing.T, fake *server.Test) *http.Client {
	t.Helper()
	proxy, err := url.Parse(fake.Addresses().HTTP)
	check(t, err)
	transport := &http.Transport{Proxy: http.ProxyURL(proxy), TLSClientConfig: &tls.Config{RootCAs: authority(t, fake)}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// trusting is an HTTP client that trusts the fake's CA and knows nothing else.
func trusting(t *testing.T, fake *server.Test) *http.Client {
	t.Helper()
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority(t, fake)}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func authority(t *testing.T, fake *server.Test) *x509.CertPool {
	t.Helper()
	pem, err := fake.CACertificate()
	check(t, err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	return pool
}

// options are azcore's for a way.
func (w way) options() azcore.ClientOptions {
	if w.named {
		return azcore.ClientOptions{Transport: w.client, Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: w.login}}
	}
	return azcore.ClientOptions{Transport: w.client}
}
