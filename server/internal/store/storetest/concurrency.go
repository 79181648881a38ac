package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunGroupCommit checks writers that share commits, some of whose functions end
// badly: what was acknowledged is there, what failed is not, and each caller
// hears of its own failure only.
func RunGroupCommit(t *testing.T, h Harness) {
	s := open(t, h)
	const writers, rounds = 16, 30
	var group sync.WaitGroup
	for n := range writers {
		group.Go(func() {
			for i := range rounds {
				id := fmt.Sprintf("%d.%d", n, i)
				add := func(w store.Writer) {
					insert(t, w, users("a"), id, upn(id))
					insert(t, w, users("a "+id), id)
					bump(t, w)
				}
				if fails(n, i) {
					fail(t, s, failures[i%len(failures)], add)
				} else if err := s.Update(func(w store.Writer) error { add(w); return nil }); err != nil {
					t.Errorf("%s: %v", id, err)
				}
				lookFor(t, s, id, !fails(n, i))
			}
		})
	}
	group.Wait()
	view(t, s, func(r store.Reader) {
		good := 0
		for n := range writers {
			for i := range rounds {
				if !fails(n, i) {
					good++
				}
			}
		}
		v, _ := r.Value("count", "")
		wantSame(t, "functions that took effect, one after the other", string(v), fmt.Sprint(good))
		wantSame(t, "count", r.Count(users("a")), good)
	})
}

// fails says which functions end badly.
func fails(writer, round int) bool { return (writer+round)%4 == 0 }

// bump adds one to a number in the store: a lost or doubled function would show.
func bump(t testing.TB, w store.Writer) {
	n := 0
	if v, ok := w.Value("count", ""); ok {
		if _, err := fmt.Sscan(string(v), &n); err != nil {
			t.Error(err)
		}
	}
	if err := w.SetValue("count", "", fmt.Append(nil, n+1)); err != nil {
		t.Error(err)
	}
}

// lookFor checks that an acknowledged write is seen at once, a failed one never.
func lookFor(t testing.TB, s store.Store, id string, want bool) {
	view(t, s, func(r store.Reader) {
		_, err := r.Get(users("a"), id)
		wantSame(t, id+" by id", err == nil, want)
		_, err = r.Lookup(users("a"), upn(id))
		wantSame(t, id+" by key", err == nil, want)
		wantSame(t, id+" in its own tenant", r.Count(users("a "+id)) == 1, want)
	})
}
