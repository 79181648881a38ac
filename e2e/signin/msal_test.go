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

// confidentialClient and publicClient are MSAL's by a way: with the fake named,
// instance discovery is off, because it would ask Microsoft about the host.
func (w way) confidentialClient(t *testing.T) confidential.Client {
	t.Helper()
	secret, err := confidential.NewCredFromSecret(demoSecret)
	check(t, err)
	app, err := confidential.New(w.login+"/"+demoTenant, demoApp, secret, confidential.WithHTTPClient(w.client), confidential.WithInstanceDiscovery(!w.named))
	check(t, err)
	return app
}

func (w way) publicClient(t *testing.T, tenant string) public.Client {
	t.Helper()
	app, err := public.New(demoApp, public.WithAuthority(w.login+"/"+tenant), public.WithHTTPClient(w.client), public.WithInstanceDiscovery(!w.named))
	check(t, err)
	return app
}

func TestMSAL_confidential(t *testing.T) {
	fake := start(t)
	ctx := context.Background()
	eachWay(t, fake, func(t *testing.T, w way) {
		client := w.confidentialClient(t)
		got, err := client.AcquireTokenByCredential(ctx, []string{scope})
		check(t, err)
		silent, err := client.AcquireTokenByCredential(ctx, []string{scope})
		check(t, err)
		if silent.AccessToken != got.AccessToken {
			t.Error("the cache missed")
		}
		if len(got.DeclinedScopes) > 0 || time.Until(got.ExpiresOn) < 50*time.Minute {
			t.Errorf("%+v", got)
		}
		theirs, err := w.publicClient(t, demoTenant).AcquireTokenByUsernamePassword(ctx, []string{"api://" + demoApp + "/access"}, pat, "right")
		check(t, err)
		behalf, err := client.AcquireTokenOnBehalfOf(ctx, theirs.AccessToken, []string{graph + "/User.Read"})
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/me", behalf.AccessToken, 200)
	})
}

// Accounts, silent calls and refresh tokens depend on client_info, the ID
// token and the echo of scopes.
func TestMSAL_public(t *testing.T) {
	fake := start(t)
	ctx := context.Background()
	eachWay(t, fake, func(t *testing.T, w way) {
		app := w.publicClient(t, "organizations")
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
		useToken(t, w.client, w.graph+"/v1.0/me", refreshed.AccessToken, 200)

		code, err := app.AcquireTokenByDeviceCode(ctx, scopes)
		check(t, err)
		result, err := code.AuthenticationResult(ctx)
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/me", result.AccessToken, 200)

		_, err = app.AcquireTokenByUsernamePassword(ctx, scopes, pat, "wrong")
		if err == nil || !strings.Contains(err.Error(), "AADSTS50126") {
			t.Errorf("a wrong password gives %v", err)
		}
	})
}

// The interactive login takes a form_post only; a test plays the browser.
func TestMSAL_interactive(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		app := w.publicClient(t, demoTenant)
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		got, err := app.AcquireTokenInteractive(ctx, []string{graph + "/User.Read"}, public.WithLoginHint(pat), public.WithOpenURL(func(address string) error {
			go browse(t, w.client, address)
			return nil
		}))
		check(t, err)
		if got.Account.PreferredUsername != pat {
			t.Errorf("account %+v", got.Account)
		}
		useToken(t, w.client, w.graph+"/v1.0/me", got.AccessToken, 200)
	})
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
