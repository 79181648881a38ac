package storetest

import (
	"fmt"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunValues checks private values.
func RunValues(t *testing.T, h Harness) {
	s := open(t, h)
	buffer := []byte("one")
	update(t, s, func(w store.Writer) {
		for _, err := range []error{
			w.SetValue("keys", "signing", buffer),
			w.SetValue("key", "ssigning", []byte("two")),
			w.SetValue("keys", "", []byte{}),
			w.SetValue("keys", "gone", []byte("x")),
			w.SetValue("keys", "gone", nil),
			w.SetValue("keys", "never", nil),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		clear(buffer) // the store has its own copy
	})
	tests := []struct {
		space, key, want string
		ok               bool
	}{
		{"keys", "signing", "one", true},
		{"key", "ssigning", "two", true},
		{"keys", "", "", true},
		{"keys", "gone", "", false},
		{"keyss", "igning", "", false},
		{"", "", "", false},
	}
	view(t, s, func(r store.Reader) {
		for _, test := range tests {
			v, ok := r.Value(test.space, test.key)
			wantSame(t, test.space+"/"+test.key, string(v), test.want)
			wantSame(t, test.space+"/"+test.key, ok, test.ok)
		}
	})
}

// RunTenants checks that tenants come into being with their first entity and do
// not see each other.
func RunTenants(t *testing.T, h Harness) {
	s := open(t, h)
	view(t, s, func(r store.Reader) {
		wantList(t, "tenants", r.Tenants())
		wantSame(t, "count", r.Count(users("b")), 0)
	})
	update(t, s, func(w store.Writer) {
		o := insert(t, w, users("b"), "1")
		insert(t, w, users("a"), "1")
		insert(t, w, users(""), "1")
		if err := w.Delete(o); err != nil {
			t.Fatal(err)
		}
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "tenants", r.Tenants(), "", "a", "b")
		wantSame(t, "count", r.Count(users("b")), 0)
		wantSame(t, "count", r.Count(users("a")), 1)
	})
}

// RunClearTenant checks that a cleared tenant is as if it had never been, and
// the others as they were.
func RunClearTenant(t *testing.T, h Harness) {
	s := open(t, h)
	fill := func(tenant string) {
		update(t, s, func(w store.Writer) {
			for i := range 20 {
				o := insert(t, w, users(tenant), fmt.Sprint(i), upn(fmt.Sprint(i)))
				g := insert(t, w, below(tenant, 0, "groups"), fmt.Sprint(i))
				insert(t, w, below(tenant, o, "notes"), "n")
				link(t, w, g, "members", o)
			}
		})
	}
	fill("a")
	fill("b")
	update(t, s, func(w store.Writer) { _ = w.SetValue("space", "key", []byte("v")) })
	update(t, s, func(w store.Writer) {
		if err := w.ClearTenant("a"); err != nil {
			t.Fatal(err)
		}
		wantSame(t, "count inside", w.Count(users("a")), 0)
		insert(t, w, users("a"), "inside")
		wantSame(t, "count inside", w.Count(users("a")), 1)
		if err := w.ClearTenant("a"); err != nil {
			t.Fatal(err)
		}
		if err := w.ClearTenant("nobody"); err != nil {
			t.Fatal(err)
		}
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "tenants", r.Tenants(), "b")
		wantList(t, "sets", r.Sets("a", 0))
		wantSame(t, "count", r.Count(users("a")), 0)
		wantSame(t, "other tenant", r.Count(users("b")), 20)
		if _, ok := r.Value("space", "key"); !ok {
			t.Error("values went with a tenant")
		}
	})
	fill("a")
	view(t, s, func(r store.Reader) {
		wantSame(t, "count after refill", r.Count(users("a")), 20)
		if _, err := r.Lookup(users("a"), upn("7")); err != nil {
			t.Error(err)
		}
	})
}
