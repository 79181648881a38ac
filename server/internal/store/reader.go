package store

import (
	"fmt"
	"iter"
)

// reader implements [Reader] on a bbolt transaction of either kind.
type reader struct {
	transaction
	shared *cache // what committed transactions have shown; nil when this one must not use it
	memo   *cache // what this batch has shown; nil in a view
	text   arena

	standing func(name string) []byte // nil: there is none

	deltas map[number]int64 // of counts, not yet in the file; nil in a view
}

var _ Reader = (*reader)(nil)

// newView returns a reader of a snapshot. A cache that began after the snapshot
// would mislead it, and it the cache. The reader is the snapshot's own, which
// one view has at a time.
func newView(p *snapshot, c *cache, standing func(name string) []byte) *reader {
	p.reader = reader{transaction: transaction{tx: p.tx, view: p}, standing: standing}
	if p.tx.ID() >= c.since {
		p.reader.shared = c
	}
	return &p.reader
}

func (r *reader) Get(set SetKey, id string) (Entity, error) {
	ref, ok := r.resolve(set)
	if !ok {
		return Entity{}, ErrNotFound
	}
	var buf [96]byte
	v := r.get(idsBucket, appendIDKey(buf[:0], ref, id))
	if v == nil {
		return Entity{}, ErrNotFound
	}
	return r.load(ref.set, toOrdinal(v), id)
}

func (r *reader) At(o Ordinal) (SetKey, Entity, error) {
	home := r.home(o)
	e, err := r.load(home, o, "")
	if err != nil {
		return SetKey{}, Entity{}, err
	}
	set, ok := r.known(home)
	if !ok {
		return SetKey{}, Entity{}, r.damaged("entity %d is in set %d, which has no record", o, home)
	}
	return set.key, e, nil
}

func (r *reader) Find(tenant, id string) iter.Seq2[SetKey, Entity] {
	return func(yield func(SetKey, Entity) bool) {
		n := r.lookUpName(tenantName, tenant)
		if n == 0 {
			return
		}
		prefix := appendIDPrefix(nil, n, id)
		for k, v := range r.walk(idsBucket, prefix, prefix) {
			set := toNumber(tail(k, 4))
			e, err := r.load(set, toOrdinal(v), id)
			known, ok := r.known(set)
			if err != nil || !ok {
				r.keep(r.damaged("id index names entity %d of set %d, which is not there", toOrdinal(v), set))
				return
			}
			if !yield(known.key, e) {
				return
			}
		}
	}
}

func (r *reader) Lookup(set SetKey, k Key) (Entity, error) {
	for e := range r.Matches(set, k, 0) {
		return e, nil
	}
	if r.err != nil {
		return Entity{}, r.err
	}
	return Entity{}, ErrNotFound
}

func (r *reader) Matches(set SetKey, k Key, after Ordinal) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		ref, ok := r.resolve(set)
		name := r.lookUpName(keyName, k.Name)
		if !ok || name == 0 {
			return
		}
		var buf [32]byte
		want := findEntry{name, hashOf(k.Value)}
		start := appendShort(appendFindPrefix(buf[:0], ref.set, want.hash), after)
		for k := range r.walk(findsBucket, start[:hashSize], start) {
			e, ok := r.found(ref.set, toShort(k[hashSize:]), want)
			if ok && e.Ordinal != after && !yield(e) {
				return
			}
		}
	}
}

// found reads an entity that the index has under a hash; false when it is of
// another set, or has the value under another name.
func (r *reader) found(set number, o Ordinal, want findEntry) (Entity, bool) {
	var buf [12]byte
	v := r.get(entitiesBucket, appendEntityKey(buf[:0], set, o))
	if v == nil {
		return Entity{}, false
	}
	h, err := parseHeader(v)
	if err != nil {
		r.keep(r.damaged("entity %d: %v", o, err))
		return Entity{}, false
	}
	if !hasFind(h.finds, want) {
		return Entity{}, false
	}
	return r.whole(o, &h, ""), true
}

func (r *reader) Scan(set SetKey, after Ordinal) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		ref, ok := r.resolve(set)
		if !ok {
			return
		}
		prefix := ref.set.bytes()
		for k, v := range r.walk(entitiesBucket, prefix, appendEntityKey(nil, ref.set, after)) {
			o := toOrdinal(tail(k, 8))
			if o == after {
				continue
			}
			e, err := r.entity(o, v, "")
			if err != nil {
				r.keep(err)
				return
			}
			if !yield(e) {
				return
			}
		}
	}
}

func (r *reader) Count(set SetKey) int {
	ref, ok := r.resolve(set)
	if !ok {
		return 0
	}
	return int(r.info(ref.set).count)
}

func (r *reader) Sets(tenant string, parent Ordinal) iter.Seq[SetKey] {
	return func(yield func(SetKey) bool) {
		n := r.lookUpName(tenantName, tenant)
		if n == 0 {
			return
		}
		prefix := appendSetKey(nil, n, parent, "")
		for k, v := range r.walk(setsBucket, prefix, prefix) {
			if r.info(toNumber(v)).count == 0 {
				continue
			}
			if !yield(SetKey{tenant, parent, string(k[len(prefix):])}) {
				return
			}
		}
	}
}

func (r *reader) Links(from Ordinal, nav string, after Ordinal) iter.Seq[Ordinal] {
	return r.ends(linksBucket, from, nav, after)
}

func (r *reader) Backlinks(to Ordinal, nav string, after Ordinal) iter.Seq[Ordinal] {
	return r.ends(backlinksBucket, to, nav, after)
}

func (r *reader) ends(id bucketID, this Ordinal, nav string, after Ordinal) iter.Seq[Ordinal] {
	return func(yield func(Ordinal) bool) {
		n := r.lookUpName(navName, nav)
		if n == 0 {
			return
		}
		prefix := appendNumber(this.bytes(), n)
		for k := range r.walk(id, prefix, appendLinkKey(nil, this, n, after)) {
			if toOrdinal(tail(k, 8)) == after {
				continue
			}
			if !yield(toOrdinal(tail(k, 8))) {
				return
			}
		}
	}
}

func (r *reader) Value(space, key string) ([]byte, bool) {
	if len(space) > MaxText {
		return nil, false
	}
	v := r.get(valuesBucket, appendValueKey(nil, space, key))
	return v, v != nil
}

func (r *reader) Tenants() iter.Seq[string] {
	return func(yield func(string) bool) {
		prefix := []byte{tenantName, 0}
		for k := range r.walk(namesBucket, prefix, prefix) {
			if !yield(string(k[len(prefix):])) {
				return
			}
		}
	}
}

// load reads an entity of a set. id is as in entity.
func (r *reader) load(set number, o Ordinal, id string) (Entity, error) {
	var buf [12]byte
	v := r.get(entitiesBucket, appendEntityKey(buf[:0], set, o))
	if v == nil {
		return Entity{}, ErrNotFound
	}
	return r.entity(o, v, id)
}

// entity reads a record. id is the id that the entity was asked for by, which
// saves a copy when it is spelled alike, or "".
func (r *reader) entity(o Ordinal, record []byte, id string) (Entity, error) {
	h, err := parseHeader(record)
	if err != nil {
		return Entity{}, r.damaged("entity %d: %v", o, err)
	}
	return r.whole(o, &h, id), nil
}

// whole puts together what a record says.
func (r *reader) whole(o Ordinal, h *header, id string) Entity {
	e := Entity{Ordinal: o, Revision: uint64(o) + h.age, JSON: r.spelledOut(h.json)}
	e.ID = r.idText(h, id)
	if h.typ != 0 {
		e.Type = r.nameText(typeName, h.typ)
	}
	return e
}

func (r *reader) idText(h *header, id string) string {
	text := h.id
	if h.packed {
		var guid [guidLen]byte
		formatGUID(&guid, (*[16]byte)(h.id))
		text = guid[:]
	}
	if id != "" && string(text) == id {
		return id
	}
	return r.text.text(text)
}

// damaged describes what no store wrote.
func (r *reader) damaged(what string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(what, args...), ErrDamaged)
}
