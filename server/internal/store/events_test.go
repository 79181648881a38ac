package store

import (
	"fmt"
	"testing"
)

// Events that nobody reads are dropped, the oldest first, and the reader is
// told.
func TestEventsAreCut(t *testing.T) {
	woken := 0
	opened, err := Open(Options{Happened: func() { woken++ }})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	s := opened.(*bolt)
	s.maxEvents = 10
	for i := range 25 {
		err := s.Update(func(w Writer) error {
			if err := w.Watch("t"); err != nil {
				return err
			}
			_, err := w.Insert(SetKey{Tenant: "t", Name: "users"}, Entity{ID: fmt.Sprint(i), JSON: []byte("{}")})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	if woken != 25 {
		t.Errorf("woken %d times, want 25", woken)
	}
	_ = s.View(func(r Reader) error {
		events, lost := r.Events("t", 1)
		n := 0
		var last uint64
		for e := range events {
			n++
			last = e.Tick
		}
		if n != 10 || !lost {
			t.Errorf("%d events, lost %v", n, lost)
		}
		if _, lost := r.Events("t", last); lost {
			t.Error("nothing was lost after the last")
		}
		return nil
	})
}
