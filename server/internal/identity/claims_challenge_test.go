package identity

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// signedIn is a call with a user's token, which handles challenges or not.
func signedIn(t *testing.T, s *Service, claimsParameter string) *call.Call {
	t.Helper()
	d := document(t, post(s, tokenPath2, "grant_type", "password", "client_id", appA, "client_secret", "right", "username", "adele@contoso.com",
		"password", "right", "scope", "User.Read", "claims", claimsParameter), 200)
	return &call.Call{Origin: origin, Path: "/users", Tenant: tenantA, Principal: s.Principal(bearerHeader(d["access_token"].(string)))}
}

const handlesChallenges = `{"access_token":{"xms_cc":{"values":["CP1"]}}}`

// A token from before the revocation is refused; the claims of the challenge,
// handed back, give one that holds (kiota-http-go, azidentity).
func TestChallenge_revoked_sessions(t *testing.T) {
	c := people(Token)
	var holder Holder
	c.Holder = func(string, string, string) (Holder, bool) { return holder, true }
	users := c.Users
	c.Users = func(tenant, name string) (User, bool) {
		u, ok := users(tenant, name)
		u.ValidFrom = holder.ValidFrom
		return u, ok
	}
	s := newTest(t, c)
	evaluated, plain := signedIn(t, s, handlesChallenges), signedIn(t, s, "")
	if r := s.Authenticate(evaluated); r != nil {
		t.Fatalf("%d %s", r.Status, r.Reason)
	}
	holder.ValidFrom = start.Add(time.Second)
	if r := s.Authenticate(plain); r != nil {
		t.Errorf("outside strict a client without CP1 keeps its token: %d", r.Status)
	}
	r := s.Authenticate(evaluated)
	if r == nil || r.Status != 401 || !strings.Contains(string(r.Body), "TokenIssuedBeforeRevocationTimestamp") || !strings.Contains(r.Reason, "revoked") {
		t.Fatalf("%+v", r)
	}
	m := regexp.MustCompile(`error="insufficient_claims", claims="([A-Za-z0-9+/=]+)"$`).FindStringSubmatch(r.Get("Www-Authenticate"))
	if m == nil {
		t.Fatal(r.Get("Www-Authenticate"))
	}
	demanded, err := base64.StdEncoding.DecodeString(m[1])
	var merged map[string]map[string]any
	if err != nil || json.Unmarshal(demanded, &merged) != nil {
		t.Fatalf("%s %v", demanded, err)
	}
	merged["access_token"]["xms_cc"] = map[string]any{"values": []string{"CP1"}}
	text, _ := json.Marshal(merged)
	if r := s.Authenticate(signedIn(t, s, string(text))); r != nil {
		t.Errorf("the new token is refused too: %s", r.Reason)
	}
	if r := s.Authenticate(signedIn(t, s, handlesChallenges)); r != nil {
		t.Errorf("a fresh sign-in is refused: %s", r.Reason)
	}
}

func TestChallenge_refresh_token_revoked(t *testing.T) {
	c := people(Token)
	var from time.Time
	users := c.Users
	c.Users = func(tenant, name string) (User, bool) {
		u, ok := users(tenant, name)
		u.ValidFrom = from
		return u, ok
	}
	s := newTest(t, c)
	d := document(t, post(s, tokenPath2, "grant_type", "password", "client_id", appA, "client_secret", "right", "username", "adele@contoso.com",
		"password", "right", "scope", "User.Read offline_access"), 200)
	from = start.Add(time.Second)
	again := document(t, post(s, tokenPath2, "grant_type", "refresh_token", "client_id", appA, "client_secret", "right", "refresh_token", d["refresh_token"].(string)), 400)
	want(t, "code", codeOf(again), 50173)
	want(t, "suberror", again["suberror"], "bad_token") // MSAL: interaction required
}

func TestChallenge_strict(t *testing.T) {
	c := people(Strict)
	var holder Holder
	c.Holder = func(string, string, string) (Holder, bool) { return holder, true }
	s := newTest(t, c)
	caller := signedIn(t, s, "")
	holder.ValidFrom = start.Add(time.Second)
	r := s.Authenticate(caller)
	if r == nil || r.Status != 401 || strings.Contains(r.Get("Www-Authenticate"), "claims") || !strings.Contains(r.Reason, "CP1") {
		t.Errorf("a client without CP1 gets the plain 401: %+v", r)
	}
	holder = Holder{Disabled: true}
	if r := s.Authenticate(caller); r == nil || r.Status != 401 || !strings.Contains(r.Reason, "disabled") {
		t.Errorf("%+v", r)
	}
}

func TestChallenge_authentication_context(t *testing.T) {
	s := newTest(t, people(Token))
	r := s.Challenge(signedIn(t, s, handlesChallenges), AuthenticationContext("c1"), "asked")
	encoded := base64.StdEncoding.EncodeToString([]byte(`{"access_token":{"acrs":{"essential":true,"value":"c1"}}}`))
	if !strings.HasSuffix(r.Get("Www-Authenticate"), `claims="`+encoded+`"`) || !strings.Contains(string(r.Body), "ClaimsChallengeRequiredException") {
		t.Errorf("%v %s", r.Header, r.Body)
	}
}
