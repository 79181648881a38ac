package identity

import "testing"

func TestTenant(t *testing.T) {
	known := func(name string) (Tenant, bool) {
		return Tenant{ID: "kkkk", Name: "Known"}, name == "known.example"
	}
	lenient, strict := newTest(t, Config{DefaultTenant: tenantA, Tenants: known}), newTest(t, Config{Mode: Strict, DefaultTenant: tenantA, Tenants: known})
	other := "bbbbbbbb-1111-4111-8111-aaaaaaaaaaaa"
	tests := []struct{ name, lenient, strict string }{
		{"", tenantA, tenantA},
		{"common", tenantA, tenantA},
		{"ORGANIZATIONS", tenantA, tenantA},
		{"consumers", personalTenant, personalTenant},
		{"Known.Example", "kkkk", "kkkk"},
		{"AAAAAAAA-1111-4111-8111-aaaaaaaaaaaa", tenantA, tenantA},
		{other, other, ""},        // parallel tests keep apart by GUID
		{"tutorial", tenantA, ""}, // any other name is the default tenant
	}
	for _, test := range tests {
		got, ok := lenient.Tenant(test.name)
		want(t, test.name, got.ID, test.lenient)
		want(t, test.name, ok, true)
		got, ok = strict.Tenant(test.name)
		want(t, "strict "+test.name, got.ID, test.strict)
		want(t, "strict "+test.name, ok, test.strict != "")
	}
}
