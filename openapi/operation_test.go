package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// The facts of graph-behaviour §11.1 and §11.2.
func TestCloudPCPartners(t *testing.T) { eachBeta(t, testCloudPCPartners) }

func testCloudPCPartners(t *testing.T, v *Version) {
	const setting, partner = "microsoft.graph.cloudPcExternalPartnerSetting", "microsoft.graph.cloudPcExternalPartner"
	const successor = "/deviceManagement/virtualEndpoint/externalPartners"
	for _, test := range []struct {
		method, path string
		kind         Kind
		status       int
		request      string
		response     string
		permission   string
		source       string // empty: documented or inherited, by whether a count is taken for a page of its list
	}{
		{"GET", partners, List, 200, "", "Collection(" + setting + ")", "Read", "documented"},
		{"POST", partners, Create, 201, setting, setting, "ReadWrite", "documented"},
		{"GET", partners + "/$count", Count, 200, "", "Edm.Int32", "Read", "documented"},
		{"GET", partners + "/1", Get, 200, "", setting, "Read", "documented"},
		{"PATCH", partners + "/1", Update, 200, setting, setting, "ReadWrite", "documented"},
		{"DELETE", partners + "/1", Delete, 204, "", "", "ReadWrite", "inherited"},
		{"GET", successor, List, 200, "", "Collection(" + partner + ")", "Read", "documented"},
		{"POST", successor, Create, 201, partner, partner, "ReadWrite", "documented"},
		{"GET", successor + "/$count", Count, 200, "", "Edm.Int32", "Read", ""},
		{"GET", successor + "/1", Get, 200, "", partner, "Read", "documented"},
		{"PATCH", successor + "/1", Update, 200, partner, partner, "ReadWrite", "documented"},
		{"DELETE", successor + "/1", Delete, 204, "", "", "ReadWrite", "inherited"},
		{"POST", successor + "/1/configureAgent", Action, 204, "", "", "ReadWrite", "inherited"},
		{"POST", successor + "/1/deployAgent", Action, 200, "", "Edm.String", "ReadWrite", "inherited"},
		{"GET", successor + "/1/retrieveActionReports", Function, 200, "", "Collection(microsoft.graph.cloudPcExternalPartnerActionReport)", "Read", "inherited"},
	} {
		t.Run(test.method+" "+strings.TrimPrefix(test.path, "/deviceManagement/virtualEndpoint"), func(t *testing.T) {
			op, _ := operationAt(t, v, test.method, test.path)
			got := fmt.Sprintln(op.Kind, op.Status, op.Request(), op.Response(), op.PermissionSource(), op.Family, op.Clouds())
			clouds := []string{"global"}
			if strings.HasPrefix(test.path, successor) {
				clouds = []string{"global", "usgov"}
			}
			want := fmt.Sprintln(test.kind, test.status, test.request, test.response, cmp.Or(test.source, op.PermissionSource()), FamilyCloudPC, clouds)
			if got != want {
				t.Errorf("got  %swant %s", got, want)
			}
			for _, scheme := range []string{SchemeDelegatedWork, SchemeApplication} {
				if p := op.Permissions(scheme); len(p) == 0 || p[0] != "CloudPC."+test.permission+".All" || !slices.Contains(p, "CloudPC.ReadWrite.All") {
					t.Errorf("%s: %v", scheme, p)
				}
			}
			if p := op.Permissions(SchemeDelegatedPersonal); len(p) != 0 {
				t.Errorf("personal accounts: %v", p)
			}
			if old := strings.HasPrefix(test.path, partners); (op.Deprecation() != nil) != old {
				t.Errorf("deprecation %v", op.Deprecation())
			}
		})
	}
}

func TestDeprecation(t *testing.T) { eachBeta(t, testDeprecation) }

func testDeprecation(t *testing.T, v *Version) {
	op, _ := operationAt(t, v, "PATCH", partners+"/1")
	want := Deprecation{
		Element: "cloudPcExternalPartnerSetting", Version: "beta",
		Announced: time.Date(2025, 2, 18, 23, 59, 59, 0, time.UTC), Removal: time.Date(2026, 3, 31, 23, 59, 59, 0, time.UTC),
		Link: "https://developer.microsoft-tst.com/en-us/graph/changes?$filterby=beta,cloudPcExternalPartnerSetting&from=2025-02-01&to=2025-03-01",
	}
	if got := op.Deprecation(); *got != want {
		t.Errorf("got  %+v\nwant %+v", *got, want)
	}
}

func TestParameters(t *testing.T) {
	v := served(t, "v1.0", directory)
	view, _ := operationAt(t, v, "GET", "/users/x/reminderView(startDateTime=@a,endDateTime=@b)")
	if p := view.Parameters(); len(p) != 2 || p[0].Name != "StartDateTime" || p[0].Type.Name != "Edm.DateTimeOffset" {
		t.Errorf("function: %v", p)
	}
	deploy, _ := operationAt(t, beta(t), "POST", "/deviceManagement/virtualEndpoint/externalPartners/1/deployAgent")
	if p := deploy.Parameters(); len(p) != 1 || p[0].Type.String() != "Collection(Edm.String)" {
		t.Errorf("action: %v", p)
	}
	list, _ := operationAt(t, beta(t), "GET", partners)
	if got := strings.Join(list.QueryOptions(), " "); got != "$count $expand $filter $orderby $search $select $skip $top" {
		t.Errorf("options %s", got)
	}
}

// Permissions of published documents stand in their security requirements.
func TestPermissionsOfRealDocument(t *testing.T) {
	c, _, err := (&Catalogue{}).With("v1.0", "graph.json", realDocument(t))
	if err != nil {
		t.Fatal(err)
	}
	op, _ := operationAt(t, c.Version("v1.0"), "GET", "/contracts/1")
	if got := op.Permissions(SchemeApplication); op.PermissionSource() != PermissionsDocumented || !slices.Equal(got, []string{"Directory.Read.All", "Directory.ReadWrite.All"}) {
		t.Errorf("%s %v", op.PermissionSource(), got)
	}
	if got := op.Permissions(SchemeDelegatedWork); len(got) != 3 || got[2] != "Directory.AccessAsUser.All" {
		t.Errorf("delegated %v", got)
	}
	if op.Permissions("Other") != nil {
		t.Error("a scheme that does not exist")
	}
}
