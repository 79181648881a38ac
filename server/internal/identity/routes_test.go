package identity

import (
	"net/http"
	"strings"
	"testing"
)

func TestServes(t *testing.T) {
	s := newTest(t, Config{})
	served := []string{
		"/common/discovery/instance",
		"/COMMON/Discovery/Instance", // clients differ in case: MSAL Go keeps it, msal-node lowers it
		"/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration",
		"/" + tenantA + "/.well-known/openid-configuration",
		"/common/discovery/keys", "/contoso/discovery/v2.0/keys",
		"/contoso/oauth2/v2.0/token", "/contoso/oauth2/token", "/contoso/oauth2/v2.0/token/",
		"/common/UserRealm/adele%40contoso.com", // MSAL Go's spelling
		"/metadata/endpoints", "/msi/token",
		"/metadata/identity/oauth2/token/", // @azure/identity's trailing slash
		"/contoso/oauth2/v2.0/authorize", "/devicelogin", "/oidc/userinfo",
	}
	for _, path := range served {
		if !s.Serves(path) {
			t.Errorf("Serves(%q) = false", path)
		}
	}
	others := []string{
		"", "/", "/v1.0", "/v1.0/users", "/beta/oauth2/token", "/beta/userrealm/x", "/V1.0/oauth2/token", "/_fake/oauth2/token",
		"/_fake/tokens", "/metadata/oauth2/token", "/msi/oauth2/token", "/oidc/oauth2/v2.0/token",
		"/contoso", "/contoso/oauth2", "/contoso//token", "/a/b/c/d/e/f/g", "/v2.0/users",
	}
	for _, path := range others {
		if s.Serves(path) {
			t.Errorf("Serves(%q) = true", path)
		}
	}
}

func TestServes_allocates_nothing(t *testing.T) {
	s := newTest(t, Config{})
	for _, path := range []string{"/v1.0/users/1", "/contoso/oauth2/v2.0/token"} {
		if n := testing.AllocsPerRun(100, func() { s.Serves(path) }); n > 0 {
			t.Errorf("Serves(%q) allocates %v times", path, n)
		}
	}
}

func TestHandle_not_faked(t *testing.T) {
	s := newTest(t, Config{Key: noKey})
	for _, path := range []string{"/contoso/saml2", "/contoso/wsfed", "/contoso/kerberos", "/adfs/oauth2/token", "/adfs/services/trust/2005/usernamemixed",
		"/contoso/b2c_1_signin/oauth2/v2.0/token", "/contoso/b2c_1_signin/v2.0/.well-known/openid-configuration", "/nowhere/at/all"} {
		r := get(s, origin, path)
		d := document(t, r, http.StatusNotFound)
		if !strings.Contains(d["error_description"].(string), "not faked") || r.Reason == "" {
			t.Errorf("%s: %s, reason %q", path, r.Body, r.Reason)
		}
	}
}

func TestHandle_headers(t *testing.T) {
	s := newTest(t, Config{})
	r := s.Handle(Request{Method: "GET", Origin: origin, Path: "/common/v2.0/.well-known/openid-configuration", RequestID: "trace",
		Header: map[string][]string{"Client-Request-Id": {"mine"}}})
	for name, value := range map[string]string{
		"Content-Type":                "application/json; charset=utf-8",
		"Cache-Control":               "no-store, no-cache",
		"X-Ms-Request-Id":             "trace",
		"Client-Request-Id":           "mine",
		"Access-Control-Allow-Origin": "*",
	} {
		want(t, name, r.Get(name), value)
	}
}

func TestHandle_methods(t *testing.T) {
	s := newTest(t, Config{})
	d := document(t, get(s, origin, "/contoso/oauth2/v2.0/token"), http.StatusBadRequest)
	want(t, "codes", d["error_codes"], "[900561]")
	r := s.Handle(Request{Method: "HEAD", Origin: origin, Path: "/common/discovery/keys"})
	want(t, "HEAD", r.Status, 200)
	r = s.Handle(Request{Method: "OPTIONS", Origin: origin, Path: "/contoso/oauth2/v2.0/token", Header: map[string][]string{"Access-Control-Request-Headers": {"x-client-sku"}}})
	want(t, "preflight", r.Status, 200)
	want(t, "preflight headers", r.Get("Access-Control-Allow-Headers"), "x-client-sku")
}
