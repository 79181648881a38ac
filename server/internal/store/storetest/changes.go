package storetest

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// RunChanges: a tracked set tells what changed after a tick, each entity once
// and in the order of the latest changes.
func RunChanges(t *testing.T, h Harness) {
	s := open(t, h)
	var a, b, c store.Ordinal
	var begin uint64
	update(t, s, func(w store.Writer) {
		a = insert(t, w, users("t"), "a")
		b = insert(t, w, users("t"), "b")
		wantError(t, changesError(w, users("t"), 0), store.ErrForgotten)
		wantError(t, w.Track(users("t")), nil)
		begin = w.Tick()
		wantError(t, w.Track(users("t")), nil)
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "changes", ordinalsOf(changes(t, r, users("t"), begin)))
		wantError(t, changesError(r, users("t"), begin-1), store.ErrForgotten)
		wantError(t, changesError(r, users("other"), begin), store.ErrForgotten)
	})
	update(t, s, func(w store.Writer) {
		_, err := w.Replace(b, store.Entity{JSON: []byte("b2")})
		wantError(t, err, nil)
		c = insert(t, w, users("t"), "c")
		_, err = w.Replace(a, store.Entity{JSON: []byte("a2")})
		wantError(t, err, nil)
		_, err = w.Replace(b, store.Entity{JSON: []byte("b3")})
		wantError(t, err, nil)
		insert(t, w, below("t", 0, "groups"), "g")
	})
	var middle uint64
	view(t, s, func(r store.Reader) {
		wantList(t, "changed", ordinalsOf(changes(t, r, users("t"), begin)), c, a, b)
		middle = r.Tick()
	})
	update(t, s, func(w store.Writer) { wantError(t, w.Delete(a), nil) })
	view(t, s, func(r store.Reader) {
		list := changes(t, r, users("t"), middle)
		wantList(t, "changed", ordinalsOf(list), a)
		if !list[0].Deleted || list[0].ID != "a" {
			t.Errorf("%+v", list[0])
		}
		wantList(t, "changed", ordinalsOf(changes(t, r, users("t"), begin)), c, b, a)
		wantList(t, "changed", ordinalsOf(changes(t, r, users("t"), r.Tick())))
	})
}

// RunChangesUndone: what is undone never happened.
func RunChangesUndone(t *testing.T, h Harness) {
	s := open(t, h)
	var begin uint64
	update(t, s, func(w store.Writer) {
		insert(t, w, users("t"), "a")
		wantError(t, w.Track(users("t")), nil)
		begin = w.Tick()
	})
	fail(t, s, failures[0], func(w store.Writer) { insert(t, w, users("t"), "b") })
	view(t, s, func(r store.Reader) { wantList(t, "changes", ordinalsOf(changes(t, r, users("t"), begin))) })
}

// RunLinkChanges: links of tracked entities that come and go are told, and are
// changes of the entities that they come from.
func RunLinkChanges(t *testing.T, h Harness) {
	s := open(t, h)
	var g, a, b store.Ordinal
	var begin uint64
	update(t, s, func(w store.Writer) {
		g = insert(t, w, below("t", 0, "groups"), "g")
		a, b = insert(t, w, users("t"), "a"), insert(t, w, users("t"), "b")
		link(t, w, g, "members", a)
		wantError(t, w.Track(below("t", 0, "groups")), nil)
		begin = w.Tick()
		link(t, w, g, "members", b)
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "changed", ordinalsOf(changes(t, r, below("t", 0, "groups"), begin)), g)
		list := linkChanges(r, g, "members", begin)
		if len(list) != 1 || list[0].To != b || list[0].Removed || list[0].ID != "b" {
			t.Errorf("%+v", list)
		}
		wantSame(t, "owners", len(linkChanges(r, g, "owners", begin)), 0)
	})
	var middle uint64
	update(t, s, func(w store.Writer) {
		middle = w.Tick()
		wantError(t, w.Delete(a), nil)
		_, err := w.Unlink(g, "members", b)
		wantError(t, err, nil)
	})
	view(t, s, func(r store.Reader) {
		list := linkChanges(r, g, "members", middle)
		if len(list) != 2 || !list[0].Removed || list[0].ID != "a" || !list[1].Removed || list[1].ID != "b" {
			t.Errorf("%+v", list)
		}
	})
	update(t, s, func(w store.Writer) { wantError(t, w.ClearTenant("t"), nil) })
	check(t, s)
}

func changes(t *testing.T, r store.Reader, set store.SetKey, after uint64) (list []store.Change) {
	t.Helper()
	seq, err := r.Changes(set, after)
	wantError(t, err, nil)
	if err != nil {
		return nil
	}
	for c := range seq {
		list = append(list, c)
	}
	return list
}

func changesError(r store.Reader, set store.SetKey, after uint64) error {
	_, err := r.Changes(set, after)
	return err
}

func ordinalsOf(list []store.Change) iter.Seq[store.Ordinal] {
	return func(yield func(store.Ordinal) bool) {
		for _, c := range list {
			if !yield(c.Ordinal) {
				return
			}
		}
	}
}

func linkChanges(r store.Reader, from store.Ordinal, nav string, after uint64) (list []store.LinkChange) {
	for c := range r.LinkChanges(from, nav, after) {
		list = append(list, c)
	}
	return list
}

// follower keeps a copy of a tracked set by its changes alone.
type follower struct {
	tick  uint64
	json  map[store.Ordinal]string
	links map[modelLink]bool
}

// follow begins to track a set from what the model knows of it.
func (p *player) follow(set store.SetKey) {
	f := &follower{json: map[store.Ordinal]string{}, links: map[modelLink]bool{}}
	update(p.t, p.store, func(w store.Writer) {
		wantError(p.t, w.Track(set), nil)
		f.tick = w.Tick()
	})
	for o, e := range p.model.entities {
		if e.set == set {
			f.json[o] = e.json
		}
	}
	for l := range p.model.links {
		if p.model.entities[l.from].set == set {
			f.links[l] = true
		}
	}
	if p.followers == nil {
		p.followers = map[store.SetKey]*follower{}
	}
	p.followers[set] = f
	p.model.tenants[set.Tenant] = true
}

// catchUp brings a follower up to date and holds it against the model.
func (p *player) catchUp(set store.SetKey, f *follower) {
	forgotten := false
	view(p.t, p.store, func(r store.Reader) {
		seq, err := r.Changes(set, f.tick)
		if forgotten = errors.Is(err, store.ErrForgotten); forgotten {
			return
		}
		wantError(p.t, err, nil)
		for c := range seq {
			f.apply(p, r, c)
		}
		f.tick = r.Tick()
	})
	if forgotten {
		delete(p.followers, set)
		return
	}
	want := &follower{json: map[store.Ordinal]string{}, links: map[modelLink]bool{}}
	for o, e := range p.model.entities {
		if e.set == set {
			want.json[o] = e.json
		}
	}
	for l := range p.model.links {
		if p.model.entities[l.from].set == set {
			want.links[l] = true
		}
	}
	if !maps.Equal(f.json, want.json) {
		p.t.Errorf("%v: the changes lead to %d entities, the model to %d, or others", set, len(f.json), len(want.json))
	}
	if !maps.Equal(f.links, want.links) {
		p.t.Errorf("%v: the changes lead to links %v, the model to %v", set, f.links, want.links)
	}
}

func (f *follower) apply(p *player, r store.Reader, c store.Change) {
	if c.Deleted {
		delete(f.json, c.Ordinal)
		maps.DeleteFunc(f.links, func(l modelLink, _ bool) bool { return l.from == c.Ordinal })
		return
	}
	_, e, err := r.At(c.Ordinal)
	wantError(p.t, err, nil)
	f.json[c.Ordinal] = string(e.JSON)
	for _, nav := range []string{"nav0", "nav1"} {
		for l := range r.LinkChanges(c.Ordinal, nav, f.tick) {
			link := modelLink{c.Ordinal, nav, l.To}
			if delete(f.links, link); !l.Removed {
				f.links[link] = true
			}
		}
	}
}

// RunMemberChanges: a tracked entity tells which of its members changed, as far
// as its writers said.
func RunMemberChanges(t *testing.T, h Harness) {
	s := open(t, h)
	var a store.Ordinal
	var begin uint64
	update(t, s, func(w store.Writer) {
		a = insert(t, w, users("t"), "a")
		wantSame(t, "tracked", w.Tracks(users("t")), false)
		wantError(t, w.Track(users("t")), nil)
		wantSame(t, "tracked", w.Tracks(users("t")), true)
		begin = w.Tick()
	})
	replace := func(names []string) (tick uint64) {
		update(t, s, func(w store.Writer) {
			var err error
			tick, err = w.Replace(a, store.Entity{JSON: body("a"), Changed: names})
			wantError(t, err, nil)
		})
		return tick
	}
	want := func(after uint64, wantAll bool, names ...string) {
		t.Helper()
		view(t, s, func(r store.Reader) {
			got, all := r.MemberChanges(a, after)
			wantList(t, "members", slices.Values(got), names...)
			wantSame(t, "all", all, wantAll)
		})
	}
	want(begin, false)
	first := replace([]string{"x", "y"})
	second := replace([]string{"y"})
	replace([]string{})
	want(begin, false, "x", "y")
	want(first, false, "y")
	want(second, false)
	replace(nil)
	want(second, true)
	update(t, s, func(w store.Writer) { wantError(t, w.Delete(a), nil) })
	want(begin, false)
}
