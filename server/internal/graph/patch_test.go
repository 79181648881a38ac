package graph

import (
	"strings"
	"testing"
)

func TestPatchOfDerivedType(t *testing.T) {
	f := newFake(t)
	f.plant("/people",
		`{"@odata.type":"#microsoft.graph.employee","id":"e","office":{"city":"X","street":"S"}}`,
		`{"id":"p","home":{"city":"X","street":"S"}}`)
	body := f.must(200, "PATCH", "/people/e", `{"@odata.type":"#microsoft.graph.employee","office":{"city":"Y"}}`)
	if !strings.Contains(body, `"office":{"city":"Y","street":"S"}`) || !strings.Contains(body, `"@odata.type":"#microsoft.graph.employee"`) {
		t.Errorf("a complex value of the derived type is not merged: %s", body)
	}
	for _, c := range []struct{ id, body string }{
		{"e", `{"@odata.type":"#microsoft.graph.guest","name":"x"}`},
		{"e", `{"@odata.type":"#microsoft.graph.person","name":"x"}`},
		{"p", `{"@odata.type":"#microsoft.graph.employee","name":"x"}`},
	} {
		r := f.do("PATCH", "/people/"+c.id, c.body)
		if r.Status != 400 || !strings.Contains(r.Reason, "@odata.type") {
			t.Errorf("%s: %d %s", c.body, r.Status, r.Reason)
		}
	}
	f.must(200, "PATCH", "/people/p", `{"@odata.type":"#microsoft.graph.person","name":"x"}`)
	if body := f.must(200, "GET", "/people/e", ""); strings.Contains(body, `"name":"x"`) {
		t.Errorf("a refused PATCH changed %s", body)
	}
}

// A whole GET body sent back changes nothing.
func TestPatchWithItsOwnBody(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a","name":"A","code":"c","badge":"b","home":{"city":"X","zone":"Z"},"homes":[{"zone":"Z"}],"tags":["t"]}`)
	before := f.must(200, "GET", "/people/a", "")
	revision := f.revision("/people/a")
	if after := f.must(200, "PATCH", "/people/a", before); after != before {
		t.Errorf("got  %s\nwant %s", after, before)
	}
	if f.revision("/people/a") != revision {
		t.Error("an unchanged entity was written")
	}
}

// A property path is no entity: what is sent there lands in the property alone.
func TestPatchOfProperty(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a","name":"A","home":{"city":"X"}}`)
	if r := f.do("PATCH", "/people/a/home", `{"city":"Y"}`); r.Status != 200 && r.Status != 204 {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	if body := f.must(200, "GET", "/people/a", ""); !strings.Contains(body, `"home":{"city":"Y"`) {
		t.Error(body)
	}
}
