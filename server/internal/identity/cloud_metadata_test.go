package identity

import "testing"

// go-azure-sdk refuses an empty name, resourceManager or graph, and appends to
// loginEndpoint as it stands.
func TestCloudMetadata(t *testing.T) {
	s := newTest(t, Config{Key: noKey})
	d := document(t, get(s, "https://localhost:8843", "/metadata/endpoints?api-version=2022-09-01"), 200)
	want(t, "name", d["name"], "AzureCloud")
	want(t, "graph", d["microsoftGraphResourceId"], "https://localhost:8843")
	want(t, "resourceManager", d["resourceManager"], "https://localhost:8843")
	want(t, "login", d["authentication"].(map[string]any)["loginEndpoint"], "https://localhost:8843")
	if r := get(s, origin, "/metadata/endpoints?api-version=2019-05-01"); r.Body[0] != '[' {
		t.Errorf("the older form is a list: %s", r.Body)
	}
}
