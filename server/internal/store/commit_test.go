package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

var people = SetKey{Tenant: "a", Name: "people"}

func openBoltFor(t testing.TB, o Options) *bolt {
	t.Helper()
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	b := s.(*bolt)
	t.Cleanup(func() {
		if err := b.Check(); err != nil && !errors.Is(err, ErrClosed) {
			t.Errorf("store contradicts itself: %v", err)
		}
		if err := b.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return b
}

func commitsSoFar(t testing.TB, s *bolt) (id int) {
	t.Helper()
	if err := s.db.View(func(tx *bbolt.Tx) error { id = tx.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return id
}

// together runs functions in one batch, in order: the first one waits until all
// others want the turn.
func together(t testing.TB, s *bolt, fns ...func(Writer) error) []error {
	t.Helper()
	errs := make([]error, len(fns))
	var group sync.WaitGroup
	inside, release := make(chan struct{}), make(chan struct{})
	for i, fn := range fns {
		group.Go(func() {
			errs[i] = s.Update(func(w Writer) error {
				if i == 0 {
					close(inside)
					<-release
				}
				return fn(w)
			})
		})
		<-inside
		for s.waiting.Load() < int32(i) {
			runtime.Gosched()
		}
	}
	close(release)
	group.Wait()
	return errs
}

func add(id string) func(Writer) error {
	return func(w Writer) error {
		_, err := w.Insert(people, Entity{ID: id, Type: "type of " + id, Keys: []Key{{Name: "key of " + id, Value: id}}})
		return err
	}
}

func TestUpdateSharesCommit(t *testing.T) {
	s := openBoltFor(t, Options{})
	before := commitsSoFar(t, s)
	errs := together(t, s, add("1"), add("2"), add("3"), add("2"), add("4"))
	if want := "[<nil> <nil> <nil> entity exists already <nil>]"; fmt.Sprint(errs) != want {
		t.Errorf("errors %v, want %s", errs, want)
	}
	if n := commitsSoFar(t, s) - before; n != 1 {
		t.Errorf("%d commits", n)
	}
}

// What a function learned about numbers that were then undone must not reach
// those behind it, nor later transactions.
func TestUpdateForgetsUndoneNumbers(t *testing.T) {
	s := openBoltFor(t, Options{})
	refused := errors.New("refused")
	same := add("new")
	errs := together(t, s,
		func(w Writer) error { return w.SetValue("space", "key", []byte("v")) },
		func(w Writer) error { return errors.Join(same(w), refused) },
		func(w Writer) error {
			_, err := w.Insert(SetKey{Tenant: "b", Name: "takes the number"}, Entity{ID: "x", Type: "t", Keys: []Key{{Name: "k", Value: "v"}}})
			return err
		},
		same,
	)
	if errs[0] != nil || !errors.Is(errs[1], refused) || errs[2] != nil || errs[3] != nil {
		t.Fatal(errs)
	}
	err := s.View(func(r Reader) error {
		e, err := r.Lookup(people, Key{Name: "key of new", Value: "new"})
		if e.Type != "type of new" {
			t.Errorf("type %q", e.Type)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A transaction that began before a tenant was cleared may come to see the cache
// that began afterwards.
func TestViewIgnoresLaterCache(t *testing.T) {
	s := openBoltFor(t, Options{})
	must(t, s.Update(add("old")))
	must(t, s.Update(add("older")))
	tx, err := s.db.Begin(false)
	must(t, err)
	defer tx.Rollback()
	must(t, s.Update(func(w Writer) error { return errors.Join(w.ClearTenant("a"), add("new")(w)) }))
	if n := newView(&snapshot{tx: tx}, s.cache.Load(), nil).Count(people); n != 2 {
		t.Errorf("%d entities in the old snapshot", n)
	}
	must(t, s.View(func(r Reader) error {
		if n := r.Count(people); n != 1 {
			t.Errorf("%d entities in a new snapshot", n)
		}
		return nil
	}))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A commit that fails fails for all who shared it, and nothing else.
func TestUpdateCommitFails(t *testing.T) {
	s := openBoltFor(t, Options{Path: filepath.Join(t.TempDir(), "store.db")})
	must(t, s.Update(add("before")))
	s.db.MaxSize = 1 << 20
	big := func(w Writer) error {
		_, err := w.Insert(people, Entity{ID: "big", JSON: make([]byte, 2<<20)})
		return err
	}
	for i, err := range together(t, s, add("1"), big, add("2")) {
		if !errors.Is(err, berrors.ErrMaxSizeReached) {
			t.Errorf("writer %d: %v", i, err)
		}
	}
	must(t, s.Update(add("1")))
	must(t, s.View(func(r Reader) error {
		if n := r.Count(people); n != 2 {
			t.Errorf("%d entities", n)
		}
		return nil
	}))
}

// Whoever takes the turn without writing finds a batch whose writers count on
// them to commit it.
func TestTurnWithoutWriting(t *testing.T) {
	for name, take := range map[string]func(*bolt) error{"Close": (*bolt).Close, "Check": (*bolt).Check} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "store.db")
			s := openBoltFor(t, Options{Path: path})
			taken := make(chan error)
			must(t, s.Update(func(w Writer) error {
				go func() { taken <- take(s) }()
				for s.waiting.Load() == 0 {
					runtime.Gosched()
				}
				return add("1")(w)
			}))
			must(t, <-taken)
			must(t, s.Close())
			must(t, openBoltFor(t, Options{Path: path}).View(func(r Reader) error {
				_, err := r.Get(people, "1")
				return err
			}))
		})
	}
}

// Close lets those finish who are in, and refuses the others.
func TestCloseAmongWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := openBoltFor(t, Options{Path: path})
	var group sync.WaitGroup
	var acknowledged atomic.Int32
	for n := range 8 {
		group.Go(func() {
			for i := 0; ; i++ {
				err := s.Update(add(fmt.Sprint(n, ".", i)))
				if errors.Is(err, ErrClosed) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				acknowledged.Add(1)
			}
		})
	}
	for acknowledged.Load() < 20 {
		runtime.Gosched()
	}
	must(t, s.Close())
	group.Wait()
	s = openBoltFor(t, Options{Path: path})
	must(t, s.View(func(r Reader) error {
		if n := r.Count(people); n != int(acknowledged.Load()) {
			t.Errorf("%d entities, %d acknowledged", n, acknowledged.Load())
		}
		return nil
	}))
}
