// Package storetest is the contract of [store.Store] as tests: every
// implementation runs [Run] and [RunModel] in a test of its own.
//
// It knows the interface and nothing of any implementation. Start reading at
// [Harness]; each file holds the tests of one part of the contract, RunModel in
// model.go plays random operations against plain Go maps.
package storetest

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Harness is what the suite must know of an implementation.
type Harness struct {
	// New finds a fresh place for a store and returns what opens it. A place is
	// opened again only after its store was closed.
	New func(t testing.TB) (open func() (store.Store, error))

	// Durable says that a place opened again holds what it held.
	Durable bool

	// FromImage opens a store that starts as a copy.
	FromImage func(t testing.TB, image []byte) (store.Store, error)
}

// Checker is implemented by stores that can look for contradictions in their own
// data. The suite asks them after every test.
type Checker interface{ Check() error }

// Run runs every test of the contract.
func Run(t *testing.T, h Harness) {
	tests := []struct {
		name string
		run  func(*testing.T, Harness)
	}{
		{"Insert", RunInsert},
		{"InsertRefused", RunInsertRefused},
		{"IDs", RunIDs},
		{"Replace", RunReplace},
		{"Delete", RunDelete},
		{"DeleteContained", RunDeleteContained},
		{"Scan", RunScan},
		{"ChangeWhileScanning", RunChangeWhileScanning},
		{"Find", RunFind},
		{"Sets", RunSets},
		{"Keys", RunKeys},
		{"KeysOfReplaced", RunKeysOfReplaced},
		{"SetKeys", RunSetKeys},
		{"Ordered", RunOrdered},
		{"ChangeWhileOrdered", RunChangeWhileOrdered},
		{"Skip", RunSkip},
		{"Links", RunLinks},
		{"LinksOfDeleted", RunLinksOfDeleted},
		{"Changes", RunChanges},
		{"ChangesUndone", RunChangesUndone},
		{"LinkChanges", RunLinkChanges},
		{"MemberChanges", RunMemberChanges},
		{"Events", RunEvents},
		{"EventsUndone", RunEventsUndone},
		{"Values", RunValues},
		{"Streams", RunStreams},
		{"StreamsShared", RunStreamsShared},
		{"StreamsExtended", RunStreamsExtended},
		{"StreamsAbandoned", RunStreamsAbandoned},
		{"Tenants", RunTenants},
		{"ClearTenant", RunClearTenant},
		{"Undo", RunUndo},
		{"UndoBehindOthers", RunUndoBehindOthers},
		{"Bulk", RunBulk},
		{"Snapshot", RunSnapshot},
		{"SnapshotOverClear", RunSnapshotOverClear},
		{"Closed", RunClosed},
		{"Image", RunImage},
		{"Reopen", RunReopen},
		{"GroupCommit", RunGroupCommit},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, h)
		})
	}
}

// open opens a store in a new place, to be checked and closed after the test.
func open(t testing.TB, h Harness) store.Store {
	t.Helper()
	s, err := h.New(t)()
	return guard(t, s, err)
}

func guard(t testing.TB, s store.Store, err error) store.Store {
	t.Helper()
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		check(t, s)
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func check(t testing.TB, s store.Store) {
	t.Helper()
	c, ok := s.(Checker)
	if !ok {
		return
	}
	if err := c.Check(); err != nil && !errors.Is(err, store.ErrClosed) {
		t.Errorf("store contradicts itself: %v", err)
	}
}

func update(t testing.TB, s store.Store, fn func(w store.Writer)) {
	t.Helper()
	if err := s.Update(func(w store.Writer) error { fn(w); return nil }); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func view(t testing.TB, s store.Store, fn func(r store.Reader)) {
	t.Helper()
	if err := s.View(func(r store.Reader) error { fn(r); return nil }); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// insert adds an entity whose JSON names its id.
func insert(t testing.TB, w store.Writer, set store.SetKey, id string, keys ...store.Key) store.Ordinal {
	t.Helper()
	o, err := w.Insert(set, store.Entity{ID: id, Keys: keys, JSON: body(id)})
	if err != nil {
		t.Fatalf("insert %q into %v: %v", id, set, err)
	}
	return o
}

func body(id string) []byte { return fmt.Appendf(nil, `{"id":%q}`, id) }

func link(t testing.TB, w store.Writer, from store.Ordinal, nav string, to store.Ordinal) {
	t.Helper()
	if _, err := w.Link(from, nav, to); err != nil {
		t.Fatalf("link %d to %d: %v", from, to, err)
	}
}

func wantError(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func wantSame[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func wantList[T comparable](t testing.TB, what string, got iter.Seq[T], want ...T) {
	t.Helper()
	if list := slices.Collect(got); !slices.Equal(list, want) {
		t.Errorf("%s: %v, want %v", what, list, want)
	}
}

// ids yields the ids of entities.
func ids(entities iter.Seq[store.Entity]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for e := range entities {
			if !yield(e.ID) {
				return
			}
		}
	}
}

// users is a set of service root that most tests work on.
func users(tenant string) store.SetKey { return store.SetKey{Tenant: tenant, Name: "users"} }

func below(tenant string, parent store.Ordinal, name string) store.SetKey {
	return store.SetKey{Tenant: tenant, Parent: parent, Name: name}
}
