package identity

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What clients insist on, each with the client that does (identity-behaviour
// §1.3 to §1.8, §2.2); e2e/signin runs the clients themselves.
func TestRulesOfClients(t *testing.T) {
	s := newTest(t, people(Token))
	signIn := func(more ...string) (map[string]any, string) {
		t.Helper()
		form := append([]string{"grant_type", "password", "client_id", appA, "client_secret", "right", "username", "adele@contoso.com", "password", "right"}, more...)
		r := post(s, tokenPath2, form...)
		return document(t, r, 200), string(r.Body)
	}
	d, text := signIn("scope", "HTTPS://graph.microsoft.com/User.Read Mail.Read openid offline_access", "client_info", "1")
	scopes := strings.Fields(d["scope"].(string))
	plain, _ := signIn("scope", "https://graph.microsoft.com/.default")
	openID := document(t, get(s, origin, "/"+tenantA+"/v2.0/.well-known/openid-configuration"), 200)
	issuer, err := url.Parse(openID["issuer"].(string))
	if err != nil {
		t.Fatal(err)
	}
	home, err := base64.RawURLEncoding.DecodeString(d["client_info"].(string))
	if err != nil {
		t.Errorf("client_info is padded: %v", err)
	}
	id := claims(t, d["id_token"])
	for rule, holds := range map[string]bool{
		"MSAL Go fails on declined scopes: what was asked stands first, as it was spelled": slices.Equal(scopes[:2], []string{"HTTPS://graph.microsoft.com/User.Read", "Mail.Read"}),
		"MSAL Go fails on declined scopes: .default stands there too":                      strings.HasPrefix(plain["scope"].(string), "https://graph.microsoft.com/.default"),
		"MSAL Go counts scopes: none stands there twice":                                   len(scopes) == len(slices.Compact(slices.Sorted(slices.Values(lowered(scopes))))),
		"MSAL Go reads expires_in as a whole number":                                       regexp.MustCompile(`"expires_in":[0-9]+,`).MatchString(text),
		"MSAL Go and msal-node make the account's id of client_info":                       string(home) == `{"uid":"`+id["oid"].(string)+`","utid":"`+tenantA+`"}`,
		"client_info comes only when it is asked for":                                      plain["client_info"] == nil,
		"msal-node and MSAL Go have no account without an id_token":                        plain["id_token"] != nil,
		"msal-node and MSAL Go name the account by these claims":                           id["oid"] != nil && id["tid"] != nil && id["sub"] != nil && id["preferred_username"] != nil && id["name"] != nil,
		"msal-node and MSAL Go hold the issuer to the authority's host and port":           issuer.Scheme+"://"+issuer.Host == origin,
		"go-oidc holds iss to the issuer, letter by letter":                                id["iss"] == openID["issuer"],
		"clients ask for a refresh token by offline_access":                                d["refresh_token"] != nil && plain["refresh_token"] == nil,
	} {
		if !holds {
			t.Errorf("%s: %s", rule, text)
		}
	}
	r := post(s, tokenPath2, "grant_type", "client_credentials", "client_id", appA, "client_secret", "right", "scope", graph+"/.default")
	want(t, "x/oauth2 reads text/plain as a query string", r.Get("Content-Type"), "application/json; charset=utf-8")
	want(t, "MSAL Go takes 200 alone as success", r.Status, 200)
	device := document(t, post(s, "/"+tenantA+"/oauth2/v2.0/devicecode", "client_id", appA, "scope", "User.Read"), 200)
	want(t, "x/oauth2 waits for exactly the interval", device["interval"], 1)
}

func lowered(list []string) []string {
	low := make([]string, len(list))
	for i, s := range list {
		low[i] = strings.ToLower(s)
	}
	return low
}
