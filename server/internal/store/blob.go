package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"go.etcd.io/bbolt"
)

// Long streams are kept as blobs: chunks of bounded size in a bucket of their
// own, blob(8) offset(8) -> bytes, written by transactions of their own, so that
// a client that sends slowly, or much, keeps no transaction open. A named store
// has them in its file; a nameless one, which lies in memory, in a temporary
// file on disk, made with the first long stream.
//
// A blob lives as long as a stream counts it. Until its first stream is set it
// is garbage that whoever received it must discard, and that the next start
// sweeps away.

const (
	inlineStream = 32 << 10  // up to here bytes lie in the stream's record
	chunkSize    = 128 << 10 // bbolt rewrites up to four values with each new one
	chunksAtOnce = 8         // per transaction
	freedAtOnce  = 256       // chunks per transaction
)

var chunksName = []byte("chunks")

// chunks is where a store keeps its blobs.
type chunks struct {
	apart bool // in a file of their own, made at first need

	mu      sync.Mutex // guards what follows
	db      *bbolt.DB
	discard string
	closed  bool
}

// chunkDB returns the database with the chunks. Without create it is nil when
// there are none yet.
func (s *bolt) chunkDB(create bool) (*bbolt.DB, error) {
	c := &s.chunks
	if !c.apart {
		return s.db, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.closed:
		return nil, ErrClosed
	case c.db != nil || !create:
		return c.db, nil
	}
	f, discard, err := temporaryFile()
	if err != nil {
		return nil, fmt.Errorf("make a file for temporary content: %w", err)
	}
	opts := options()
	opts.NoSync, opts.NoGrowSync = true, true
	opts.OpenFile = func(string, int, os.FileMode) (*os.File, error) { return f, nil }
	if c.db, err = bbolt.Open(f.Name(), fileMode, &opts); err != nil {
		return nil, err
	}
	c.discard = discard
	return c.db, nil
}

func (c *chunks) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	if c.db == nil {
		return nil
	}
	err := c.db.Close()
	if c.discard != "" {
		err = errors.Join(err, os.Remove(c.discard))
	}
	return err
}

func (s *bolt) Receive(from io.Reader) (Stream, error) {
	head := make([]byte, inlineStream+1)
	n, ended, err := fill(head, from)
	switch {
	case err != nil:
		return Stream{}, err
	case ended:
		return Stream{Length: int64(n), inline: head[:n:n]}, nil
	}
	return s.Extend(Stream{}, io.MultiReader(bytes.NewReader(head), from))
}

func (s *bolt) Extend(had Stream, from io.Reader) (Stream, error) {
	longer := had
	if had.blob == 0 {
		longer = Stream{MediaType: had.MediaType}
		from = io.MultiReader(bytes.NewReader(had.inline), from)
	} else if err := s.truncate(had); err != nil {
		return Stream{}, err
	}
	longer.inline = nil
	err := s.pour(&longer, from)
	if err == nil {
		return longer, nil
	}
	if had.blob == 0 {
		_ = s.free([]uint64{longer.blob}) // the error that matters is the reader's
	}
	return Stream{}, err
}

// pour appends what it reads to a blob, which it numbers when it has none.
func (s *bolt) pour(to *Stream, from io.Reader) error {
	db, err := s.chunkDB(true)
	if err != nil {
		return err
	}
	buffer := make([]byte, chunkSize*chunksAtOnce)
	for {
		n, ended, err := fill(buffer, from)
		if err != nil {
			return err
		}
		if n > 0 || to.blob == 0 {
			if err := s.alter(db, func(tx *bbolt.Tx) error { return putChunks(tx, to, buffer[:n]) }); err != nil {
				return closedError(err)
			}
		}
		if ended {
			return nil
		}
	}
}

// fill reads until p is full or the source ends. Unlike io.ReadFull it takes a
// connection that broke for no end.
func fill(p []byte, from io.Reader) (n int, ended bool, err error) {
	for n < len(p) {
		more, err := from.Read(p[n:])
		n += more
		if err == io.EOF {
			return n, true, nil
		}
		if err != nil {
			return n, false, err
		}
	}
	return n, false, nil
}

func putChunks(tx *bbolt.Tx, to *Stream, data []byte) error {
	b, err := tx.CreateBucketIfNotExists(chunksName)
	if err != nil {
		return err
	}
	if to.blob == 0 {
		if to.blob, err = b.NextSequence(); err != nil {
			return err
		}
	}
	for chunk := range chunked(data) {
		if err := b.Put(appendChunkKey(nil, to.blob, to.Length), chunk); err != nil {
			return err
		}
		to.Length += int64(len(chunk))
	}
	return nil
}

func chunked(data []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(data) > 0 {
			n := min(len(data), chunkSize)
			if !yield(data[:n]) {
				return
			}
			data = data[n:]
		}
	}
}

func appendChunkKey(b []byte, blob uint64, offset int64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(b, blob), uint64(offset))
}

// truncate removes what a broken Extend left behind the bytes of a stream.
func (s *bolt) truncate(to Stream) error {
	db, err := s.chunkDB(true)
	if err != nil {
		return err
	}
	return closedError(s.alter(db, func(tx *bbolt.Tx) error {
		_, err := dropChunks(tx, appendChunkKey(nil, to.blob, to.Length), to.blob, int(^uint(0)>>1))
		return err
	}))
}

// dropChunks removes chunks of a blob from a key on, at most so many, and
// reports whether there may be more.
func dropChunks(tx *bbolt.Tx, from []byte, blob uint64, most int) (more bool, err error) {
	b := tx.Bucket(chunksName)
	if b == nil {
		return false, nil
	}
	c, prefix := b.Cursor(), from[:8]
	for k, _ := c.Seek(from); bytes.HasPrefix(k, prefix); k, _ = c.Seek(from) {
		if most--; most < 0 {
			return true, nil
		}
		if err := b.Delete(bytes.Clone(k)); err != nil {
			return false, err
		}
	}
	return false, nil
}

// free removes the chunks of blobs that no stream counts.
func (s *bolt) free(blobs []uint64) error {
	for _, blob := range blobs {
		db, err := s.chunkDB(false)
		if err != nil || db == nil || blob == 0 {
			return err
		}
		for more := true; more; {
			err := s.alter(db, func(tx *bbolt.Tx) (err error) {
				more, err = dropChunks(tx, appendChunkKey(nil, blob, 0), blob, freedAtOnce)
				return err
			})
			if err != nil {
				return closedError(err)
			}
		}
	}
	return nil
}

func (s *bolt) Discard(st Stream) error {
	if st.blob == 0 {
		return nil
	}
	counted := false
	err := s.db.View(func(tx *bbolt.Tx) error {
		counted = tx.Bucket(bucketNames[blobsBucket]).Get(binary.BigEndian.AppendUint64(nil, st.blob)) != nil
		return nil
	})
	if err != nil || counted {
		return closedError(err)
	}
	return s.free([]uint64{st.blob})
}

// sweep frees the blobs that nothing counts: what was under way when the
// process ended.
func (s *bolt) sweep() error {
	garbage, err := s.uncounted()
	if err != nil {
		return err
	}
	return s.free(garbage)
}

// uncounted returns the blobs that no stream counts.
func (s *bolt) uncounted() (blobs []uint64, err error) {
	db, err := s.chunkDB(false)
	if err != nil || db == nil {
		return nil, err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket(chunksName)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, _ := c.First(); len(k) == 16; {
			blob := binary.BigEndian.Uint64(k)
			blobs = append(blobs, blob)
			k, _ = c.Seek(appendChunkKey(nil, blob+1, 0))
		}
		return nil
	})
	if err != nil || len(blobs) == 0 {
		return nil, err
	}
	err = s.db.View(func(tx *bbolt.Tx) error {
		counted := tx.Bucket(bucketNames[blobsBucket])
		blobs = slices.DeleteFunc(blobs, func(blob uint64) bool {
			return counted.Get(binary.BigEndian.AppendUint64(nil, blob)) != nil
		})
		return nil
	})
	return blobs, err
}

func (s *bolt) Read(st Stream, offset int64) io.Reader {
	if st.blob == 0 {
		return bytes.NewReader(st.inline[min(offset, int64(len(st.inline))):])
	}
	return &blobReader{store: s, stream: st, at: offset}
}

// blobReader reads one chunk at a time, each in a view of its own.
type blobReader struct {
	store  *bolt
	stream Stream
	at     int64
	buffer []byte // of the chunk
	rest   []byte // of it, not yet read
}

func (r *blobReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.at >= r.stream.Length {
			return 0, io.EOF
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest, r.at = r.rest[n:], r.at+int64(n)
	return n, nil
}

func (r *blobReader) fill() error {
	db, err := r.store.chunkDB(false)
	if err != nil {
		return err
	}
	if db == nil {
		return ErrNotFound
	}
	err = db.View(func(tx *bbolt.Tx) error {
		start, chunk := chunkAt(tx, r.stream.blob, r.at)
		if int64(len(chunk)) <= r.at-start {
			return ErrNotFound
		}
		r.buffer = append(r.buffer[:0], chunk[r.at-start:]...)
		return nil
	})
	r.rest = r.buffer[:min(int64(len(r.buffer)), r.stream.Length-r.at)]
	return closedError(err)
}

// chunkAt finds the chunk that holds an offset.
func chunkAt(tx *bbolt.Tx, blob uint64, offset int64) (start int64, chunk []byte) {
	b := tx.Bucket(chunksName)
	if b == nil {
		return 0, nil
	}
	c, key := b.Cursor(), appendChunkKey(nil, blob, offset)
	k, v := c.Seek(key)
	switch {
	case k == nil: // Prev would skip one
		k, v = c.Last()
	case !bytes.Equal(k, key):
		k, v = c.Prev()
	}
	if len(k) != 16 || !bytes.Equal(k[:8], key[:8]) {
		return 0, nil
	}
	return int64(binary.BigEndian.Uint64(k[8:])), v
}
