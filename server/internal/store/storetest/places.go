package storetest

import (
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunClosed checks that a closed store says so.
func RunClosed(t *testing.T, h Harness) {
	s, err := h.New(t)()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	called := false
	wantError(t, s.View(func(store.Reader) error { called = true; return nil }), store.ErrClosed)
	wantError(t, s.Update(func(store.Writer) error { called = true; return nil }), store.ErrClosed)
	_, err = s.Image()
	wantError(t, err, store.ErrClosed)
	wantSame(t, "called", called, false)
}

// RunImage checks that a copy starts equal and goes its own way.
func RunImage(t *testing.T, h Harness) {
	s := open(t, h)
	var last store.Ordinal
	update(t, s, func(w store.Writer) {
		insert(t, w, users("a"), guid, upn("ada"))
		last = insert(t, w, users("a"), "second")
	})
	image, err := s.Image()
	if err != nil {
		t.Fatal(err)
	}
	one, err := h.FromImage(t, image)
	one = guard(t, one, err)
	two, err := h.FromImage(t, image)
	two = guard(t, two, err)
	update(t, one, func(w store.Writer) {
		wantSame(t, "count in copy", w.Count(users("a")), 2)
		if o := insert(t, w, users("a"), "third"); o <= last {
			t.Errorf("the copy gives ordinal %d again", o)
		}
	})
	for _, other := range []store.Store{s, two} {
		view(t, other, func(r store.Reader) {
			wantSame(t, "count in the others", r.Count(users("a")), 2)
			if _, err := r.Lookup(users("a"), upn("ada")); err != nil {
				t.Error(err)
			}
		})
	}
}

// RunReopen checks what is there after a restart.
func RunReopen(t *testing.T, h Harness) {
	place := h.New(t)
	s, err := place()
	s = guard(t, s, err)
	var o store.Ordinal
	update(t, s, func(w store.Writer) {
		o = insert(t, w, users("a"), guid, upn("ada"))
		link(t, w, o, "manager", o)
		_ = w.SetValue("space", "key", []byte("v"))
		deleted := insert(t, w, users("a"), "deleted")
		o = max(o, deleted)
		_ = w.Delete(deleted)
	})
	check(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = place()
	s = guard(t, s, err)
	update(t, s, func(w store.Writer) {
		_, err := w.Lookup(users("a"), upn("ada"))
		_, ok := w.Value("space", "key")
		if !h.Durable {
			wantError(t, err, store.ErrNotFound)
			wantSame(t, "value", ok, false)
			return
		}
		wantError(t, err, nil)
		wantSame(t, "value", ok, true)
		if next := insert(t, w, users("a"), "next"); next <= o {
			t.Errorf("ordinal %d comes again after a restart", next)
		}
	})
}
