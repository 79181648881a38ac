package graph

import (
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// links lists the ids that an entity of /people links to.
func (f *fake) links(id, navigation string) (ids []string) {
	f.t.Helper()
	err := f.Store.View(func(tx store.Reader) error {
		e, err := tx.Get(store.SetKey{Tenant: f.tenant, Name: "people"}, id)
		for o := range tx.Links(e.Ordinal, navigation, 0) {
			_, to, _ := tx.At(o)
			ids = append(ids, to.ID)
		}
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return ids
}

func TestBind(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a"}`, `{"id":"b"}`, `{"id":"c"}`)
	f.must(200, "PATCH", "/people/a", `{"manager@odata.bind":"https://graph.microsoft.com/v1.0/people/b"}`)
	f.must(200, "PATCH", "/people/a", `{"manager@odata.bind":"people('c')"}`)
	if got := f.links("a", "manager"); !slices.Equal(got, []string{"c"}) {
		t.Errorf("a single-valued navigation leads to %v", got)
	}
	for body, status := range map[string]int{
		`{"name":"x","boss@odata.bind":"/people/b"}`:       400,
		`{"name":"x","home@odata.bind":"/people/b"}`:       400,
		`{"name":"x","manager@odata.bind":7}`:              400,
		`{"name":"x","manager@odata.bind":"/people/none"}`: 404,
		`{"name":"x","manager@odata.bind":"/nowhere"}`:     400,
	} {
		if r := f.do("PATCH", "/people/a", body); r.Status != status || r.Reason == "" {
			t.Errorf("%s: %d %s", body, r.Status, r.Reason)
		}
	}
	if body := f.must(200, "GET", "/people/a", ""); strings.Contains(body, `"name":"x"`) || !slices.Equal(f.links("a", "manager"), []string{"c"}) {
		t.Errorf("a refused PATCH changed %s", body)
	}
}

// A navigation property is no value of its entity that a change could set.
func TestNavigationInline(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a"}`)
	for _, lenient := range []bool{false, true} {
		f.Lenient = lenient
		r := f.do("PATCH", "/people/a", `{"name":"N","manager":{"name":"deep"}}`)
		switch {
		case !lenient && (r.Status != 400 || !strings.Contains(r.Reason, "manager@odata.bind")):
			t.Errorf("%d %s", r.Status, r.Reason)
		case lenient && (r.Status >= 400 || len(r.Warnings) != 1 || strings.Contains(string(r.Body), "deep")):
			t.Errorf("lenient: %d %q %s", r.Status, r.Warnings, r.Body)
		}
	}
}

// A create may bring along what it leads to, or name what is there by its id.
func TestNavigationInline_create(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"a","name":"Ann"}`)
	for _, c := range []struct{ manager, name string }{{`{"name":"Deep"}`, "Deep"}, {`{"id":"a"}`, "Ann"}} {
		made := f.must(201, "POST", "/people", `{"name":"N","manager":`+c.manager+`}`)
		raw, _ := entity.Field([]byte(made), "id")
		id, _ := entity.Unquote(raw)
		if r := f.must(200, "GET", "/people/"+id+"?$expand=manager", ""); !strings.Contains(r, `"name":"`+c.name+`"`) {
			t.Errorf("manager %s: %s", c.manager, r)
		}
	}
}
