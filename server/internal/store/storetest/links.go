package storetest

import (
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunLinks checks links in both directions.
func RunLinks(t *testing.T, h Harness) {
	s := open(t, h)
	var group, team, ada, bob, stranger store.Ordinal
	update(t, s, func(w store.Writer) {
		group = insert(t, w, below("a", 0, "groups"), "g")
		ada, bob = insert(t, w, users("a"), "ada"), insert(t, w, users("a"), "bob")
		team = insert(t, w, below("a", 0, "groups"), "t")
		stranger = insert(t, w, users("b"), "s")
	})
	steps := []struct {
		from store.Ordinal
		nav  string
		to   store.Ordinal
		add  bool
		did  bool
		err  error
	}{
		{group, "members", bob, true, true, nil},
		{group, "members", bob, true, false, nil},
		{group, "members", ada, true, true, nil},
		{group, "owners", ada, true, true, nil},
		{team, "members", ada, true, true, nil},
		{team, "members", team, true, true, nil},
		{group, "members", stranger, true, false, store.ErrOtherTenant},
		{group, "members", 999, true, false, store.ErrNotFound},
		{999, "members", ada, true, false, store.ErrNotFound},
		{team, "owners", ada, false, false, nil},
		{team, "never", ada, false, false, nil},
		{group, "owners", ada, false, true, nil},
		{group, "owners", ada, false, false, nil},
	}
	for _, step := range steps {
		update(t, s, func(w store.Writer) {
			change := w.Unlink
			if step.add {
				change = w.Link
			}
			did, err := change(step.from, step.nav, step.to)
			wantSame(t, "changed", did, step.did)
			wantError(t, err, step.err)
		})
	}
	view(t, s, func(r store.Reader) {
		wantList(t, "members", r.Links(group, "members", 0), ada, bob)
		wantList(t, "second page", r.Links(group, "members", ada), bob)
		wantList(t, "owners", r.Links(group, "owners", 0))
		wantList(t, "memberOf", r.Backlinks(ada, "members", 0), group, team)
		wantList(t, "memberOf, second page", r.Backlinks(ada, "members", group), team)
		wantList(t, "itself", r.Links(team, "members", 0), ada, team)
		wantList(t, "other navigation", r.Links(group, "member", 0))
	})
}

// RunLinksOfDeleted checks that no link outlives an end.
func RunLinksOfDeleted(t *testing.T, h Harness) {
	s := open(t, h)
	var a, b, c store.Ordinal
	update(t, s, func(w store.Writer) {
		a, b, c = insert(t, w, users("a"), "a"), insert(t, w, users("a"), "b"), insert(t, w, users("a"), "c")
		link(t, w, a, "knows", b)
		link(t, w, b, "knows", c)
		link(t, w, b, "knows", b)
		link(t, w, c, "manager", b)
		link(t, w, c, "knows", a)
	})
	update(t, s, func(w store.Writer) {
		if err := w.Delete(b); err != nil {
			t.Fatal(err)
		}
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "a knows", r.Links(a, "knows", 0))
		wantList(t, "knows c", r.Backlinks(c, "knows", 0))
		wantList(t, "b knows", r.Links(b, "knows", 0))
		wantList(t, "manager", r.Links(c, "manager", 0))
		wantList(t, "c knows", r.Links(c, "knows", 0), a)
	})
}
