package identity

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func beginDevice(t *testing.T, s *Service) map[string]any {
	t.Helper()
	return document(t, post(s, "/common/oauth2/v2.0/devicecode", "client_id", appA, "scope", "User.Read openid offline_access"), 200)
}

func poll(s *Service, grant string, d map[string]any) call.Response {
	return post(s, "/common/oauth2/v2.0/token", "grant_type", grant, "client_id", appA, "device_code", d["device_code"].(string), "code", d["device_code"].(string))
}

// A code that nobody attends to is pending once and then approved. Python
// sends no scope when it polls; MSAL Go and JS use the short name.
func TestDeviceCode_unattended(t *testing.T) {
	for _, grant := range []string{"device_code", "urn:ietf:params:oauth:grant-type:device_code"} {
		s := newTest(t, people(Token))
		d := beginDevice(t, s)
		want(t, "interval", d["interval"], 1)
		want(t, "uri", d["verification_uri"], origin+"/devicelogin")
		if !strings.Contains(d["message"].(string), d["user_code"].(string)) || strings.Contains(d["verification_uri"].(string), "token") {
			t.Errorf("%v", d)
		}
		want(t, "first poll", document(t, poll(s, grant, d), 400)["error"], "authorization_pending")
		done := document(t, poll(s, grant, d), 200)
		want(t, "user", claims(t, done["id_token"])["preferred_username"], "adele@contoso.com")
		want(t, "scp", claims(t, done["access_token"])["scp"], "User.Read openid")
		if done["refresh_token"] == nil {
			t.Error("no refresh token")
		}
		want(t, "twice", document(t, poll(s, grant, d), 400)["error"], "bad_verification_code")
	}
}

func TestDeviceCode_page(t *testing.T) {
	s := newTest(t, people(Token))
	page := func(method, body string) string {
		r := s.Handle(Request{Method: method, Origin: origin, Path: "/devicelogin", Body: []byte(body)})
		return string(r.Body)
	}
	if body := page("GET", ""); !strings.Contains(body, `name="otc"`) {
		t.Error(body)
	}
	if body := page("POST", "otc=nonsense"); !strings.Contains(body, "work. Check the code") {
		t.Error(body)
	}
	d := beginDevice(t, s)
	code := strings.ToLower(d["user_code"].(string))
	if body := page("POST", "otc="+code[:3]+"-"+code[3:]); !strings.Contains(body, "alex@contoso.com") {
		t.Error(body)
	}
	for range 3 { // somebody is at it: nothing happens by itself
		want(t, "attended", document(t, poll(s, "device_code", d), 400)["error"], "authorization_pending")
	}
	page("POST", "otc="+code+"&"+accountField+"=adele@contoso.com")
	want(t, "user", claims(t, document(t, poll(s, "device_code", d), 200)["id_token"])["preferred_username"], "adele@contoso.com")

	d = beginDevice(t, s)
	page("POST", "otc="+d["user_code"].(string)+"&"+consentField+"=cancel")
	want(t, "declined", document(t, poll(s, "device_code", d), 400)["error"], "authorization_declined")

	d = beginDevice(t, s)
	s.config.Clock.Advance(deviceCodeLife)
	want(t, "expired", document(t, poll(s, "device_code", d), 400)["error"], "expired_token")
	want(t, "unknown", document(t, post(s, tokenPath, "grant_type", "device_code", "client_id", appA, "device_code", "x"), 400)["error"], "bad_verification_code")
}

func TestDeviceCode_v1(t *testing.T) {
	s := newTest(t, people(Token))
	d := document(t, post(s, "/common/oauth2/devicecode", "client_id", appA, "resource", graph), 200)
	want(t, "address", d["verification_url"], origin+"/devicelogin")
	want(t, "expires_in", d["expires_in"], "900")
	want(t, "no resource", codeOf(document(t, post(s, "/common/oauth2/devicecode", "client_id", appA), 400)), 900144)
}
