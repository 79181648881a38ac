package graph

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestGetByKey(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81","badge":"B'1"}`, `{"id":"x","badge":"b2"}`)
	for url, status := range map[string]int{
		"/people/0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81":    200,
		"/people/0D6F5A30-7C1B-4A1E-9D4E-2A8F5B6C7D81":    200,
		"/people('0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81')": 200,
		"/people(badge='b%27%271')":                       200,
		"/people(badge='none')":                           404,
		"/people/X":                                       404, // no GUID: exact
		"/people/none":                                    404,
		"/people/none/notes":                              404,
		"/people/x/notes/none":                            404,
		"/people/x/notes":                                 200,
	} {
		r := f.do("GET", url, "")
		if r.Status != status || status == 404 && !strings.Contains(r.Reason, "no entity") {
			t.Errorf("%s: %d %s", url, r.Status, r.Reason)
		}
	}
}

// The family of a path decides in whose words an absent entity is answered.
func TestNotFoundByFamily(t *testing.T) {
	f := newFake(t)
	if text := message(t, f.do("GET", "/people/none", "")); text !=
		"Resource 'none' does not exist or one of its queried reference-property objects are not present." {
		t.Error(text)
	}
	if text := message(t, f.do("GET", machines+"/none", "")); text != "The requested resource doesn't exist." {
		t.Error(text)
	}
}

// A singleton is there before anybody wrote to it, and once for each tenant.
func TestSingleton(t *testing.T) {
	f := newFake(t)
	if body := f.must(200, "GET", "/preferences", ""); !strings.HasSuffix(body, `"home":null,"theme":null}`) {
		t.Error(body)
	}
	if body := f.must(204, "PATCH", "/preferences", `{"theme":"dark","home":{"city":"X"}}`); body != "" {
		t.Error(body)
	}
	f.must(204, "PATCH", "/preferences", `{"home":{"street":"S"}}`)
	if body := f.must(200, "GET", "/preferences", ""); !strings.Contains(body, `"home":{"city":"X","street":"S"},"theme":"dark"`) {
		t.Error(body)
	}
	f.tenant = "t2"
	if body := f.must(200, "GET", "/preferences", ""); !strings.Contains(body, `"theme":null`) {
		t.Errorf("another tenant's: %s", body)
	}
}

// What a request asks for and the fake does not do, the tester is told.
func TestNotes(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a"}`)
	f.header = call.Header{"Prefer": {"return=minimal, odata.maxpagesize=5", "respond-async"}, "If-Match": {`W/"1"`}}
	r := f.do("PATCH", "/people/a", `{"name":"x"}`)
	want := "If-Match ignored: the directory family has no ETags; Prefer: return=minimal has no effect on this operation; " +
		"Prefer: odata.maxpagesize=5 has no effect on this operation; Prefer: respond-async has no effect on this operation"
	if r.Status != 200 || r.Reason != want {
		t.Errorf("%d %s", r.Status, r.Reason)
	}
}
