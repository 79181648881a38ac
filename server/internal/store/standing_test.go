package store_test

import (
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Standing text is read by name, costs the store next to nothing, and can be
// written over.
func TestStanding(t *testing.T) {
	text := []byte(`{"id":"a","large":"text"}`)
	s, err := store.Open(store.Options{Standing: func(name string) []byte {
		if name == "known" {
			return text
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	set := store.SetKey{Tenant: "t", Name: "things"}
	var o store.Ordinal
	err = s.Update(func(tx store.Writer) (err error) {
		if o, err = tx.Insert(set, store.Entity{ID: "a", JSON: store.Standing("known")}); err != nil {
			return err
		}
		_, err = tx.Insert(set, store.Entity{ID: "b", JSON: store.Standing("lost")})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	read := func(id string) string {
		var got string
		if err := s.View(func(tx store.Reader) error {
			e, err := tx.Get(set, id)
			got = string(e.JSON)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := read("a"); got != string(text) {
		t.Errorf("known text reads %s", got)
	}
	if got := read("b"); got != string(store.Standing("lost")) {
		t.Errorf("unknown text reads %s", got)
	}
	if err := s.Update(func(tx store.Writer) error {
		if e, err := tx.Get(set, "a"); err != nil || string(e.JSON) != string(text) {
			t.Errorf("a writer reads %s, %v", e.JSON, err)
		}
		_, err := tx.Replace(o, store.Entity{JSON: []byte(`{"id":"a"}`)})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := read("a"); got != `{"id":"a"}` {
		t.Errorf("written over it reads %s", got)
	}
}
