package signin

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// The Go programs that the README shows, block by block: TestREADME holds the
// two together.

func TestSnippet_transport(t *testing.T) {
	const tenant, clientID, clientSecret = demoTenant, demoApp, demoSecret
	fake := start(t)

	client := &http.Client{Transport: fake.Transport()}
	cred, err := azidentity.NewClientSecretCredential(tenant, clientID, clientSecret,
		&azidentity.ClientSecretCredentialOptions{ClientOptions: azcore.ClientOptions{Transport: client}})

	check(t, err)
	useToken(t, client, graph+"/v1.0/users", tokenOf(t, cred), 200)
}

func TestSnippet_azidentity(t *testing.T) {
	const tenant, clientID, clientSecret = demoTenant, demoApp, demoSecret
	fake := start(t)
	base, client := fake.URL, trusting(t, fake)

	cred, err := azidentity.NewClientSecretCredential(tenant, clientID, clientSecret,
		&azidentity.ClientSecretCredentialOptions{
			ClientOptions: azcore.ClientOptions{
				Cloud:     cloud.Configuration{ActiveDirectoryAuthorityHost: base},
				Transport: client, // trusts the CA; not needed with SSL_CERT_FILE
			},
			DisableInstanceDiscovery: true, // no variable does that
		})

	check(t, err)
	useToken(t, client, base+"/v1.0/users", tokenOf(t, cred), 200)
}

func TestSnippet_managedIdentity(t *testing.T) {
	fake := start(t)
	t.Setenv("IDENTITY_ENDPOINT", fake.Addresses().HTTP+"/msi/token")
	t.Setenv("IDENTITY_HEADER", "any")

	cred, err := azidentity.NewManagedIdentityCredential(nil) // or NewDefaultAzureCredential(nil)

	check(t, err)
	useToken(t, http.DefaultClient, fake.Addresses().HTTP+"/v1.0/users", tokenOf(t, cred), 200)
}

func TestSnippet_MSAL(t *testing.T) {
	const tenant, clientID, clientSecret = demoTenant, demoApp, demoSecret
	fake := start(t)
	base, client := fake.URL, trusting(t, fake)
	ctx := context.Background()

	secret, err := confidential.NewCredFromSecret(clientSecret)
	check(t, err)
	app, err := confidential.New(base+"/"+tenant, clientID, secret,
		confidential.WithHTTPClient(client), confidential.WithInstanceDiscovery(false))
	check(t, err)
	result, err := app.AcquireTokenByCredential(ctx, []string{"https://graph.microsoft.com/.default"})

	check(t, err)
	useToken(t, client, base+"/v1.0/users", result.AccessToken, 200)
}

func TestSnippet_OAuth2(t *testing.T) {
	const tenant, clientID, clientSecret = demoTenant, demoApp, demoSecret
	fake := start(t)
	base, trusting := fake.URL, trusting(t, fake)

	config := clientcredentials.Config{
		ClientID: clientID, ClientSecret: clientSecret, Scopes: []string{"https://graph.microsoft.com/.default"},
		TokenURL: base + "/" + tenant + "/oauth2/v2.0/token",
	}
	client := config.Client(context.WithValue(context.Background(), oauth2.HTTPClient, trusting))

	r, err := client.Get(base + "/v1.0/users")
	check(t, err)
	defer r.Body.Close()
	if r.StatusCode != 200 {
		t.Errorf("status %d", r.StatusCode)
	}
}

// TestProxy_environment runs a program that knows nothing of the fake, with the
// two variables that the README names. net/http reads them once a process, so
// it is this test again in a process of its own.
func TestProxy_environment(t *testing.T) {
	if os.Getenv("FAKE_PROGRAM") == "1" {
		cred, err := azidentity.NewClientSecretCredential(demoTenant, demoApp, demoSecret, nil)
		check(t, err)
		useToken(t, http.DefaultClient, graph+"/v1.0/users", tokenOf(t, cred), 200)
		return
	}
	fake := start(t)
	ca, err := fake.CACertificate()
	check(t, err)
	file := filepath.Join(t.TempDir(), "ca.pem")
	check(t, os.WriteFile(file, ca, 0o600))
	c := exec.Command(os.Args[0], "-test.run=^TestProxy_environment$")
	c.Env = append(clean(os.Environ()), "FAKE_PROGRAM=1", "HTTPS_PROXY="+fake.Addresses().HTTP, "SSL_CERT_FILE="+file)
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if n := len(fake.Requests()); n != 1 {
		t.Errorf("%d calls arrived", n)
	}
}
