package identity

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestPrincipal_faults(t *testing.T) {
	token, strict := newTest(t, Config{}), newTest(t, Config{Mode: Strict})
	hour := func(hours int) int64 { return start.Add(time.Duration(hours) * time.Hour).Unix() }
	scoped := func(more string) string { return jwt(t, `{"scp":"User.Read"`+more+`}`) }
	tests := []struct {
		name          string
		authorization string
		token, strict string // the start of the fault's message; "" for none
	}{
		{"none", "", "", ""},
		{"other scheme", "Basic eDp5", msgEmpty, msgEmpty},
		{"empty bearer", "Bearer ", msgEmpty, msgEmpty},
		{"bearer alone", "Bearer", msgEmpty, msgEmpty},
		{"opaque (replayed captures: Bearer test)", "Bearer test", "", "IDX14100"},
		{"lower-case scheme", "bearer foo", "", "IDX14100"},
		{"one dot", "Bearer foo.bar", "", "IDX14120"},
		{"encrypted", "Bearer a.b.c.d.e", "", msgParsing},
		{"two dots, not base64", "Bearer a!.b.c", msgParsing, msgParsing},
		{"two dots, not JSON", "Bearer foo.bar.baz", msgParsing, msgParsing},
		{"header is no object", "Bearer " + encodePart(`"x"`) + "." + encodePart(`{}`) + ".x", msgParsing, msgParsing},
		{"claims are null", "Bearer " + encodePart(`{}`) + "." + encodePart(`null`) + ".", msgParsing, msgParsing},
		{"odd exp", "Bearer " + scoped(`,"exp":"soon"`), msgParsing, msgParsing},
		{"foreign, no permissions (jwt.io's example)", "Bearer " + jwt(t, `{"sub":"1234567890","name":"John Doe","iat":1516239022}`), "", msgSignature},
		{"foreign", "Bearer " + scoped(""), "", msgSignature},
		{"foreign, unexpired", "Bearer " + scoped(fmt.Sprintf(`,"exp":%d`, hour(1))), "", msgSignature},
		{"foreign, expired", "Bearer " + scoped(fmt.Sprintf(`,"exp":%d`, hour(-1))), msgExpired, msgSignature},
		{"exp is now", "Bearer " + scoped(fmt.Sprintf(`,"exp":%d`, hour(0))), msgExpired, msgSignature},
		{"exp with a fraction", "Bearer " + scoped(fmt.Sprintf(`,"exp":%d.5`, hour(1))), "", msgSignature},
		{"exp beyond all times", "Bearer " + scoped(`,"exp":1e300`), "", msgSignature},
		{"not yet valid", "Bearer " + scoped(fmt.Sprintf(`,"nbf":%d`, hour(1))), msgNotYet, msgSignature},
		{"valid in a minute", "Bearer " + scoped(fmt.Sprintf(`,"nbf":%d`, start.Unix()+60)), "", msgSignature},
		{"for Graph", "Bearer " + scoped(`,"aud":"https://graph.microsoft.com/"`), "", msgSignature},
		{"for Graph by id, among others", "Bearer " + scoped(`,"aud":["x","`+GraphAppID+`"]`), "", msgSignature},
		{"for some word", "Bearer " + scoped(`,"aud":"test"`), "", msgSignature},
		{"for another API", "Bearer " + scoped(`,"aud":"https://management.azure.com/"`), msgAudience, msgSignature},
		{"an ID token", "Bearer " + jwt(t, `{"aud":"`+appA+`"}`), msgAudience, msgSignature},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := call.Header{}
			if test.authorization != "" {
				h["Authorization"] = []string{test.authorization}
			}
			checkFault(t, "token", token.Principal(h).Fault, test.token)
			checkFault(t, "strict", strict.Principal(h).Fault, test.strict)
		})
	}
}

func checkFault(t *testing.T, mode string, err error, message string) {
	t.Helper()
	fault, _ := err.(*call.TokenFault)
	switch {
	case message == "" && err != nil:
		t.Errorf("%s: %v", mode, err)
	case message != "" && (fault == nil || !strings.HasPrefix(fault.Message, message) || fault.Reason == ""):
		t.Errorf("%s: fault %+v, want %q", mode, fault, message)
	}
}

func TestPrincipal_claims(t *testing.T) {
	s := newTest(t, Config{})
	tests := []struct {
		name, payload string
		want          call.Principal
	}{
		{"user", `{"tid":"T","appid":"a","app_displayname":"n","oid":"o","upn":"u","uti":"i","idtyp":"user","scp":"https://graph.microsoft.com/User.Read openid","iat":1,"exp":1900000000}`,
			call.Principal{Scheme: call.DelegatedWork, Tenant: "t", AppID: "a", AppName: "n", ObjectID: "o", UPN: "u", TokenID: "i",
				Scopes: []string{"User.Read", "openid"}, IssuedAt: time.Unix(1, 0).UTC(), Expires: time.Unix(1900000000, 0).UTC()}},
		{"v2 user", `{"azp":"a","preferred_username":"u","scp":["User.Read"]}`,
			call.Principal{Scheme: call.DelegatedWork, AppID: "a", UPN: "u", Scopes: []string{"User.Read"}}},
		{"app", `{"roles":["User.Read.All"]}`, call.Principal{Scheme: call.Application, Roles: []string{"User.Read.All"}}},
		{"app without grants", `{"roles":[]}`, call.Principal{Scheme: call.Application}},
		{"app unknown to the directory", `{"idtyp":"app"}`, call.Principal{Scheme: call.Application, Opaque: true}},
		{"user with app roles", `{"roles":["x"],"scp":"User.Read"}`, call.Principal{Scheme: call.DelegatedWork, Scopes: []string{"User.Read"}, Roles: []string{"x"}}},
		{"personal account", `{"tid":"` + personalTenant + `","scp":"User.Read"}`, call.Principal{Scheme: call.DelegatedPersonal, Tenant: personalTenant, Scopes: []string{"User.Read"}}},
		{"anything", `{"sub":"x"}`, call.Principal{Opaque: true}},
	}
	for _, test := range tests {
		test.want.Presented = true
		want(t, test.name, fmt.Sprintf("%+v", s.Principal(bearerHeader(jwt(t, test.payload)))), fmt.Sprintf("%+v", test.want))
	}
}

// Strict takes what this server signed, and no more.
func TestPrincipal_strict(t *testing.T) {
	s, stranger := newTest(t, Config{Mode: Strict}), newTest(t, Config{Mode: Strict, Key: withKey(testKey(t))})
	mint := func(s *Service) string {
		m, err := s.Mint(MintRequest{Scopes: []string{"User.Read"}, User: "adele@contoso.com"})
		if err != nil {
			t.Fatal(err)
		}
		return m.AccessToken
	}
	own := mint(s)
	if p := s.Principal(bearerHeader(own)); p.Fault != nil || p.UPN != "adele@contoso.com" || p.Opaque {
		t.Errorf("%+v", p)
	}
	checkFault(t, "another key", s.Principal(bearerHeader(mint(stranger))).Fault, msgSignature)
	parts := strings.Split(own, ".")
	payload, err := decodeBase64(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	g, err := s.signer.get()
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(g.public)
	if err != nil {
		t.Fatal(err)
	}
	var header tokenHeader
	_ = decodePart(parts[0], &header)
	checkFault(t, "no algorithm", s.Principal(bearerHeader(encodePart(`{"alg":"none","kid":"`+header.KeyID+`"}`)+"."+parts[1]+".")).Fault, msgSignature)
	checkFault(t, "RS256 by name, none in fact", s.Principal(bearerHeader(parts[0]+"."+parts[1]+".")).Fault, msgSignature)
	for name, secret := range map[string][]byte{"DER": public, "PEM": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), "certificate": g.certificate} {
		confused := signed(t, secret, jose.HS256, map[string]any{"kid": header.KeyID}, claimsIn(payload))
		checkFault(t, "the public key as secret, "+name, s.Principal(bearerHeader(confused)).Fault, msgSignature)
	}
	forged := parts[0] + "." + encodePart(`{"aud":"https://graph.microsoft.com","exp":9999999999,"scp":"Directory.ReadWrite.All"}`) + "." + parts[2]
	checkFault(t, "other claims", s.Principal(bearerHeader(forged)).Fault, msgSignature)
	d := document(t, post(s, "/common/oauth2/v2.0/token", "grant_type", "refresh_token"), 400) // the endpoint works in strict too
	want(t, "code", d["error_codes"], "[900144]")

	// an ID token is ours, and yet not for Graph
	lenient := newTest(t, Config{})
	issued := document(t, post(lenient, tokenPath, "grant_type", "password", "client_id", appA, "username", "a@b.c", "password", "x", "scope", "openid"), 200)
	checkFault(t, "ID token", s.Principal(bearerHeader(issued["id_token"].(string))).Fault, msgAudience)
}

// The lifetime follows the fake's clock, although the token is cached.
func TestPrincipal_follows_clock(t *testing.T) {
	s := newTest(t, Config{Mode: Strict})
	m, _ := s.Mint(MintRequest{Roles: []string{"x"}, ExpiresIn: time.Minute})
	h := bearerHeader(m.AccessToken)
	for _, step := range []struct {
		advance time.Duration
		message string
	}{{0, ""}, {59 * time.Second, ""}, {time.Second, msgExpired}, {-time.Second, ""}, {-time.Hour, msgNotYet}} {
		s.config.Clock.Advance(step.advance)
		checkFault(t, step.advance.String(), s.Principal(h).Fault, step.message)
	}
}

func TestPrincipal_cached_allocates_nothing(t *testing.T) {
	s := newTest(t, Config{})
	for name, token := range map[string]string{"JWT": jwt(t, `{"scp":"User.Read"}`), "opaque": "test"} {
		h := bearerHeader(token)
		s.Principal(h)
		if n := testing.AllocsPerRun(100, func() { s.Principal(h) }); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestPrincipal_concurrent(t *testing.T) {
	s := newTest(t, Config{Mode: Strict})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			d := post(s, "/common/oauth2/v2.0/token", "grant_type", "client_credentials", "client_id", fmt.Sprint(i), "client_secret", "s", "scope", graph+"/.default")
			token := claimsText(string(d.Body))
			for range 100 {
				p := s.Principal(bearerHeader(token))
				if p.Fault != nil || p.AppID != fmt.Sprint(i) {
					t.Errorf("%+v", p)
				}
				s.Principal(bearerHeader(fmt.Sprintf("%d.%d.x", i, i)))
			}
		})
	}
	wg.Wait()
}

func claimsText(body string) string {
	_, rest, _ := strings.Cut(body, `"access_token":"`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// No cloud takes another's tokens, in no mode (identity-behaviour §7).
func TestPrincipal_other_cloud(t *testing.T) {
	for _, mode := range []Mode{Token, Strict} {
		global, china := newTest(t, Config{Mode: mode}), newTest(t, Config{Mode: mode, Cloud: "china"})
		for _, from := range []*Service{global, china} {
			m, err := from.Mint(MintRequest{Scopes: []string{"User.Read"}})
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []*Service{global, china} {
				fault := at.Principal(bearerHeader(m.AccessToken)).Fault
				if accepted := fault == nil; accepted != (from == at) {
					t.Errorf("%s: %s token in %s: %v", mode, from.cloud.name, at.cloud.name, fault)
				}
			}
		}
	}
}

func claimsIn(payload []byte) (claims map[string]any) {
	_ = json.Unmarshal(payload, &claims)
	return claims
}

func FuzzPrincipal(f *testing.F) {
	for _, payload := range []string{`{"scp":"a b","exp":1e300,"aud":["x"]}`, `{"roles":["x"],"nbf":-1}`, `{"aud":"://","tid":"É"}`, `null`, `[]`} {
		f.Add(encodePart(`{"alg":"RS256","kid":"x"}`) + "." + encodePart(payload) + "." + encodePart("s"))
	}
	f.Add("test")
	f.Add("a.b")
	token, strict := New(Config{}), New(Config{Mode: Strict})
	f.Fuzz(func(t *testing.T, raw string) {
		h := bearerHeader(raw)
		p := token.Principal(h)
		if strings.TrimSpace(raw) != "" && strings.Count(raw, ".") != 2 && (p.Fault != nil || !p.Opaque) {
			t.Errorf("a token that is no JWT is held to something: %+v", p)
		}
		if p := strict.Principal(h); p.Fault == nil {
			t.Errorf("strict takes a token that it did not sign: %+v", p)
		}
		for _, q := range []call.Principal{p, strict.Principal(h)} {
			if q.Fault != nil && len(raw) > 8 && strings.Contains(q.Fault.Error(), raw) {
				t.Errorf("the fault repeats the token: %v", q.Fault)
			}
		}
	})
}

func BenchmarkPrincipal(b *testing.B) {
	s := New(Config{Mode: Strict})
	m, err := s.Mint(MintRequest{Scopes: []string{"User.Read"}})
	if err != nil {
		b.Fatal(err)
	}
	h := bearerHeader(m.AccessToken)
	b.ReportAllocs()
	for b.Loop() {
		s.Principal(h)
	}
}
