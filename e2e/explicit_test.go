package e2e

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	kiotaauth "github.com/microsoft/kiota-authentication-azure-go"
	kiotahttp "github.com/microsoft/kiota-http-go"
	msgraph "github.com/microsoftgraph/msgraph-beta-sdk-go"
	graphcore "github.com/microsoftgraph/msgraph-sdk-go-core"

	"github.com/fakegraph/fakegraph/server"
)

// The SDK with the fake named in its configuration, as the README shows.
func TestSDK_Explicit(t *testing.T) {
	fake := server.NewTest(t)
	pem, err := fake.CACertificate()
	check(t, err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	t.Cleanup(transport.CloseIdleConnections)
	base, host := fake.URL, "127.0.0.1"
	cred, err := azidentity.NewClientSecretCredential("contoso.onmicrosoft.com", "app1", "secret", &azidentity.ClientSecretCredentialOptions{
		ClientOptions:            azcore.ClientOptions{Transport: &http.Client{Transport: transport}, Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: base}},
		DisableInstanceDiscovery: true})
	check(t, err)

	auth, err := kiotaauth.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(cred,
		[]string{"https://graph.microsoft.com/.default"}, []string{host}) // the name without the port: other hosts get no token
	check(t, err)
	middleware := graphcore.GetDefaultMiddlewaresWithOptions(&graphcore.GraphClientOptions{GraphServiceVersion: "beta"})
	adapter, err := msgraph.NewGraphRequestAdapterWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(auth, nil, nil,
		&http.Client{Transport: kiotahttp.NewCustomTransportWithParentTransport(transport, middleware...)})
	check(t, err)
	adapter.SetBaseUrl(base + "/beta")
	client := msgraph.NewGraphServiceClient(adapter)

	list, err := settings(client).Get(context.Background(), nil)
	check(t, err)
	if n := len(list.GetValue()); n != 2 {
		t.Errorf("%d settings, want 2", n)
	}
}
