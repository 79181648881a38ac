package identity

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// keyPair is a client's key and the certificate that is registered.
func keyPair(t testing.TB) (*rsa.PrivateKey, []byte) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "client"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return key, der
}

// signed is a client assertion.
func signed(t testing.TB, key any, algorithm jose.SignatureAlgorithm, header map[string]any, claims map[string]any) string {
	t.Helper()
	options := new(jose.SignerOptions)
	for name, value := range header {
		options.WithHeader(jose.HeaderKey(name), value)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, options)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	jws, err := signer.Sign(text)
	if err != nil {
		t.Fatal(err)
	}
	compact, err := jws.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return compact
}

func assertionConfig(der []byte) Config {
	c := people(Strict)
	c.Apps = func(_, id string) (App, bool) {
		return App{Name: "Certified", Certificates: []Certificate{{DER: der}},
			Federated: []FederatedCredential{{Issuer: "https://token.example", Subject: "repo:a/b", Audiences: nil}}}, id == appA
	}
	return c
}

func assert(s *Service, assertion string) call.Response {
	return post(s, tokenPath2, "grant_type", "client_credentials", "client_id", appA, "client_assertion_type", jwtBearer,
		"client_assertion", assertion, "scope", graph+"/.default")
}

// What a certificate did not sign is refused, whatever the header says.
func TestAssertion_verified(t *testing.T) {
	key, der := keyPair(t)
	other, _ := keyPair(t)
	s := newTest(t, assertionConfig(der))
	good := func() map[string]any {
		now := time.Now().Unix()
		return map[string]any{"iss": appA, "sub": appA, "aud": "https://login.microsoftonline.com/x/oauth2/v2.0/token", "exp": now + 600, "nbf": now, "jti": "1"}
	}
	with := func(name string, value any) map[string]any {
		c := good()
		c[name] = value
		return c
	}
	kid := map[string]any{"kid": thumbprintOf(der)}
	for name, test := range map[string]struct {
		assertion string
		code      int // 0: accepted
	}{
		"PS256 (MSAL)":              {signed(t, key, jose.PS256, kid, good()), 0},
		"RS256 (go-azure-sdk)":      {signed(t, key, jose.RS256, kid, good()), 0},
		"another key":               {signed(t, other, jose.RS256, kid, good()), 700027},
		"no such certificate":       {signed(t, key, jose.RS256, map[string]any{"kid": "x"}, good()), 700027},
		"alg none":                  {encodePart(`{"alg":"none","kid":"`+thumbprintOf(der)+`"}`) + "." + encodePart(mustJSON(good())) + ".", 700027},
		"the certificate as secret": {signed(t, der, jose.HS256, kid, good()), 700027},
		"expired":                   {signed(t, key, jose.RS256, kid, with("exp", time.Now().Add(-time.Hour).Unix())), 700024},
		"not yet":                   {signed(t, key, jose.RS256, kid, with("nbf", time.Now().Add(time.Hour).Unix())), 700024},
		"for somebody else":         {signed(t, key, jose.RS256, kid, with("aud", "https://login.example/token")), 50012},
		"another client":            {signed(t, key, jose.RS256, kid, map[string]any{"iss": "x", "sub": "x"}), 50012},
		"federated":                 {jwt(t, `{"iss":"https://token.example","sub":"repo:a/b","aud":"api://AzureADTokenExchange"}`), 0},
		"federated, issuer":         {jwt(t, `{"iss":"https://other.example","sub":"repo:a/b","aud":"api://AzureADTokenExchange"}`), 700211},
		"federated, subject":        {jwt(t, `{"iss":"https://token.example","sub":"repo:a/c","aud":"api://AzureADTokenExchange"}`), 700213},
		"federated, audience":       {jwt(t, `{"iss":"https://token.example","sub":"repo:a/b","aud":"x"}`), 700212},
	} {
		t.Run(name, func(t *testing.T) {
			r := assert(s, test.assertion)
			if test.code == 0 {
				want(t, "appidacr", claims(t, document(t, r, 200)["access_token"])["appidacr"], "2")
				return
			}
			want(t, "code", codeOf(document(t, r, 401)), test.code)
		})
	}
}

func mustJSON(v any) string { text, _ := json.Marshal(v); return string(text) }

// FuzzAssertion: no text is taken for an assertion of the application unless
// its key signed it, and none breaks the reader.
func FuzzAssertion(f *testing.F) {
	key, der := keyPair(f)
	s := New(assertionConfig(der))
	good := signed(f, key, jose.RS256, map[string]any{"kid": thumbprintOf(der)},
		map[string]any{"iss": appA, "sub": appA, "aud": "https://login.microsoftonline.com/x", "exp": time.Now().Add(time.Hour).Unix()})
	for _, seed := range []string{good, good + ".", strings.Replace(good, ".", "..", 1), jwtOf(`{"iss":"a","sub":"a"}`), "", "a.b.c", "...", "{}"} {
		f.Add(seed)
	}
	parts := strings.Split(good, ".")
	f.Fuzz(func(t *testing.T, text string) {
		r := assert(s, text)
		got := strings.Split(text, ".")
		same := len(got) == 3 && got[0] == parts[0] && got[1] == parts[1]
		if r.Status == 200 && !same { // a federated one: its signature cannot be verified
			if _, c, err := readJWT(text); err != nil || c.Issuer == appA {
				t.Errorf("taken: %q", text)
			}
		}
	})
}

func jwtOf(payload string) string {
	return encodePart(`{"alg":"none"}`) + "." + encodePart(payload) + "."
}

func thumbprintOf(der []byte) string {
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	sum := sha1.Sum(certificate.Raw)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// FuzzAuthorize: whatever the parameters, the browser is sent nowhere but to a
// registered address, and what they say is never markup of a page.
func FuzzAuthorize(f *testing.F) {
	strict := New(people(Strict))
	f.Add("http://localhost:5000", "code", "query", "s", "adele@contoso.com")
	f.Add("https://evil.example/#", "code id_token", "form_post", `"><script>alert(1)</script>`, `"><script>`)
	f.Add("http://localhost@evil.example", "token", "fragment", "\r\nX: y", "")
	f.Add("javascript:alert(1)//", "x", "x", "", "x")
	f.Fuzz(func(t *testing.T, redirect, kind, mode, state, hint string) {
		q := url.Values{"client_id": {appA}, "redirect_uri": {redirect}, "response_type": {kind}, "response_mode": {mode}, "state": {state},
			"login_hint": {hint}, "scope": {"User.Read"}, "nonce": {"n"}}
		r := browse(strict, authorizePath+"?"+q.Encode())
		if to := r.Get("Location"); to != "" {
			u, err := url.Parse(to)
			if err != nil || strings.ContainsAny(to, "\r\n") || !registered(u) {
				t.Errorf("sent to %q", to)
			}
		}
		if body := string(r.Body); strings.Contains(body, "<script>alert") || strings.Count(body, "<script>") > 1 {
			t.Errorf("markup: %s", body)
		}
	})
}

func registered(u *url.URL) bool {
	return u.Scheme == "http" && u.Hostname() == "localhost" || u.Host == "app.example" || u.Host == "spa.example"
}

// FuzzUserAssertion: an application acts for a user by a token of this server
// that is meant for it, and by nothing else.
func FuzzUserAssertion(f *testing.F) {
	c := people(Strict)
	c.APIs = func(_, resource string) (API, bool) { return API{App: App{ID: appA}}, resource == "api://"+appA }
	s := New(c)
	r := post(s, tokenPath2, "grant_type", "password", "client_id", appA, "client_secret", "right", "username", "adele@contoso.com", "password", "right", "scope", "api://"+appA+"/access")
	var d struct {
		AccessToken  string `json:"access_token"`
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.Unmarshal(r.Body, &d); err != nil || d.AccessToken == "" {
		f.Fatalf("%s %v", r.Body, err)
	}
	good := d.AccessToken
	parts := strings.Split(good, ".")
	for _, seed := range []string{good, good + "A", parts[0] + "." + parts[1] + ".", jwtOf(`{"oid":"00000000-0000-4000-8000-0000000000a1","aud":"` + appA + `","exp":9e9}`), "", "a.b.c"} {
		f.Add(seed)
	}
	act := func(text string) call.Response {
		return post(s, tokenPath2, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "client_id", appA, "client_secret", "right",
			"requested_token_use", "on_behalf_of", "assertion", text, "scope", "User.Read")
	}
	if r := act(good); r.Status != 200 {
		f.Fatalf("the real one is refused: %s", r.Body)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := act(text)
		got := strings.Split(text, ".")
		if same := len(got) == 3 && got[0] == parts[0] && got[1] == parts[1]; r.Status == 200 && !same {
			t.Errorf("taken: %q", text)
		}
		if len(text) > 20 && strings.Contains(string(r.Body)+r.Reason, text) {
			t.Errorf("repeated: %s", r.Body)
		}
	})
}

// FuzzRefreshToken: nothing but what this server gave out is redeemed.
func FuzzRefreshToken(f *testing.F) {
	s := New(people(Strict))
	r := post(s, tokenPath2, "grant_type", "password", "client_id", appA, "client_secret", "right", "username", "adele@contoso.com", "password", "right", "scope", "User.Read offline_access")
	var d struct {
		Token string `json:"refresh_token"`
	}
	if err := json.Unmarshal(r.Body, &d); err != nil || d.Token == "" {
		f.Fatalf("%s %v", r.Body, err)
	}
	for _, seed := range []string{d.Token, d.Token + "A", d.Token[:len(d.Token)-1], refreshPrefix, "", refreshPrefix + encodePart(strings.Repeat("x", 32)+`{"t":"`+tenantA+`"}`)} {
		f.Add(seed)
	}
	plain := func(text string) string {
		rest, ok := strings.CutPrefix(text, refreshPrefix)
		bytes, err := base64.RawURLEncoding.DecodeString(rest)
		if !ok || err != nil {
			return ""
		}
		return string(bytes)
	}
	redeem := func(text string) call.Response {
		return post(s, tokenPath2, "grant_type", "refresh_token", "client_id", appA, "client_secret", "right", "refresh_token", text)
	}
	if r := redeem(d.Token); r.Status != 200 {
		f.Fatalf("the real one is refused: %s", r.Body)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := redeem(text)
		if r.Status == 200 && plain(text) != plain(d.Token) {
			t.Errorf("redeemed: %q", text)
		}
	})
}
