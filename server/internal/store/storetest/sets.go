package storetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunScan checks order and paging.
func RunScan(t *testing.T, h Harness) {
	s := open(t, h)
	var ordinals []store.Ordinal
	var want []string
	for i := range 50 {
		update(t, s, func(w store.Writer) {
			id := fmt.Sprintf("%02d", (i*37)%50)
			ordinals = append(ordinals, insert(t, w, users("a"), id))
			insert(t, w, users("b"), id)
			want = append(want, id)
		})
	}
	view(t, s, func(r store.Reader) {
		wantList(t, "all", ids(r.Scan(users("a"), 0)), want...)
		for i, o := range ordinals {
			wantList(t, "rest", ids(r.Scan(users("a"), o)), want[i+1:]...)
		}
		wantList(t, "between", ids(r.Scan(users("a"), ordinals[9]+1)), want[10:]...)
		wantList(t, "after the last", ids(r.Scan(users("a"), ^store.Ordinal(0))))
		wantList(t, "unknown set", ids(r.Scan(below("a", 0, "user"), 0)))
		for range r.Scan(users("a"), 0) {
			break // a caller may stop at any time
		}
	})
}

// RunChangeWhileScanning checks that a function may change what it ranges over.
func RunChangeWhileScanning(t *testing.T, h Harness) {
	s := open(t, h)
	const n = 600
	update(t, s, func(w store.Writer) {
		for i := range n {
			insert(t, w, users("a"), fmt.Sprint(i), store.Key{Name: "parity", Value: fmt.Sprint(i % 2)})
		}
	})
	update(t, s, func(w store.Writer) {
		seen := 0
		for e := range w.Scan(users("a"), 0) {
			seen++
			if seen <= 5 {
				insert(t, w, users("a"), "late "+e.ID)
			}
			if e.ID[len(e.ID)-1] == '7' {
				if err := w.Delete(e.Ordinal); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if _, err := w.Replace(e.Ordinal, store.Entity{JSON: append([]byte("longer than before: "), e.JSON...)}); err != nil {
				t.Fatal(err)
			}
		}
		wantSame(t, "seen", seen, n+5)
		for e := range w.Matches(users("a"), store.Key{Name: "parity", Value: "0"}, 0) {
			if err := w.Delete(e.Ordinal); err != nil {
				t.Fatal(err)
			}
		}
	})
	view(t, s, func(r store.Reader) {
		wantSame(t, "left", r.Count(users("a")), n/2-n/10+5)
	})
}

// RunFind checks the search for an id in all sets of a tenant.
func RunFind(t *testing.T, h Harness) {
	s := open(t, h)
	var user store.Ordinal
	update(t, s, func(w store.Writer) {
		user = insert(t, w, users("a"), guid)
		insert(t, w, below("a", 0, "groups"), guid)
		insert(t, w, below("a", user, "notes"), guid)
		insert(t, w, users("b"), guid)
		insert(t, w, users("a"), guid+"0")
	})
	find := func(r store.Reader, tenant, id string) (sets []string) {
		for set, e := range r.Find(tenant, id) {
			wantSame(t, "id", e.ID, guid)
			wantSame(t, "tenant", set.Tenant, tenant)
			sets = append(sets, set.Name)
		}
		slices.Sort(sets)
		return sets
	}
	view(t, s, func(r store.Reader) {
		wantSame(t, "sets", fmt.Sprint(find(r, "a", guid)), "[groups notes users]")
		wantSame(t, "sets of b", fmt.Sprint(find(r, "b", guid)), "[users]")
		wantSame(t, "unknown id", fmt.Sprint(find(r, "a", guid[:35])), "[]")
		wantSame(t, "unknown tenant", fmt.Sprint(find(r, "c", guid)), "[]")
	})
	update(t, s, func(w store.Writer) {
		if err := w.Delete(user); err != nil {
			t.Fatal(err)
		}
		wantSame(t, "after delete", fmt.Sprint(find(w, "a", guid)), "[groups]")
	})
}

// RunSets checks the list of sets.
func RunSets(t *testing.T, h Harness) {
	s := open(t, h)
	var user, only store.Ordinal
	update(t, s, func(w store.Writer) {
		user = insert(t, w, users("a"), "u")
		insert(t, w, below("a", 0, "deviceManagement/virtualEndpoint/cloudPCs"), "c")
		only = insert(t, w, below("a", user, "calendars"), "c")
		insert(t, w, below("a", user, "events"), "e")
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "root", r.Sets("a", 0), below("a", 0, "deviceManagement/virtualEndpoint/cloudPCs"), users("a"))
		wantList(t, "user", r.Sets("a", user), below("a", user, "calendars"), below("a", user, "events"))
		wantList(t, "other tenant", r.Sets("b", 0))
	})
	update(t, s, func(w store.Writer) {
		if err := w.Delete(only); err != nil {
			t.Fatal(err)
		}
		wantList(t, "empty sets", w.Sets("a", user), below("a", user, "events"))
		insert(t, w, below("a", user, "calendars"), "again")
		wantList(t, "refilled", w.Sets("a", user), below("a", user, "calendars"), below("a", user, "events"))
	})
}
