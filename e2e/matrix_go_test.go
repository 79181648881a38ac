package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	kiotaauth "github.com/microsoft/kiota-authentication-azure-go"
	kiotahttp "github.com/microsoft/kiota-http-go"
	betagraph "github.com/microsoftgraph/msgraph-beta-sdk-go"
	stablegraph "github.com/microsoftgraph/msgraph-sdk-go"
	graphcore "github.com/microsoftgraph/msgraph-sdk-go-core"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// The set demo's application.
const (
	demoApp    = "f4ce0a11-0000-4000-8000-0000000000a1"
	demoSecret = "fakegraph-demo-secret"
	demoTenant = "contoso.onmicrosoft.com"
)

var graphScopes = []string{"https://graph.microsoft.com/.default"}

// credential is azidentity's as a program has it.
func credential(o target) (*azidentity.ClientSecretCredential, error) {
	options := &azidentity.ClientSecretCredentialOptions{DisableInstanceDiscovery: o.login != ""}
	if o.http != nil {
		options.Transport = o.http
	}
	if o.login != "" {
		options.Cloud = cloud.Configuration{ActiveDirectoryAuthorityHost: o.login}
	}
	return azidentity.NewClientSecretCredential(demoTenant, demoApp, demoSecret, options)
}

// sender is what kiota's adapter needs of a program that tells it of a client
// or a host: a token for that host, and the client under kiota's middleware.
func sender(o target, cred azcore.TokenCredential, version string) (*kiotaauth.AzureIdentityAuthenticationProvider, *http.Client, error) {
	graph, err := url.Parse(o.graphHost())
	if err != nil {
		return nil, nil, err
	}
	auth, err := kiotaauth.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(cred, graphScopes, []string{graph.Hostname()})
	if err != nil {
		return nil, nil, err
	}
	middleware := graphcore.GetDefaultMiddlewaresWithOptions(&graphcore.GraphClientOptions{GraphServiceVersion: version})
	return auth, &http.Client{Transport: kiotahttp.NewCustomTransportWithParentTransport(o.http.Transport, middleware...)}, nil
}

func stableSDK(ctx context.Context, o target) error {
	cred, err := credential(o)
	if err != nil {
		return err
	}
	client, err := stablegraph.NewGraphServiceClientWithCredentials(cred, graphScopes)
	if o.http != nil {
		client, err = stableThrough(o, cred)
	}
	if err != nil {
		return err
	}
	users, err := client.Users().Get(ctx, nil)
	if err != nil {
		return err
	}
	return some(len(users.GetValue()))
}

func stableThrough(o target, cred azcore.TokenCredential) (*stablegraph.GraphServiceClient, error) {
	auth, through, err := sender(o, cred, "v1.0")
	if err != nil {
		return nil, err
	}
	adapter, err := stablegraph.NewGraphRequestAdapterWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(auth, nil, nil, through)
	if err != nil {
		return nil, err
	}
	if o.graph != "" {
		adapter.SetBaseUrl(o.graph + "/v1.0")
	}
	return stablegraph.NewGraphServiceClient(adapter), nil
}

func betaSDK(ctx context.Context, o target) error {
	cred, err := credential(o)
	if err != nil {
		return err
	}
	client, err := betagraph.NewGraphServiceClientWithCredentials(cred, graphScopes)
	if o.http != nil {
		client, err = betaThrough(o, cred)
	}
	if err != nil {
		return err
	}
	list, err := client.DeviceManagement().VirtualEndpoint().ExternalPartnerSettings().Get(ctx, nil)
	if err != nil {
		return err
	}
	return some(len(list.GetValue()))
}

func betaThrough(o target, cred azcore.TokenCredential) (*betagraph.GraphServiceClient, error) {
	auth, through, err := sender(o, cred, "beta")
	if err != nil {
		return nil, err
	}
	adapter, err := betagraph.NewGraphRequestAdapterWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(auth, nil, nil, through)
	if err != nil {
		return nil, err
	}
	if o.graph != "" {
		adapter.SetBaseUrl(o.graph + "/beta")
	}
	return betagraph.NewGraphServiceClient(adapter), nil
}

func identitySDK(ctx context.Context, o target) error {
	cred, err := credential(o)
	if err != nil {
		return err
	}
	token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: graphScopes})
	if err != nil {
		return err
	}
	return read(o, token.Token)
}

func msalGo(ctx context.Context, o target) error {
	secret, err := confidential.NewCredFromSecret(demoSecret)
	if err != nil {
		return err
	}
	options := []confidential.Option{confidential.WithInstanceDiscovery(o.login == "")}
	if o.http != nil {
		options = append(options, confidential.WithHTTPClient(o.http))
	}
	app, err := confidential.New(o.loginHost()+"/"+demoTenant, demoApp, secret, options...)
	if err != nil {
		return err
	}
	result, err := app.AcquireTokenByCredential(ctx, graphScopes)
	if err != nil {
		return err
	}
	return read(o, result.AccessToken)
}

func plainOAuth2(ctx context.Context, o target) error {
	if o.http != nil {
		ctx = context.WithValue(ctx, oauth2.HTTPClient, o.http)
	}
	config := clientcredentials.Config{ClientID: demoApp, ClientSecret: demoSecret, Scopes: graphScopes, TokenURL: o.loginHost() + "/" + demoTenant + "/oauth2/v2.0/token"}
	return readWith(config.Client(ctx), o, "")
}

// read calls Graph with a token.
func read(o target, token string) error {
	client := o.http
	if client == nil {
		client = http.DefaultClient
	}
	return readWith(client, o, token)
}

func readWith(client *http.Client, o target, token string) error {
	r, err := http.NewRequest(http.MethodGet, o.graphHost()+"/v1.0/users", nil)
	if err != nil {
		return err
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var list struct{ Value []any }
	if err := json.NewDecoder(answer.Body).Decode(&list); err != nil {
		return err
	}
	return some(len(list.Value))
}

func some(n int) error {
	if n == 0 {
		return fmt.Errorf("nothing was read")
	}
	return nil
}
