package identity

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestLogout(t *testing.T) {
	s := newTest(t, people(Strict))
	path := "/" + tenantA + "/oauth2/v2.0/logout"
	if r := get(s, origin, path); r.Status != 200 || !strings.Contains(string(r.Body), "signed out") {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	v := sentTo(t, get(s, origin, path+"?client_id="+appA+"&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A7&state=s"), "http://localhost:7")
	want(t, "state", v.Get("state"), "s")
	if r := get(s, origin, path+"?client_id="+appA+"&post_logout_redirect_uri=https%3A%2F%2Fevil.example"); r.Status != 200 || r.Get("Location") != "" || r.Reason == "" {
		t.Errorf("%d %q", r.Status, r.Get("Location"))
	}
}

func TestAdminConsent(t *testing.T) {
	c := people(Strict)
	var all, some string
	c.AdminConsent = func(_ string, app App) error { all = app.ID; return nil }
	c.Consent = func(_ string, _ App, _, user string, scopes []string) error {
		some = user + ":" + strings.Join(scopes, ",")
		return nil
	}
	s := newTest(t, c)
	base := "/v2.0/adminconsent?client_id=" + appA + "&redirect_uri=http%3A%2F%2Flocalhost%3A7&state=s&scope="
	v := sentTo(t, get(s, origin, "/"+tenantA+base+"User.Read+Mail.Read"), "http://localhost:7")
	want(t, "answer", v.Get("admin_consent")+" "+v.Get("tenant")+" "+v.Get("state")+" "+v.Get("error"), "True "+tenantA+" s ")
	want(t, "for everybody", some, ":User.Read,Mail.Read")
	sentTo(t, get(s, origin, "/"+tenantA+"/adminconsent?client_id="+appA+"&redirect_uri=http%3A%2F%2Flocalhost%3A7"), "http://localhost:7")
	want(t, "all that is required", all, appA)
}

func TestUserInfo(t *testing.T) {
	s := newTest(t, people(Token))
	d := document(t, post(s, tokenPath2, "grant_type", "password", "client_id", appA, "username", "adele@contoso.com", "password", "right", "scope", "User.Read openid"), 200)
	ask := func(h call.Header) call.Response {
		return s.Handle(Request{Method: "GET", Origin: origin, Path: "/oidc/userinfo", Header: h})
	}
	info := document(t, ask(bearerHeader(d["access_token"].(string))), 200)
	want(t, "name", info["name"], "Adele")
	want(t, "sub", info["sub"], claims(t, d["access_token"])["sub"])
	document(t, ask(nil), 401)
}
