package control_test

import (
	"slices"
	"testing"
)

func TestFixtures(t *testing.T) {
	p := newPlane()
	add := func(body string, header ...string) {
		t.Helper()
		want(t, p.call("POST", "/_fake/fixtures", body, header...), 200, `{"entities":1}`)
	}
	add("entities:\n  /users:\n    - {id: a, displayName: Adele}\n", "Content-Type: application/yaml")
	add(`{"version":"beta","entities":{"/groups":[{"id":"b"}]}}`, "Content-Type: application/json")
	add(`{"entities":{"/users":[{"id":"c"}]}}`, "X-Fake-Tenant: t1")

	w := p.call("GET", "/_fake/fixtures?format=yaml&version=v1.0", "")
	want(t, w, 200, "version: v1.0\nentities:\n  /groups:\n    - id: b\n  /users:\n    - id: a\n      displayName: Adele")
	if got := w.Header().Get("Content-Type"); got != "application/yaml" {
		t.Errorf("Content-Type %q", got)
	}
	exported := p.call("GET", "/_fake/fixtures", "")
	want(t, p.call("POST", "/_fake/fixtures", exported.Body.String(), "X-Fake-Tenant: t2"), 200, `{"entities":2}`)
	want(t, p.call("GET", "/_fake/fixtures", "", "X-Fake-Tenant: t1"), 200, `…"id": "c"`)
	if got := []string{"export v1.0", "export beta", "export beta"}; !slices.Equal(p.fake.asked, got) {
		t.Errorf("asked %q", p.fake.asked)
	}
}

func TestFixtures_Accept(t *testing.T) {
	for accept, mediaType := range map[string]string{
		"":                                   "application/json",
		"*/*":                                "application/json",
		"text/html, */*;q=0.8":               "application/json",
		"application/yaml":                   "application/yaml",
		"application/x-yaml":                 "application/yaml",
		"text/yaml;q=0.5, application/json":  "application/json",
		"application/json;q=0.5, text/yaml":  "application/yaml",
		"application/yaml;q=0":               "application/json",
		"application/yaml;q=x, ;;":           "application/json",
		"application/yaml, application/json": "application/yaml",
		"application/json, application/yaml": "application/json",
	} {
		w := newPlane().call("GET", "/_fake/fixtures", "", "Accept: "+accept)
		if got := w.Header().Get("Content-Type"); got != mediaType || w.Code != 200 {
			t.Errorf("%q: got %d %s, want %s", accept, w.Code, got, mediaType)
		}
	}
}

func TestFixtures_Refused(t *testing.T) {
	p := newPlane()
	want(t, p.call("POST", "/_fake/fixtures?file=demo.yaml", "entities: [\n"), 400, `…"problems":[{"file":"demo.yaml","line":`)
	if len(p.fake.state) > 0 {
		t.Error("refused, but added")
	}
	want(t, p.call("GET", "/_fake/fixtures?format=xml", ""), 400, `…no format \"xml\"`)
	want(t, p.call("GET", "/_fake/fixtures?version=v9", ""), 400, `…no version \"v9\" (known: beta, v1.0)`)

	p.fake.broken = true
	want(t, p.call("POST", "/_fake/fixtures?file=demo.yaml", "entities: {/usres: []}"), 400, `{"type":"about:blank","title":"Bad Request","status":400,`+
		`"detail":"2 problems; nothing was changed","problems":[`+
		`{"file":"demo.yaml","line":2,"column":3,"path":"/usres","kind":"path","text":"no entity set \"usres\""},{"text":"second"}]}`)
	want(t, p.call("GET", "/_fake/fixtures", ""), 500, "…export: disk is full")
}
