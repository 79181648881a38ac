package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// greet is an action that changes its entity, and refuses the word "no" after
// it has done so.
type greet struct{}

func (greet) Invoke(tx behavior.Tx, bound *behavior.Entity, p entity.Object) (behavior.Result, *grapherr.Error) {
	word, _ := p.String("word")
	bound.SetString("name", word)
	if _, fault := tx.Insert(behavior.Below(bound.Ref, "notes"), behavior.New()); fault != nil {
		return behavior.Result{}, fault
	}
	if word == "no" {
		return behavior.Result{}, grapherr.Conflict("directory", "never no")
	}
	return behavior.Result{Value: entity.Quote(nil, word)}, nil
}

// friends is a function that lists everybody.
type friends struct{}

func (friends) Invoke(tx behavior.Tx, _ *behavior.Entity, _ entity.Object) (r behavior.Result, _ *grapherr.Error) {
	r.IsList = true
	for e := range tx.All(tx.Collection()) {
		r.Collection = append(r.Collection, e)
	}
	return r, nil
}

func TestInvoke(t *testing.T) {
	f := newFake(t,
		behavior.Registration{Operation: "POST /people/{id}/greet", Behavior: greet{}},
		behavior.Registration{Operation: "GET /people/{id}/friends()", Behavior: friends{}})
	f.plant("/people", `{"id":"a","name":"A"}`, `{"id":"b"}`)
	body := f.must(200, "POST", "/people/a/greet", `{"word":"hi"}`)
	if body != `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#Edm.String","value":"hi"}` {
		t.Error(body)
	}
	if body := f.must(200, "GET", "/people/a", ""); !strings.Contains(body, `"name":"hi"`) {
		t.Errorf("what the action changed: %s", body)
	}
	r := f.do("POST", "/people/a/greet", `{"word":"no"}`)
	if r.Status != 409 || r.Reason != "never no" {
		t.Errorf("%d %s", r.Status, r.Reason)
	}
	if body := f.must(200, "GET", "/people/a", ""); !strings.Contains(body, `"name":"hi"`) {
		t.Errorf("a refused action changed %s", body)
	}
	if n := len(f.ids("/people/a/notes")); n != 1 {
		t.Errorf("a refused action left %d notes", n)
	}
	f.must(404, "POST", "/people/none/greet", `{"word":"hi"}`)
	var l listed
	if err := json.Unmarshal([]byte(f.must(200, "GET", "/people/b/friends()", "")), &l); err != nil || len(l.Value) != 2 {
		t.Errorf("%v %v", l, err)
	}
}

// Without a behaviour nothing is done, the answer fits the description, and
// the tester is told.
func TestInvokeWithoutBehaviour(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a","name":"A"}`)
	before := f.must(200, "GET", "/people/a", "")
	for url, want := range map[string]string{
		"POST /people/a/greet":    `"value":""`,
		"GET /people/a/friends()": `"value":[]`,
	} {
		method, path, _ := strings.Cut(url, " ")
		body := ""
		if method == "POST" {
			body = `{"word":"x"}`
		}
		r := f.do(method, path, body)
		if r.Status != 200 || !strings.Contains(string(r.Body), want) || !strings.Contains(r.Reason, "generic answer") {
			t.Errorf("%s: %d %s %s", url, r.Status, r.Reason, r.Body)
		}
	}
	if after := f.must(200, "GET", "/people/a", ""); after != before {
		t.Errorf("changed: %s", after)
	}
	f.must(404, "POST", "/people/none/greet", `{}`)
}
