package storetest

import (
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunEvents: a watched tenant tells all that happened, in order and with what
// was there, and forgets what was acknowledged.
func RunEvents(t *testing.T, h Harness) {
	s := open(t, h)
	var a, b store.Ordinal
	update(t, s, func(w store.Writer) {
		a = insert(t, w, users("t"), "a")
		wantError(t, w.Watch("t"), nil)
	})
	update(t, s, func(w store.Writer) {
		b = insert(t, w, users("t"), "b")
		insert(t, w, users("other"), "c")
		_, err := w.Replace(a, store.Entity{JSON: []byte("a2"), Type: "x.y"})
		wantError(t, err, nil)
		_, err = w.Replace(b, store.Entity{JSON: []byte("b2")})
		wantError(t, err, nil)
		_, err = w.Link(a, "manager", b)
		wantError(t, err, nil)
		wantError(t, w.Announce("t", []byte("hello")), nil)
		wantError(t, w.Announce("other", []byte("nobody")), nil)
		wantError(t, w.Move(a, below("t", 0, "bin")), nil)
		wantList(t, "watched", w.Watched(), "t")
	})
	update(t, s, func(w store.Writer) {
		wantError(t, w.Delete(b), nil)
		wantError(t, w.Delete(insert(t, w, users("t"), "never")), nil)
	})
	list := events(t, s, "t", 0)
	wantEvents(t, list, "i b", "l a", "a ", "m a", "i a", "u a", "d b")
	if e := list[0]; string(e.JSON) != "b2" {
		t.Errorf("inserted: %+v", e)
	}
	if e := list[3]; string(e.JSON) != "a2" || e.Type != "x.y" || e.Set != users("t") || e.Ordinal != a {
		t.Errorf("moved: %+v", e)
	}
	if e := list[1]; e.Nav != "manager" || e.To != b {
		t.Errorf("linked: %+v", e)
	}
	if e := list[2]; string(e.JSON) != "hello" || e.Set.Tenant != "t" {
		t.Errorf("announced: %+v", e)
	}
	wantEvents(t, events(t, s, "t", list[4].Tick), "u a", "d b")
	wantEvents(t, events(t, s, "other", 0))
	update(t, s, func(w store.Writer) { wantError(t, w.Acknowledge("t", list[4].Tick), nil) })
	wantEvents(t, events(t, s, "t", 0), "u a", "d b")
	update(t, s, func(w store.Writer) {
		wantError(t, w.Unwatch("t"), nil)
		insert(t, w, users("t"), "d")
	})
	wantEvents(t, events(t, s, "t", 0))
	update(t, s, func(w store.Writer) {
		wantError(t, w.Watch("t"), nil)
		insert(t, w, users("t"), "e")
		wantError(t, w.ClearTenant("t"), nil)
		insert(t, w, users("t"), "f")
	})
	wantEvents(t, events(t, s, "t", 0))
}

// RunEventsUndone: what is undone never happened.
func RunEventsUndone(t *testing.T, h Harness) {
	s := open(t, h)
	update(t, s, func(w store.Writer) { wantError(t, w.Watch("t"), nil) })
	fail(t, s, failures[0], func(w store.Writer) { insert(t, w, users("t"), "a") })
	update(t, s, func(w store.Writer) { insert(t, w, users("t"), "b") })
	wantEvents(t, events(t, s, "t", 0), "i b")
}

func events(t *testing.T, s store.Store, tenant string, after uint64) (list []store.Event) {
	t.Helper()
	view(t, s, func(r store.Reader) {
		all, lost := r.Events(tenant, after)
		for e := range all {
			e.JSON = append([]byte(nil), e.JSON...)
			list = append(list, e)
		}
		if lost && after > 0 {
			t.Errorf("events after %d are lost", after)
		}
	})
	return list
}

func wantEvents(t *testing.T, list []store.Event, want ...string) {
	t.Helper()
	var got []string
	for _, e := range list {
		got = append(got, string(e.Kind)+" "+e.ID)
	}
	wantList(t, "events", slices.Values(got), want...)
}
