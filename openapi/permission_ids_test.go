package openapi_test

import (
	"testing"

	"github.com/fakegraph/fakegraph/openapi"
)

func TestPermissionIDs(t *testing.T) {
	n, derived := 0, 0
	for p := range openapi.PermissionIDs() {
		if n++; len(p.ID) != 36 || p.Name == "" || p.Scheme == "" {
			t.Errorf("%+v", p)
		}
		if p.Derived {
			derived++
		}
	}
	if n < 1400 || derived == 0 || derived > 150 {
		t.Errorf("%d ids, %d derived", n, derived)
	}
	for scope, admin := range map[string]bool{"User.Read": false, "mail.read": false, "User.Read.All": true, "Directory.ReadWrite.All": true, "Magic.Read": false} {
		if openapi.NeedsAdmin(scope) != admin {
			t.Errorf("%s: needs an administrator %v", scope, !admin)
		}
	}
	if !openapi.HasScope("user.read") || openapi.HasScope("Magic.Read") ||
		openapi.RoleNamed("DF021288-bdef-4463-88db-98f22de89214") != "User.Read.All" ||
		openapi.ScopeNamed("e1fe6dd8-ba31-4d61-89e7-88639da4683d") != "User.Read" || openapi.RoleNamed("x") != "" {
		t.Error("names and ids do not meet")
	}
}
