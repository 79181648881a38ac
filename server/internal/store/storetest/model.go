package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/store"
)

// Game is one run of random operations.
type Game struct {
	Steps int             // functions of Update to run
	Pick  func(n int) int // chance: a number from 0 to n-1, the same for the same seed
}

// RunModel plays random creates, replaces, links, deletes, clears, failures and
// restarts on a store and on plain maps, and holds the one against the other.
func RunModel(t *testing.T, h Harness, g Game) {
	place := h.New(t)
	s, err := place()
	p := &player{Game: g, t: t, model: newModel(), store: guard(t, s, err)}
	for step := range g.Steps {
		p.update()
		if g.Pick(20) == 0 || step == g.Steps-1 {
			p.compare()
		}
		if g.Pick(50) == 0 {
			p.restart(place, h.Durable)
		}
		if t.Failed() {
			t.Fatalf("failed in step %d", step)
		}
	}
}

// player plays on both sides.
type player struct {
	Game
	t     *testing.T
	store store.Store
	model *model
	ids   int // ids made up

	followers map[store.SetKey]*follower // of sets that are tracked
}

// update runs a function of a few operations, one in four of which fails.
func (p *player) update() {
	before := p.model.clone()
	play := func(w store.Writer) {
		for range 1 + p.Pick(8) {
			p.play(w)
		}
	}
	if p.Pick(4) > 0 {
		update(p.t, p.store, play)
		return
	}
	fail(p.t, p.store, failures[p.Pick(len(failures))], play)
	p.model = before
}

// play does one operation.
func (p *player) play(w store.Writer) {
	switch n := p.Pick(100); {
	case n < 40:
		p.insert(w)
	case n < 48:
		p.replace(w)
	case n < 50:
		p.setKeys(w)
	case n < 55:
		p.move(w)
	case n < 70:
		p.link(w)
	case n < 78:
		p.unlink(w)
	case n < 90:
		p.delete(w)
	case n < 92:
		p.clear(w)
	case n < 93:
		p.bulk(w)
	default:
		p.value(w)
	}
}

func (p *player) tenant() string { return fmt.Sprintf("tenant %d", p.Pick(3)) }

// any picks an entity that exists, or 0.
func (p *player) any() store.Ordinal {
	all := p.model.ordinals(func(modelEntity) bool { return true })
	if len(all) == 0 {
		return 0
	}
	return all[p.Pick(len(all))]
}

// id makes up a new id of one kind or another, or repeats an early one.
func (p *player) id() string {
	n := p.ids
	if p.Pick(10) == 0 {
		n = p.Pick(n + 1)
	} else {
		p.ids++
	}
	guid := fmt.Sprintf("%08x-1234-4abc-8def-%012x", uint32(n)*2654435761, n)
	switch n % 5 {
	case 0:
		return fmt.Sprint("id ", n)
	case 1:
		return strings.ToUpper(guid)
	}
	return guid
}

func (p *player) entity() store.Entity {
	e := store.Entity{
		Type: []string{"", "", "t1", "t2"}[p.Pick(4)],
		JSON: []byte(strings.Repeat("j", p.Pick(900))),
	}
	for range p.Pick(4) {
		k := store.Key{Name: fmt.Sprint("key", p.Pick(3)), Value: fmt.Sprint(p.Pick(30))}
		k.Sorted = k.Name == "key0"
		if !slices.Contains(e.Keys, k) {
			e.Keys = append(e.Keys, k)
		}
	}
	return e
}

func (p *player) insert(w store.Writer) {
	set := store.SetKey{Tenant: p.tenant(), Name: fmt.Sprint("set", p.Pick(3))}
	if parent := p.any(); parent != 0 && p.Pick(2) == 0 {
		set.Tenant, set.Parent = p.model.entities[parent].set.Tenant, parent
	}
	p.insertInto(w, set)
}

func (p *player) insertInto(w store.Writer, set store.SetKey) {
	e := p.entity()
	e.ID = p.id()
	o, err := w.Insert(set, e)
	if _, taken := p.model.find(set, e.ID); taken {
		wantError(p.t, err, store.ErrExists)
		return
	}
	wantError(p.t, err, nil)
	if o <= p.model.last {
		p.t.Errorf("ordinal %d after %d", o, p.model.last)
	}
	p.model.last = o
	p.model.entities[o] = modelEntity{set: set, id: e.ID, typ: e.Type, json: string(e.JSON), keys: e.Keys}
	p.model.tenants[set.Tenant] = true
}

// bulk inserts enough for a store to take another path.
func (p *player) bulk(w store.Writer) {
	set := users(p.tenant())
	for range 300 {
		p.insertInto(w, set)
	}
}

func (p *player) replace(w store.Writer) {
	o := p.any()
	if o == 0 {
		return
	}
	e, m := p.entity(), p.model.entities[o]
	if p.Pick(2) == 0 {
		e.ID = strings.ToLower(m.id)
	}
	revision, err := w.Replace(o, e)
	wantError(p.t, err, nil)
	if e.Keys != nil {
		m.keys = e.Keys
	}
	m.typ, m.json, m.revision = e.Type, string(e.JSON), revision
	p.model.entities[o] = m
}

func (p *player) setKeys(w store.Writer) {
	o := p.any()
	if o == 0 {
		return
	}
	m := p.model.entities[o]
	m.keys = p.entity().Keys
	wantError(p.t, w.SetKeys(o, m.keys), nil)
	p.model.entities[o] = m
}

// move takes an entity to a root set, or to one of a parent that is a root's
// entity itself.
func (p *player) move(w store.Writer) {
	o := p.any()
	if o == 0 {
		return
	}
	m := p.model.entities[o]
	to := store.SetKey{Tenant: m.set.Tenant, Name: fmt.Sprint("set", p.Pick(3))}
	if parent := p.any(); p.Pick(2) == 0 && parent != o && p.model.entities[parent].set.Parent == 0 {
		to.Tenant, to.Parent = p.model.entities[parent].set.Tenant, parent
	}
	there, taken := p.model.find(to, m.id)
	inside := to.Parent != 0 && p.model.inside(to.Parent, o)
	if inside {
		return
	}
	err := w.Move(o, to)
	switch {
	case to.Tenant != m.set.Tenant:
		wantError(p.t, err, store.ErrOtherTenant)
	case taken && there != o:
		wantError(p.t, err, store.ErrExists)
	default:
		wantError(p.t, err, nil)
		m.set = to
		p.model.entities[o] = m
	}
}

func (p *player) link(w store.Writer) {
	l := modelLink{p.any(), fmt.Sprint("nav", p.Pick(2)), p.any()}
	added, err := w.Link(l.from, l.nav, l.to)
	switch {
	case l.from == 0:
		wantError(p.t, err, store.ErrNotFound)
	case p.model.entities[l.from].set.Tenant != p.model.entities[l.to].set.Tenant:
		wantError(p.t, err, store.ErrOtherTenant)
	default:
		wantError(p.t, err, nil)
		wantSame(p.t, "added", added, !p.model.links[l])
		p.model.links[l] = true
	}
}

func (p *player) unlink(w store.Writer) {
	l := modelLink{p.any(), fmt.Sprint("nav", p.Pick(2)), p.any()}
	if all := p.model.sortedLinks(); len(all) > 0 && p.Pick(4) > 0 {
		l = all[p.Pick(len(all))]
	}
	removed, err := w.Unlink(l.from, l.nav, l.to)
	wantError(p.t, err, nil)
	wantSame(p.t, "removed", removed, p.model.links[l])
	delete(p.model.links, l)
}

func (p *player) delete(w store.Writer) {
	o := p.any()
	err := w.Delete(o)
	if o == 0 {
		wantError(p.t, err, store.ErrNotFound)
		return
	}
	wantError(p.t, err, nil)
	p.model.delete(o)
}

func (p *player) clear(w store.Writer) {
	tenant := p.tenant()
	wantError(p.t, w.ClearTenant(tenant), nil)
	p.model.clear(tenant)
}

func (p *player) value(w store.Writer) {
	key, value := fmt.Sprint(p.Pick(5)), fmt.Sprint(p.Pick(1000))
	if p.Pick(3) == 0 {
		wantError(p.t, w.SetValue("model", key, nil), nil)
		delete(p.model.values, key)
		return
	}
	wantError(p.t, w.SetValue("model", key, []byte(value)), nil)
	p.model.values[key] = value
}

func (p *player) restart(place func() (store.Store, error), durable bool) {
	check(p.t, p.store)
	wantError(p.t, p.store.Close(), nil)
	s, err := place()
	p.store = guard(p.t, s, err)
	if !durable {
		p.model = newModel()
		p.followers = nil
	}
	p.compare()
}

// compare holds everything that a reader shows against the model.
func (p *player) compare() {
	p.t.Helper()
	check(p.t, p.store)
	view(p.t, p.store, func(r store.Reader) { p.model.compare(p.t, r) })
	for set, f := range p.followers {
		p.catchUp(set, f)
	}
	if p.Pick(3) == 0 {
		p.follow(store.SetKey{Tenant: p.tenant(), Name: fmt.Sprint("set", p.Pick(3))})
	}
}
