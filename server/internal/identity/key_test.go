package identity

import (
	"crypto/rsa"
	"encoding/json"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

func testKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func withKey(key *rsa.PrivateKey) func() (*rsa.PrivateKey, error) {
	return func() (*rsa.PrivateKey, error) { return key, nil }
}

// Any JOSE library verifies access and ID tokens against the keys document,
// under each origin.
func TestKeys_verify_tokens(t *testing.T) {
	s := newTest(t, Config{DefaultTenant: tenantA})
	for _, from := range []string{origin, "https://login.microsoftonline.com"} {
		openID := document(t, get(s, from, "/contoso/v2.0/.well-known/openid-configuration"), 200)
		set := fetchKeys(t, s, from)
		r := s.Handle(Request{Method: "POST", Origin: from, Path: "/contoso/oauth2/v2.0/token", Body: []byte(formOf(
			"grant_type", "password", "client_id", appA, "username", "adele@contoso.com", "password", "x", "scope", "User.Read openid profile"))})
		d := document(t, r, 200)
		for _, name := range []string{"access_token", "id_token"} {
			jws, err := jose.ParseSignedCompact(d[name].(string), []jose.SignatureAlgorithm{jose.RS256})
			if err != nil {
				t.Fatal(err)
			}
			kid := jws.Signatures[0].Header.KeyID
			want(t, "x5t is kid", jws.Signatures[0].Header.ExtraHeaders["x5t"], kid)
			if keys := set.Key(kid); len(keys) != 1 {
				t.Fatalf("no key %s", kid)
			} else if _, err := jws.Verify(keys[0]); err != nil {
				t.Errorf("%s under %s: %v", name, from, err)
			}
		}
		// go-oidc compares exactly
		want(t, "id_token issuer", claims(t, d["id_token"])["iss"], openID["issuer"])
	}
}

func fetchKeys(t *testing.T, s *Service, from string) jose.JSONWebKeySet {
	t.Helper()
	r := get(s, from, "/contoso/discovery/v2.0/keys")
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(r.Body, &set); err != nil { // also compares x5t with x5c
		t.Fatalf("%v: %s", err, r.Body)
	}
	return set
}

func TestMarshalKey_round_trip(t *testing.T) {
	key := testKey(t)
	text, err := MarshalKey(key)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseKey(text)
	if err != nil || !again.Equal(key) {
		t.Fatalf("ParseKey(MarshalKey(key)): %v", err)
	}
	// a restart keeps key id, access tokens and refresh tokens
	before, after := newTest(t, Config{Mode: Strict, Key: withKey(key)}), newTest(t, Config{Mode: Strict, Key: withKey(again)})
	minted, err := before.Mint(MintRequest{Roles: []string{"User.Read.All"}})
	if err != nil {
		t.Fatal(err)
	}
	if p := after.Principal(bearerHeader(minted.AccessToken)); p.Fault != nil {
		t.Error(p.Fault)
	}
}

func TestParseKey_refuses(t *testing.T) {
	for _, text := range []string{"", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if _, err := ParseKey([]byte(text)); err == nil {
			t.Errorf("ParseKey(%q) succeeds", text)
		}
	}
}

// The key costs 80 ms, so nothing but tokens and the keys document may ask for it.
func TestKey_is_lazy(t *testing.T) {
	s := newTest(t, Config{Key: noKey})
	get(s, origin, "/common/v2.0/.well-known/openid-configuration")
	if p := s.Principal(bearerHeader(jwt(t, `{"roles":["User.Read.All"]}`))); p.Fault != nil {
		t.Error(p.Fault)
	}
	d := document(t, get(s, origin, "/common/discovery/keys"), 500)
	want(t, "error", d["error"], "server_error")
	if _, err := s.Mint(MintRequest{}); err == nil {
		t.Error("Mint without a key succeeds")
	}
}
