package identity

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/clock"
)

const tokenPath = "/contoso/oauth2/v2.0/token"

func TestClientCredentials(t *testing.T) {
	s := newTest(t, Config{DefaultTenant: tenantA})
	d := document(t, post(s, tokenPath, "grant_type", "client_credentials", "client_id", appA, "client_secret", "s",
		"scope", graph+"/.default openid offline_access profile", "client_info", "1"), 200) // as MSAL Go asks
	var names []string
	for name := range d {
		names = append(names, name)
	}
	slices.Sort(names)
	want(t, "members", names, "[access_token expires_in ext_expires_in token_type]")
	want(t, "expires_in", d["expires_in"], 3599)

	c := claims(t, d["access_token"])
	for name, value := range map[string]any{
		"aud": graph, "iss": "https://sts.windows.net/" + tenantA + "/", "tid": tenantA, "appid": appA, "appidacr": "1",
		"idtyp": "app", "ver": "1.0", "sub": c["oid"], "app_displayname": appA,
		"oid": stableID("servicePrincipal", tenantA, appA), // Terraform needs one
	} {
		want(t, name, c[name], value)
	}
	want(t, "lifetime", c["exp"].(float64)-c["iat"].(float64), 3599)
	if c["roles"] != nil || c["scp"] != nil {
		t.Errorf("an unknown application is held to something: %v, %v", c["roles"], c["scp"])
	}
}

// Every name of Graph gives Graph's audience.
func TestAudience(t *testing.T) {
	s := newTest(t, Config{})
	for scope, audience := range map[string]string{
		graph + "/.default":                      graph,
		graph + "//.default":                     graph,
		GraphAppID + "/.default":                 GraphAppID,
		origin + "/.default":                     graph, // kiota without scopes
		"https://localhost:8843/.default":        graph, // Terraform
		"http://fakegraph:8880/.default":         graph,
		"https://graph.microsoft.us/.default":    graph,
		"api://mine/.default":                    "api://mine",
		"https://management.azure.com//.default": "https://management.azure.com",
	} {
		d := document(t, post(s, tokenPath, "grant_type", "client_credentials", "client_id", appA, "client_secret", "s", "scope", scope), 200)
		want(t, scope, claims(t, d["access_token"])["aud"], audience)
	}
	gov := newTest(t, Config{Cloud: "usgovdod"})
	d := document(t, post(gov, tokenPath, "grant_type", "client_credentials", "client_id", appA, "client_secret", "s", "scope", origin+"/.default"), 200)
	want(t, "usgovdod", claims(t, d["access_token"])["aud"], "https://dod-graph.microsoft.us")
}

func TestToken_errors(t *testing.T) {
	known := Config{Mode: Strict, DefaultTenant: tenantA,
		Apps: func(tenant, id string) (App, bool) {
			return App{Name: "known", Secrets: secretsOf("right"), Scopes: []string{"User.Read"}}, id == appA
		},
		Users: func(tenant, name string) (User, bool) {
			return User{ID: "u", UPN: name, Password: "right"}, name == "adele@contoso.com"
		}}
	id, secret, scope := []string{"client_id", appA}, []string{"client_secret", "right"}, []string{"scope", graph + "/.default"}
	app := slices.Concat([]string{"grant_type", "client_credentials"}, id, secret)
	user := slices.Concat([]string{"grant_type", "password", "username", "adele@contoso.com", "password", "right"}, id, secret)
	tests := []struct {
		name   string
		path   string // "" means tenantA's token endpoint
		form   []string
		status int
		error  string
		code   float64
		text   string // part of the description
	}{
		{"unknown tenant", "/nobody/oauth2/v2.0/token", app, 400, "invalid_tenant", 90002, "Tenant 'nobody' not found."},
		{"no grant", "", nil, 400, "invalid_request", 900144, "'grant_type'"},
		{"unknown grant", "", []string{"grant_type", "magic"}, 400, "unsupported_grant_type", 70003, "magic"},
		{"grant not faked", "", []string{"grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer"}, 400, "unsupported_grant_type", 70003, "saml2-bearer"},
		{"no client", "", []string{"grant_type", "client_credentials"}, 400, "invalid_request", 900144, "'client_id'"},
		{"unknown client", "", []string{"grant_type", "client_credentials", "client_id", "x", "client_secret", "y"}, 400, "unauthorized_client", 700016, "'x'"},
		{"no credential", "", slices.Concat([]string{"grant_type", "client_credentials"}, id, scope), 401, "invalid_client", 7000218, "'client_assertion' or 'client_secret'"},
		{"wrong secret", "", slices.Concat(app, []string{"client_secret", "wrong"}), 401, "invalid_client", 7000215, "Invalid client secret provided."},
		{"no scope", "", app, 400, "invalid_request", 900144, "'scope'"},
		{"app scope without .default", "", slices.Concat(app, []string{"scope", graph + "/User.Read"}), 400, "invalid_scope", 1002012, graph + "/User.Read"},
		{".default combined", "", slices.Concat(app, []string{"scope", graph + "/.default User.Read"}), 400, "invalid_scope", 70011, "combined"},
		{"scope format", "", slices.Concat(app, []string{"scope", "/.default"}), 400, "invalid_scope", 70011, "format"},
		{"two resources", "", slices.Concat(app, []string{"scope", graph + "/.default api://x/.default"}), 400, "invalid_request", 700022, "more than one resource"},
		{"unknown resource", "", slices.Concat(app, []string{"scope", "https://vault.azure.net/.default"}), 400, "invalid_resource", 500011, "https://vault.azure.net"},
		{"other cloud's Graph", "", slices.Concat(app, []string{"scope", "https://graph.microsoft.us/.default"}), 400, "invalid_resource", 500011, "graph.microsoft.us"},
		{"v1 without resource", "/" + tenantA + "/oauth2/token", app, 400, "invalid_request", 900144, "'resource'"},
		{"password on common", "/common/oauth2/v2.0/token", slices.Concat(user, scope), 400, "invalid_request", 9001023, "/common"},
		{"no username", "", slices.Concat(user, []string{"username", ""}), 400, "invalid_request", 900144, "'username'"},
		{"wrong password", "", slices.Concat(user, scope, []string{"password", "wrong"}), 400, "invalid_grant", 50126, "invalid username or password"},
		{"unknown user", "", slices.Concat(user, scope, []string{"username", "x@y.z"}), 400, "invalid_grant", 50034, "{EmailHidden}"},
		{"no consent", "", slices.Concat(user, []string{"scope", "Mail.Read"}), 400, "invalid_grant", 65001, "has not consented"},
		{"no refresh token", "", slices.Concat([]string{"grant_type", "refresh_token"}, id, secret), 400, "invalid_request", 900144, "'refresh_token'"},
		{"foreign refresh token", "", slices.Concat([]string{"grant_type", "refresh_token", "refresh_token", "0.Axyz"}, id, secret), 400, "invalid_grant", 70000, "refresh token"},
		{"assertion in strict", "", slices.Concat([]string{"grant_type", "client_credentials", "client_assertion_type", jwtBearer, "client_assertion", jwt(t, `{"iss":"`+appA+`","sub":"`+appA+`"}`)}, id, scope), 401, "invalid_client", 700027, "not registered"},
	}
	s := newTest(t, known)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.path == "" {
				test.path = "/" + tenantA + "/oauth2/v2.0/token"
			}
			r := post(s, test.path, test.form...)
			d := document(t, r, test.status)
			want(t, "error", d["error"], test.error)
			want(t, "error_codes", d["error_codes"], []any{test.code})
			description := d["error_description"].(string)
			if !strings.Contains(description, test.text) || !strings.HasSuffix(description, "Trace ID: trace Correlation ID: "+d["correlation_id"].(string)+" Timestamp: 2026-03-01 12:00:00Z") {
				t.Errorf("description %q", description)
			}
			if r.Reason == "" {
				t.Error("the tester is not told why")
			}
		})
	}
}

// A secret is wrong only where one is known.
func TestClient_credentials_accepted(t *testing.T) {
	s := newTest(t, Config{})
	ask := []string{"grant_type", "client_credentials", "client_id", appA, "scope", graph + "/.default"}
	assert := func(payload string) []string {
		return slices.Concat(ask, []string{"client_assertion_type", jwtBearer, "client_assertion", jwt(t, payload)})
	}
	tests := []struct {
		name   string
		form   []string
		status int
		acr    string
	}{
		{"any secret", slices.Concat(ask, []string{"client_secret", "any"}), 200, "1"},
		{"certificate (MSAL Go, go-azure-sdk)", assert(`{"iss":"` + appA + `","sub":"` + appA + `"}`), 200, "2"},
		{"federated credential (issuer is foreign)", assert(`{"iss":"https://token.actions.githubusercontent.com","sub":"repo:a/b:ref:x"}`), 200, "2"},
		{"another client's assertion", assert(`{"iss":"x","sub":"x"}`), 401, ""},
		{"no subject", assert(`{"iss":"x"}`), 401, ""},
		{"not a JWT", slices.Concat(ask, []string{"client_assertion_type", jwtBearer, "client_assertion", "x"}), 401, ""},
		{"no type", slices.Concat(ask, []string{"client_assertion", jwt(t, `{"iss":"a","sub":"a"}`)}), 401, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := document(t, post(s, tokenPath, test.form...), test.status)
			if test.status == 200 {
				want(t, "appidacr", claims(t, d["access_token"])["appidacr"], test.acr)
			} else {
				want(t, "codes", d["error_codes"], "[50012]")
			}
		})
	}
}

// x/oauth2 tries HTTP Basic first, both parts form-encoded.
func TestClient_basic(t *testing.T) {
	s := newTest(t, Config{Apps: func(_, id string) (App, bool) { return App{Secrets: secretsOf("s:c r+t")}, id == "my app" }})
	ask := func(secret string) call.Response {
		credentials := url.QueryEscape("my app") + ":" + url.QueryEscape(secret)
		return s.Handle(Request{Method: "POST", Origin: origin, Path: tokenPath,
			Body:   []byte(formOf("grant_type", "client_credentials", "scope", graph+"/.default")),
			Header: call.Header{"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(credentials))}}})
	}
	d := document(t, ask("s:c r+t"), 200)
	want(t, "appid", claims(t, d["access_token"])["appid"], "my app")
	document(t, ask("wrong"), 401)
}

// An application that the directory knows gets exactly its grants.
func TestToken_known_app(t *testing.T) {
	s := newTest(t, Config{Apps: func(_, id string) (App, bool) {
		return map[string]App{
			"some": {Name: "Some", ObjectID: "sp", Roles: []string{"User.Read.All"}, Scopes: []string{"User.Read", "Mail.Read"}},
			"none": {},
		}[id], id == "some" || id == "none"
	}})
	app := func(id string) map[string]any {
		d := document(t, post(s, tokenPath, "grant_type", "client_credentials", "client_id", id, "client_secret", "x", "scope", graph+"/.default"), 200)
		return claims(t, d["access_token"])
	}
	some := app("some")
	want(t, "roles", some["roles"], "[User.Read.All]")
	want(t, "oid", some["oid"], "sp")
	want(t, "name", some["app_displayname"], "Some")
	want(t, "no grants", app("none")["roles"], "[]")

	d := document(t, post(s, tokenPath, "grant_type", "password", "client_id", "some", "username", "a@b.c", "password", "x", "scope", graph+"/.default openid"), 200)
	want(t, "scp", claims(t, d["access_token"])["scp"], "User.Read Mail.Read openid")
	want(t, "scope", d["scope"], graph+"/.default "+graph+"/User.Read "+graph+"/Mail.Read openid")
}

func TestPassword(t *testing.T) {
	s := newTest(t, Config{DefaultTenant: tenantA})
	d := document(t, post(s, tokenPath, "grant_type", "password", "client_id", appA, "username", "adele@contoso.com", "password", "x",
		"scope", "user.read openid profile offline_access User.Read email", "client_info", "1", "nonce", "n"), 200)
	want(t, "scope", d["scope"], "user.read openid profile email") // as spelled, none twice: MSAL Go
	c := claims(t, d["access_token"])
	want(t, "scp", c["scp"], "user.read openid profile email")
	want(t, "idtyp", c["idtyp"], "user")
	want(t, "upn", c["upn"], "adele@contoso.com")
	want(t, "roles", c["roles"], nil)

	i := claims(t, d["id_token"]) // without one MSAL has no account
	for name, value := range map[string]any{"aud": appA, "tid": tenantA, "oid": c["oid"], "preferred_username": "adele@contoso.com",
		"name": "adele", "ver": "2.0", "nonce": "n", "email": "adele@contoso.com", "iss": origin + "/" + tenantA + "/v2.0"} {
		want(t, "id_token "+name, i[name], value)
	}
	info, err := base64.RawURLEncoding.DecodeString(d["client_info"].(string)) // unpadded: MSAL Go
	want(t, "client_info", string(info), `{"uid":"`+c["oid"].(string)+`","utid":"`+tenantA+`"}`)
	want(t, "client_info decodes", err, nil)
}

// Wrong passwords lock an account in strict; who repeats one, as a program with
// a bad setting does, is not locked out.
func TestPassword_lockout(t *testing.T) {
	for cloud, allowed := range map[string]int{"global": 10, "usgov": 3} {
		c := people(Strict)
		c.Cloud = cloud
		c.Clock = new(clock.Clock)
		c.Clock.Set(start)
		c.Clock.Freeze(true)
		s := newTest(t, c)
		try := func(password string) int {
			r := post(s, tokenPath2, "grant_type", "password", "client_id", appA, "client_secret", "right", "username", "adele@contoso.com", "password", password, "scope", "User.Read")
			var d map[string]any
			_ = json.Unmarshal(r.Body, &d)
			return codeOf(d)
		}
		for range allowed + 5 {
			want(t, "the same again", try("same"), 50126)
		}
		for i := range allowed - 1 {
			want(t, "wrong", try(fmt.Sprint(i)), 50126)
		}
		want(t, "locked, though it is right", try("right"), 50053)
		c.Clock.Advance(lockoutLife)
		want(t, "after a minute", try("again"), 50126)
		want(t, "locked again", try("right"), 50053)
		c.Clock.Advance(lockoutLife)
		want(t, "right", try("right"), 0)
		want(t, "counted from the beginning", try("x")+try("right"), 50126)
		for i := range allowed {
			try(fmt.Sprint(i))
		}
		want(t, "locked", try("right"), 50053)
		s.Reset("another")
		want(t, "another tenant's reset", try("right"), 50053)
		s.Reset(tenantA)
		want(t, "after a reset", try("right"), 0)
	}
}

func TestRefresh(t *testing.T) {
	s := newTest(t, Config{})
	first := document(t, post(s, tokenPath, "grant_type", "password", "client_id", appA, "username", "adele@contoso.com", "password", "x",
		"scope", "User.Read offline_access"), 200)
	oid := claims(t, first["access_token"])["oid"]
	redeem := func(path, client string, more ...string) call.Response {
		return post(s, path, slices.Concat([]string{"grant_type", "refresh_token", "client_id", client, "refresh_token", first["refresh_token"].(string)}, more)...)
	}
	same := document(t, redeem(tokenPath, appA), 200)
	want(t, "scope", same["scope"], "User.Read")
	want(t, "user", claims(t, same["access_token"])["oid"], oid)
	if same["refresh_token"] == nil || same["id_token"] == nil {
		t.Error("a refresh gives a new refresh token and an ID token")
	}
	other := document(t, redeem("/common/oauth2/v2.0/token", appA, "scope", "Mail.Read"), 200) // any scope, old token still valid
	want(t, "other scope", claims(t, other["access_token"])["scp"], "Mail.Read")
	want(t, "another client", document(t, redeem(tokenPath, "x"), 400)["error"], "invalid_grant")
	want(t, "another tenant", document(t, redeem("/"+tenantA+"/oauth2/v2.0/token", appA), 400)["error"], "invalid_grant")

	s.config.Clock.Advance(refreshLife)
	want(t, "expired", document(t, redeem(tokenPath, appA), 400)["error_codes"], "[700082]")
}

func TestToken_v1(t *testing.T) {
	s := newTest(t, Config{})
	d := document(t, post(s, "/contoso/oauth2/token", "grant_type", "client_credentials", "client_id", appA, "client_secret", "s", "resource", graph+"/"), 200)
	for name, value := range map[string]any{"expires_in": "3599", "ext_expires_in": "3599", "resource": graph + "/", "token_type": "Bearer"} {
		want(t, name, d[name], value)
		if _, text := d[name].(string); !text {
			t.Errorf("%s is no string", name)
		}
	}
	want(t, "expires_on", d["expires_on"], int64(claims(t, d["access_token"])["exp"].(float64)))
	user := document(t, post(s, "/contoso/oauth2/token", "grant_type", "password", "client_id", appA, "username", "a@b.c", "password", "x", "resource", graph), 200)
	want(t, "id_token", claims(t, user["id_token"])["ver"], "1.0")
	refreshed := document(t, post(s, "/contoso/oauth2/token", "grant_type", "refresh_token", "client_id", appA, "refresh_token", user["refresh_token"].(string)), 200)
	want(t, "refreshed aud", claims(t, refreshed["access_token"])["aud"], graph)
}

// azidentity with kiota says CP1 on every request, and after a challenge wants
// a token that is newer.
func TestToken_requested_claims(t *testing.T) {
	s := newTest(t, Config{})
	ask := func(text string) map[string]any {
		return document(t, post(s, tokenPath, "grant_type", "client_credentials", "client_id", appA, "client_secret", "s", "scope", graph+"/.default", "claims", text), 200)
	}
	long := ask(`{"access_token":{"xms_cc":{"values":["cp1"]}},"id_token":{"login_hint":null}}`)
	want(t, "expires_in", long["expires_in"], longLife)
	want(t, "refresh_in", long["refresh_in"], longLife/2)
	want(t, "xms_cc", claims(t, long["access_token"])["xms_cc"], "[cp1]")

	now := start.Unix()
	challenged := ask(`{"access_token":{"nbf":{"essential":true, "value":"` + strconv.FormatInt(now, 10) + `"}}}`)
	if nbf := int64(claims(t, challenged["access_token"])["nbf"].(float64)); nbf <= now {
		t.Errorf("nbf %d is not after %d", nbf, now)
	}
	if p := s.Principal(bearerHeader(challenged["access_token"].(string))); p.Fault != nil {
		t.Errorf("the retry is refused: %v", p.Fault)
	}
	far := ask(`{"access_token":{"nbf":{"value":"99999999999"}}}`)
	want(t, "absurd nbf", int64(claims(t, far["access_token"])["nbf"].(float64)), now)
	for _, text := range []string{"{", "[]", `{"access_token":7}`, `{"access_token":{"nbf":{"value":"x"}}}`} {
		want(t, text, ask(text)["expires_in"], 3599)
	}
}
