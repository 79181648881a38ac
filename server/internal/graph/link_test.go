package graph

import (
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	f := newFake(t)
	f.plant("/teams", `{"id":"a"}`, `{"id":"b"}`, `{"id":"c"}`)
	const ref = "/teams/a/members/$ref"
	f.must(204, "POST", ref, `{"@odata.id":"https://graph.microsoft.com/beta/teams/b"}`)
	f.must(204, "POST", ref, `{"@odata.id":"teams('c')"}`)
	if got := strings.Join(f.ids("/teams/a/members"), ""); got != "bc" {
		t.Errorf("members %q", got)
	}
	if got := strings.Join(f.ids("/teams/b/members"), ""); got != "" {
		t.Errorf("the other end has members %q", got)
	}
	if text := message(t, f.do("POST", ref, `{"@odata.id":"/teams/b"}`)); text !=
		"One or more added object references already exist for the following modified properties: 'members'." {
		t.Error(text)
	}
	for body, status := range map[string]int{
		`{"@odata.id":"/teams/none"}`: 404, `{"@odata.id":"/nowhere/x"}`: 400, `{"@odata.id":"/teams"}`: 400, `{}`: 400,
		`{"@odata.id":"https://graph.microsoft.com/v1.0/"}`: 400, `{"@odata.id":""}`: 400, `{"@odata.id":"%"}`: 400,
	} {
		if r := f.do("POST", ref, body); r.Status != status || r.Reason == "" {
			t.Errorf("%s: %d %s", body, r.Status, r.Reason)
		}
	}
	if r := f.do("POST", "/teams/none/members/$ref", `{"@odata.id":"/teams/b"}`); r.Status != 404 {
		t.Errorf("from nowhere: %d", r.Status)
	}
	if got := len(f.ids("/teams/a/members")); got != 2 {
		t.Errorf("%d members after refusals", got)
	}
}

func TestReferencePath(t *testing.T) {
	for target, want := range map[string]string{
		"https://graph.microsoft.com/v1.0/users/x": "/users/x", "HTTPS://any.host:8/Beta/users/x": "/users/x", "/users/x": "/users/x",
		"users('x')": "/users('x')", "v1.0/users/x": "/users/x", "https://host": "/", "": "/",
	} {
		if got := referencePath(target); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}
