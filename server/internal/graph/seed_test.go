package graph

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

func (f *fake) harvest() (all []Harvested) {
	f.t.Helper()
	err := f.Store.View(func(tx store.Reader) error { all = Harvest(tx, f.tenant); return nil })
	if err != nil {
		f.t.Fatal(err)
	}
	return all
}

// What is harvested and planted in an empty store is harvested the same.
func TestHarvestRoundTrip(t *testing.T) {
	f := furnished(t)
	f.plant("/people", `{"@odata.type":"#microsoft.graph.employee","id":"emp","office":{"city":"X"},"own":[1, 2]}`)
	f.plant("/people/emp/notes", `{"id":"a/b c"}`, `{"id":"100%"}`, `{"id":"é"}`)
	first := f.harvest()
	if len(first) != 6 {
		t.Fatalf("%d sets: %+v", len(first), first)
	}
	g := newFake(t)
	var seeds []Seed
	for _, h := range first {
		seeds = append(seeds, Seed{Version: model(), Path: h.Path, Items: h.Items})
	}
	if err := g.Store.Update(func(tx store.Writer) error { return Plant(tx, g.tenant, seeds, nil) }); err != nil {
		t.Fatal(err)
	}
	second := g.harvest()
	for i := range first {
		if i >= len(second) || !reflect.DeepEqual(first[i], second[i]) {
			t.Errorf("planted   %s\nharvested %s", show(first[i:i+1]), show(second[min(i, len(second)):min(i+1, len(second))]))
		}
	}
	if len(second) != len(first) {
		t.Errorf("%d sets became %d", len(first), len(second))
	}
}

func show(all []Harvested) string {
	var b strings.Builder
	for _, h := range all {
		b.WriteString(h.Path + ":")
		for _, item := range h.Items {
			b.WriteString(" " + item.ID + " " + string(item.JSON))
		}
	}
	return b.String()
}

func TestHarvestKeepsTenantsApart(t *testing.T) {
	f := furnished(t)
	f.tenant = "t2"
	if all := f.harvest(); len(all) != 0 {
		t.Errorf("another tenant has %s", show(all))
	}
}

func TestPlant(t *testing.T) {
	f := newFake(t)
	f.plant("/people/new/notes", `{"id":"1","text":"x"}`)
	if body := f.must(200, "GET", "/people/new", ""); !strings.Contains(body, `"id":"new"`) || !strings.Contains(body, `"tags":[]`) {
		t.Errorf("the parent that a path names: %s", body)
	}
	f.plant("/people/new", `{"name":"N"}`)
	f.plant("/people", `{"id":"NEW","name":"other"}`)
	if body := f.must(200, "GET", "/people/new", ""); !strings.Contains(body, `"name":"N"`) {
		t.Errorf("an object at an entity's path: %s", body)
	}
	f.must(200, "GET", "/people/new/notes/1", "")
	f.plant("/people/new/notes", `{"id":"1","text":"y","@odata.etag":"e","text@odata.type":"#String"}`)
	if body := f.must(200, "GET", "/people/new/notes/1", ""); !strings.Contains(body, `"id":"1","text":"y"}`) {
		t.Errorf("planted twice: %s", body)
	}
	if n := f.must(200, "GET", "/people/$count", ""); n != "2" {
		t.Errorf("%s people", n)
	}
}

// A path that leads through an entity means one of its own type.
func TestPlantThroughAnIDOfAnotherType(t *testing.T) {
	f := newFake(t)
	f.plant("/people/a/notes", `{"id":"x","text":"note"}`)
	f.plant("/people/x/notes", `{"id":"1","text":"y"}`)
	if body := f.must(200, "GET", "/people/x", ""); !strings.Contains(body, `"id":"x"`) {
		t.Errorf("no person: %s", body)
	}
	f.must(200, "GET", "/people/x/notes/1", "")
}

// GUIDs are one id in any case.
func TestPlantGUIDInCapitals(t *testing.T) {
	f := newFake(t)
	f.plant("/people", `{"id":"0d6f5a30-7c1b-4a1e-9d4e-2a8f5b6c7d81","name":"A"}`)
	f.plant("/people", `{"id":"0D6F5A30-7C1B-4A1E-9D4E-2A8F5B6C7D81","name":"B"}`)
	if n := f.must(200, "GET", "/people/$count", ""); n != "1" {
		t.Errorf("%s people", n)
	}
}

func TestPlantRefuses(t *testing.T) {
	f := newFake(t)
	for _, c := range []struct {
		path, json string
		item       int
	}{
		{"/nowhere", `{"id":"1"}`, 0}, {"/people/a/friends()", `{"id":"1"}`, 0}, {"/people", `[]`, 0}, {"/people", `{"id":"1","id":"2"}`, 0},
	} {
		seeds := []Seed{{Version: model(), Path: c.path, Items: []SeedItem{{ID: "1", JSON: []byte(c.json)}}}}
		err := f.Store.Update(func(tx store.Writer) error { return Plant(tx, f.tenant, seeds, nil) })
		var at *SeedError
		if !errors.As(err, &at) || at.Path != c.path || at.Item != c.item || !strings.HasPrefix(err.Error(), c.path+"/0: ") {
			t.Errorf("%s %s: %v", c.path, c.json, err)
		}
	}
}
