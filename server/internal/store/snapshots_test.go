package store

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

// What a view sees is the latest commit, whatever snapshots are at rest.
func TestSnapshots_AreNeverStale(t *testing.T) {
	s := openBoltFor(t, Options{})
	for i := range 50 {
		must(t, s.Update(add(fmt.Sprint(i))))
		for range 3 { // the second and third find one at rest
			must(t, s.View(func(r Reader) error {
				if n := r.Count(people); n != i+1 {
					t.Errorf("%d entities after %d commits", n, i+1)
				}
				return nil
			}))
		}
	}
}

// A view keeps its snapshot while others write, and does not leave it to those
// who come after.
func TestSnapshots_EndWithAWrite(t *testing.T) {
	s := openBoltFor(t, Options{})
	must(t, s.View(func(r Reader) error {
		must(t, s.Update(add("one")))
		if n := r.Count(people); n != 0 {
			t.Errorf("a view saw %d entities that came after it", n)
		}
		return nil
	}))
	if n := len(s.snapshots.rest); n != 0 {
		t.Errorf("%d snapshots at rest from before a write", n)
	}
	must(t, s.View(func(r Reader) error { return nil }))
	if n := len(s.snapshots.rest); n != 1 {
		t.Errorf("%d snapshots at rest, want 1", n)
	}
	if err := s.Update(func(Writer) error { return errors.New("no") }); err == nil {
		t.Error("a failed update succeeded")
	}
	must(t, s.View(func(r Reader) error { return nil }))
	if n := len(s.snapshots.rest); n != 1 {
		t.Errorf("%d snapshots at rest after a failed update and a view, want 1", n)
	}
}

// Writers that grow the file need it mapped anew, which waits for readers: none
// at rest may keep them.
func TestSnapshots_LetTheFileGrow(t *testing.T) {
	s := openBoltFor(t, Options{})
	var group sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				_ = s.View(func(r Reader) error { r.Count(people); return nil })
			}
		})
	}
	for i := range 15 {
		must(t, s.Update(func(w Writer) error {
			for j := range 500 {
				if err := add(fmt.Sprint(i, ".", j))(w); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	close(stop)
	group.Wait()
}
