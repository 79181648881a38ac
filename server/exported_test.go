package server_test

import (
	"io"
	"net/http"
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
