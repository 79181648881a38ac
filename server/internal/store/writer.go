package store

import (
	"bytes"
	"fmt"
	"sync/atomic"
)

// writer implements [Writer] for one function: what it changes can be undone
// without touching what others changed in the same bbolt transaction.
type writer struct {
	reader
	batch   *batch
	tracked *atomic.Bool // of the store

	inserted int  // entities
	happened bool // events were added, or a tenant's dropped
	recent   map[Ordinal]recent
	doomed   []uint64 // blobs that lost their last stream
	latest   number   // set of the latest run of inserts; 0 when to be looked up
	lastSet  SetKey   // of the last insert,
	lastRef  setRef   // its numbers; zero when to be looked up
	idBuffer [96]byte
}

var _ Writer = (*writer)(nil)

func newWriter(b *batch) *writer {
	w := &writer{batch: b, tracked: &b.store.tracked}
	w.standing = b.store.standing
	w.tx, w.writing, w.shared, w.memo = b.tx, &writing{}, b.shared, b.memo
	w.keepLog = b.dirty
	return w
}

// finish writes what was held back, after fn returned without error.
func (w *writer) finish() error {
	for n, delta := range w.deltas {
		if delta == 0 {
			continue
		}
		i := w.info(n) // with the delta
		if i.tenant == 0 {
			return w.damaged("set %d has no record", n)
		}
		w.put(infosBucket, n.bytes(), i.bytes())
	}
	w.deltas = nil
	w.flushAll()
	return w.err
}

func (w *writer) Insert(set SetKey, e Entity) (Ordinal, error) {
	if err := checkEntity(set, e); err != nil {
		return 0, err
	}
	ref, err := w.ensureSet(set)
	if err != nil {
		return 0, err
	}
	idKey := appendIDKey(w.idBuffer[:0], ref, e.ID)
	if w.get(idsBucket, idKey) != nil {
		return 0, ErrExists
	}
	tick, err := w.tick()
	if err != nil {
		return 0, err
	}
	o := Ordinal(tick)
	h := header{typ: w.ensureName(typeName, e.Type), keyLists: w.list(e.Keys), json: e.JSON}
	h.setID(e.ID)
	if err := w.index(ref.set, o, h.keyLists); err != nil {
		return 0, err
	}
	w.putEntity(ref.set, o, &h)
	w.put(idsBucket, idKey, o.bytes())
	w.settle(o, ref.set)
	w.count(ref.set, 1)
	w.inserted++
	if w.tracked.Load() {
		w.note(ref.set, tick, changedNow{ordinal: o})
	}
	w.entityEvent(Inserted, ref.set, o, &h)
	return o, nil
}

func (w *writer) Replace(o Ordinal, e Entity) (uint64, error) {
	if err := checkEntity(SetKey{}, e); err != nil {
		return 0, err
	}
	set, h, err := w.find(o)
	if err != nil {
		return 0, err
	}
	if e.ID != "" && !sameID(w.idText(&h, e.ID), e.ID) {
		return 0, ErrIDChanged
	}
	tick, err := w.tick()
	if err != nil {
		return 0, err
	}
	if e.Keys != nil {
		if err := w.reindex(set, o, &h, e.Keys); err != nil {
			return 0, err
		}
	}
	h.typ, h.json, h.age = w.ensureName(typeName, e.Type), e.JSON, tick-uint64(o)
	w.putEntity(set, o, &h)
	if w.tracked.Load() {
		w.note(set, tick, changedNow{ordinal: o})
		w.noteMembers(set, o, tick, e.Changed)
	}
	w.entityEvent(Replaced, set, o, &h)
	return tick, nil
}

func (w *writer) SetKeys(o Ordinal, keys []Key) error {
	if err := checkEntity(SetKey{}, Entity{Keys: keys}); err != nil {
		return err
	}
	set, h, err := w.find(o)
	if err != nil {
		return err
	}
	if err := w.reindex(set, o, &h, keys); err != nil {
		return err
	}
	w.putEntity(set, o, &h)
	return nil
}

func (w *writer) SetValue(space, key string, v []byte) error {
	if err := checkText("space of a value", space, "key of a value", key); err != nil {
		return err
	}
	k := appendValueKey(nil, space, key)
	if v == nil {
		w.remove(valuesBucket, k)
		return nil
	}
	w.put(valuesBucket, k, append([]byte{}, v...))
	return nil
}

// find returns an entity's set and its record taken apart.
func (w *writer) find(o Ordinal) (number, header, error) {
	set := w.home(o)
	var buf [12]byte
	v := w.get(entitiesBucket, appendEntityKey(buf[:0], set, o))
	if v == nil {
		return 0, header{}, ErrNotFound
	}
	h, err := parseHeader(v)
	if err != nil {
		return 0, header{}, w.damaged("entity %d: %v", o, err)
	}
	return set, h, nil
}

func (w *writer) putEntity(set number, o Ordinal, h *header) {
	var buf [12]byte
	record := h.appendTo(make([]byte, 0, h.size()))
	w.put(entitiesBucket, appendEntityKey(buf[:0], set, o), record)
}

// tick returns the next number of the file. Nobody has seen one that a rolled
// back transaction took, so it may come again.
func (w *writer) tick() (uint64, error) {
	return w.bucket(entitiesBucket).NextSequence()
}

// settle notes the set of a new ordinal.
func (w *writer) settle(o Ordinal, set number) {
	if w.latest == 0 {
		_, w.latest = w.homeRun(o)
	}
	if w.latest != set {
		w.put(homesBucket, (^o).bytes(), set.bytes())
		w.latest = set
	}
}

// unsettle forgets the set of an ordinal whose entity is gone. The run that the
// ordinal began, if it did, now begins at its next entity.
func (w *writer) unsettle(o Ordinal, set number) {
	begin, _ := w.homeRun(o)
	if begin != o {
		return
	}
	w.latest = 0
	for k := range w.walk(entitiesBucket, set.bytes(), appendEntityKey(nil, set, o)) {
		next := toOrdinal(tail(k, 8))
		if b, _ := w.homeRun(next); b == o {
			w.put(homesBucket, (^next).bytes(), set.bytes())
		}
		break
	}
	w.remove(homesBucket, (^o).bytes())
}

// ensureSet returns the numbers of a set and makes it when it is new.
func (w *writer) ensureSet(set SetKey) (setRef, error) {
	if w.lastRef.set != 0 && set == w.lastSet {
		return w.lastRef, nil
	}
	ref, ok := w.resolve(set)
	if !ok {
		var err error
		if ref, err = w.makeSet(set); err != nil {
			return setRef{}, err
		}
	}
	w.lastSet, w.lastRef = set, ref
	return ref, nil
}

// makeSet numbers a set. As long as it has a record, its parent is there: who
// deletes the parent deletes the record.
func (w *writer) makeSet(set SetKey) (setRef, error) {
	if set.Parent != 0 {
		home, _, err := w.find(set.Parent)
		if err != nil {
			return setRef{}, fmt.Errorf("parent %d of set %q: %w", set.Parent, set.Name, err)
		}
		if known, ok := w.known(home); !ok || known.key.Tenant != set.Tenant {
			return setRef{}, fmt.Errorf("parent %d of set %q in this tenant: %w", set.Parent, set.Name, ErrNotFound)
		}
	}
	n, err := w.nextNumber(setsBucket)
	if err != nil {
		return setRef{}, err
	}
	ref := setRef{w.ensureName(tenantName, set.Tenant), n}
	w.put(setsBucket, appendSetKey(nil, ref.tenant, set.Parent, set.Name), n.bytes())
	w.put(infosBucket, n.bytes(), setInfo{tenant: ref.tenant, parent: set.Parent, name: []byte(set.Name)}.bytes())
	w.memo.addSet(set, ref)
	return ref, nil
}

// ensureName returns the number of a name and gives it one when it is new. The
// type "" needs none.
func (w *writer) ensureName(kind byte, text string) number {
	if kind == typeName && text == "" {
		return 0
	}
	if n := w.lookUpName(kind, text); n != 0 {
		return n
	}
	n, err := w.nextNumber(namesBucket)
	if err != nil {
		w.keep(err)
		return 0
	}
	w.put(namesBucket, appendNameKey(nil, kind, text), n.bytes())
	w.put(namesBucket, appendNameNumber(nil, kind, n), []byte(text))
	w.memo.addName(nameKey{kind, text}, n)
	return n
}

// nextNumber counts the names or the sets of the file.
func (w *writer) nextNumber(id bucketID) (number, error) {
	n, err := w.bucket(id).NextSequence()
	if err != nil {
		return 0, err
	}
	if n > 1<<32-1 {
		return 0, fmt.Errorf("%s: all numbers are used up", bucketNames[id])
	}
	return number(n), nil
}

// count notes that a set grew or shrank; finish writes it.
func (w *writer) count(set number, by int64) {
	if w.deltas == nil {
		w.deltas = make(map[number]int64)
	}
	w.deltas[set] += by
}

// sameID compares ids as the id index does.
func sameID(a, b string) bool {
	var x, y [96]byte
	return bytes.Equal(appendID(x[:0], a), appendID(y[:0], b))
}

// checkEntity refuses what the file cannot hold, before anything is changed.
func checkEntity(set SetKey, e Entity) error {
	if err := checkText("tenant", set.Tenant, "name of a set", set.Name, "id", e.ID, "type", e.Type); err != nil {
		return err
	}
	for _, k := range e.Keys {
		if err := checkText("name of a key", k.Name, "value of key "+k.Name, k.Value); err != nil {
			return err
		}
	}
	if n := int64(len(e.JSON)); n > maxJSON {
		return fmt.Errorf("entity of %d bytes: %w, at most %d", n, ErrTooLong, int64(maxJSON))
	}
	return nil
}

// maxJSON leaves room for the header within the largest value of bbolt.
const maxJSON = 1<<31 - 1<<20
