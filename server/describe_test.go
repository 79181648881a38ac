package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
)

// FuzzPath describes any path: that never panics, a target that is found is
// found again by its canonical path, and every GET gets an answer in one of
// Graph's shapes.
func FuzzPath(f *testing.F) {
	for _, path := range []string{
		aSetting, "/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/$count", "/v1.0", "/beta/", "/BETA//deviceManagement/",
		"/beta/deviceManagement/virtualEndpoint/externalPartners('a''b')/retrieveActionReports()", "/beta/x(y=1,z='%27')", "/v2.0/users",
		"/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/a/status/$value", "/%2e%2e/%00", "/beta/%zz", "/beta/a(((", "/beta/$batch",
		"/beta/deviceManagement/virtualEndpoint/externalPartnerSettings/microsoft.graph.cloudPcExternalPartner",
	} {
		f.Add(path)
	}
	s, err := New(WithAuth("off"))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	f.Fuzz(func(t *testing.T, path string) {
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		version, rest, _ := strings.Cut(path[1:], "/")
		c := &call.Call{Method: "GET", Version: version, Path: "/" + rest, Header: call.Header{}}
		s.describe(c)
		if c.Catalogue != nil && c.Unknown == nil {
			canonical := openapi.PathOf(c.Target.Segments)
			again, err := c.Catalogue.Resolve(canonical, nil)
			if err != nil || again.Item != c.Target.Item {
				t.Errorf("%q is %q, which leads elsewhere: %v", path, canonical, err)
			}
		}
		answered(t, s, path)
	})
}

// answered sends a GET and holds the answer to what every answer has.
func answered(t *testing.T, s *Server, path string) {
	t.Helper()
	u, err := url.ParseRequestURI(path)
	if err != nil || strings.HasPrefix(u.Path, "/_fake") {
		return
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, &http.Request{Method: "GET", URL: u, Host: "graph.microsoft.com", Header: http.Header{}, Body: http.NoBody})
	if w.Code >= 500 && w.Code != 501 {
		t.Errorf("%q: %d %s", path, w.Code, w.Body)
	}
	if w.Code >= 400 && w.Body.Len() > 0 && !utf8.Valid(w.Body.Bytes()) {
		t.Errorf("%q: an answer that is not UTF-8: %q", path, w.Body)
	}
}
