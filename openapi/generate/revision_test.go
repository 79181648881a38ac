package main

import "testing"

// What the metadata announces and the SDK does not know yet goes at its time.
func TestBuild_Revisions(t *testing.T) {
	for _, want := range []struct{ version, path, element, removal string }{
		{"v1.0", "/drives/{drive-id}/recent()", "recent", "2027-11-01"},
		{"v1.0", "/me/drive/sharedWithMe()", "sharedWithMe", "2027-11-01"},
		{"v1.0", "/users/{user-id}/insights/shared", "sharedInsight", "2028-01-01"},
		{"v1.0", "/directory/remoteTenantGroups", "remoteTenantGroups", "2028-12-07"},
		{"beta", "/planner/plans/{plannerPlan-id}/goals", "goals", "2026-03-26"},
		{"v1.0", "/users", "", ""},
	} {
		op := find(buildAll(t)[want.version].Version, "GET", want.path)
		switch {
		case op == nil:
			t.Errorf("%s lacks %s", want.version, want.path)
		case want.element == "":
			if op.Deprecation != nil {
				t.Errorf("%s: %+v", want.path, op.Deprecation)
			}
		case op.Deprecation == nil || op.Deprecation.Element != want.element || !op.Deprecation.Removal.Equal(day(want.removal)):
			t.Errorf("%s: %+v", want.path, op.Deprecation)
		}
	}
}
