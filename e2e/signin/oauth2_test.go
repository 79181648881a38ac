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
	for base, client := range map[string]*http.Client{
		"https://login.microsoftonline.com": {Transport: fake.Transport()},
		fake.URL:                            trusting(t, fake),
	} {
		config := clientcredentials.Config{ClientID: demoApp, ClientSecret: demoSecret, TokenURL: base + "/" + demoTenant + "/oauth2/v2.0/token", Scopes: []string{scope}}
		token, err := config.Token(withClient(client))
		check(t, err)
		if c := claims(t, token.AccessToken); c["appid"] != demoApp {
			t.Errorf("claims %v", c)
		}
	}
}

func endpoint(base string) oauth2.Endpoint {
	base += "/" + demoTenant + "/oauth2/v2.0"
	return oauth2.Endpoint{AuthURL: base + "/authorize", TokenURL: base + "/token", DeviceAuthURL: base + "/devicecode"}
}

func TestOAuth2_codeAndRefresh(t *testing.T) {
	fake := start(t)
	client := &http.Client{Transport: fake.Transport(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	config := oauth2.Config{ClientID: demoApp, ClientSecret: demoSecret, Endpoint: endpoint("https://login.microsoftonline.com"),
		RedirectURL: "http://localhost:3000", Scopes: []string{"openid", "offline_access", "User.Read"}}
	verifier := oauth2.GenerateVerifier()
	page, err := client.Get(config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("login_hint", pat)))
	check(t, err)
	page.Body.Close()
	back, err := url.Parse(page.Header.Get("Location"))
	check(t, err)
	if back.Query().Get("state") != "state" {
		t.Fatalf("%d %s", page.StatusCode, back)
	}
	token, err := config.Exchange(withClient(client), back.Query().Get("code"), oauth2.VerifierOption(verifier))
	check(t, err)
	useToken(t, client, graph+"/v1.0/me", token.AccessToken, 200)

	renewed, err := config.TokenSource(withClient(client), &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
	check(t, err)
	useToken(t, client, graph+"/v1.0/me", renewed.AccessToken, 200)
}

func TestOAuth2_device(t *testing.T) {
	fake := start(t)
	client := trusting(t, fake)
	config := oauth2.Config{ClientID: demoApp, Endpoint: endpoint(fake.URL), Scopes: []string{"User.Read"}}
	code, err := config.DeviceAuth(withClient(client))
	check(t, err)
	token, err := config.DeviceAccessToken(withClient(client), code)
	check(t, err)
	useToken(t, client, fake.URL+"/v1.0/me", token.AccessToken, 200)
}
