package signin

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/fakegraph/fakegraph/server"
)

func TestAzidentity_ClientSecret(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		options := &azidentity.ClientSecretCredentialOptions{ClientOptions: w.options(), DisableInstanceDiscovery: w.named}
		cred, err := azidentity.NewClientSecretCredential(demoTenant, demoApp, demoSecret, options)
		check(t, err)
		token := tokenOf(t, cred)
		useToken(t, w.client, w.graph+"/v1.0/users/"+pat, token, 200)
		useToken(t, w.client, w.graph+"/v1.0/me", token, 400)
		useToken(t, w.client, w.graph+"/v1.0/sites/root", token, 403)
		if tokenOf(t, cred) != token {
			t.Error("the credential's cache missed")
		}
		if w.named { // the fake's own address is a name of Graph's
			useToken(t, w.client, w.graph+"/v1.0/users/"+pat, tokenOf(t, cred, w.graph+"/.default"), 200)
		}
		cred, err = azidentity.NewClientSecretCredential(demoTenant, demoApp, "wrong", options)
		check(t, err)
		if _, err = cred.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{scope}}); err == nil || !strings.Contains(err.Error(), "AADSTS7000215") {
			t.Errorf("a wrong secret gives %v", err)
		}
	})
}

// certified is an application with a certificate.
func certified(t *testing.T, fake *server.Test, key any, public any, app string) []*x509.Certificate {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "e2e"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, key)
	check(t, err)
	parsed, err := x509.ParseCertificate(der)
	check(t, err)
	addFixture(t, fake, fmt.Sprintf(`{"version":"v1.0","entities":{
		"/applications":[{"id":"a-%[1]s","appId":"%[1]s","displayName":"certified","keyCredentials":[{"type":"AsymmetricX509Cert","usage":"Verify","key":"%[2]s"}]}],
		"/servicePrincipals":[{"id":"s-%[1]s","appId":"%[1]s","displayName":"certified"}]}}`, app, base64.StdEncoding.EncodeToString(der)))
	return []*x509.Certificate{parsed}
}

func TestAzidentity_ClientCertificate(t *testing.T) {
	fake := start(t)
	const app = "e2e00000-0000-4000-8000-0000000000c1"
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	check(t, err)
	certificates := certified(t, fake, key, &key.PublicKey, app)
	eachWay(t, fake, func(t *testing.T, w way) {
		for _, chain := range []bool{false, true} {
			cred, err := azidentity.NewClientCertificateCredential(demoTenant, app, certificates, key, &azidentity.ClientCertificateCredentialOptions{
				ClientOptions: w.options(), DisableInstanceDiscovery: w.named, SendCertificateChain: chain})
			check(t, err)
			if c := claims(t, tokenOf(t, cred)); c["appidacr"] != "2" || c["oid"] != "s-"+app {
				t.Errorf("claims %v", c)
			}
		}
		cred, err := azidentity.NewClientCertificateCredential(demoTenant, demoApp, certificates, key, &azidentity.ClientCertificateCredentialOptions{
			ClientOptions: w.options(), DisableInstanceDiscovery: w.named})
		check(t, err)
		if _, err = cred.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{scope}}); err == nil || !strings.Contains(err.Error(), "AADSTS700027") {
			t.Errorf("a certificate that is not registered gives %v", err)
		}
	})
}

func TestAzidentity_DeviceCode(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		var message string
		cred, err := azidentity.NewDeviceCodeCredential(&azidentity.DeviceCodeCredentialOptions{
			ClientOptions: w.options(), DisableInstanceDiscovery: w.named, TenantID: demoTenant, ClientID: demoApp,
			UserPrompt: func(_ context.Context, m azidentity.DeviceCodeMessage) error { message = m.Message; return nil }})
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/me", tokenOf(t, cred, graph+"/User.Read"), 200)
		if !strings.Contains(message, w.login+"/devicelogin and enter the code ") {
			t.Errorf("message %q", message)
		}
	})
}

// Variables name the application; where they name the fake too, one line turns
// instance discovery off.
func TestAzidentity_DefaultCredential(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		t.Setenv("AZURE_TENANT_ID", demoTenant)
		t.Setenv("AZURE_CLIENT_ID", demoApp)
		t.Setenv("AZURE_CLIENT_SECRET", demoSecret)
		options := &azidentity.DefaultAzureCredentialOptions{}
		options.Transport = w.client
		if w.named {
			t.Setenv("AZURE_AUTHORITY_HOST", fake.URL)
			options.DisableInstanceDiscovery = true
		}
		cred, err := azidentity.NewDefaultAzureCredential(options)
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/users/"+pat, tokenOf(t, cred), 200)
	})
}

// Two variables and plain HTTP: nothing to trust, nothing to configure. It goes
// by Transport() as well, which knows the fake's own address.
func TestAzidentity_ManagedIdentity(t *testing.T) {
	fake := start(t)
	t.Setenv("IDENTITY_ENDPOINT", fake.Addresses().HTTP+"/msi/token")
	t.Setenv("IDENTITY_HEADER", "anything")
	for name, client := range map[string]*http.Client{"plain HTTP": http.DefaultClient, "transport": {Transport: fake.Transport()}} {
		t.Run(name, func(t *testing.T) {
			options := &azidentity.ManagedIdentityCredentialOptions{}
			options.Transport = client
			managed, err := azidentity.NewManagedIdentityCredential(options)
			check(t, err)
			token := tokenOf(t, managed, graph+"/.default")
			useToken(t, client, fake.Addresses().HTTP+"/v1.0/users/"+pat, token, 200)
			if c := claims(t, token); c["idtyp"] != "app" || c["appid"] != demoApp {
				t.Errorf("claims %v", c)
			}
		})
	}
	t.Setenv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential")
	standard, err := azidentity.NewDefaultAzureCredential(nil)
	check(t, err)
	useToken(t, http.DefaultClient, fake.Addresses().HTTP+"/v1.0/users/"+pat, tokenOf(t, standard), 200)
}

// The scripted challenge reaches azcore, which asks for another token with its
// claims and calls again by itself.
func TestAzidentity_ClaimsChallenge(t *testing.T) {
	file := filepath.Join(t.TempDir(), "challenge.yaml")
	check(t, os.WriteFile(file, []byte(`name: challenge-once
rules:
  - match: {path: /v1.0/users}
    times: 1
    respond: {status: 401, error: {code: TokenIssuedBeforeRevocationTimestamp}}
`), 0o600))
	fake := start(t, server.WithScenario(file))
	options := way{client: &http.Client{Transport: fake.Transport()}}.options()
	cred, err := azidentity.NewClientSecretCredential(demoTenant, demoApp, demoSecret, &azidentity.ClientSecretCredentialOptions{ClientOptions: options})
	check(t, err)
	pipeline := runtime.NewPipeline("e2e", "1", runtime.PipelineOptions{PerRetry: []policy.Policy{
		runtime.NewBearerTokenPolicy(cred, []string{scope}, nil)}}, &options)
	request, err := runtime.NewRequest(context.Background(), "GET", graph+"/v1.0/users")
	check(t, err)
	answer, err := pipeline.Do(request)
	check(t, err)
	defer answer.Body.Close()
	calls := fake.Requests()
	if answer.StatusCode != 200 || len(calls) != 2 || calls[0].Response.Status != 401 || calls[0].Principal.TokenID == calls[1].Principal.TokenID {
		t.Errorf("%d after %v", answer.StatusCode, calls)
	}
}
