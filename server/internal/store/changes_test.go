package store

import (
	"errors"
	"fmt"
	"testing"
)

// A log that grew too long loses its oldest records, and says so to who asks
// for them.
func TestChangesAreCut(t *testing.T) {
	opened, err := Open(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	s := opened.(*bolt)
	s.maxChanges = 10
	set := SetKey{Tenant: "t", Name: "users"}
	var begin, middle uint64
	for i := range 25 {
		err := s.Update(func(w Writer) error {
			if i == 0 {
				if err := w.Track(set); err != nil {
					return err
				}
				begin = w.Tick()
			}
			_, err := w.Insert(set, Entity{ID: fmt.Sprint(i), JSON: []byte("{}")})
			if i == 22 {
				middle = w.Tick()
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	_ = s.View(func(r Reader) error {
		if _, err := r.Changes(set, begin); !errors.Is(err, ErrForgotten) {
			t.Errorf("from the beginning: %v", err)
		}
		n := 0
		seq, err := r.Changes(set, middle)
		if err != nil {
			t.Fatal(err)
		}
		for range seq {
			n++
		}
		if n != 2 {
			t.Errorf("%d changes, want 2", n)
		}
		return nil
	})
}
