package privilege

import (
	"fmt"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

func catalogue(t *testing.T) *openapi.Catalogue {
	t.Helper()
	c, err := openapi.Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const setting = "/deviceManagement/virtualEndpoint/externalPartnerSettings"

// What a write needs covers the read; what the token had beside it is excess.
func TestAnalyse(t *testing.T) {
	held := []string{"CloudPC.ReadWrite.All", "Group.ReadWrite.All", "openid"}
	r := Analyse(catalogue(t), []Call{
		{"beta", "GET", setting, "app", openapi.SchemeApplication, held},
		{"beta", "PATCH", setting + "/1", "app", openapi.SchemeApplication, held},
		{"beta", "PATCH", setting + "/2", "app", openapi.SchemeApplication, held},
		{"v1.0", "GET", "/me", "app", openapi.SchemeDelegatedWork, []string{"User.Read"}},
		{"v1.0", "GET", "/nonsense", "app", openapi.SchemeApplication, nil},
		{"v2", "GET", "/users", "app", openapi.SchemeApplication, nil},
	})
	if len(r.Groups) != 2 {
		t.Fatalf("%+v", r)
	}
	app, user := r.Groups[0], r.Groups[1]
	if fmt.Sprint(app.Least) != "[CloudPC.ReadWrite.All]" || fmt.Sprint(app.Excess) != "[Group.ReadWrite.All]" || app.Calls != 3 || len(app.Operations) != 2 {
		t.Errorf("%+v", app)
	}
	if fmt.Sprint(user.Least) != "[User.Read]" || len(user.Excess) != 0 {
		t.Errorf("%+v", user)
	}
	if fmt.Sprint(r.Strange) != "[GET /v1.0/nonsense GET /v2/users]" {
		t.Errorf("%q", r.Strange)
	}
}

// What nobody documents is kept apart, whatever the token had.
func TestAnalyse_unknown(t *testing.T) {
	r := Analyse(catalogue(t), []Call{{"v1.0", "GET", "/admin/edge", "app", openapi.SchemeApplication, []string{"User.Read.All"}}})
	if len(r.Groups) != 0 || fmt.Sprint(r.Unknown) != "[GET /admin/edge]" {
		t.Errorf("%+v", r)
	}
}

// A read alone needs less than the write permission that the token has.
func TestAnalyse_least(t *testing.T) {
	r := Analyse(catalogue(t), []Call{{"beta", "GET", setting, "", openapi.SchemeApplication, []string{"CloudPC.ReadWrite.All"}}})
	if g := r.Groups[0]; fmt.Sprint(g.Least, g.Excess) != "[CloudPC.Read.All] [CloudPC.ReadWrite.All]" {
		t.Errorf("%+v", g)
	}
}

// A token that says nothing is answered for both kinds.
func TestAnalyse_opaque(t *testing.T) {
	r := Analyse(catalogue(t), []Call{{"v1.0", "GET", "/users", "", "", nil}, {"v1.0", "GET", "/me", "", "", nil}})
	if len(r.Groups) != 2 || !r.Groups[0].Assumed || r.Groups[0].Scheme != openapi.SchemeApplication {
		t.Fatalf("%+v", r.Groups)
	}
	for _, o := range r.Groups[0].Operations {
		if o.Template == "/me" && o.By != "" {
			t.Errorf("an application may call /me by %s", o.By)
		}
	}
}
