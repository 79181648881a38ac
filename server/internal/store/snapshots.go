package store

import (
	"bytes"
	"sync"

	"go.etcd.io/bbolt"
)

// snapshots keeps the read transactions of views that ended for the views that
// follow, with the buckets and cursors that they opened: beginning one and
// descending to its buckets costs more than the point read that it is for.
//
// bbolt cannot reclaim pages, nor map its file anew, under an open read
// transaction. So none is kept while anything writes: a writer pauses the
// keeping, which ends those at rest, and those in use end with their view. A
// snapshot is kept only if nothing wrote since it began, so that whoever takes
// it sees every commit that returned before.
type snapshots struct {
	mu      sync.Mutex
	rest    []*snapshot
	writers int
	epoch   uint64 // grows when a writer comes and when it goes
}

// maxSnapshots bounds those at rest.
const maxSnapshots = 64

// snapshot is a read transaction that one view at a time uses.
type snapshot struct {
	tx      *bbolt.Tx
	epoch   uint64
	buckets [bucketCount]*bbolt.Bucket
	cursors [bucketCount]*bbolt.Cursor
	reader  reader // the view's
}

// take returns a snapshot of the latest commit.
func (s *snapshots) take(db *bbolt.DB) (*snapshot, error) {
	s.mu.Lock()
	epoch := s.epoch
	if last := len(s.rest) - 1; last >= 0 {
		p := s.rest[last]
		s.rest[last], s.rest = nil, s.rest[:last]
		s.mu.Unlock()
		return p, nil
	}
	s.mu.Unlock()
	tx, err := db.Begin(false)
	if err != nil {
		return nil, err
	}
	return &snapshot{tx: tx, epoch: epoch}, nil
}

// give keeps a snapshot for the next view, or ends it.
func (s *snapshots) give(p *snapshot) {
	s.mu.Lock()
	kept := s.writers == 0 && p.epoch == s.epoch && len(s.rest) < maxSnapshots
	if kept {
		s.rest = append(s.rest, p)
	}
	s.mu.Unlock()
	if !kept {
		_ = p.tx.Rollback() // of a read transaction: it cannot fail
	}
}

// pause ends the snapshots at rest, and keeps none until resume is called as
// often.
func (s *snapshots) pause() {
	s.mu.Lock()
	s.writers++
	s.epoch++
	rest := s.rest
	s.rest = nil
	s.mu.Unlock()
	for _, p := range rest {
		_ = p.tx.Rollback()
	}
}

func (s *snapshots) resume() {
	s.mu.Lock()
	s.writers--
	s.epoch++
	s.mu.Unlock()
}

// get returns the value of a key, or nil, through a cursor that stays: bbolt
// makes a new one, and its stack, for each Get of a bucket.
func (p *snapshot) get(b *bbolt.Bucket, id bucketID, key []byte) []byte {
	c := p.cursors[id]
	if c == nil {
		c = b.Cursor()
		p.cursors[id] = c
	}
	if k, v := c.Seek(key); bytes.Equal(k, key) {
		return v
	}
	return nil
}
