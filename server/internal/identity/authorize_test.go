package identity

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestJudge(t *testing.T) {
	app := func(roles ...string) *call.Principal { return &call.Principal{Scheme: call.Application, Roles: roles} }
	user := func(scopes ...string) *call.Principal {
		return &call.Principal{Scheme: call.DelegatedWork, Scopes: scopes}
	}
	needed := []string{"User.Read.All", "Directory.Read.All"}
	tests := []struct {
		name    string
		p       *call.Principal
		needed  []string
		source  string
		allowed bool
	}{
		{"least privileged", app("User.Read.All"), needed, "documented", true},
		{"more privileged", app("Directory.Read.All"), needed, "documented", true},
		{"without case", user("directory.read.all"), needed, "inherited", true},
		{"other permission", app("Mail.Read"), needed, "documented", false},
		{"none", app(), needed, "documented", false},
		{"a user's roles do not count", &call.Principal{Scheme: call.DelegatedWork, Roles: needed}, needed, "documented", false},
		{"scheme not offered", app("User.Read.All"), nil, "documented", false},
		{"scheme not inherited", app("User.Read.All"), nil, "inherited", true},
		{"nothing documented: a false 403 costs more", app("x"), nil, "unknown", true},
	}
	for _, test := range tests {
		d := judge(test.p, test.needed, test.source)
		want(t, test.name, d.Allowed, test.allowed)
	}
}

func TestAuthorize_passes(t *testing.T) {
	s := newTest(t, Config{})
	for name, c := range map[string]*call.Call{
		"no operation":   {Principal: call.Principal{Scheme: call.Application}},
		"opaque":         {Principal: call.Principal{Opaque: true}, Operation: &openapi.Operation{}},
		"not documented": {Principal: call.Principal{Scheme: call.Application}, Operation: &openapi.Operation{}},
	} {
		if r := s.Authorize(c); r != nil {
			t.Errorf("%s: %s", name, r.Body)
		}
		if d := s.Decide(c); !d.Allowed || d.Checked {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestForbidden(t *testing.T) {
	s := newTest(t, Config{})
	tests := []struct{ family, code, text string }{
		{"directory", "Authorization_RequestDenied", "Insufficient privileges to complete the operation."},
		{"teams", "Forbidden", "API requires one of 'A.Read, A.ReadWrite'. Roles on the request 'B'."},
		{"cloudpc", "forbidden", "A.Read"},
		{"outlook", "ErrorAccessDenied", "Access is denied."},
	}
	for _, test := range tests {
		c := described(s, "/things/1", nil)
		c.Operation = &openapi.Operation{Method: "GET", Template: "/things/{id}", Family: openapi.Family(test.family)}
		r := Refuse(c, Decision{Scheme: call.Application, Needed: []string{"A.Read", "A.ReadWrite"}, Held: []string{"B"}, Source: "documented"})
		e := document(t, *r, 403)["error"].(map[string]any)
		want(t, test.family, e["code"], test.code)
		if !strings.Contains(string(r.Body), test.text) {
			t.Errorf("%s: %s lacks %q", test.family, r.Body, test.text)
		}
		want(t, "reason", r.Reason, "GET /things/{id} (Application) needs A.Read (least privileged), or A.ReadWrite; the token has B")
	}
}

func TestDecision_reason(t *testing.T) {
	many := []string{"A", "B", "C", "D", "E", "F", "G", "H"}
	tests := []struct {
		d    Decision
		want string
	}{
		{Decision{Needed: []string{"A"}, Source: "inherited"}, "needs A (inherited from a related operation); the token has none"},
		{Decision{Held: []string{"X", "Y"}}, "offers no permission to such tokens; the token has X, Y"},
		{Decision{Needed: many, Held: many[:1]}, "needs A (least privileged), or B, C, D, E, F and 2 more; the token has A"},
	}
	for _, test := range tests {
		test.d.Scheme = call.DelegatedWork
		want(t, "reason", test.d.reason(&openapi.Operation{Method: "GET", Template: "/x"}), "GET /x (DelegatedWork) "+test.want)
	}
}

// Some permissions count only together with another (AlsoRequires).
func TestComplete(t *testing.T) {
	grants := []openapi.Permission{{Name: "A", Also: []string{"X", "Y"}}, {Name: "B"}}
	for held, allowed := range map[string]bool{"A": false, "a x": true, "A Y": true, "B": true, "X": false, "": false} {
		want(t, held, complete(grants, strings.Fields(held)), allowed)
	}
	want(t, "words", wanted(grants, "A"), "A together with X or Y")
}
