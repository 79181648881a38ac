package graph

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// A file whose entities were written with other keys, or with none, is put
// right once, and its entities keep their revisions.
func TestReindex(t *testing.T) {
	s := newStore(t)
	const n = reindexed + 3
	err := s.Update(func(tx store.Writer) error {
		for i := range n {
			e := store.Entity{ID: fmt.Sprint(i), JSON: fmt.Appendf(nil, `{"displayName":"U%d"}`, i), Keys: []store.Key{{Name: "old", Value: "x"}}}
			if _, err := tx.Insert(usersOf, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	found := func(name, value string) (id string, revision uint64) {
		_ = s.View(func(r store.Reader) error {
			e, err := r.Lookup(usersOf, store.Key{Name: name, Value: value})
			id, revision = e.ID, e.Revision
			return err
		})
		return id, revision
	}
	_, before := found("old", "x")
	for range 2 {
		if err := Reindex(s); err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{0, 1, reindexed - 1, reindexed, n - 1} {
			id, revision := found("displayName", fmt.Sprint("u", i))
			if id != fmt.Sprint(i) || i == 0 && revision != before {
				t.Errorf("user %d: found %q with revision %d, want %d", i, id, revision, before)
			}
		}
		if id, _ := found("old", "x"); id != "" {
			t.Error("a key that is not indexed by is still there")
		}
	}
	seen := 0
	_ = s.View(func(r store.Reader) error {
		text, _ := r.Value(indexSpace, indexName)
		seen = len(text)
		return nil
	})
	if seen == 0 {
		t.Error("nothing is noted of it: each start would do it again")
	}
}

// What entities contain is put right, too.
func TestReindex_below(t *testing.T) {
	s := newStore(t)
	below := store.SetKey{Tenant: usersOf.Tenant, Name: "appRoleAssignedTo"}
	err := s.Update(func(tx store.Writer) (err error) {
		below.Parent, err = tx.Insert(store.SetKey{Tenant: usersOf.Tenant, Name: "servicePrincipals"}, store.Entity{ID: "api", JSON: []byte(`{}`)})
		if err != nil {
			return err
		}
		_, err = tx.Insert(below, store.Entity{ID: "given", JSON: []byte(`{"principalId":"P"}`)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := Reindex(s); err != nil {
		t.Fatal(err)
	}
	_ = s.View(func(r store.Reader) error {
		if e, err := r.Lookup(below, KeyOf("principalId", "p")); err != nil || e.ID != "given" {
			t.Errorf("%q %v", e.ID, err)
		}
		return nil
	})
}

// A file of before keys were hashed has them in order, and the words of that time.
func TestReindex_sorted(t *testing.T) {
	s := newStore(t)
	err := s.Update(func(tx store.Writer) error {
		k := KeyOf("displayName", "Ada")
		k.Sorted = true
		_, err := tx.Insert(usersOf, store.Entity{ID: "1", JSON: []byte(`{"displayName":"Ada"}`), Keys: []store.Key{k}})
		return errors.Join(err, tx.SetValue(indexSpace, indexName, []byte(strings.TrimPrefix(indexing(), "hashed "))))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := Reindex(s); err != nil {
		t.Fatal(err)
	}
	_ = s.View(func(r store.Reader) error {
		if e, err := r.Lookup(usersOf, KeyOf("displayName", "ada")); err != nil || e.ID != "1" {
			t.Errorf("%q %v", e.ID, err)
		}
		return nil
	})
}
