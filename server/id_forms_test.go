package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// TestIDForms makes one entity of each workload and looks at the form of its id
// (graph-behaviour §3.3, §12).
func TestIDForms(t *testing.T) {
	const guid = `[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`
	fake := server.NewTest(t, server.WithFixtures("testdata/id_forms.yaml"))
	for _, c := range []struct{ path, body, form string }{
		{"/users", `{"accountEnabled":true,"displayName":"A","mailNickname":"a","userPrincipalName":"a@contoso.com","passwordProfile":{"password":"xWwvJ]6NMw+bWH-d"}}`, guid},
		{"/groups", `{"displayName":"G","mailEnabled":false,"mailNickname":"g","securityEnabled":true}`, guid},
		{"/applications", `{"displayName":"App"}`, guid},
		{"/users/60000000-0000-4000-8000-000000000001/appRoleAssignments", `{"principalId":"60000000-0000-4000-8000-000000000001","resourceId":"60000000-0000-4000-8000-000000000003","appRoleId":"00000000-0000-0000-0000-000000000000"}`, `[\w-]{43}`},
		{"/oauth2PermissionGrants", `{"clientId":"client","consentType":"AllPrincipals","resourceId":"resource","scope":"User.Read"}`, `[\w-]{43}`},
		{"/domains", `{"id":"fabrikam.com"}`, `fabrikam\.com`},
		{"/schemaExtensions", `{"id":"courses","description":"C","targetTypes":["Group"],"properties":[{"name":"n","type":"String"}]}`, `ext[0-9a-z]{8}_courses`},
		{"/users/megan/extensions", `{"@odata.type":"microsoft.graph.openTypeExtension","extensionName":"com.contoso.a"}`, `com\.contoso\.a`},
		{"/me/messages", `{"subject":"S"}`, `AAMkA[\w-]{100,}=*`},
		{"/me/mailFolders", `{"displayName":"F"}`, `A(AMkA|QMkA)[\w-]{40,}=*`},
		{"/me/events", `{"subject":"E","start":{"dateTime":"2026-03-01T10:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-01T11:00:00","timeZone":"UTC"}}`, `AAMkA[\w-]{100,}=*`},
		{"/me/calendars", `{"name":"C"}`, `A(AMkA|QMkA)[\w-]{40,}=*`},
		{"/me/contacts", `{"givenName":"C"}`, `AAMkA[\w-]{100,}=*`},
		{"/me/todo/lists", `{"displayName":"L"}`, `A(AMkA|QMkA)[\w-]{40,}=*`},
		{"/me/messages/m/attachments", `{"@odata.type":"#microsoft.graph.fileAttachment","name":"a.txt","contentBytes":"aGk="}`, `AAMkA[\w-]{100,}=*`},
		{"/me/drive/root/children", `{"name":"Folder","folder":{}}`, `01[0-9A-Z]{32}`},
		{"/sites/root/lists", `{"displayName":"L"}`, guid},
		{"/sites/s/lists/l/items", `{"fields":{"Title":"T"}}`, `\d+`},
		{"/teams/t/channels", `{"displayName":"C"}`, `19:[0-9a-f]{32}@thread\.tacv2`},
		{"/teams/t/channels/c/messages", `{"body":{"content":"hi"}}`, `\d{13}`},
		{"/chats", `{"chatType":"group","members":[{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"https://graph.microsoft.com/v1.0/users('megan')"},{"@odata.type":"#microsoft.graph.aadUserConversationMember","roles":["owner"],"user@odata.bind":"https://graph.microsoft.com/v1.0/users('alex')"}]}`, `19:[0-9a-f]{32}@thread\.v2`},
		{"/planner/plans", `{"owner":"g","title":"P"}`, `[\w-]{28}`},
		{"/planner/tasks", `{"planId":"p","title":"T"}`, `[\w-]{28}`},
		{"/deviceManagement/deviceCategories", `{"displayName":"C"}`, guid},
		{"/deviceManagement/virtualEndpoint/userSettings", `{"displayName":"U"}`, guid},
		{"/identity/conditionalAccess/namedLocations", `{"@odata.type":"#microsoft.graph.countryNamedLocation","displayName":"N","countriesAndRegions":["DE"]}`, guid},
	} {
		id := made(t, fake, c.path, c.body)
		if !regexp.MustCompile(`^` + c.form + `$`).MatchString(id) {
			t.Errorf("POST %s: id %q, want %s", c.path, id, c.form)
		}
	}
}

// made is the id of a new entity.
func made(t *testing.T, fake *server.Test, path, body string) string {
	t.Helper()
	answer, err := fake.Client().Post(fake.URL+"/v1.0"+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, _ := io.ReadAll(answer.Body)
	var e struct{ ID string }
	if err := json.Unmarshal(data, &e); err != nil || answer.StatusCode != http.StatusCreated {
		t.Errorf("POST %s: status %d: %s", path, answer.StatusCode, data)
	}
	return e.ID
}
