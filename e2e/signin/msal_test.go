package signin

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

func publicClient(t *testing.T, client *http.Client, authority string, more ...public.Option) public.Client {
	t.Helper()
	app, err := public.New(demoApp, append([]public.Option{public.WithHTTPClient(client), public.WithAuthority(authority)}, more...)...)
	check(t, err)
	return app
}

func TestMSAL_confidential(t *testing.T) {
	fake := start(t)
	ctx := context.Background()
	secret, err := confidential.NewCredFromSecret(demoSecret)
	check(t, err)
	inProcess := &http.Client{Transport: fake.Transport()}
	for name, app := range map[string]func() (confidential.Client, error){
		"transport": func() (confidential.Client, error) {
			return confidential.New("https://login.microsoftonline.com/"+demoTenant, demoApp, secret, confidential.WithHTTPClient(inProcess))
		},
		"explicit": func() (confidential.Client, error) {
			return confidential.New(fake.URL+"/"+demoTenant, demoApp, secret, confidential.WithHTTPClient(trusting(t, fake)), confidential.WithInstanceDiscovery(false))
		},
	} {
		client, err := app()
		check(t, err)
		got, err := client.AcquireTokenByCredential(ctx, []string{scope})
		check(t, err)
		silent, err := client.AcquireTokenByCredential(ctx, []string{scope})
		check(t, err)
		if silent.AccessToken != got.AccessToken {
			t.Errorf("%s: the cache missed", name)
		}
		if len(got.DeclinedScopes) > 0 || time.Until(got.ExpiresOn) < 50*time.Minute {
			t.Errorf("%s: %+v", name, got)
		}

		user := publicClient(t, inProcess, "https://login.microsoftonline.com/"+demoTenant)
		theirs, err := user.AcquireTokenByUsernamePassword(ctx, []string{"api://" + demoApp + "/access"}, pat, "right")
		check(t, err)
		behalf, err := client.AcquireTokenOnBehalfOf(ctx, theirs.AccessToken, []string{graph + "/User.Read"})
		check(t, err)
		useToken(t, inProcess, graph+"/v1.0/me", behalf.AccessToken, 200)
	}
}

// Accounts, silent calls and refresh tokens depend on client_info, the ID
// token and the echo of scopes.
func TestMSAL_public(t *testing.T) {
	fake := start(t)
	ctx := context.Background()
	client := &http.Client{Transport: fake.Transport()}
	app := publicClient(t, client, "https://login.microsoftonline.com/organizations")
	scopes := []string{graph + "/User.Read"}
	got, err := app.AcquireTokenByUsernamePassword(ctx, scopes, pat, "right")
	check(t, err)
	accounts, err := app.Accounts(ctx)
	check(t, err)
	if len(accounts) != 1 || accounts[0].PreferredUsername != pat || !strings.HasPrefix(accounts[0].HomeAccountID, "e2e00000-0000-4000-8000-000000000001.") {
		t.Fatalf("accounts %+v", accounts)
	}
	silent, err := app.AcquireTokenSilent(ctx, scopes, public.WithSilentAccount(accounts[0]))
	check(t, err)
	if silent.AccessToken != got.AccessToken {
		t.Error("the cache missed")
	}
	refreshed, err := app.AcquireTokenSilent(ctx, []string{graph + "/.default"}, public.WithSilentAccount(accounts[0]))
	check(t, err)
	useToken(t, client, graph+"/v1.0/me", refreshed.AccessToken, 200)

	code, err := app.AcquireTokenByDeviceCode(ctx, scopes)
	check(t, err)
	result, err := code.AuthenticationResult(ctx)
	check(t, err)
	useToken(t, client, graph+"/v1.0/me", result.AccessToken, 200)

	_, err = app.AcquireTokenByUsernamePassword(ctx, scopes, pat, "wrong")
	if err == nil || !strings.Contains(err.Error(), "AADSTS50126") {
		t.Errorf("a wrong password gives %v", err)
	}
}

// The interactive login takes a form_post only; a test plays the browser.
func TestMSAL_interactive(t *testing.T) {
	fake := start(t)
	client := &http.Client{Transport: fake.Transport()}
	app := publicClient(t, client, "https://login.microsoftonline.com/"+demoTenant)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	got, err := app.AcquireTokenInteractive(ctx, []string{graph + "/User.Read"}, public.WithLoginHint(pat), public.WithOpenURL(func(address string) error {
		go browse(t, client, address)
		return nil
	}))
	check(t, err)
	if got.Account.PreferredUsername != pat {
		t.Errorf("account %+v", got.Account)
	}
	useToken(t, client, graph+"/v1.0/me", got.AccessToken, 200)
}

var (
	formAction = regexp.MustCompile(`<form[^>]* action="([^"]+)"`)
	formField  = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
)

// browse opens a page and submits its form, as a browser does.
func browse(t *testing.T, client *http.Client, address string) {
	page, err := client.Get(address)
	if err != nil {
		t.Error(err)
		return
	}
	defer page.Body.Close()
	body, _ := io.ReadAll(page.Body)
	action := formAction.FindSubmatch(body)
	if action == nil {
		t.Errorf("%d: no form: %s", page.StatusCode, body)
		return
	}
	form := url.Values{}
	for _, m := range formField.FindAllSubmatch(body, -1) {
		form.Set(html.UnescapeString(string(m[1])), html.UnescapeString(string(m[2])))
	}
	answer, err := http.PostForm(html.UnescapeString(string(action[1])), form)
	if err != nil {
		t.Error(err)
		return
	}
	answer.Body.Close()
}
