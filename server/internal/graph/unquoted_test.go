package graph

import (
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

func TestUnquoted(t *testing.T) {
	for _, c := range []struct{ edm, raw, want string }{
		{"Edm.Boolean", `"true"`, "true"}, {"Edm.Boolean", `"False"`, "false"}, {"Edm.Boolean", `"yes"`, ""}, {"Edm.Boolean", "true", ""},
		{"Edm.Int32", `"25"`, "25"}, {"Edm.Int32", `"-1"`, "-1"}, {"Edm.Int32", `"<enabled/>"`, ""}, {"Edm.Int32", `"3000000000"`, ""},
		{"Edm.Int64", `"25"`, ""}, {"Edm.String", `"true"`, ""},
	} {
		got, ok := unquoted(openapi.TypeRef{Name: c.edm}, []byte(c.raw))
		if ok != (c.want != "") || ok && string(got) != c.want {
			t.Errorf("%s %s: %s, %v", c.edm, c.raw, got, ok)
		}
	}
}
