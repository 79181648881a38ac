package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

const machines = "/deviceManagement/virtualEndpoint/machines"

func furnished(t *testing.T) *fake {
	f := newFake(t)
	f.plant("/people", crowd...)
	f.plant("/people", `{"id":"o'neil/x"}`)
	f.plant("/people/a/notes", `{"id":"1","text":"n"}`)
	f.plant("/people/o%27neil%2Fx/notes", `{"id":"2"}`)
	f.plant("/preferences", `{"theme":"dark"}`)
	f.plant(machines, `{"id":"m","text":"t"}`)
	return f
}

func TestContext(t *testing.T) {
	f := furnished(t)
	for url, want := range map[string]string{
		"/people":                                    "people",
		"/people?$filter=age%20eq%201":               "people",
		"/people?$select=id,name":                    "people(id,name)",
		"/people?$select=Name,ID":                    "people(name,id)",
		"/people?$select=*":                          "people",
		"/people/a":                                  "people/$entity",
		"/people('a')":                               "people/$entity",
		"/people/a?$select=name":                     "people(name)/$entity",
		"/people/a/notes":                            "people('a')/notes",
		"/people/a/notes/1":                          "people('a')/notes/$entity",
		"/people/a/notes?$select=text":               "people('a')/notes(text)",
		"/people('o%27%27neil%2Fx')/notes":           "people('o%27%27neil%2Fx')/notes",
		"/people/a/name":                             "people('a')/name",
		"/people/a/home":                             "people('a')/home",
		"/preferences":                               "preferences",
		machines:                                     "deviceManagement/virtualEndpoint/machines",
		machines + "/m":                              "deviceManagement/virtualEndpoint/machines/$entity",
		machines + "/m?$select=text":                 "deviceManagement/virtualEndpoint/machines(text)/$entity",
		"/devicemanagement/VirtualEndpoint/Machines": "deviceManagement/virtualEndpoint/machines",
	} {
		var v map[string]any
		if err := json.Unmarshal([]byte(f.must(200, "GET", url, "")), &v); err != nil {
			t.Fatal(err)
		}
		if got := v["@odata.context"]; got != "https://graph.microsoft.com/v1.0/$metadata#"+want {
			t.Errorf("%s: %v, want %s", url, got, want)
		}
	}
}

func TestSelect(t *testing.T) {
	f := furnished(t)
	f.header = call.Header{"Accept": {"application/json;odata.metadata=none"}}
	for url, want := range map[string]string{
		"/people/a?$select=name":                `{"name":"Anna"}`,
		"/people/a?$select=age,name,age":        `{"age":30,"name":"Anna"}`,
		"/people/a?$select=NAME,name":           `{"name":"Anna"}`,
		"/people/a?$select=manager":             `{}`, // a navigation property is no part of the entity
		"/people/a?$select=id":                  `{"id":"a"}`,
		"/people?$top=5&$skip=4&$select=id,age": `{"value":[{"id":"e","age":-5},{"id":"o'neil/x","age":null}]}`,
		machines + "/m?$select=text":            `{"id":"m","text":"t"}`, // id comes along outside of the directory
		machines + "?$select=text,id":           `{"value":[{"text":"t","id":"m"}]}`,
		"/people/d?$select=tags,home,born":      `{"tags":[],"home":null,"born":null}`,
	} {
		if got := f.must(200, "GET", url, ""); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", url, got, want)
		}
	}
	for _, list := range []string{"nmae", "name,nmae", "home/city", "home($select=city)", "+"} {
		r := f.do("GET", "/people?$select="+list, "")
		if r.Status != 400 || r.Reason == "" {
			t.Errorf("%q: %d %s", list, r.Status, r.Body)
		}
	}
	if text := message(t, f.do("GET", "/people?$select=nmae", "")); text !=
		"Parsing OData Select and Expand failed: Could not find a property named 'nmae' on type 'microsoft.graph.person'." {
		t.Error(text)
	}
}

func TestMetadataLevels(t *testing.T) {
	f := furnished(t)
	f.plant("/people", `{"@odata.type":"#microsoft.graph.guest","id":"g","host":"a"}`)
	for _, url := range []string{"/people/g", "/people?$top=2&$count=true", machines + "/m", "/preferences"} {
		f.header = nil
		with := f.do("GET", url, "")
		if !strings.Contains(string(with.Body), `"@odata.context"`) || !strings.Contains(with.Get("Content-Type"), "odata.metadata=minimal") {
			t.Errorf("%s: %s %s", url, with.Get("Content-Type"), with.Body)
		}
		f.header = call.Header{"Accept": {"application/json;odata.metadata=none"}}
		bare := f.do("GET", url, "")
		var v map[string]any
		if err := json.Unmarshal(bare.Body, &v); err != nil {
			t.Fatalf("%s: %v", bare.Body, err)
		}
		for name := range v {
			if strings.Contains(name, "@") && name != "@odata.count" && name != "@odata.nextLink" {
				t.Errorf("%s has %s", url, name)
			}
		}
		if !strings.Contains(bare.Get("Content-Type"), "odata.metadata=none") {
			t.Errorf("%s: %s", url, bare.Get("Content-Type"))
		}
	}
}

// A derived type is always named, a declared one in the Cloud PC family only.
func TestTypeAnnotation(t *testing.T) {
	f := furnished(t)
	f.plant("/people", `{"@odata.type":"#microsoft.graph.guest","id":"g","host":"a"}`, `{"@odata.type":"#microsoft.graph.person","id":"h"}`)
	for url, want := range map[string]int{
		"/people/g": 1, "/people/h": 0, "/people/a": 0, machines + "/m": 1, "/people?$top=999": 1, machines: 0,
	} {
		if n := strings.Count(f.must(200, "GET", url, ""), `"@odata.type":"#microsoft.graph.`); n != want {
			t.Errorf("%s: %d annotations, want %d", url, n, want)
		}
	}
}

func TestSplice(t *testing.T) {
	for _, c := range []struct{ open, object, want string }{
		{`{`, `{}`, `{}`}, {`{"a":1,`, `{}`, `{"a":1}`}, {`{`, `{"b":2}`, `{"b":2}`}, {`{"a":1,`, `{"b":2}`, `{"a":1,"b":2}`},
	} {
		if got := string(splice([]byte(c.open), []byte(c.object))); got != c.want {
			t.Errorf("%s and %s: %s, want %s", c.open, c.object, got, c.want)
		}
	}
}

func TestCreateAnswers(t *testing.T) {
	f := newFake(t)
	r := f.do("POST", "/people", `{"name":"A","@odata.type":"#microsoft.graph.guest","host":"h"}`)
	const id = "00000000-0000-4000-8000-000000000001"
	if r.Status != 201 || r.Get("Location") != "https://graph.microsoft.com/v1.0/people/"+id {
		t.Errorf("%d, Location %q", r.Status, r.Get("Location"))
	}
	want := `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#people/$entity","@odata.type":"#microsoft.graph.guest","id":"` + id + `",`
	if !strings.HasPrefix(string(r.Body), want) || !strings.Contains(string(r.Body), `"host":"h"`) {
		t.Errorf("got  %s\nwant %s…", r.Body, want)
	}
	if again := f.must(200, "GET", "/people/"+id, ""); again != string(r.Body) {
		t.Errorf("GET gives %s", again)
	}
	f.must(204, "DELETE", "/people/"+id, "")
	f.must(404, "DELETE", "/people/"+id, "")
}

// …/property/$value is the bare text of a primitive value.
func TestRawValue(t *testing.T) {
	f := furnished(t)
	for url, want := range map[string]string{
		"/people/a/name/$value": "Anna", "/people/a/age/$value": "30", "/people/a/active/$value": "true", "/people/c/name/$value": "Carl O'Neil",
	} {
		r := f.do("GET", url, "")
		if r.Status != 200 || string(r.Body) != want || r.Get("Content-Type") != "text/plain" {
			t.Errorf("%s: %d %s %q", url, r.Status, r.Get("Content-Type"), r.Body)
		}
	}
	f.must(204, "GET", "/people/d/name/$value", "")
	f.must(404, "GET", "/people/none/age/$value", "")
}
