package behavior

import (
	"slices"
	"strings"
	"testing"
)

func TestNewSet(t *testing.T) {
	s, err := NewSet([]Registration{
		{Type: "microsoft.graph.b", Behavior: CloudPCExternalPartner{}},
		{Type: "microsoft.graph.a", Behavior: CloudPCExternalPartnerSetting{}},
		{Operation: "POST /as/{a-id}/act", Behavior: ConfigureAgent{}},
		{Bound: "Collection(microsoft.graph.a)/act", Behavior: DeployAgent{}},
		{Type: "microsoft.graph.a", Rules: &Rules{Required: []string{"x"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Types(), []string{"microsoft.graph.a", "microsoft.graph.b"}) || !slices.Equal(s.Operations(), []string{"POST /as/{id}/act"}) {
		t.Errorf("%v %v", s.Types(), s.Operations())
	}
	if s.Type("microsoft.graph.a") != (CloudPCExternalPartnerSetting{}) || s.Type("microsoft.graph.c") != nil || s.Type("") != nil {
		t.Error("types")
	}
	if s.Bound("microsoft.graph.a", true, "act") != (DeployAgent{}) || s.Bound("microsoft.graph.a", false, "act") != nil {
		t.Error("bound operations")
	}
	if s.Operation("POST", "/as/{whatever}/act") != (ConfigureAgent{}) || s.Operation("GET", "/as/{a-id}/act") != nil || s.Operation("POST", "/as/act") != nil {
		t.Error("operations")
	}
}

func TestNewSetReportsAllMistakes(t *testing.T) {
	_, err := NewSet([]Registration{
		{Type: "t", Behavior: CloudPCExternalPartner{}},
		{Type: "t", Behavior: CloudPCExternalPartnerSetting{}},
		{Operation: "GET /a/{x}", Behavior: RetrieveActionReports{}},
		{Operation: "GET /a/{y}", Behavior: DeployAgent{}},
		{Behavior: CloudPCExternalPartner{}},
		{Type: "u", Operation: "GET /u", Behavior: CloudPCExternalPartner{}},
		{Type: "v", Behavior: struct{}{}},
		{Type: "w"},
		{Bound: "x/act", Behavior: CloudPCExternalPartner{}},
		{Operation: "GET /x", Behavior: RetrieveActionReports{}, Rules: &Rules{}},
	})
	if err == nil {
		t.Fatal("no error")
	}
	want := []string{
		"behaviour of t: registered twice (behavior.CloudPCExternalPartner and behavior.CloudPCExternalPartnerSetting)",
		"behaviour of GET /a/{id}: registered twice (behavior.RetrieveActionReports and behavior.DeployAgent)",
		"behaviour behavior.CloudPCExternalPartner: want one of a type, a bound operation and an operation",
		"behaviour behavior.CloudPCExternalPartner: want one of a type, a bound operation and an operation",
		"behaviour struct {} of v: implements no interface of package behavior that fits",
		"behaviour <nil> of w: implements no interface of package behavior that fits",
		"behaviour behavior.CloudPCExternalPartner of x/act: implements no interface of package behavior that fits",
		"rules of GET /x: only types have them",
	}
	if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestOperationName(t *testing.T) {
	for name, want := range map[string]string{
		"GET /users":                            "GET /users",
		"GET /users/{user-id}":                  "GET /users/{id}",
		"POST /users/{user-id}/a/{b}/act":       "POST /users/{id}/a/{id}/act",
		"GET /users/{id}/reports(period='{p}')": "GET /users/{id}/reports(period='{p}')",
		"GET /a/{x}/f()":                        "GET /a/{id}/f()",
	} {
		if got := OperationName(name); got != want || OperationName(got) != got {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// The one list holds together.
func TestList(t *testing.T) {
	if _, err := NewSet(List()); err != nil {
		t.Error(err)
	}
}
