package openapi

import (
	"slices"
	"testing"
)

func TestActions(t *testing.T) {
	v := embedded(t)[slices.IndexFunc(embedded(t), func(v *Version) bool { return v.Name() == "v1.0" })]
	declared := map[string]string{}
	for _, a := range v.Type("servicePrincipal").Actions() {
		if declared[a.Name] != "" {
			t.Errorf("%s twice", a.Name)
		}
		declared[a.Name] = a.On.Name
	}
	for name, on := range map[string]string{
		"addTokenSigningCertificate": "microsoft.graph.servicePrincipal", "addPassword": "microsoft.graph.servicePrincipal",
		"checkMemberGroups": "microsoft.graph.directoryObject", "restore": "microsoft.graph.directoryObject",
		"delta": "", "getByIds": "", // bound to collections
	} {
		if declared[name] != on {
			t.Errorf("%s is declared by %q", name, declared[name])
		}
	}
}
