package store

import (
	"bytes"
	"iter"
	"maps"
	"slices"

	"go.etcd.io/bbolt"
)

// transaction is what readers and writers share: the buckets of one bbolt
// transaction, and for a writer the changes that one function made.
//
// A walk copes with changes made while it runs. Errors that a sequence cannot
// return wait in err until the function ends.
type transaction struct {
	tx   *bbolt.Tx
	view *snapshot // of a view; nil in a writer
	*writing
	err error // first damage met; nil while all is well
}

// writing is what only a writer's transaction has; nil in a reader, which each
// view makes anew.
type writing struct {
	buckets [bucketCount]*bbolt.Bucket     // opened at first use
	pending [bucketCount]map[string][]byte // puts held back
	direct  [bucketCount]int               // puts since the last flush that were not
	changes int                            // grows with each change
	keepLog bool                           // others' changes are in tx too: record how to undo ours
	log     []change
}

// change is what a key held before it was changed: old is nil for nothing.
type change struct {
	bucket bucketID
	key    []byte
	old    []byte
}

// directPuts is how many puts into one bucket a function may do before further
// ones are held back. bbolt splits pages only at commit, so random inserts into
// one page of a growing transaction take quadratic time (100,000 ids into an
// empty tree: seconds); sorted ones do not. Fewer are cheaper without the detour.
const directPuts = 256

// bucket returns a bucket of this transaction. A file that Open accepted has
// all of them.
func (t *transaction) bucket(id bucketID) *bbolt.Bucket {
	var buckets *[bucketCount]*bbolt.Bucket
	if t.view != nil {
		buckets = &t.view.buckets
	} else {
		buckets = &t.buckets
	}
	if buckets[id] == nil {
		buckets[id] = t.tx.Bucket(bucketNames[id])
	}
	return buckets[id]
}

// get returns the value of a key, or nil. It is valid until the transaction ends.
func (t *transaction) get(id bucketID, key []byte) []byte {
	if t.view != nil {
		return t.view.get(t.bucket(id), id, key)
	}
	if p := t.pending[id]; p != nil {
		if v, ok := p[string(key)]; ok {
			return v
		}
	}
	return t.bucket(id).Get(key)
}

// walk yields the records whose key begins with prefix, from the key start on,
// which begins with prefix too. Both must stay as they are meanwhile.
func (t *transaction) walk(id bucketID, prefix, start []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		t.flush(id)
		c := t.bucket(id).Cursor()
		k, v := c.Seek(start)
		for k != nil && bytes.HasPrefix(k, prefix) {
			before := t.changed()
			if !yield(k, v) {
				return
			}
			if t.changed() == before {
				k, v = c.Next()
				continue
			}
			// A change moves what a cursor points to.
			t.flush(id)
			k, v = c.Seek(append(bytes.Clone(k), 0))
		}
	}
}

// walkBack is walk the other way round, from the last key before bound on.
func (t *transaction) walkBack(id bucketID, prefix, bound []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		t.flush(id)
		c := t.bucket(id).Cursor()
		k, v := before(c, bound)
		for k != nil && bytes.HasPrefix(k, prefix) {
			changes := t.changed()
			if !yield(k, v) {
				return
			}
			if t.changed() == changes {
				k, v = c.Prev()
				continue
			}
			t.flush(id) // a change moves what a cursor points to
			k, v = before(c, bytes.Clone(k))
		}
	}
}

// before moves a cursor to the last record whose key is less than bound.
func before(c *bbolt.Cursor, bound []byte) (k, v []byte) {
	if k, _ := c.Seek(bound); k == nil {
		return c.Last()
	}
	return c.Prev()
}

// changed tells whether something was changed since it was last asked.
func (t *transaction) changed() int {
	if t.writing == nil {
		return 0
	}
	return t.changes
}

// put sets a key. It keeps value but not key.
func (t *transaction) put(id bucketID, key, value []byte) {
	t.changes++
	if t.direct[id] < directPuts {
		t.direct[id]++
		t.putNow(id, key, value)
		return
	}
	if t.pending[id] == nil {
		t.pending[id] = make(map[string][]byte)
	}
	t.pending[id][string(key)] = value
}

// remove deletes a key, which need not be there.
func (t *transaction) remove(id bucketID, key []byte) {
	t.changes++
	t.flush(id)
	t.record(id, key)
	t.keep(t.bucket(id).Delete(key))
}

// flush puts what was held back, in key order.
func (t *transaction) flush(id bucketID) {
	if t.writing == nil || t.pending[id] == nil {
		return
	}
	p := t.pending[id]
	t.pending[id], t.direct[id] = nil, 0
	for _, k := range slices.Sorted(maps.Keys(p)) {
		t.putNow(id, []byte(k), p[k])
	}
}

func (t *transaction) flushAll() {
	for id := range bucketCount {
		t.flush(id)
	}
}

func (t *transaction) putNow(id bucketID, key, value []byte) {
	t.record(id, key)
	t.keep(t.bucket(id).Put(key, value))
}

// record notes what undo has to restore. The old value stays valid, because
// bbolt maps its file anew only while it commits.
func (t *transaction) record(id bucketID, key []byte) {
	if t.keepLog {
		t.log = append(t.log, change{id, bytes.Clone(key), t.bucket(id).Get(key)})
	}
}

// undo takes the recorded changes back, the last one first. What was held back
// goes with the transaction, which is not to be used any more.
func (t *transaction) undo() error {
	for _, c := range slices.Backward(t.log) {
		b := t.bucket(c.bucket)
		var err error
		if c.old == nil {
			err = b.Delete(c.key)
		} else {
			err = b.Put(c.key, c.old)
		}
		if err != nil {
			return err
		}
	}
	t.log = nil
	return nil
}

// keep remembers the first error.
func (t *transaction) keep(err error) {
	if t.err == nil {
		t.err = err
	}
}
