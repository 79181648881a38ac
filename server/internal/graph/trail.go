package graph

import (
	"bytes"
	"slices"

	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// trail is what has happened in each tenant and nobody has asked for yet: what a
// log tells is made when it is read, so that a write pays for a note alone. It is
// bounded, and the oldest goes first.
type trail struct {
	perTenant[past]
	notes     *store.Notes // where what happens is noted, too; nil for nowhere
	rewriteAt int64        // size of the notes from which on they are rewritten
}

// maxSteps and maxStepBytes bound what is kept of a tenant.
const (
	maxSteps     = 10_000
	maxStepBytes = 8 << 20
)

// past is what has happened in one tenant.
type past struct {
	deeds   []*deed
	size    int // bytes of the deeds' JSON
	signIns []signedIn
	round   uint64 // of the tenant, when the latest was noted
}

// signedIn is a sign-in with the number of its note.
type signedIn struct {
	call.SignIn
	note uint64
}

// deed is a [behavior.Deed] before anybody asks: entities are bytes still, and what
// the deeds of a call share is there once.
type deed struct {
	kind   behavior.DeedKind
	shared *behavior.Deed // the members of the call
	set    store.SetKey
	entity store.Entity
	before []byte

	nav      string
	otherSet store.SetKey
	other    store.Entity

	note uint64 // number of the call's note

	fresh, doomed bool // made by the call, and gone again with it
}

func (d *deed) size() int { return len(d.entity.JSON) + len(d.before) + len(d.other.JSON) }

func (d *deed) isLink() bool { return d.kind == behavior.Linked || d.kind == behavior.Unlinked }

// add keeps the deeds of a call.
func (t *trail) add(tenant string, round uint64, deeds []*deed) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.of(tenant)
	var note uint64
	if t.notes != nil {
		s.round, note = round, t.note(deedNote, tenant, round, appendDeeds(nil, deeds))
	}
	for _, d := range deeds {
		d.note = note
		s.keep(d)
	}
}

// keep remembers a deed, and drops the oldest that are too many.
func (s *past) keep(d *deed) {
	s.deeds, s.size = append(s.deeds, d), s.size+d.size()
	drop := 0
	for ; len(s.deeds)-drop > maxSteps || s.size > maxStepBytes; drop++ {
		s.size -= s.deeds[drop].size()
	}
	clear(s.deeds[:drop])
	s.deeds = s.deeds[drop:]
}

func (s *past) keepSignIn(in signedIn) {
	s.signIns = append(s.signIns, in)
	s.signIns = s.signIns[max(0, len(s.signIns)-maxSteps):]
}

// addSignIn keeps a sign-in.
func (t *trail) addSignIn(in call.SignIn, round uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, kept := t.of(in.Tenant), signedIn{SignIn: in}
	if t.notes != nil {
		s.round, kept.note = round, t.note(signInNote, in.Tenant, round, signInBody(&in))
	}
	s.keepSignIn(kept)
}

func (t *trail) of(tenant string) *past {
	if t.tenants == nil {
		t.tenants = map[string]*past{}
	}
	s := t.tenants[tenant]
	if s == nil {
		s = &past{}
		t.tenants[tenant] = s
	}
	t.some.Store(true)
	return s
}

// waits reports how much a tenant has of both.
func (t *trail) waits(tenant string) (deeds, signIns int) {
	if !t.some.Load() {
		return 0, 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if s := t.tenants[tenant]; s != nil {
		return len(s.deeds), len(s.signIns)
	}
	return 0, 0
}

func (t *trail) takeDeeds(w store.Writer, tenant string) (taken []*deed) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s := t.tenants[tenant]; s != nil {
		taken, s.deeds, s.size = s.deeds, nil, 0
		t.took(w, deedNote, tenant)
	}
	return taken
}

func (t *trail) takeSignIns(w store.Writer, tenant string) (taken []call.SignIn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s := t.tenants[tenant]; s != nil {
		for i := range s.signIns {
			taken = append(taken, s.signIns[i].SignIn)
		}
		s.signIns = nil
		t.took(w, signInNote, tenant)
	}
	return taken
}

// did notes what a call does to an entity of a set, with what it did before to
// the same one.
func (r *recorder) did(kind behavior.DeedKind, set store.SetKey, e store.Entity, before []byte) {
	if !behavior.IsAudited(collectionOf(set)) {
		return
	}
	e.JSON, e.Keys, e.Changed = bytes.Clone(e.JSON), nil, nil
	for _, d := range r.deeds {
		if d.entity.Ordinal != e.Ordinal || d.isLink() {
			continue
		}
		if d.doomed = d.fresh && kind == behavior.Removed; kind != behavior.Changed {
			d.kind = kind
		}
		d.entity = e
		return
	}
	r.deeds = append(r.deeds, &deed{kind: kind, set: set, entity: e, before: bytes.Clone(before), fresh: kind == behavior.Made})
}

// linked notes a link that a call adds or removes.
func (r *recorder) linked(kind behavior.DeedKind, l linkEnds) {
	set, e, err := r.Writer.At(l.from)
	if err != nil || !behavior.IsAudited(collectionOf(set)) {
		return
	}
	otherSet, other, err := r.Writer.At(l.to)
	if err != nil {
		return
	}
	e.JSON, other.JSON = bytes.Clone(e.JSON), bytes.Clone(other.JSON)
	r.deeds = append(r.deeds, &deed{kind: kind, set: set, entity: e, nav: l.nav, otherSet: otherSet, other: other})
}

// unaudited lets what a service makes by itself go untold, until the returned
// function is called.
func (r *recorder) unaudited() (again func()) {
	if r == nil {
		return func() {}
	}
	before := r.audits
	r.audits = false
	return func() { r.audits = before }
}

// trailed keeps what a call did, which is done by now.
func (q *run) trailed() {
	r := q.recorder
	if r == nil || len(r.deeds) == 0 {
		return
	}
	shared := &behavior.Deed{
		At: q.now, By: tx{q}.Caller(), Correlation: q.Call.RequestID,
		Agent: q.Call.Header.Get("User-Agent"), Operation: q.op.Method + " " + q.op.Template,
	}
	deeds := slices.DeleteFunc(r.deeds, func(d *deed) bool { return d.doomed })
	for _, d := range deeds {
		d.shared = shared
	}
	if len(deeds) > 0 {
		q.trail.add(q.Call.Tenant, r.round, deeds)
	}
}

// AnyDeeds implements [behavior.Past].
func (q tx) AnyDeeds() bool {
	deeds, _ := q.trail.waits(q.Call.Tenant)
	return deeds > 0
}

// AnySignIns implements [behavior.Past].
func (q tx) AnySignIns() bool {
	_, signIns := q.trail.waits(q.Call.Tenant)
	return signIns > 0
}

// SignIns implements [behavior.Past].
func (q tx) SignIns() []call.SignIn { return q.trail.takeSignIns(q.writer, q.Call.Tenant) }

// Deeds implements [behavior.Past].
func (q tx) Deeds() []behavior.Deed {
	taken := q.trail.takeDeeds(q.writer, q.Call.Tenant)
	me, known := Self(q.reader, q.Call.Tenant)
	told := make([]behavior.Deed, len(taken))
	for i, d := range taken {
		told[i] = *d.shared
		told[i].Kind, told[i].Navigation = d.kind, d.nav
		told[i].Set, told[i].OtherSet = d.set.Name, d.otherSet.Name
		told[i].Entity, told[i].Other = q.known(d.set, d.entity), q.known(d.otherSet, d.other)
		told[i].Before, _ = entity.Members(d.before)
		if by := &told[i].By; known && by.User && by.ID == "" && by.UPN == "" { // a token that names nobody
			by.ID, by.UPN = me.ID, fieldText(me.JSON, "userPrincipalName")
		}
	}
	return told
}

// SignedIn tells of a request for a token.
func (e *Engine) SignedIn(in call.SignIn) {
	var round uint64
	if e.trail.notes != nil {
		_ = e.Store.View(func(r store.Reader) error { // a closed store takes no sign-in
			round = roundOf(r, in.Tenant)
			return nil
		})
	}
	e.trail.addSignIn(in, round)
}
