package server_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// BenchmarkSignIn is a sign-in by name and password and one by nobody's choice;
// its cost is not to grow with the number of users and grants.
func BenchmarkSignIn(b *testing.B) {
	for _, n := range []int{100, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			client := &http.Client{Transport: crowded(b, n).Transport(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			const login = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/"
			for b.Loop() {
				wantStatus(b, 200)(client.Post(login+"token", "application/x-www-form-urlencoded", strings.NewReader(
					"grant_type=password&client_id="+demoApp+"&username=u7%40contoso.onmicrosoft.com&password=p&scope=User.Read")))
				wantStatus(b, 302)(client.Get(login + "authorize?client_id=" + demoApp + "&response_type=code&redirect_uri=http://localhost&scope=User.Read"))
			}
		})
	}
}

// crowded is a strict server with so many users and grants.
func crowded(b *testing.B, n int) *server.Server {
	s, err := server.New(server.WithAuth("strict"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	users, grants := make([]string, n), make([]string, n)
	for i := range n {
		users[i] = fmt.Sprintf(`{"id":"u%d","displayName":"U%d","userPrincipalName":"u%d@contoso.onmicrosoft.com","accountEnabled":true,"passwordProfile":{"password":"p"}}`, i, i, i)
		grants[i] = fmt.Sprintf(`{"id":"g%d","clientId":"c%d","consentType":"AllPrincipals","resourceId":"f4ce0a11-0000-4000-8000-000000000003","scope":"User.Read"}`, i, i)
	}
	client := &http.Client{Transport: s.Transport()}
	wantStatus(b, 200)(client.Post("https://fakegraph/_fake/fixtures", "application/json", strings.NewReader(
		`{"entities":{"/users":[`+strings.Join(users, ",")+`],"/oauth2PermissionGrants":[`+strings.Join(grants, ",")+`]}}`)))
	return s
}

func wantStatus(b *testing.B, status int) func(*http.Response, error) {
	return func(r *http.Response, err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		if r.StatusCode != status {
			b.Fatalf("status %d, want %d: %s", r.StatusCode, status, body)
		}
	}
}
