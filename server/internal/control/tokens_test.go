package control_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/identity"
)

func TestTokens(t *testing.T) {
	for _, test := range []struct {
		body string
		want identity.MintRequest
	}{
		{``, identity.MintRequest{Tenant: "t1"}},
		{`{}`, identity.MintRequest{Tenant: "t1"}},
		{`{"scopes":["User.Read"],"user":"adele","tenant":"t2","clientId":"c","expiresIn":"-1m"}`,
			identity.MintRequest{Scopes: []string{"User.Read"}, User: "adele", Tenant: "t2", ClientID: "c", ExpiresIn: -time.Minute}},
		{`{"roles":["User.Read.All"],"expiresIn":"90m"}`,
			identity.MintRequest{Roles: []string{"User.Read.All"}, Tenant: "t1", ExpiresIn: 90 * time.Minute}},
	} {
		p := newPlane()
		want(t, p.call("POST", "/_fake/tokens", test.body, "X-Fake-Tenant: t1"), 200, `…"access_token":"a.b.c"`)
		if !reflect.DeepEqual(p.fake.minted, test.want) {
			t.Errorf("%s: got %+v", test.body, p.fake.minted)
		}
	}
}

func TestTokens_Refused(t *testing.T) {
	p := newPlane()
	want(t, p.call("POST", "/_fake/tokens", `{"scope":"User.Read"}`), 400, `…there is no member \"scope\"`)
	want(t, p.call("POST", "/_fake/tokens", `{"scopes":"User.Read"}`), 400, `…member \"scopes\" is of the wrong type`)
	want(t, p.call("POST", "/_fake/tokens", `{"expiresIn":"soon"}`), 400, "…want a duration")
	want(t, p.call("POST", "/_fake/tokens", `{"expiresIn":"0s"}`), 400, "…want a duration")
	p.fake.broken = true
	want(t, p.call("POST", "/_fake/tokens", `{}`), 400, "…exclude each other")
}
