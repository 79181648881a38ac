package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server"
)

// A large group repeats over pages, also when it changes between them; no
// member is told twice, none is left out.
func TestMembersOverPages(t *testing.T) {
	const members = 1030
	s, err := server.New(server.WithFixtures("none"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var users, binds []string
	for i := range members {
		id := fmt.Sprintf("11111111-0000-4000-8000-%012d", i)
		users = append(users, `{"id":"`+id+`","displayName":"U"}`)
		binds = append(binds, `"/users/`+id+`"`)
	}
	const group = "22222222-0000-4000-8000-000000000001"
	plant(t, s, `{"version":"v1.0","entities":{"/users":[`+strings.Join(users, ",")+`],"/groups":[{"id":"`+group+`","displayName":"G","members@odata.bind":[`+strings.Join(binds, ",")+`]},{"id":"22222222-0000-4000-8000-000000000002","displayName":"H"}]}}`)
	told, pages := map[string]int{}, 0
	path := "/groups/delta"
	for path != "" {
		page := api(t, s, "GET", path, "", 200)
		pages++
		for _, entry := range page["value"].([]any) {
			e := entry.(map[string]any)
			list, _ := e["members@delta"].([]any)
			if len(list) > 200 {
				t.Fatalf("%d members on one page", len(list))
			}
			for _, m := range list {
				told[m.(map[string]any)["id"].(string)]++
			}
		}
		if pages == 2 {
			api(t, s, "PATCH", "/groups/"+group, `{"displayName":"G2"}`, 204)
		}
		next, _ := page["@odata.nextLink"].(string)
		if path = strings.TrimPrefix(next, "https://graph.microsoft.com/v1.0"); path == "" {
			path = strings.TrimPrefix(page["@odata.deltaLink"].(string), "https://graph.microsoft.com/v1.0")
			break
		}
	}
	if len(told) != members || pages < 6 {
		t.Errorf("%d members on %d pages", len(told), pages)
	}
	for id, n := range told {
		if n != 1 {
			t.Errorf("%s was told %d times", id, n)
		}
	}
	// The next round has the new name, and no member again.
	round := api(t, s, "GET", path, "", 200)["value"].([]any)
	if len(round) != 1 || round[0].(map[string]any)["displayName"] != "G2" || round[0].(map[string]any)["members@delta"] != nil {
		t.Errorf("%v", round)
	}
}

// plant adds a fixture document.
func plant(t testing.TB, s *server.Server, document string) {
	t.Helper()
	r, err := http.NewRequest("POST", "https://fakegraph/_fake/fixtures", strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		var v any
		_ = json.NewDecoder(answer.Body).Decode(&v)
		t.Fatalf("%d %v", answer.StatusCode, v)
	}
}
