package storetest

import (
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

const guid = "6e7b768e-07e2-4810-8459-485f84f8f204"

// RunInsert checks what an insert returns and what reads give afterwards.
func RunInsert(t *testing.T, h Harness) {
	s := open(t, h)
	var first, second store.Ordinal
	update(t, s, func(w store.Writer) {
		var err error
		first, err = w.Insert(users("a"), store.Entity{ID: guid, Type: "microsoft.graph.user", JSON: []byte(`{"x":1}`)})
		if err != nil {
			t.Fatal(err)
		}
		second = insert(t, w, users("a"), "second")
		wantSame(t, "count inside", w.Count(users("a")), 2)
		if e, err := w.Get(users("a"), "second"); err != nil || e.Ordinal != second {
			t.Errorf("own insert: %v, %v", e, err)
		}
	})
	if first == 0 || second <= first {
		t.Errorf("ordinals %d and %d do not grow from 1", first, second)
	}
	view(t, s, func(r store.Reader) {
		wantSame(t, "count", r.Count(users("a")), 2)
		e, err := r.Get(users("a"), guid)
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, "ordinal", e.Ordinal, first)
		wantSame(t, "id", e.ID, guid)
		wantSame(t, "type", e.Type, "microsoft.graph.user")
		wantSame(t, "JSON", string(e.JSON), `{"x":1}`)
		set, at, err := r.At(second)
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, "set", set, users("a"))
		wantSame(t, "id at ordinal", at.ID, "second")
		wantSame(t, "type at ordinal", at.Type, "")
		if at.Revision <= e.Revision {
			t.Errorf("revisions %d and %d do not grow", e.Revision, at.Revision)
		}
	})
}

// RunInsertRefused checks that refused inserts change nothing.
func RunInsertRefused(t *testing.T, h Harness) {
	s := open(t, h)
	long := strings.Repeat("x", store.MaxText+1)
	var other store.Ordinal
	update(t, s, func(w store.Writer) {
		insert(t, w, users("a"), guid)
		other = insert(t, w, users("b"), guid)
	})
	tests := []struct {
		name string
		set  store.SetKey
		e    store.Entity
		want error
	}{
		{"same id", users("a"), store.Entity{ID: guid}, store.ErrExists},
		{"same GUID in capitals", users("a"), store.Entity{ID: strings.ToUpper(guid)}, store.ErrExists},
		{"no parent", below("a", 999, "notes"), store.Entity{ID: "n"}, store.ErrNotFound},
		{"parent of another tenant", below("a", other, "notes"), store.Entity{ID: "n"}, store.ErrNotFound},
		{"long id", users("a"), store.Entity{ID: long}, store.ErrTooLong},
		{"long tenant", users(long), store.Entity{ID: "n"}, store.ErrTooLong},
		{"long set", below("a", 0, long), store.Entity{ID: "n"}, store.ErrTooLong},
		{"long type", users("a"), store.Entity{ID: "n", Type: long}, store.ErrTooLong},
		{"long key", users("a"), store.Entity{ID: "n", Keys: []store.Key{{Name: "mail", Value: long}}}, store.ErrTooLong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// The function hides the error: what it refused must not be there.
			update(t, s, func(w store.Writer) {
				_, err := w.Insert(test.set, test.e)
				wantError(t, err, test.want)
			})
			view(t, s, func(r store.Reader) {
				wantSame(t, "count", r.Count(users("a")), 1)
				if test.set != users("a") {
					wantSame(t, "count of refused set", r.Count(test.set), 0)
				}
				_, err := r.Get(test.set, "n")
				wantError(t, err, store.ErrNotFound)
				wantList(t, "tenants", r.Tenants(), "a", "b")
			})
		})
	}
}

// RunIDs checks how ids compare and that they keep their spelling.
func RunIDs(t *testing.T, h Harness) {
	s := open(t, h)
	tests := []struct {
		id, ask string
		found   bool
	}{
		{guid, guid, true},
		{"6e7b768e-07e2-4810-8459-485f84f8f205", "6E7B768E-07E2-4810-8459-485F84F8F205", true},
		{"6E7B768E-07E2-4810-8459-485F84F8F206", "6e7b768e-07e2-4810-8459-485f84f8f206", true},
		{"{6e7b768e-07e2-4810-8459-485f84f8f207}", "6e7b768e-07e2-4810-8459-485f84f8f207", false},
		{"6e7b768e07e248108459485f84f8f208", "6e7b768e-07e2-4810-8459-485f84f8f208", false},
		{"AAMkAD", "AAMkAD", true},
		{"AAMkAE", "aamkae", false},
		{"ab", "a", false},
		{"abc\x00", "abc", false},
		{"", "", true},
		{"größe/ü?", "größe/ü?", true},
		{strings.Repeat("x", store.MaxText), strings.Repeat("x", store.MaxText), true},
		{"never", strings.Repeat("x", 70000), false},
	}
	for _, test := range tests {
		update(t, s, func(w store.Writer) { insert(t, w, users("a"), test.id) })
	}
	view(t, s, func(r store.Reader) {
		for _, test := range tests {
			e, err := r.Get(users("a"), test.ask)
			if !test.found {
				wantError(t, err, store.ErrNotFound)
				continue
			}
			if err != nil {
				t.Errorf("get %.40q: %v", test.ask, err)
			}
			wantSame(t, "id", e.ID, test.id)
		}
		_, err := r.Get(users("nobody"), guid)
		wantError(t, err, store.ErrNotFound)
		_, err = r.Get(below("a", 0, "groups"), guid)
		wantError(t, err, store.ErrNotFound)
		_, _, err = r.At(0)
		wantError(t, err, store.ErrNotFound)
		_, _, err = r.At(1 << 60)
		wantError(t, err, store.ErrNotFound)
	})
}

// RunReplace checks that a replaced entity keeps its place and gets a revision.
func RunReplace(t *testing.T, h Harness) {
	s := open(t, h)
	var o, next store.Ordinal
	update(t, s, func(w store.Writer) {
		o = insert(t, w, users("a"), strings.ToUpper(guid))
		next = insert(t, w, users("a"), "next")
	})
	for i, id := range []string{"", guid, strings.ToUpper(guid)} {
		long := []byte(strings.Repeat("y", 100*(i+1)))
		update(t, s, func(w store.Writer) {
			revision, err := w.Replace(o, store.Entity{ID: id, Type: "t", JSON: long})
			if err != nil {
				t.Fatal(err)
			}
			clear(long) // the store has its own copy
			e, err := w.Get(users("a"), guid)
			if err != nil || e.Revision != revision {
				t.Errorf("revision %d (%v), want %d", e.Revision, err, revision)
			}
			_, other, _ := w.At(next)
			if revision <= other.Revision {
				t.Errorf("revision %d is not above %d, which was there", revision, other.Revision)
			}
		})
		view(t, s, func(r store.Reader) {
			e, err := r.Get(users("a"), guid)
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "ordinal", e.Ordinal, o)
			wantSame(t, "id", e.ID, strings.ToUpper(guid))
			wantSame(t, "type", e.Type, "t")
			wantSame(t, "JSON", string(e.JSON), strings.Repeat("y", 100*(i+1)))
			wantSame(t, "count", r.Count(users("a")), 2)
		})
	}
	update(t, s, func(w store.Writer) {
		_, err := w.Replace(o, store.Entity{ID: "other"})
		wantError(t, err, store.ErrIDChanged)
		_, err = w.Replace(next+1000, store.Entity{})
		wantError(t, err, store.ErrNotFound)
	})
}

// RunDelete checks that a deleted entity is gone and its ordinal is not used
// again.
func RunDelete(t *testing.T, h Harness) {
	s := open(t, h)
	var list []store.Ordinal
	update(t, s, func(w store.Writer) {
		for _, id := range []string{"a", "b", "c", guid} {
			list = append(list, insert(t, w, users("a"), id))
			insert(t, w, below("a", 0, "groups"), id) // so that ordinals change sets
		}
	})
	for i, o := range list {
		update(t, s, func(w store.Writer) {
			if err := w.Delete(o); err != nil {
				t.Fatal(err)
			}
			wantError(t, w.Delete(o), store.ErrNotFound)
			wantSame(t, "count inside", w.Count(users("a")), 3-i)
		})
		view(t, s, func(r store.Reader) {
			_, _, err := r.At(o)
			wantError(t, err, store.ErrNotFound)
			wantSame(t, "count", r.Count(users("a")), 3-i)
			wantSame(t, "groups", r.Count(below("a", 0, "groups")), 4)
		})
	}
	update(t, s, func(w store.Writer) {
		if o := insert(t, w, users("a"), guid); o <= list[len(list)-1] {
			t.Errorf("ordinal %d is used again", o)
		}
	})
}

// RunDeleteContained checks that what an entity contains goes with it.
func RunDeleteContained(t *testing.T, h Harness) {
	s := open(t, h)
	var user, friend, folder, mail store.Ordinal
	update(t, s, func(w store.Writer) {
		user = insert(t, w, users("a"), "u")
		friend = insert(t, w, users("a"), "f")
		folder = insert(t, w, below("a", user, "mailFolders"), "inbox")
		mail = insert(t, w, below("a", folder, "messages"), "m", store.Key{Name: "subject", Value: "hi"})
		insert(t, w, below("a", mail, "attachments"), "x")
		insert(t, w, below("a", friend, "mailFolders"), "inbox")
		link(t, w, friend, "likes", mail)
		link(t, w, mail, "author", friend)
	})
	update(t, s, func(w store.Writer) {
		insert(t, w, below("a", user, "mailFolders"), "outbox")
		if err := w.Delete(user); err != nil {
			t.Fatal(err)
		}
		_, err := w.Insert(below("a", user, "mailFolders"), store.Entity{ID: "late"})
		wantError(t, err, store.ErrNotFound)
	})
	view(t, s, func(r store.Reader) {
		for _, set := range []store.SetKey{below("a", user, "mailFolders"), below("a", folder, "messages"), below("a", mail, "attachments")} {
			wantSame(t, "count", r.Count(set), 0)
			wantList(t, "scan", ids(r.Scan(set, 0)))
		}
		wantList(t, "sets", r.Sets("a", user))
		wantList(t, "links", r.Links(friend, "likes", 0))
		wantList(t, "backlinks", r.Backlinks(friend, "author", 0))
		_, err := r.Lookup(below("a", folder, "messages"), store.Key{Name: "subject", Value: "hi"})
		wantError(t, err, store.ErrNotFound)
		wantSame(t, "the friend's", r.Count(below("a", friend, "mailFolders")), 1)
	})
}
