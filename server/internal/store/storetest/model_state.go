package storetest

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// model is a store as plain maps, as slow and as obvious as can be.
type model struct {
	last     store.Ordinal // last one given
	tenants  map[string]bool
	entities map[store.Ordinal]modelEntity
	links    map[modelLink]bool
	values   map[string]string
}

type modelEntity struct {
	set           store.SetKey
	id, typ, json string
	keys          []store.Key
	revision      uint64 // 0: never replaced
}

type modelLink struct {
	from store.Ordinal
	nav  string
	to   store.Ordinal
}

func newModel() *model {
	return &model{
		tenants:  make(map[string]bool),
		entities: make(map[store.Ordinal]modelEntity),
		links:    make(map[modelLink]bool),
		values:   make(map[string]string),
	}
}

func (m *model) clone() *model {
	return &model{m.last, maps.Clone(m.tenants), maps.Clone(m.entities), maps.Clone(m.links), maps.Clone(m.values)}
}

// ordinals returns the entities that match, oldest first.
func (m *model) ordinals(match func(modelEntity) bool) (list []store.Ordinal) {
	for o, e := range m.entities {
		if match(e) {
			list = append(list, o)
		}
	}
	slices.Sort(list)
	return list
}

func (m *model) sortedLinks() []modelLink {
	return slices.SortedFunc(maps.Keys(m.links), func(a, b modelLink) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.nav, b.nav), cmp.Compare(a.to, b.to))
	})
}

func (m *model) find(set store.SetKey, id string) (store.Ordinal, bool) {
	for o, e := range m.entities {
		if e.set == set && strings.EqualFold(e.id, id) { // the model's ids differ by more than case
			return o, true
		}
	}
	return 0, false
}

// inside reports whether an entity is another one or contained in it.
func (m *model) inside(o, outer store.Ordinal) bool {
	for ; o != 0; o = m.entities[o].set.Parent {
		if o == outer {
			return true
		}
	}
	return false
}

func (m *model) delete(o store.Ordinal) {
	delete(m.entities, o)
	maps.DeleteFunc(m.links, func(l modelLink, _ bool) bool { return l.from == o || l.to == o })
	for _, child := range m.ordinals(func(e modelEntity) bool { return e.set.Parent == o }) {
		m.delete(child)
	}
}

func (m *model) clear(tenant string) {
	for _, o := range m.ordinals(func(e modelEntity) bool { return e.set.Tenant == tenant }) {
		m.delete(o)
	}
	delete(m.tenants, tenant)
}

// compare holds a reader against the model.
func (m *model) compare(t *testing.T, r store.Reader) {
	t.Helper()
	wantList(t, "tenants", r.Tenants(), slices.Sorted(maps.Keys(m.tenants))...)
	sets := make(map[store.SetKey][]store.Ordinal)
	for _, o := range m.ordinals(func(modelEntity) bool { return true }) {
		set := m.entities[o].set
		sets[set] = append(sets[set], o)
		m.compareEntity(t, r, o)
		m.compareLinks(t, r, o)
	}
	for set, want := range sets {
		wantSame(t, "count", r.Count(set), len(want))
		wantList(t, "scan", ordinals(r.Scan(set, 0)), want...)
		wantList(t, "half a scan", ordinals(r.Scan(set, want[len(want)/2])), want[len(want)/2+1:]...)
		if !slices.Contains(slices.Collect(r.Sets(set.Tenant, set.Parent)), set) {
			t.Errorf("set %v is not listed", set)
		}
	}
	for key, want := range m.values {
		v, _ := r.Value("model", key)
		wantSame(t, "value", string(v), want)
	}
}

func (m *model) compareEntity(t *testing.T, r store.Reader, o store.Ordinal) {
	t.Helper()
	want := m.entities[o]
	set, e, err := r.At(o)
	if err != nil || set != want.set || e.ID != want.id || e.Type != want.typ || string(e.JSON) != want.json {
		t.Errorf("entity %d: %v in %v (%v), want %v", o, e, set, err, want)
	}
	if want.revision != 0 && e.Revision != want.revision {
		t.Errorf("entity %d: revision %d, want %d", o, e.Revision, want.revision)
	}
	got, err := r.Get(set, want.id)
	if err != nil || got.Ordinal != o {
		t.Errorf("get %q: %d, %v, want %d", want.id, got.Ordinal, err, o)
	}
	found := false
	for set, e := range r.Find(set.Tenant, want.id) {
		found = found || set == want.set && e.Ordinal == o
	}
	wantSame(t, "found by id", found, true)
	for _, k := range want.keys {
		if k.Sorted {
			m.compareNeighbours(t, r, set, place{k, o})
			continue
		}
		wantList(t, "by key", ordinals(r.Matches(set, k, 0)), m.ordinals(func(e modelEntity) bool {
			return e.set == set && slices.Contains(e.keys, k)
		})...)
	}
}

func (m *model) compareLinks(t *testing.T, r store.Reader, o store.Ordinal) {
	t.Helper()
	for _, nav := range []string{"nav0", "nav1"} {
		var to, from []store.Ordinal
		for l := range m.links {
			if l.nav == nav && l.from == o {
				to = append(to, l.to)
			}
			if l.nav == nav && l.to == o {
				from = append(from, l.from)
			}
		}
		slices.Sort(to)
		slices.Sort(from)
		wantList(t, "links", r.Links(o, nav, 0), to...)
		wantList(t, "backlinks", r.Backlinks(o, nav, 0), from...)
	}
}

func ordinals(entities iter.Seq[store.Entity]) iter.Seq[store.Ordinal] {
	return func(yield func(store.Ordinal) bool) {
		for e := range entities {
			if !yield(e.Ordinal) {
				return
			}
		}
	}
}
