package signin

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

func withClient(c *http.Client) context.Context {
	return context.WithValue(context.Background(), oauth2.HTTPClient, c)
}

// x/oauth2 tries HTTP Basic first.
func TestOAuth2_clientCredentials(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		config := clientcredentials.Config{ClientID: demoApp, ClientSecret: demoSecret, TokenURL: w.login + "/" + demoTenant + "/oauth2/v2.0/token", Scopes: []string{scope}}
		token, err := config.Token(withClient(w.client))
		check(t, err)
		if c := claims(t, token.AccessToken); c["appid"] != demoApp {
			t.Errorf("claims %v", c)
		}
		useToken(t, w.client, w.graph+"/v1.0/users/"+pat, token.AccessToken, 200)
	})
}

func endpoint(base string) oauth2.Endpoint {
	base += "/" + demoTenant + "/oauth2/v2.0"
	return oauth2.Endpoint{AuthURL: base + "/authorize", TokenURL: base + "/token", DeviceAuthURL: base + "/devicecode"}
}

func TestOAuth2_codeAndRefresh(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		browser := &http.Client{Transport: w.client.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		config := oauth2.Config{ClientID: demoApp, ClientSecret: demoSecret, Endpoint: endpoint(w.login),
			RedirectURL: "http://localhost:3000", Scopes: []string{"openid", "offline_access", "User.Read"}}
		verifier := oauth2.GenerateVerifier()
		page, err := browser.Get(config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("login_hint", pat)))
		check(t, err)
		page.Body.Close()
		back, err := url.Parse(page.Header.Get("Location"))
		check(t, err)
		if back.Query().Get("state") != "state" {
			t.Fatalf("%d %s", page.StatusCode, back)
		}
		token, err := config.Exchange(withClient(w.client), back.Query().Get("code"), oauth2.VerifierOption(verifier))
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/me", token.AccessToken, 200)

		renewed, err := config.TokenSource(withClient(w.client), &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/me", renewed.AccessToken, 200)
	})
}

func TestOAuth2_device(t *testing.T) {
	fake := start(t)
	eachWay(t, fake, func(t *testing.T, w way) {
		config := oauth2.Config{ClientID: demoApp, Endpoint: endpoint(w.login), Scopes: []string{"User.Read"}}
		code, err := config.DeviceAuth(withClient(w.client))
		check(t, err)
		token, err := config.DeviceAccessToken(withClient(w.client), code)
		check(t, err)
		useToken(t, w.client, w.graph+"/v1.0/me", token.AccessToken, 200)
	})
}
