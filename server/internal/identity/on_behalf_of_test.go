package identity

import (
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

const oboGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

func TestOnBehalfOf(t *testing.T) {
	c := people(Strict)
	c.APIs = func(_, resource string) (API, bool) {
		return API{App: App{ID: appA, TokenVersion: 2}}, resource == "api://known"
	}
	s := newTest(t, c)
	user := document(t, post(s, "/"+tenantA+"/oauth2/v2.0/token", "grant_type", "password", "client_id", appA, "username", "adele@contoso.com",
		"password", "right", "scope", "api://known/access"), 200)
	own := claims(t, user["access_token"])
	for name, value := range map[string]any{"aud": appA, "ver": "2.0", "azp": appA, "appid": nil, "iss": origin + "/" + tenantA + "/v2.0", "preferred_username": "adele@contoso.com"} {
		want(t, name, own[name], value)
	}
	exchange := func(assertion string, more ...string) call.Response {
		return post(s, tokenPath2, append([]string{"grant_type", oboGrant, "client_id", appA, "client_secret", "right", "assertion", assertion,
			"requested_token_use", "on_behalf_of", "scope", "User.Read"}, more...)...)
	}
	d := document(t, exchange(user["access_token"].(string)), 200)
	want(t, "user", claims(t, d["access_token"])["oid"], own["oid"])
	want(t, "aud", claims(t, d["access_token"])["aud"], graph)

	want(t, "not ours", codeOf(document(t, exchange(jwt(t, `{"oid":"x"}`)), 400)), 50013)
	want(t, "no JWT", codeOf(document(t, exchange("x"), 400)), 50013)
	want(t, "an application's", codeOf(document(t, exchange(jwt(t, `{"oid":"x","idtyp":"app"}`)), 400)), 7000114)
	want(t, "for another audience", codeOf(document(t, exchange(d["access_token"].(string)), 400)), 50013)
	want(t, "use", codeOf(document(t, exchange(user["access_token"].(string), "requested_token_use", ""), 400)), 900144)
	s.config.Clock.Advance(2 * time.Hour)
	want(t, "expired", codeOf(document(t, exchange(user["access_token"].(string)), 400)), 500133)
}

const tokenPath2 = "/" + tenantA + "/oauth2/v2.0/token"

// Outside strict any JWT says who the user is.
func TestOnBehalfOf_lenient(t *testing.T) {
	s := newTest(t, people(Token))
	d := document(t, post(s, tokenPath2, "grant_type", oboGrant, "client_id", "mine", "client_secret", "s", "requested_token_use", "on_behalf_of",
		"assertion", jwt(t, `{"upn":"adele@contoso.com"}`), "scope", graph+"/.default"), 200)
	want(t, "oid", claims(t, d["access_token"])["oid"], "00000000-0000-4000-8000-0000000000a1")
	want(t, "no credential", codeOf(document(t, post(s, tokenPath2, "grant_type", oboGrant, "client_id", "mine", "assertion", "x"), 401)), 7000218)
}

func TestUserFIC(t *testing.T) {
	s := newTest(t, people(Token))
	ask := []string{"grant_type", "user_fic", "client_id", "mine", "client_secret", "s", "scope", "User.Read", "username", "adele@contoso.com"}
	d := document(t, post(s, tokenPath2, append(ask, "user_federated_identity_credential", jwt(t, `{}`))...), 200)
	want(t, "upn", claims(t, d["access_token"])["upn"], "adele@contoso.com")
	want(t, "none", codeOf(document(t, post(s, tokenPath2, ask...), 400)), 900144)
	want(t, "no JWT", codeOf(document(t, post(s, tokenPath2, append(ask, "user_federated_identity_credential", "x")...), 400)), 50013)
}
