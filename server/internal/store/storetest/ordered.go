package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

func sent(v string) store.Key { return store.Key{Name: "sent", Value: v, Sorted: true} }

// RunOrdered checks the order by key, in both directions and from anywhere on.
func RunOrdered(t *testing.T, h Harness) {
	s := open(t, h)
	ordinals := map[string]store.Ordinal{}
	update(t, s, func(w store.Writer) {
		for _, e := range []struct {
			set store.SetKey
			id  string
			key store.Key
		}{
			{users("a"), "b1", sent("x3")}, {users("a"), "b2", sent("x1")}, {users("a"), "b3", sent("y2")}, {users("a"), "b4", sent("x1")},
			{users("a"), "b5", sent("x22")}, {users("a"), "b6", sent("x\xff")}, {users("a"), "b7", mail("x2")},
			{users("b"), "b8", sent("x2")}, {below("a", 0, "groups"), "b9", sent("x2")},
		} {
			ordinals[e.id] = insert(t, w, e.set, e.id, e.key)
		}
	})
	tests := []struct {
		name string
		of   store.Range
		skip int
		want string
	}{
		{"ascending", store.Range{Name: "sent", Prefix: "x", Length: 1}, 0, "b2 b4 b1 b6"},
		{"descending", store.Range{Name: "sent", Prefix: "x", Length: 1, Descending: true}, 0, "b6 b1 b4 b2"},
		{"without prefix", store.Range{Name: "sent", Length: 2, Descending: true}, 0, "b3 b6 b1 b4 b2"},
		{"longer values", store.Range{Name: "sent", Prefix: "x", Length: 2}, 0, "b5"},
		{"skipped", store.Range{Name: "sent", Length: 2, Descending: true}, 3, "b4 b2"},
		{"all skipped", store.Range{Name: "sent", Length: 2}, 9, ""},
		{"from a value on", store.Range{Name: "sent", Prefix: "x", Length: 1, Value: "1", After: ordinals["b2"]}, 0, "b4 b1 b6"},
		{"back from a value", store.Range{Name: "sent", Prefix: "x", Length: 1, Descending: true, Value: "1", After: ordinals["b4"]}, 0, "b2"},
		{"from what is gone", store.Range{Name: "sent", Prefix: "x", Length: 1, Descending: true, Value: "2", After: 1000}, 0, "b4 b2"},
		{"unheard of", store.Range{Name: "unheard of", Length: 2, Descending: true}, 0, ""},
	}
	view(t, s, func(r store.Reader) {
		for _, test := range tests {
			found := slices.Collect(ids(r.Ordered(users("a"), test.of, test.skip)))
			wantSame(t, test.name, fmt.Sprint(found), "["+test.want+"]")
			if test.skip == 0 {
				wantSame(t, test.name+": count", r.CountOrdered(users("a"), test.of), len(found))
			}
		}
		wantList(t, "other tenant", ids(r.Ordered(users("b"), tests[1].of, 0)), "b8")
		wantList(t, "no such tenant", ids(r.Ordered(users("c"), tests[1].of, 0)))
	})
}

// RunChangeWhileOrdered checks that a walk copes with changes, either way.
func RunChangeWhileOrdered(t *testing.T, h Harness) {
	for _, descending := range []bool{false, true} {
		s := open(t, h)
		update(t, s, func(w store.Writer) {
			for _, id := range []string{"1", "2", "3", "4"} {
				insert(t, w, users("a"), id, sent(id))
			}
			var seen []string
			for e := range w.Ordered(users("a"), store.Range{Name: "sent", Length: 1, Descending: descending}, 0) {
				seen = append(seen, e.ID)
				if err := w.Delete(e.Ordinal); err != nil {
					t.Fatal(err)
				}
			}
			want := []string{"1", "2", "3", "4"}
			if descending {
				slices.Reverse(want)
			}
			wantList(t, "seen", slices.Values(seen), want...)
		})
	}
}

// place is where an entity stands in the order of a key.
type place struct {
	key store.Key
	at  store.Ordinal
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.key.Value, q.key.Value), cmp.Compare(p.at, q.at))
}

// compareNeighbours looks for what stands next to an entity of a set, either way.
func (m *model) compareNeighbours(t *testing.T, r store.Reader, set store.SetKey, at place) {
	t.Helper()
	var all []place
	for o, e := range m.entities {
		for _, k := range e.keys {
			if e.set == set && k.Name == at.key.Name && len(k.Value) == len(at.key.Value) {
				all = append(all, place{k, o})
			}
		}
	}
	slices.SortFunc(all, place.compare)
	i := slices.Index(all, at)
	of := store.Range{Name: at.key.Name, Length: len(at.key.Value), Value: at.key.Value, After: at.at}
	for _, descending := range []bool{false, true} {
		next, want := i+1, store.Ordinal(0)
		if of.Descending = descending; descending {
			next = i - 1
		}
		if next >= 0 && next < len(all) {
			want = all[next].at
		}
		var got store.Ordinal
		for e := range r.Ordered(set, of, 0) {
			got = e.Ordinal
			break
		}
		wantSame(t, fmt.Sprintf("next to %v, descending %v", at, descending), got, want)
	}
}

// RunSkip checks that entities are passed over by number.
func RunSkip(t *testing.T, h Harness) {
	s := open(t, h)
	var o []store.Ordinal
	update(t, s, func(w store.Writer) {
		for _, id := range []string{"1", "2", "3", "4"} {
			o = append(o, insert(t, w, users("a"), id))
			insert(t, w, users("b"), id)
		}
		wantError(t, w.Delete(o[1]), nil)
	})
	view(t, s, func(r store.Reader) {
		for _, test := range []struct {
			after store.Ordinal
			n     int
			want  store.Ordinal
		}{{0, 0, 0}, {0, 1, o[0]}, {0, 2, o[2]}, {o[0], 1, o[2]}, {o[1], 2, o[3]}, {0, 100, o[3]}, {o[3], 5, o[3]}} {
			wantSame(t, fmt.Sprintf("%d above %d", test.n, test.after), r.Skip(users("a"), test.after, test.n), test.want)
		}
		wantSame(t, "no such set", r.Skip(users("c"), 0, 3), store.Ordinal(0))
	})
}
