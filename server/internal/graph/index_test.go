package graph

import (
	"fmt"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

var usersOf = store.SetKey{Tenant: "t", Name: "users"}

// The index follows what is written, whatever the case, and what is written
// over.
func TestIndex(t *testing.T) {
	s, err := store.Open(store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(func(w store.Writer) error {
		x := Indexed(w)
		o, err := x.Insert(usersOf, store.Entity{ID: "a", JSON: []byte(`{"userPrincipalName":"Ada@contoso.com","mail":null}`)})
		if err != nil {
			return err
		}
		if e, ok := ByText(x, usersOf, "userPrincipalName", "ADA@CONTOSO.COM"); !ok || e.ID != "a" {
			t.Errorf("by name: %v %v", e.ID, ok)
		}
		if _, err := x.Replace(o, store.Entity{ID: "a", JSON: []byte(`{"userPrincipalName":"bea@contoso.com"}`)}); err != nil {
			return err
		}
		if _, ok := ByText(x, usersOf, "userPrincipalName", "ada@contoso.com"); ok {
			t.Error("found by a name that it has no longer")
		}
		if _, ok := ByText(x, usersOf, "userPrincipalName", "bea@contoso.com"); !ok {
			t.Error("not found by its new name")
		}
		if _, err := x.Replace(o, store.Entity{ID: "a", JSON: []byte(`{}`)}); err != nil {
			return err
		}
		if _, ok := ByText(x, usersOf, "userPrincipalName", "bea@contoso.com"); ok {
			t.Error("found by a name that is gone")
		}
		if _, ok := ByText(x, usersOf, "jobTitle", "x"); ok { // not indexed: read
			t.Error("found by nothing")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What signing in asks for is found by the index: each of several texts, what
// an entity contains, who has a password.
func TestIndex_sign_in(t *testing.T) {
	s, err := store.Open(store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	applications := store.SetKey{Tenant: "t", Name: "applications"}
	err = s.Update(func(w store.Writer) error {
		x := Indexed(w)
		o, err := x.Insert(applications, store.Entity{ID: "app", JSON: []byte(`{"appId":"1","identifierUris":["api://One","https://one.example"]}`)})
		if err != nil {
			return err
		}
		below := store.SetKey{Tenant: "t", Parent: o, Name: "appRoleAssignedTo"}
		for name, e := range map[store.SetKey]store.Entity{
			below:   {ID: "given", JSON: []byte(`{"principalId":"P"}`)},
			usersOf: {ID: "with", JSON: []byte(`{"passwordProfile":{"password":"x"}}`)},
		} {
			if _, err := x.Insert(name, e); err != nil {
				return err
			}
		}
		if _, err := x.Insert(usersOf, store.Entity{ID: "without", JSON: []byte(`{"passwordProfile":null}`)}); err != nil {
			return err
		}
		for _, uri := range []string{"API://one", "https://one.example"} {
			if e, err := x.Lookup(applications, KeyOf("identifierUris", uri)); err != nil || e.ID != "app" {
				t.Errorf("%s: %v %v", uri, e.ID, err)
			}
		}
		if e, err := x.Lookup(below, KeyOf("principalId", "p")); err != nil || e.ID != "given" {
			t.Errorf("assignment: %v %v", e.ID, err)
		}
		n := 0
		for e := range x.Matches(usersOf, HasPassword, 0) {
			if n++; e.ID != "with" {
				t.Errorf("%s has a password", e.ID)
			}
		}
		if n != 1 {
			t.Errorf("%d users with a password", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkPatch changes one entity among many; its cost is not to grow with
// their number.
func BenchmarkPatch(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := newFake(b)
			f.fill("people", n)
			for i := 0; b.Loop(); i++ {
				f.must(200, "PATCH", "/people/id500", fmt.Sprintf(`{"age":%d}`, i))
			}
		})
	}
}

// BenchmarkMember adds and removes one member of a group of many.
func BenchmarkMember(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := newFake(b)
			f.fill("teams", n)
			f.link("teams", "id0", "members", n)
			body := `{"@odata.id":"https://graph.microsoft.com/v1.0/teams/id50"}`
			for b.Loop() {
				f.must(204, "DELETE", "/teams/id0/members/id50/$ref", "")
				f.must(204, "POST", "/teams/id0/members/$ref", body)
			}
		})
	}
}

// fill stores entities id0, id1, … in a root set.
func (f *fake) fill(set string, n int) {
	f.t.Helper()
	err := f.Store.Update(func(w store.Writer) error {
		for i := range n {
			id := fmt.Sprint("id", i)
			if _, err := Indexed(w).Insert(store.SetKey{Tenant: f.tenant, Name: set}, store.Entity{ID: id, JSON: []byte(`{"id":"` + id + `"}`)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// link lets one entity of a set link to all others.
func (f *fake) link(set, from, navigation string, n int) {
	f.t.Helper()
	err := f.Store.Update(func(w store.Writer) error {
		key := store.SetKey{Tenant: f.tenant, Name: set}
		owner, err := w.Get(key, from)
		if err != nil {
			return err
		}
		for e := range w.Scan(key, owner.Ordinal) {
			if _, err := w.Link(owner.Ordinal, navigation, e.Ordinal); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
}
