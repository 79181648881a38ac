package storetest

import (
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

var errRefused = errors.New("refused by the function")

// failure is a way in which a function of Update can end badly.
type failure struct {
	name string
	end  func() error
}

var failures = []failure{
	{"error", func() error { return errRefused }},
	{"panic", func() error { panic(errRefused) }},
	{"goexit", func() error { runtime.Goexit(); return nil }},
}

// fail runs an Update whose function ends badly and checks that its caller
// learns of it as it happened.
func fail(t testing.TB, s store.Store, f failure, fn func(w store.Writer)) {
	t.Helper()
	done := make(chan string, 1)
	go func() {
		how, value := "goexit", any(errRefused)
		defer func() {
			if p := recover(); p != nil {
				how, value = "panic", p
			}
			done <- fmt.Sprint(how, ": ", value)
		}()
		value = s.Update(func(w store.Writer) error { fn(w); return f.end() })
		how = "error"
	}()
	wantSame(t, "outcome", <-done, fmt.Sprint(f.name, ": ", errRefused))
}

// RunUndo checks that a function that ends badly leaves nothing behind.
func RunUndo(t *testing.T, h Harness) {
	for _, f := range failures {
		t.Run(f.name, func(t *testing.T) {
			s := open(t, h)
			undoes(t, s, func(fn func(store.Writer)) { fail(t, s, f, fn) })
		})
	}
}

// RunUndoBehindOthers is RunUndo while others write.
func RunUndoBehindOthers(t *testing.T, h Harness) {
	s := open(t, h)
	stop, done := make(chan struct{}), make(chan error)
	go func() {
		var err error
		for i := 0; err == nil; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			err = s.Update(func(w store.Writer) error {
				_, err := w.Insert(users("noise"), store.Entity{ID: fmt.Sprint(i)})
				return err
			})
		}
		done <- err
	}()
	for i := range 20 {
		tenant := fmt.Sprint("tenant ", i)
		undoesIn(t, s, tenant, func(fn func(store.Writer)) { fail(t, s, failures[i%3], fn) })
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func undoes(t *testing.T, s store.Store, failing func(func(store.Writer))) {
	undoesIn(t, s, "a", failing)
}

// undoesIn fills a tenant, lets a failing function change all of it, and looks
// for traces.
func undoesIn(t *testing.T, s store.Store, tenant string, failing func(func(store.Writer))) {
	t.Helper()
	var ada, group store.Ordinal
	update(t, s, func(w store.Writer) {
		ada = insert(t, w, users(tenant), "ada", upn("ada"))
		group = insert(t, w, below(tenant, 0, "groups"), "g")
		insert(t, w, below(tenant, ada, "notes"), "n")
		link(t, w, group, "members", ada)
		_ = w.SetValue("space", tenant, []byte("before"))
	})
	failing(func(w store.Writer) {
		eve := insert(t, w, users(tenant), "eve", upn("eve"))
		insert(t, w, below(tenant, eve, "new set"), "x")
		insert(t, w, users(tenant+" new"), "x")
		link(t, w, group, "a new navigation", eve)
		_, _ = w.Replace(group, store.Entity{Type: "a new type", JSON: []byte("changed")})
		_ = w.SetValue("space", tenant, []byte("after"))
		_ = w.SetValue("space", tenant+" new", []byte("after"))
		_ = w.Delete(ada)
		for i := range 500 {
			insert(t, w, users(tenant), fmt.Sprint(i), upn(fmt.Sprint(i)))
		}
	})
	failing(func(w store.Writer) { _ = w.ClearTenant(tenant) })
	view(t, s, func(r store.Reader) {
		wantList(t, "users", ids(r.Scan(users(tenant), 0)), "ada")
		wantSame(t, "count", r.Count(users(tenant)), 1)
		wantSame(t, "count of new tenant", r.Count(users(tenant+" new")), 0)
		wantList(t, "notes", ids(r.Scan(below(tenant, ada, "notes"), 0)), "n")
		wantList(t, "members", r.Links(group, "members", 0), ada)
		wantList(t, "by key", ids(r.Matches(users(tenant), upn("ada"), 0)), "ada")
		wantList(t, "by new key", ids(r.Matches(users(tenant), upn("eve"), 0)))
		_, g, _ := r.At(group)
		wantSame(t, "JSON", string(g.JSON), `{"id":"g"}`)
		v, _ := r.Value("space", tenant)
		wantSame(t, "value", string(v), "before")
		_, ok := r.Value("space", tenant+" new")
		wantSame(t, "new value", ok, false)
	})
}

// RunBulk checks a function that inserts many, and reads among its inserts.
func RunBulk(t *testing.T, h Harness) {
	s := open(t, h)
	const n = 3000
	id := func(i int) string { return fmt.Sprintf("%08x-0000-4000-8000-000000000000", uint32(i)*2654435761) }
	update(t, s, func(w store.Writer) {
		for i := range n {
			insert(t, w, users("a"), id(i), upn(id(i)))
			if i%700 == 0 {
				e, err := w.Lookup(users("a"), upn(id(i/2)))
				if err != nil || e.ID != id(i/2) {
					t.Fatalf("lookup after %d: %v", i, err)
				}
			}
		}
		_, err := w.Insert(users("a"), store.Entity{ID: id(n - 1)})
		wantError(t, err, store.ErrExists)
		if _, err := w.Get(users("a"), id(n-1)); err != nil {
			t.Error(err)
		}
	})
	view(t, s, func(r store.Reader) {
		i := 0
		for e := range r.Scan(users("a"), 0) {
			if e.ID != id(i) {
				t.Fatalf("entity %d is %s", i, e.ID)
			}
			if got, err := r.Get(users("a"), id(i)); err != nil || got.Ordinal != e.Ordinal {
				t.Fatalf("get %d: %v", i, err)
			}
			i++
		}
		wantSame(t, "scanned", i, n)
		wantSame(t, "count", r.Count(users("a")), n)
	})
}

// RunSnapshot checks that a view does not change under its function.
func RunSnapshot(t *testing.T, h Harness) {
	s := open(t, h)
	update(t, s, func(w store.Writer) { insert(t, w, users("a"), "1") })
	view(t, s, func(r store.Reader) {
		beside(t, s, func(w store.Writer) {
			insert(t, w, users("a"), "2")
			insert(t, w, users("b"), "1")
		})
		wantSame(t, "count", r.Count(users("a")), 1)
		wantList(t, "tenants", r.Tenants(), "a")
		wantSame(t, "new tenant", r.Count(users("b")), 0)
	})
	view(t, s, func(r store.Reader) { wantSame(t, "count afterwards", r.Count(users("a")), 2) })
}

// RunSnapshotOverClear checks that a view that began before a tenant was cleared
// and filled again sees the old state and misleads no later one.
func RunSnapshotOverClear(t *testing.T, h Harness) {
	s := open(t, h)
	update(t, s, func(w store.Writer) { insert(t, w, users("a"), "old") })
	view(t, s, func(r store.Reader) {
		beside(t, s, func(w store.Writer) {
			if err := w.ClearTenant("a"); err != nil {
				t.Fatal(err)
			}
			insert(t, w, users("a"), "new")
		})
		wantList(t, "before", ids(r.Scan(users("a"), 0)), "old")
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "after", ids(r.Scan(users("a"), 0)), "new")
	})
}

// beside updates from another goroutine, because View's own must not. Little is
// written: a store may have to wait for views when it grows.
func beside(t testing.TB, s store.Store, fn func(w store.Writer)) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := s.Update(func(w store.Writer) error { fn(w); return nil }); err != nil {
			t.Errorf("update: %v", err)
		}
	}()
	<-done
}
