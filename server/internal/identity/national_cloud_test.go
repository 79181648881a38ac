package identity

import (
	"net/url"
	"strings"
	"testing"
)

// A tenant gets tokens from the authority of its own cloud alone.
func TestNationalCloud(t *testing.T) {
	public := url.Values{"grant_type": {"password"}, "client_id": {appA}, "username": {"a@b.c"}, "password": {"x"}, "scope": {"User.Read"}}
	confidential := url.Values{"grant_type": {"client_credentials"}, "client_id": {appA}, "client_secret": {"x"}, "scope": {".default"}}
	for _, test := range []struct {
		cloud, host string
		form        url.Values
		code        int
	}{
		{"", "login.microsoftonline.com", public, 0},
		{"", "login.windows.net", confidential, 0},
		{"", "login.microsoftonline.us", public, 90038},
		{"", "login.microsoftonline.us", confidential, 900382},
		{"", "login.partner.microsoftonline.cn", public, 90038},
		{"", "127.0.0.1:8843", public, 0},
		{"usgov", "login.microsoftonline.us", confidential, 0},
		{"usgov", "login.usgovcloudapi.net", public, 0},
		{"usgovdod", "login.microsoftonline.us", public, 0},
		{"usgov", "login.microsoftonline.com", public, 90038},
		{"china", "login.partner.microsoftonline.cn", public, 0},
		{"china", "login.chinacloudapi.cn", confidential, 0},
		{"china", "login.microsoftonline.com", confidential, 900382},
	} {
		s := newTest(t, Config{Cloud: test.cloud, DefaultTenant: tenantA})
		r := s.Handle(Request{Method: "POST", Origin: "https://" + test.host, Path: "/organizations/oauth2/v2.0/token", Body: []byte(test.form.Encode())})
		status := 400
		if test.code == 0 {
			status = 200
		}
		want(t, test.cloud+" by "+test.host, codeOf(document(t, r, status)), test.code)
		if test.code != 0 && (!strings.Contains(r.Reason, "--cloud") || strings.Contains(string(r.Body), "--cloud")) {
			t.Errorf("reason %q", r.Reason)
		}
	}
	s := newTest(t, Config{DefaultTenant: tenantA})
	for _, path := range []string{"/common/oauth2/v2.0/devicecode", "/common/oauth2/v2.0/authorize"} {
		r := s.Handle(Request{Method: "POST", Origin: "https://login.microsoftonline.us", Path: path, Body: []byte(public.Encode())})
		if r.Status != 400 || !strings.Contains(string(r.Body), "AADSTS90038: Tenant") {
			t.Errorf("%s: %d %s", path, r.Status, r.Body)
		}
	}
	us := newTest(t, Config{Cloud: "usgov", DefaultTenant: tenantA})
	r := us.Handle(Request{Method: "POST", Origin: origin, Path: "/consumers/oauth2/v2.0/token", Body: []byte(confidential.Encode())})
	want(t, "personal accounts elsewhere", codeOf(document(t, r, 400)), 90002)
	// What says where everything is answers all the same.
	r = s.Handle(Request{Method: "GET", Origin: "https://login.microsoftonline.us", Path: "/common/v2.0/.well-known/openid-configuration"})
	want(t, "metadata", r.Status, 200)
}
