package storetest

import (
	"slices"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

func upn(v string) store.Key  { return store.Key{Name: "userPrincipalName", Value: v} }
func mail(v string) store.Key { return store.Key{Name: "mail", Value: v} }

// RunKeys checks the search by key.
func RunKeys(t *testing.T, h Harness) {
	s := open(t, h)
	var first store.Ordinal
	update(t, s, func(w store.Writer) {
		first = insert(t, w, users("a"), "1", upn("ada@x"), mail("team@x"))
		insert(t, w, users("a"), "2", upn("bob@x"), mail("team@x"), mail("bob@x"), mail("bob@x"))
		insert(t, w, users("b"), "3", upn("ada@x"))
		insert(t, w, users("a"), "4", upn(""))
		insert(t, w, users("a"), "5", upn("eve@x"), mail("eve@x"))
		insert(t, w, users("a"), "6", mail("eve@x"), store.Key{Name: "userPrincipalName", Value: "mia@x", Sorted: true})
	})
	tests := []struct {
		set  store.SetKey
		key  store.Key
		want []string
	}{
		{users("a"), upn("ada@x"), []string{"1"}},
		{users("a"), upn("Ada@x"), nil},
		{users("a"), upn("ada@"), nil},
		{users("a"), mail("ada@x"), nil},
		{users("a"), upn(""), []string{"4"}},
		{users("a"), mail("team@x"), []string{"1", "2"}},
		{users("a"), mail("bob@x"), []string{"2"}},
		{users("a"), upn("eve@x"), []string{"5"}}, // one text, two names
		{users("a"), mail("eve@x"), []string{"5", "6"}},
		{users("a"), upn("mia@x"), nil}, // sorted keys are not looked up
		{users("a"), store.Key{Name: "unheard of", Value: "x"}, nil},
		{users("b"), upn("ada@x"), []string{"3"}},
		{users("c"), upn("ada@x"), nil},
		{below("a", 0, "groups"), upn("ada@x"), nil},
	}
	view(t, s, func(r store.Reader) {
		for _, test := range tests {
			wantList(t, test.key.Value, ids(r.Matches(test.set, test.key, 0)), test.want...)
			e, err := r.Lookup(test.set, test.key)
			if test.want == nil {
				wantError(t, err, store.ErrNotFound)
			} else if e.ID != test.want[0] {
				t.Errorf("lookup %v: %q, %v", test.key, e.ID, err)
			}
		}
		wantList(t, "second page", ids(r.Matches(users("a"), mail("team@x"), first)), "2")
	})
}

// RunKeysOfReplaced checks that keys follow what Replace and Delete do.
func RunKeysOfReplaced(t *testing.T, h Harness) {
	s := open(t, h)
	var o store.Ordinal
	update(t, s, func(w store.Writer) { o = insert(t, w, users("a"), "1", upn("old"), mail("m")) })
	steps := []struct {
		name   string
		keys   []store.Key
		has    []store.Key
		hasNot []store.Key
	}{
		{"nil keeps", nil, []store.Key{upn("old"), mail("m")}, nil},
		{"others replace", []store.Key{upn("new"), mail("m")}, []store.Key{upn("new"), mail("m")}, []store.Key{upn("old")}},
		{"fewer", []store.Key{mail("m")}, []store.Key{mail("m")}, []store.Key{upn("new")}},
		{"none", []store.Key{}, nil, []store.Key{upn("new"), mail("m")}},
		{"some again", []store.Key{upn("old")}, []store.Key{upn("old")}, []store.Key{mail("m")}},
		{"one text for both", []store.Key{upn("m"), mail("m")}, []store.Key{upn("m"), mail("m")}, []store.Key{upn("old")}},
		{"one of them less", []store.Key{mail("m")}, []store.Key{mail("m")}, []store.Key{upn("m")}},
		{"back", []store.Key{upn("old")}, []store.Key{upn("old")}, []store.Key{upn("m"), mail("m")}},
	}
	for _, step := range steps {
		update(t, s, func(w store.Writer) {
			if _, err := w.Replace(o, store.Entity{Keys: step.keys, JSON: body(step.name)}); err != nil {
				t.Fatal(err)
			}
		})
		view(t, s, func(r store.Reader) {
			for _, k := range step.has {
				wantList(t, step.name, ids(r.Matches(users("a"), k, 0)), "1")
			}
			for _, k := range step.hasNot {
				wantList(t, step.name, ids(r.Matches(users("a"), k, 0)))
			}
		})
	}
	update(t, s, func(w store.Writer) {
		if err := w.Delete(o); err != nil {
			t.Fatal(err)
		}
		wantList(t, "deleted", ids(w.Matches(users("a"), upn("old"), 0)))
	})
}

// RunSetKeys checks that an entity's keys change without the entity.
func RunSetKeys(t *testing.T, h Harness) {
	s := open(t, h)
	var o store.Ordinal
	update(t, s, func(w store.Writer) { o = insert(t, w, users("a"), "1", upn("old"), mail("m")) })
	var before store.Entity
	view(t, s, func(r store.Reader) { _, before, _ = r.At(o); before.JSON = slices.Clone(before.JSON) })
	update(t, s, func(w store.Writer) {
		wantError(t, w.SetKeys(o, []store.Key{mail("m"), mail("n")}), nil)
		wantError(t, w.SetKeys(o+1000, nil), store.ErrNotFound)
		wantList(t, "at once", ids(w.Matches(users("a"), mail("n"), 0)), "1")
	})
	view(t, s, func(r store.Reader) {
		wantList(t, "gone", ids(r.Matches(users("a"), upn("old"), 0)))
		wantList(t, "kept", ids(r.Matches(users("a"), mail("m"), 0)), "1")
		if _, e, _ := r.At(o); e.Revision != before.Revision || e.ID != before.ID || string(e.JSON) != string(before.JSON) {
			t.Errorf("entity is %+v, was %+v", e, before)
		}
	})
	update(t, s, func(w store.Writer) { wantError(t, w.SetKeys(o, nil), nil) })
	view(t, s, func(r store.Reader) { wantList(t, "none", ids(r.Matches(users("a"), mail("m"), 0))) })
}
