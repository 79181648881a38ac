package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"

	"go.etcd.io/bbolt"
)

// bolt implements [Store] on a bbolt file.
type bolt struct {
	commits
	db         *bbolt.DB
	snapshots  snapshots
	cache      atomic.Pointer[cache]
	tracked    atomic.Bool // some set is tracked, or was to be: writers look
	watched    atomic.Bool // some tenant is watched, or was
	chunks     chunks
	maxChanges uint64 // in the log of one set
	maxEvents  uint64 // of one tenant
	happened   func() // see Options.Happened; nil for nobody
	standing   func(name string) []byte
	discard    string // file to remove after Close; "" for none
}

var _ Store = (*bolt)(nil)

func (s *bolt) View(fn func(Reader) error) error {
	p, err := s.snapshots.take(s.db)
	if err != nil {
		return closedError(err)
	}
	defer s.snapshots.give(p)
	// The cache after the transaction: see newView.
	r := newView(p, s.cache.Load(), s.standing)
	if err := fn(r); err != nil {
		return err
	}
	return r.err
}

func (s *bolt) Image() ([]byte, error) {
	tx, err := s.db.Begin(false)
	if err != nil {
		return nil, closedError(err)
	}
	defer tx.Rollback()
	image := bytes.NewBuffer(make([]byte, 0, tx.Size()))
	if _, err := tx.WriteTo(image); err != nil {
		return nil, fmt.Errorf("copy store: %w", err)
	}
	return image.Bytes(), nil
}

func (s *bolt) Size() int64 {
	tx, err := s.db.Begin(false)
	if err != nil {
		return 0 // closed
	}
	defer tx.Rollback()
	return tx.Size()
}

// alter is bbolt's Update of a database that may be the one that views read.
func (s *bolt) alter(db *bbolt.DB, fn func(*bbolt.Tx) error) error {
	s.snapshots.pause()
	defer s.snapshots.resume()
	return db.Update(fn)
}

func (s *bolt) Close() error {
	s.takeTurn()
	for s.open != nil { // those in it wait for us, who took their turn
		_ = s.end(s.open) // each of them gets the error
		s.takeTurn()
	}
	defer s.turn.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.snapshots.pause() // for good: bbolt waits for open transactions
	err := errors.Join(s.chunks.close(), s.db.Close())
	if s.discard == "" {
		return err
	}
	if gone := os.Remove(s.discard); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
