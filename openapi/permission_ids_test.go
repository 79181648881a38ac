package openapi_test

import (
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

func TestPermissionIDs(t *testing.T) {
	n := 0
	for p := range openapi.PermissionIDs() {
		if n++; len(p.ID) != 36 || p.Name == "" || p.Scheme == "" {
			t.Errorf("%+v", p)
		}
	}
	if n < 1300 {
		t.Errorf("%d ids", n)
	}
	if !openapi.HasScope("user.read") || openapi.HasScope("Magic.Read") ||
		openapi.RoleNamed("DF021288-bdef-4463-88db-98f22de89214") != "User.Read.All" ||
		openapi.ScopeNamed("e1fe6dd8-ba31-4d61-89e7-88639da4683d") != "User.Read" || openapi.RoleNamed("x") != "" {
		t.Error("names and ids do not meet")
	}
}
