package store

import (
	"encoding/binary"
	"iter"
)

// defaultMaxEvents bounds the events of one tenant: beyond it the oldest tenth
// goes, and who had not read them is told so.
const defaultMaxEvents = 100_000

// EventKind says what happened.
type EventKind byte

// The kinds of events.
const (
	Inserted  EventKind = 'i'
	Replaced  EventKind = 'r'
	Deleted   EventKind = 'd'
	Left      EventKind = 'm' // was moved to another set, where it is Inserted
	Linked    EventKind = 'l'
	Unlinked  EventKind = 'u'
	Announced EventKind = 'a' // what Announce was given
)

// Event is one thing that happened in a watched tenant. Unlike a [Change] it is
// never merged with what a later transaction did to the same entity, and it
// holds all that a reader needs after the entity, and the set, are gone. What
// one function does to one entity is merged: inserted and replaced is inserted.
type Event struct {
	Tick    uint64
	Kind    EventKind
	Set     SetKey
	Ordinal Ordinal
	ID      string
	Type    string // derived type; "" is the set's declared type
	JSON    []byte // as it was afterwards, of one that is gone before; what Announce was given. Valid as long as an entity's

	Nav string  // of a link, which comes from the entity
	To  Ordinal // its other end, which may be gone
}

// watch is the record of a watched tenant.
type watch struct {
	floor uint64 // events up to this one are not there any more
	size  uint64 // events that are
}

func (h watch) bytes() []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, h.floor), h.size)
}

func (r *reader) watch(tenant number) (watch, bool) {
	v := r.get(watchedBucket, tenant.bytes())
	if tenant == 0 || len(v) != 16 {
		return watch{}, false
	}
	return watch{binary.BigEndian.Uint64(v), binary.BigEndian.Uint64(v[8:])}, true
}

func (w *writer) Watch(tenant string) error {
	if err := checkText("tenant", tenant); err != nil {
		return err
	}
	n := w.ensureName(tenantName, tenant)
	if _, watched := w.watch(n); !watched {
		w.put(watchedBucket, n.bytes(), watch{floor: w.Tick()}.bytes())
		w.batch.store.watched.Store(true)
	}
	return nil
}

func (w *writer) Unwatch(tenant string) error {
	w.unwatch(w.lookUpName(tenantName, tenant))
	return nil
}

// unwatch drops a tenant's events and records no more of them.
func (w *writer) unwatch(tenant number) {
	if _, ok := w.watch(tenant); !ok {
		return
	}
	for k := range w.walk(eventsBucket, tenant.bytes(), tenant.bytes()) {
		w.remove(eventsBucket, k)
	}
	w.remove(watchedBucket, tenant.bytes())
	w.happened = true
}

func (w *writer) Announce(tenant string, what []byte) error {
	n := w.lookUpName(tenantName, tenant)
	if _, ok := w.watch(n); !ok {
		return nil
	}
	w.event(n, Event{Kind: Announced, JSON: what}, 0)
	return nil
}

// recent is the last event of an entity within one function.
type recent struct {
	key  []byte
	kind EventKind
}

// entityEvent records what happened to an entity of a set.
func (w *writer) entityEvent(kind EventKind, set number, o Ordinal, h *header) {
	if !w.batch.store.watched.Load() {
		return
	}
	i := w.info(set)
	if _, ok := w.watch(i.tenant); !ok {
		return
	}
	if before, ok := w.recent[o]; ok {
		if kind == Replaced {
			kind = before.kind
		}
		w.retract(i.tenant, before)
		if before.kind == Inserted && (kind == Deleted || kind == Left) {
			delete(w.recent, o)
			return // nobody saw it there
		}
	}
	key := w.event(i.tenant, Event{
		Kind: kind, Set: SetKey{Parent: i.parent, Name: string(i.name)}, Ordinal: o, ID: w.idText(h, ""), JSON: h.json,
	}, h.typ)
	if w.recent == nil {
		w.recent = make(map[Ordinal]recent)
	}
	w.recent[o] = recent{key, kind}
	if kind == Left || kind == Deleted {
		delete(w.recent, o)
	}
}

// retract takes an event back that a later one of the same function stands for.
func (w *writer) retract(tenant number, e recent) {
	if h, ok := w.watch(tenant); ok && w.get(eventsBucket, e.key) != nil {
		w.remove(eventsBucket, e.key)
		h.size--
		w.put(watchedBucket, tenant.bytes(), h.bytes())
	}
}

// linkEvent records what happened to a link.
func (w *writer) linkEvent(kind EventKind, from Ordinal, nav number, to Ordinal) {
	if !w.batch.store.watched.Load() {
		return
	}
	set, h, err := w.find(from)
	if err != nil {
		return // goes together with the entity
	}
	i := w.info(set)
	w.event(i.tenant, Event{
		Kind: kind, Set: SetKey{Parent: i.parent, Name: string(i.name)}, Ordinal: from, ID: w.idText(&h, ""),
		Nav: w.nameText(navName, nav), To: to,
	}, h.typ)
}

// event appends to the events of a tenant, if it is watched, and returns the
// event's key.
func (w *writer) event(tenant number, e Event, typ number) []byte {
	h, ok := w.watch(tenant)
	if !ok {
		return nil
	}
	tick, err := w.tick()
	if err != nil {
		w.keep(err)
		return nil
	}
	w.happened = true
	key := appendEntityKey(nil, tenant, Ordinal(tick))
	w.put(eventsBucket, key, e.bytes(typ))
	h.size++
	if h.size > w.batch.store.maxEvents {
		w.dropEvents(tenant, &h, h.size/10)
	}
	w.put(watchedBucket, tenant.bytes(), h.bytes())
	return key
}

// dropEvents drops the oldest events, which nobody may have read.
func (w *writer) dropEvents(tenant number, h *watch, drop uint64) {
	for k := range w.walk(eventsBucket, tenant.bytes(), tenant.bytes()) {
		if drop == 0 {
			return
		}
		h.floor = uint64(toOrdinal(tail(k, 8)))
		w.remove(eventsBucket, k)
		h.size--
		drop--
	}
}

func (w *writer) Acknowledge(tenant string, through uint64) error {
	n := w.lookUpName(tenantName, tenant)
	h, ok := w.watch(n)
	if !ok {
		return nil
	}
	for k := range w.walk(eventsBucket, n.bytes(), n.bytes()) {
		if uint64(toOrdinal(tail(k, 8))) > through {
			break
		}
		w.remove(eventsBucket, k)
		h.size--
	}
	w.put(watchedBucket, n.bytes(), h.bytes())
	return nil
}

func (r *reader) Events(tenant string, after uint64) (iter.Seq[Event], bool) {
	n := r.lookUpName(tenantName, tenant)
	h, ok := r.watch(n)
	if !ok {
		return func(func(Event) bool) {}, false
	}
	return func(yield func(Event) bool) {
		for k, v := range r.walk(eventsBucket, n.bytes(), appendEntityKey(nil, n, Ordinal(after+1))) {
			e, ok := r.toEvent(v)
			if !ok {
				r.keep(r.damaged("event %x", k))
				return
			}
			e.Tick, e.Set.Tenant = uint64(toOrdinal(tail(k, 8))), tenant
			if e.Kind == Announced {
				e.Set = SetKey{Tenant: tenant}
			}
			if !yield(e) {
				return
			}
		}
	}, after < h.floor
}

func (r *reader) Watched() iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range r.walk(watchedBucket, nil, nil) {
			if !yield(r.nameText(tenantName, toNumber(k))) {
				return
			}
		}
	}
}

// bytes is an event as the file keeps it.
func (e *Event) bytes(typ number) []byte {
	b := make([]byte, 0, 64+len(e.JSON))
	b = appendOrdinal(appendNumber(append(b, byte(e.Kind)), typ), e.Ordinal)
	b = appendOrdinal(appendOrdinal(b, e.To), e.Set.Parent)
	for _, text := range []string{e.Set.Name, e.ID, e.Nav} {
		b = appendText(b, text)
	}
	return append(b, e.JSON...)
}

const eventHead = 1 + 4 + 3*8

// toEvent reads what bytes wrote.
func (r *reader) toEvent(b []byte) (e Event, ok bool) {
	if len(b) < eventHead {
		return e, false
	}
	e.Kind, e.Ordinal, e.To, e.Set.Parent = EventKind(b[0]), toOrdinal(b[5:]), toOrdinal(b[13:]), toOrdinal(b[21:])
	if typ := toNumber(b[1:]); typ != 0 {
		e.Type = r.nameText(typeName, typ)
	}
	b = b[eventHead:]
	for _, text := range []*string{&e.Set.Name, &e.ID, &e.Nav} {
		if len(b) < 2 || len(b) < 2+int(binary.BigEndian.Uint16(b)) {
			return e, false
		}
		n := 2 + int(binary.BigEndian.Uint16(b))
		*text, b = string(b[2:n]), b[n:]
	}
	e.JSON = r.spelledOut(b)
	return e, true
}

// checkEvents holds the records of watched tenants against their events.
func (c *checker) checkEvents() {
	all := 0
	for k := range c.walk(watchedBucket, nil, nil) {
		n := toNumber(k)
		h, _ := c.watch(n)
		size := uint64(0)
		for key, v := range c.walk(eventsBucket, n.bytes(), n.bytes()) {
			size++
			if _, ok := c.toEvent(v); !ok {
				c.find("event %x cannot be read", key)
			}
			if tick := uint64(toOrdinal(tail(key, 8))); tick <= h.floor || tick > c.Tick() {
				c.find("event %x is not between %d and %d", key, h.floor, c.Tick())
			}
		}
		if h.size != size {
			c.find("events of tenant %d: counts %d, has %d", n, h.size, size)
		}
		all += int(size)
	}
	if n := c.size(eventsBucket); n != all {
		c.find("%d events, of watched tenants %d", n, all)
	}
}
