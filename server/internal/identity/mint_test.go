package identity

import (
	"testing"
	"time"
)

func TestMint(t *testing.T) {
	s := newTest(t, Config{DefaultTenant: tenantA, DefaultApp: "demo"})
	tests := []struct {
		name    string
		request MintRequest
		claims  map[string]any
		expires int64
	}{
		{"nothing asked: may do everything", MintRequest{Scopes: []string{}, Roles: []string{}}, map[string]any{"roles": nil, "scp": nil, "idtyp": "app", "appid": "demo", "tid": tenantA, "aud": graph}, 3600},
		{"roles", MintRequest{Roles: []string{"A", "B"}, ClientID: "mine"}, map[string]any{"roles": "[A B]", "appid": "mine", "oid": stableID("servicePrincipal", tenantA, "mine")}, 3600},
		{"scopes of the demo user", MintRequest{Scopes: []string{"A", "B"}}, map[string]any{"scp": "A B", "idtyp": "user", "roles": nil, "oid": nil, "upn": nil}, 3600},
		{"a user", MintRequest{Scopes: []string{"A"}, User: "a@b.c", ExpiresIn: time.Minute}, map[string]any{"upn": "a@b.c", "oid": stableID("user", tenantA, "a@b.c")}, 60},
		{"a user without scopes", MintRequest{User: "a@b.c"}, map[string]any{"upn": "a@b.c", "scp": nil}, 3600},
		{"expired", MintRequest{Roles: []string{"A"}, ExpiresIn: -time.Hour}, map[string]any{"exp": float64(start.Unix() - 3600), "nbf": float64(start.Unix() - 7200)}, -3600},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := s.Mint(test.request)
			if err != nil {
				t.Fatal(err)
			}
			want(t, "expires_in", m.ExpiresIn, test.expires)
			c := claims(t, m.AccessToken)
			for name, value := range test.claims {
				want(t, name, c[name], value)
			}
			p := s.Principal(bearerHeader(m.AccessToken))
			want(t, "accepted", p.Fault == nil, test.expires > 0)
			want(t, "may do everything", p.Opaque, c["scp"] == nil && c["roles"] == nil)
		})
	}
}

func TestMint_demo_user(t *testing.T) {
	s := newTest(t, Config{Users: func(_, name string) (User, bool) { return User{ID: "demo-id", UPN: "demo@x.y"}, name == "" }})
	m, err := s.Mint(MintRequest{Scopes: []string{"User.Read"}})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "oid", claims(t, m.AccessToken)["oid"], "demo-id")
}

func TestMint_refuses(t *testing.T) {
	s := newTest(t, Config{Mode: Strict, Apps: func(_, _ string) (App, bool) { return App{}, false }})
	for name, m := range map[string]MintRequest{
		"scopes and roles": {Scopes: []string{"A"}, Roles: []string{"B"}},
		"roles of a user":  {Roles: []string{"B"}, User: "a@b.c"},
		"unknown tenant":   {Tenant: "nobody.example"},
		"unknown client":   {ClientID: "nobody"},
	} {
		if _, err := s.Mint(m); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := s.Mint(MintRequest{}); err != nil {
		t.Error("the default application need not be known:", err)
	}
}
