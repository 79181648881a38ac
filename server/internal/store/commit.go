package store

import (
	"errors"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// commits lets concurrent writers share a bbolt transaction and its fsyncs.
//
// A writer takes the turn, runs its function within the open batch (the first
// one begins it), and looks behind itself: when others wait for the turn it
// passes it on, and they join the batch; the last one commits for all. So
// nothing is ever delayed to gather company: one writer alone commits at once,
// and while a commit syncs, the next batch queues up. Each commits at most one
// batch, and its own function runs on its own goroutine: a panic has its
// caller's stack, and runtime.Goexit (a failing test) ends its caller.
//
// bbolt's own Batch waits for a timer, and runs functions twice.
type commits struct {
	waiting atomic.Int32 // writers that want the turn
	turn    sync.Mutex   // held while a function runs or a batch commits
	open    *batch       // under turn; nil when the next writer begins one
	closed  bool         // under turn
}

// maxBatch bounds how many functions share a commit, so that the first of them
// is not kept waiting by an endless queue.
const maxBatch = 512

// batch is one bbolt transaction and those who share it. All fields but done
// and err are used under turn.
type batch struct {
	tx       *bbolt.Tx
	shared   *cache // nil once a tenant was cleared
	memo     *cache // what was learned in here
	store    *bolt
	dirty    bool  // a function changed something, successfully
	happened bool  // it added events
	inserted int   // how many entities they inserted
	size     int   // functions run
	broken   error // undoing failed: nothing of this can be kept

	done chan struct{} // closed after the end
	err  error         // how it ended; read after done
}

var errAborted = errors.New("commit was aborted")

func (s *bolt) Update(fn func(Writer) error) error {
	b, err := s.join()
	if err != nil {
		return err
	}
	w := newWriter(b)
	left := false
	defer func() {
		if !left { // fn panicked, or ended its goroutine
			_ = s.leave(b, w, false)
		}
	}()
	if err = fn(w); err == nil {
		err = w.finish()
	}
	left = true
	if end := s.leave(b, w, err == nil); err == nil {
		err = end
	}
	if err == nil {
		err = s.free(w.doomed)
	}
	return err
}

// join takes the turn and returns the open batch.
func (s *bolt) join() (*batch, error) {
	s.takeTurn()
	if s.open != nil {
		return s.open, nil
	}
	if s.closed {
		s.turn.Unlock()
		return nil, ErrClosed
	}
	s.snapshots.pause()
	tx, err := s.db.Begin(true)
	if err != nil {
		s.snapshots.resume()
		s.turn.Unlock()
		return nil, closedError(err)
	}
	s.open = &batch{tx: tx, shared: s.cache.Load(), memo: newCache(0), store: s, done: make(chan struct{})}
	return s.open, nil
}

// takeTurn waits in sight of whoever has the turn, who may therefore rely on us
// to take over the batch.
func (s *bolt) takeTurn() {
	s.waiting.Add(1)
	s.turn.Lock()
	s.waiting.Add(-1)
}

// leave ends a function's part in the batch: it keeps or undoes its changes,
// gives the turn away or commits, and returns when all that the function saw is
// durable. A function that failed waits too, for what made it fail may be what
// another did.
func (s *bolt) leave(b *batch, w *writer, keep bool) error {
	b.size++
	if keep {
		b.dirty = b.dirty || w.changes > 0
		b.inserted += w.inserted
		b.happened = b.happened || w.happened
	} else {
		b.undo(w)
	}
	if b.dirty && b.broken == nil && b.size < maxBatch && s.waiting.Load() > 0 {
		s.turn.Unlock()
		<-b.done
		return b.err
	}
	return s.end(b)
}

// undo takes back what a function did. As long as nothing in the batch is worth
// keeping there is no log: end rolls all back.
func (b *batch) undo(w *writer) {
	if !b.dirty {
		return
	}
	b.broken = errAborted
	if err := w.undo(); err != nil {
		b.broken = err
		return
	}
	b.broken = nil
	b.memo = newCache(0)
}

// clear makes the batch independent of what caches know.
func (b *batch) clear() {
	b.shared, b.memo = nil, newCache(0)
}

// end commits or rolls back, wakes those who wait for it, and gives the turn
// away.
func (s *bolt) end(b *batch) error {
	defer s.turn.Unlock()
	defer close(b.done)
	defer s.snapshots.resume()
	s.open = nil
	switch {
	case b.broken != nil:
		b.err = b.broken
		_ = b.tx.Rollback()
	case !b.dirty:
		b.err = b.tx.Rollback()
	default:
		b.err = s.commit(b)
	}
	return b.err
}

func (s *bolt) commit(b *batch) (err error) {
	b.err = errAborted // for those who wait, should bbolt panic
	defer func() {
		if b.tx.DB() != nil { // it did: release its lock, as bbolt's Update does
			_ = b.tx.Rollback()
		}
	}()
	b.fill()
	b.room()
	if b.shared == nil {
		// In place before the commit: who sees this commit must not see the old
		// cache, and who uses the old cache must not see this commit.
		s.cache.Store(newCache(b.tx.ID()))
	}
	if err := b.tx.Commit(); err != nil {
		return err
	}
	s.cache.Load().join(b.memo)
	if b.happened && s.happened != nil {
		s.happened()
	}
	return nil
}

// fill tells bbolt how full to make the pages that it splits. Entities grow at
// the end of their set, where full pages are best; but one that is replaced may
// grow in place, which needs room. Indexes grow anywhere, for which bbolt's half
// full pages are best, unless the batch is most of what there is.
func (b *batch) fill() {
	if b.inserted == 0 {
		return
	}
	entities := b.tx.Bucket(bucketNames[entitiesBucket])
	entities.FillPercent = appendFill
	if b.inserted < bulkInserts {
		return
	}
	entities.FillPercent = 1
	if uint64(b.inserted) < entities.Sequence()/2 {
		return
	}
	for _, id := range []bucketID{idsBucket, keysBucket, findsBucket, linksBucket, backlinksBucket} {
		b.tx.Bucket(bucketNames[id]).FillPercent = appendFill
	}
}

// room tells bbolt by how much to let the file grow: by a sixteenth, so that
// syncing its length stays rare and what is not used yet stays little.
func (b *batch) room() {
	b.store.db.AllocSize = int(min(max(b.tx.Size()/16, leastGrowth), mostGrowth))
}

const (
	leastGrowth = 1 << 20
	mostGrowth  = 16 << 20
)

const (
	appendFill  = 0.9
	bulkInserts = 1000
)

// closedError translates bbolt's word for a closed store.
func closedError(err error) error {
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return ErrClosed
	}
	return err
}
