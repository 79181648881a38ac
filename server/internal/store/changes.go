package store

import (
	"encoding/binary"
	"fmt"
	"iter"
)

// defaultMaxChanges bounds the change log of one set: beyond it the oldest records
// go, a tenth at a time, and who asks for them is told so.
const defaultMaxChanges = 100_000

// changedNow is what a record of the change log says: what is there now under
// an ordinal, or that an entity is gone.
type changedNow struct {
	ordinal Ordinal
	deleted bool
	typ     number
	id      string
}

func (c *changedNow) bytes() []byte {
	b := c.ordinal.bytes()
	if !c.deleted {
		return b
	}
	return append(appendNumber(b, c.typ), c.id...)
}

// toChanged reads a record of the change log.
func toChanged(b []byte) changedNow {
	c := changedNow{ordinal: toOrdinal(b), deleted: len(b) > 8}
	if c.deleted {
		c.typ, c.id = toNumber(b[8:]), string(b[min(12, len(b)):])
	}
	return c
}

// tracking is the record of a set whose changes are kept.
type tracking struct {
	floor uint64 // changes up to this one are not known
	size  uint64 // records in the log
}

func (t tracking) bytes() []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, t.floor), t.size)
}

func (r *reader) tracking(set number) (tracking, bool) {
	v := r.get(trackedBucket, set.bytes())
	if len(v) != 16 {
		return tracking{}, false
	}
	return tracking{binary.BigEndian.Uint64(v), binary.BigEndian.Uint64(v[8:])}, true
}

func (w *writer) Track(set SetKey) error {
	ref, err := w.ensureSet(set)
	if err != nil {
		return err
	}
	if _, tracked := w.tracking(ref.set); !tracked {
		w.put(trackedBucket, ref.set.bytes(), tracking{floor: w.Tick()}.bytes())
		w.tracked.Store(true)
	}
	return nil
}

// note records that an entity of a set changed at tick. The record of its last
// change goes: the log has one for each entity, and is never longer than its
// set and what was deleted.
func (w *writer) note(set number, tick uint64, now changedNow) {
	t, ok := w.tracking(set)
	if !ok {
		return
	}
	mark := now.ordinal.bytes()
	if before := w.get(marksBucket, mark); before != nil {
		w.remove(changesBucket, appendEntityKey(nil, set, toOrdinal(before)))
		t.size--
	}
	if now.deleted {
		w.remove(marksBucket, mark)
		w.forgetLinkMarks(now.ordinal)
		w.forgetMembers(now.ordinal)
	} else {
		w.put(marksBucket, mark, Ordinal(tick).bytes())
	}
	w.put(changesBucket, appendEntityKey(nil, set, Ordinal(tick)), now.bytes())
	t.size++
	if t.size > w.batch.store.maxChanges {
		w.trim(set, &t)
	}
	w.put(trackedBucket, set.bytes(), t.bytes())
}

// trim drops the oldest tenth of a log.
func (w *writer) trim(set number, t *tracking) {
	drop := t.size / 10
	for k, v := range w.walk(changesBucket, set.bytes(), set.bytes()) {
		if drop == 0 {
			return
		}
		if now := toChanged(v); !now.deleted {
			w.remove(marksBucket, now.ordinal.bytes())
		}
		t.floor = uint64(toOrdinal(tail(k, 8)))
		w.remove(changesBucket, k)
		t.size--
		drop--
	}
}

// noteLink records that a link of an entity came or went. other is still there.
func (w *writer) noteLink(from Ordinal, nav number, to Ordinal, other *header, removed bool) error {
	set := w.home(from)
	if _, ok := w.tracking(set); !ok {
		return nil
	}
	tick, err := w.tick()
	if err != nil {
		return err
	}
	v := append(Ordinal(tick).bytes(), 0)
	if removed {
		v[8] = 1
	}
	v = append(appendNumber(v, other.typ), w.idText(other, "")...)
	w.put(linkMarksBucket, appendLinkKey(nil, from, nav, to), v)
	w.note(set, tick, changedNow{ordinal: from})
	return nil
}

func (w *writer) forgetLinkMarks(o Ordinal) {
	for k := range w.walk(linkMarksBucket, o.bytes(), o.bytes()) {
		w.remove(linkMarksBucket, k)
	}
}

// untrack forgets the log of a set that goes.
func (w *writer) untrack(set number) {
	if _, ok := w.tracking(set); !ok {
		return
	}
	for k, v := range w.walk(changesBucket, set.bytes(), set.bytes()) {
		if now := toChanged(v); !now.deleted {
			w.remove(marksBucket, now.ordinal.bytes())
		}
		w.remove(changesBucket, k)
	}
	w.remove(trackedBucket, set.bytes())
}

func (r *reader) Tick() uint64 { return r.bucket(entitiesBucket).Sequence() }

func (r *reader) Changes(set SetKey, after uint64) (iter.Seq[Change], error) {
	ref, ok := r.resolve(set)
	if !ok {
		return nil, ErrForgotten
	}
	t, ok := r.tracking(ref.set)
	if !ok || after < t.floor {
		return nil, ErrForgotten
	}
	return func(yield func(Change) bool) {
		for k, v := range r.walk(changesBucket, ref.set.bytes(), appendEntityKey(nil, ref.set, Ordinal(after+1))) {
			now := toChanged(v)
			c := Change{Tick: uint64(toOrdinal(tail(k, 8))), Ordinal: now.ordinal, Deleted: now.deleted, ID: now.id}
			if now.typ != 0 {
				c.Type = r.nameText(typeName, now.typ)
			}
			if !yield(c) {
				return
			}
		}
	}, nil
}

func (r *reader) LinkChanges(from Ordinal, nav string, after uint64) iter.Seq[LinkChange] {
	return func(yield func(LinkChange) bool) {
		n := r.lookUpName(navName, nav)
		if n == 0 {
			return
		}
		prefix := appendNumber(from.bytes(), n)
		for k, v := range r.walk(linkMarksBucket, prefix, prefix) {
			if len(v) < 13 {
				r.keep(r.damaged("link mark of entity %d", from))
				return
			}
			tick := uint64(toOrdinal(v))
			if tick <= after {
				continue
			}
			c := LinkChange{Tick: tick, To: toOrdinal(tail(k, 8)), Removed: v[8] != 0, ID: string(v[13:])}
			if typ := toNumber(v[9:]); typ != 0 {
				c.Type = r.nameText(typeName, typ)
			}
			if !yield(c) {
				return
			}
		}
	}
}

// checkChanges holds the change logs against the entities and their marks.
func (c *checker) checkChanges() {
	marks := 0
	for k := range c.walk(trackedBucket, nil, nil) {
		set := toNumber(k)
		if c.info(set).tenant == 0 {
			c.find("change log of set %d, which is not there", set)
		}
		size := uint64(0)
		for key, record := range c.walk(changesBucket, set.bytes(), set.bytes()) {
			size++
			now := toChanged(record)
			if now.deleted {
				continue
			}
			marks++
			if c.get(entitiesBucket, appendEntityKey(nil, set, now.ordinal)) == nil {
				c.find("change log of set %d: entity %d is not there", set, now.ordinal)
			}
			if string(c.get(marksBucket, now.ordinal.bytes())) != string(tail(key, 8)) {
				c.find("change log of set %d: entity %d is marked otherwise", set, now.ordinal)
			}
		}
		if t, _ := c.tracking(set); t.size != size {
			c.find("change log of set %d: counts %d, has %d", set, t.size, size)
		}
	}
	if n := c.size(marksBucket); n != marks {
		c.find("%d marks for %d changes", n, marks)
	}
	for k := range c.walk(memberMarksBucket, nil, nil) {
		if o := toOrdinal(k); c.get(entitiesBucket, appendEntityKey(nil, c.home(o), o)) == nil {
			c.find("member marks of entity %d, which is not there", o)
		}
	}
	for k := range c.walk(linkMarksBucket, nil, nil) {
		if o := toOrdinal(k); c.get(entitiesBucket, appendEntityKey(nil, c.home(o), o)) == nil {
			c.find("link marks of entity %d, which is not there", o)
		}
	}
}

// String serves failing tests.
func (c Change) String() string {
	return fmt.Sprintf("%d: entity %d deleted %v %s %s", c.Tick, c.Ordinal, c.Deleted, c.ID, c.Type)
}
