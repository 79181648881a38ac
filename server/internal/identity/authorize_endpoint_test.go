package identity

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// people is a directory of two users and an application.
func people(mode Mode) Config {
	users := map[string]User{
		"adele@contoso.com": {ID: "00000000-0000-4000-8000-0000000000a1", UPN: "adele@contoso.com", Name: "Adele", Password: "right"},
		"alex@contoso.com":  {ID: "00000000-0000-4000-8000-0000000000a2", UPN: "alex@contoso.com", Name: "Alex", Disabled: true},
	}
	return Config{
		Mode: mode, DefaultTenant: tenantA,
		Apps: func(_, id string) (App, bool) {
			return App{Name: "Known", Secrets: secretsOf("right"), Scopes: []string{"User.Read"},
				WebRedirects: []string{"https://app.example/back?x=1", "javascript:alert(1)"}, SPARedirects: []string{"https://spa.example/"}, NativeRedirects: []string{"http://localhost"}}, id == appA
		},
		Users: func(_, name string) (User, bool) {
			if name == "" {
				name = "adele@contoso.com"
			}
			for _, u := range users {
				if u.UPN == name || u.ID == name {
					return u, true
				}
			}
			return User{}, false
		},
		Accounts: func(string) []User { return []User{users["adele@contoso.com"], users["alex@contoso.com"]} },
	}
}

const authorizePath = "/" + tenantA + "/oauth2/v2.0/authorize"

func ask(more map[string]string) string {
	v := map[string]string{"client_id": appA, "response_type": "code", "redirect_uri": "http://localhost:5000",
		"scope": "openid offline_access User.Read", "state": "st&1"}
	maps.Copy(v, more)
	q := url.Values{}
	for name, value := range v {
		if value != "" {
			q.Set(name, value)
		}
	}
	return authorizePath + "?" + q.Encode()
}

func browse(s *Service, path string) call.Response {
	path, query, _ := strings.Cut(path, "?")
	return s.Handle(Request{Method: "GET", Origin: origin, Path: path, RawQuery: query, RequestID: "trace",
		Header: call.Header{"Accept": {"text/html,application/xhtml+xml"}}})
}

// sentTo returns the parameters of a redirect, checking where it leads.
func sentTo(t *testing.T, r call.Response, prefix string) url.Values {
	t.Helper()
	to := r.Get("Location")
	if r.Status != 302 || !strings.HasPrefix(to, prefix) {
		t.Fatalf("status %d, Location %q, want %q…: %s", r.Status, to, prefix, r.Body)
	}
	v, err := url.ParseQuery(strings.TrimLeft(to[len(prefix):], "?#&"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAuthorize_code_and_PKCE(t *testing.T) {
	for _, mode := range []Mode{Token, Strict} {
		s := newTest(t, people(mode))
		sum := sha256.Sum256([]byte(strings.Repeat("v", 43)))
		r := get(s, origin, ask(map[string]string{"code_challenge": base64.RawURLEncoding.EncodeToString(sum[:]), "code_challenge_method": "S256",
			"prompt": "select_account", "nonce": "n"})) // MSAL Go always says select_account
		v := sentTo(t, r, "http://localhost:5000")
		want(t, "state", v.Get("state"), "st&1")
		if v.Get("code") == "" || v.Get("session_state") == "" || r.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%v %v", v, r.Header)
		}
		redeem := func(more ...string) call.Response {
			return post(s, "/common/oauth2/v2.0/token", append([]string{"grant_type", "authorization_code", "client_id", appA, "code", v.Get("code"),
				"redirect_uri", "http://localhost:5000", "client_info", "1"}, more...)...)
		}
		want(t, "no verifier", codeOf(document(t, redeem(), 400)), 501481)
		want(t, "wrong verifier", codeOf(document(t, redeem("code_verifier", strings.Repeat("w", 43)), 400)), 501481)
		want(t, "other address", codeOf(document(t, redeem("redirect_uri", "http://localhost:5001", "code_verifier", strings.Repeat("v", 43)), 401)), 500112)
		d := document(t, redeem("code_verifier", strings.Repeat("v", 43)), 200)
		want(t, "scp", claims(t, d["access_token"])["scp"], "User.Read openid")
		id := claims(t, d["id_token"])
		want(t, "nonce", id["nonce"], "n")
		want(t, "user", id["preferred_username"], "adele@contoso.com")
		if d["refresh_token"] == nil || d["client_info"] == nil {
			t.Errorf("%v", d)
		}
		want(t, "redeemed twice", codeOf(document(t, redeem("code_verifier", strings.Repeat("v", 43)), 400)), 54005)
	}
}

func TestAuthorize_code_refused(t *testing.T) {
	s := newTest(t, people(Token))
	code := func(more map[string]string) string {
		return sentTo(t, get(s, origin, ask(more)), firstOf(more["redirect_uri"], "http://localhost:5000")).Get("code")
	}
	redeem := func(path, client, code string) any {
		d := document(t, post(s, path, "grant_type", "authorization_code", "client_id", client, "code", code), 400)
		return codeOf(d)
	}
	path := "/" + tenantA + "/oauth2/v2.0/token"
	want(t, "unknown", redeem(path, appA, "x"), 9002313)
	want(t, "another client", redeem(path, "other", code(nil)), 9002313)
	want(t, "another tenant", redeem("/"+personalTenant+"/oauth2/v2.0/token", appA, code(nil)), 700005)
	late := code(nil)
	s.config.Clock.Advance(codeLife)
	want(t, "expired", redeem(path, appA, late), 70008)
	web := code(map[string]string{"redirect_uri": "https://app.example/back?x=1"})
	d := document(t, post(s, path, "grant_type", "authorization_code", "client_id", appA, "code", web), 401)
	want(t, "web app without a credential", codeOf(d), 7000218)
	document(t, post(s, path, "grant_type", "authorization_code", "client_id", appA, "code", web, "client_secret", "right"), 200)
}

// A single-page app's refresh token lasts a day, however often it is used.
func TestAuthorize_single_page_app(t *testing.T) {
	s := newTest(t, people(Token))
	code := sentTo(t, get(s, origin, ask(map[string]string{"redirect_uri": "https://spa.example/"})), "https://spa.example/").Get("code")
	d := document(t, post(s, tokenPath, "grant_type", "authorization_code", "client_id", appA, "code", code), 200)
	refresh := func(status int) map[string]any {
		return document(t, post(s, tokenPath, "grant_type", "refresh_token", "client_id", appA, "refresh_token", d["refresh_token"].(string)), status)
	}
	s.config.Clock.Advance(20 * time.Hour)
	d = refresh(200)
	s.config.Clock.Advance(5 * time.Hour)
	want(t, "expired", codeOf(refresh(400)), 700084)
}

func TestAuthorize_response_types_and_modes(t *testing.T) {
	s := newTest(t, people(Token))
	v := sentTo(t, get(s, origin, ask(map[string]string{"response_type": "id_token code", "nonce": "n", "client_info": "1"})), "http://localhost:5000#")
	id := claims(t, v.Get("id_token"))
	want(t, "c_hash", id["c_hash"], halfHash(v.Get("code")))
	want(t, "no access token", v.Get("access_token"), "")
	v = sentTo(t, get(s, origin, ask(map[string]string{"response_type": "id_token token", "nonce": "n"})), "http://localhost:5000#")
	want(t, "at_hash", claims(t, v.Get("id_token"))["at_hash"], halfHash(v.Get("access_token")))
	want(t, "token_type", v.Get("token_type"), "Bearer")

	r := get(s, origin, ask(map[string]string{"response_mode": "form_post", "client_info": "1", "state": `"><script>x`}))
	body := string(r.Body)
	if r.Status != 200 || !strings.Contains(body, `action="http://localhost:5000"`) || !strings.Contains(body, `name="code" value="1.A`) ||
		!strings.Contains(body, `name="client_info"`) || !strings.Contains(body, `&#34;&gt;&lt;script&gt;x`) || !strings.Contains(body, "<button>") {
		t.Errorf("%d %s", r.Status, body)
	}
}

// Faults go to the redirect URI only when somebody vouches for it.
func TestAuthorize_faults(t *testing.T) {
	strict, lenient := newTest(t, people(Strict)), newTest(t, people(Token))
	for _, test := range []struct {
		name string
		s    *Service
		more map[string]string
		code string // on a page
		err  string // at the redirect URI
	}{
		{"unknown client", strict, map[string]string{"client_id": "x"}, "AADSTS700016", ""},
		{"no client", strict, map[string]string{"client_id": ""}, "AADSTS900144", ""},
		{"redirect not registered", strict, map[string]string{"redirect_uri": "http://127.0.0.1:1/x"}, "AADSTS50011", ""},
		{"open redirect", lenient, map[string]string{"redirect_uri": "https://evil.example/"}, "AADSTS50011", ""},
		{"open redirect of an unknown client", lenient, map[string]string{"client_id": "x", "redirect_uri": "https://evil.example/"}, "AADSTS50011", ""},
		{"userinfo", lenient, map[string]string{"redirect_uri": "http://localhost@evil.example/"}, "AADSTS50011", ""},
		{"script", lenient, map[string]string{"redirect_uri": "javascript:alert(1)"}, "AADSTS50011", ""},
		{"longer host", lenient, map[string]string{"redirect_uri": "http://localhost.evil.example/"}, "AADSTS50011", ""},
		{"response type", lenient, map[string]string{"response_type": "magic"}, "", "unsupported_response_type"},
		{"response mode", lenient, map[string]string{"response_mode": "web_message"}, "", "invalid_request"},
		{"tokens in the query", lenient, map[string]string{"response_type": "token", "response_mode": "query"}, "", "invalid_request"},
		{"short challenge", lenient, map[string]string{"code_challenge": "x"}, "", "invalid_request"},
		{"no scope", lenient, map[string]string{"scope": ""}, "", "invalid_request"},
		{"nobody signed in", strict, map[string]string{"prompt": "none", "login_hint": "nobody@contoso.com"}, "", "login_required"},
		{"unknown user", strict, map[string]string{"login_hint": "nobody@contoso.com"}, "", "invalid_grant"},
		{"disabled user", strict, map[string]string{"login_hint": "alex@contoso.com"}, "", "invalid_grant"},
		{"no consent", strict, map[string]string{"scope": "Mail.Read"}, "", "consent_required"},
		{"no such scope", strict, map[string]string{"scope": "Magic.Read"}, "", "invalid_client"},
	} {
		r := get(test.s, origin, ask(test.more))
		if test.code != "" {
			if r.Status != 400 && r.Status != 401 || !strings.Contains(string(r.Body), test.code) || r.Get("Location") != "" {
				t.Errorf("%s: %d %q %s", test.name, r.Status, r.Get("Location"), r.Body)
			}
			continue
		}
		to := strings.Replace(r.Get("Location"), "#", "?", 1)
		v := sentTo(t, call.Response{Status: r.Status, Body: r.Body, Header: []call.Field{{Name: "Location", Value: to}}}, "http://localhost:5000?")
		want(t, test.name, v.Get("error"), test.err)
		want(t, test.name+": state", v.Get("state"), "st&1")
		if r.Reason == "" {
			t.Errorf("%s: the tester is not told why", test.name)
		}
	}
	for _, fine := range []string{"http://127.0.0.1:9/x", "http://[::1]/", "https://login.microsoftonline.com/common/oauth2/nativeclient"} {
		sentTo(t, get(lenient, origin, ask(map[string]string{"redirect_uri": fine})), fine)
	}
}

// A browser that asks for a choice gets one, and its form signs in.
func TestAuthorize_account_page(t *testing.T) {
	s := newTest(t, people(Token))
	r := browse(s, ask(map[string]string{"prompt": "select_account", "state": `"<x>`}))
	body := string(r.Body)
	if r.Status != 200 || !strings.Contains(body, `value="adele@contoso.com"`) || !strings.Contains(body, `value="alex@contoso.com"`) || strings.Contains(body, `"<x>`) {
		t.Fatalf("%d %s", r.Status, body)
	}
	form := url.Values{accountField: {"adele@contoso.com"}}
	for _, m := range regexp.MustCompile(`type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(strings.SplitN(body, "</form>", 2)[0], -1) {
		form.Set(m[1], strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(m[2], "&#34;", `"`), "&lt;", "<"), "&gt;", ">"))
	}
	r = s.Handle(Request{Method: "POST", Origin: origin, Path: authorizePath, Body: []byte(form.Encode()), Header: call.Header{"Accept": {"text/html"}}})
	want(t, "state", sentTo(t, r, "http://localhost:5000").Get("state"), `"<x>`)
	sentTo(t, browse(s, ask(nil)), "http://localhost:5000") // nothing to choose
}

func TestAuthorize_consent_page(t *testing.T) {
	c := people(Strict)
	var written []string
	c.Consent = func(_ string, app App, _, user string, scopes []string) error {
		written = append(written, app.ID+" "+user+" "+strings.Join(scopes, ","))
		return nil
	}
	s := newTest(t, c)
	wish := map[string]string{"scope": "Mail.Read", "login_hint": "adele@contoso.com"}
	r := browse(s, ask(wish))
	if r.Status != 200 || !strings.Contains(string(r.Body), "Mail.Read") || !strings.Contains(string(r.Body), `value="accept"`) {
		t.Fatalf("%d %s", r.Status, r.Body)
	}
	wish[consentField] = "cancel"
	want(t, "declined", sentTo(t, browse(s, ask(wish)), "http://localhost:5000").Get("error"), "access_denied")
	wish[consentField] = "accept"
	if sentTo(t, browse(s, ask(wish)), "http://localhost:5000").Get("code") == "" {
		t.Error("no code")
	}
	want(t, "written", written, "["+appA+" 00000000-0000-4000-8000-0000000000a1 Mail.Read]")
}
