package server_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// What the services have made by themselves is exported as a fixture that can be
// read again.
func TestExportIsAFixture(t *testing.T) {
	fake := server.NewTest(t, server.WithAuth("off"))
	for _, path := range []string{
		"/me/mailFolders", "/me/calendars", "/me/contactFolders", "/me/todo/lists", "/me/drive/root/children", "/sites/root", "/me/presence",
		"/policies/authorizationPolicy", "/domains", "/directory/subscriptions", "/me/outlook/masterCategories", "/deviceManagement/roleDefinitions",
		"/admin/serviceAnnouncement/healthOverviews", "/policies/authenticationStrengthPolicies", "/me/planner/tasks",
	} {
		api(t, fake.Server, "GET", path, "", 200)
	}
	replant(t, fake)
}

// So is one entity with an id of its own behind a navigation that leads to one.
func TestExportIsAFixture_single(t *testing.T) {
	fake := server.NewTest(t, server.WithAuth("off"), server.WithFixtures("none"))
	const path = "/identityGovernance/entitlementManagement/accessPackageResourceRequests"
	answer, err := fake.Client().Post("https://graph.microsoft.com/beta"+path, "application/json", strings.NewReader(
		`{"requestType":"AdminAdd","catalogId":"26ac0c0a-08bc-4a7b-a313-839f58044ba5","accessPackageResource":{"id":"5a1d4e2f-0000-4000-8000-000000000001","displayName":"Site","originSystem":"SharePointOnline","originId":"https://contoso.sharepoint.com/"}}`))
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatal(answer.Status, err)
	}
	replant(t, fake)
}

// replant reads what a server exports into another.
func replant(t *testing.T, fake *server.Test) {
	t.Helper()
	r, _ := http.NewRequest("GET", "https://fakegraph/_fake/fixtures?format=json", nil)
	answer, err := fake.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	document, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, err)
	}
	plant(t, server.NewTest(t, server.WithFixtures("none")).Server, string(document))
}
