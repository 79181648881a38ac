package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// These errors can be returned by Open, beside those of the file system.
var (
	// ErrInUse is returned when another process, or another store of this one,
	// has the file open.
	ErrInUse = errors.New("in use by another process")

	// ErrForeign is returned when the file was not written by this package.
	ErrForeign = errors.New("not a fakegraph store")

	// ErrNewer is returned when a newer version of this package wrote the file.
	ErrNewer = errors.New("written by a newer fakegraph")

	// ErrTruncated is returned when the file is shorter than what was written.
	ErrTruncated = errors.New("truncated")
)

// Options say where a store lives. The zero value is an empty store in memory.
type Options struct {
	// Path is the bbolt file, made when it is not there. "" means a nameless
	// file in memory (a temporary one where the system has no such thing), which
	// is gone after Close and is never synced.
	Path string

	// Image is what a nameless store starts from: what Image of a store gave. It
	// is only read, so many stores may start from one at a time. nil means empty.
	Image []byte

	// LockWait is how long to wait for another process to let go of the file.
	// 0 means one second, which covers a restart.
	LockWait time.Duration

	// Standing returns the JSON of standing text by its name; nil when there is
	// none. What it returns is shared and must never change. See [Standing].
	Standing func(name string) []byte

	// Happened is called after each commit that added events, while writers
	// wait: it only wakes whoever reads them. nil when nobody does.
	Happened func()
}

const (
	defaultLockWait = time.Second

	// What is mapped from the start. Beyond it bbolt doubles the mapping, for
	// which it waits for open views. A nameless file takes address space only;
	// a named one is extended to it by its first write.
	namelessMapping = 16 << 20
	namedMapping    = 1 << 20

	// fileMode keeps others out: the file holds signing keys.
	fileMode = 0o600
)

// Open opens a store. Its errors say which file, what is wrong with it and what
// to do.
func Open(o Options) (Store, error) {
	if o.Path == "" {
		s, err := openNameless(o.Image)
		if err != nil {
			return nil, err
		}
		s.standing, s.happened = o.Standing, o.Happened
		return s, nil
	}
	if o.Image != nil {
		return nil, fmt.Errorf("data file %s: an image cannot start a named file: leave the path or the image out", o.Path)
	}
	s, err := openNamed(o.Path, o.LockWait)
	if err != nil {
		return nil, fmt.Errorf("data file %s: %w", o.Path, explain(err, o.Path))
	}
	s.standing, s.happened = o.Standing, o.Happened
	return s, nil
}

// namedPage is the page size of new data files. bbolt puts at least two records
// on a page and begins another where the next one does not fit: entities of 2 kB,
// as users are, leave half of the usual 4 kB pages empty. A file keeps the size
// that it was made with.
const namedPage = 16 << 10

func openNamed(path string, wait time.Duration) (*bolt, error) {
	if wait == 0 {
		wait = defaultLockWait
	}
	created := false
	opts := options()
	opts.Timeout, opts.InitialMmapSize, opts.PageSize = wait, mapping(namedMapping), namedPage
	open := func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode)
		if err != nil {
			return nil, err
		}
		size, err := probe(f)
		if err != nil {
			f.Close()
			return nil, err
		}
		created = size == 0
		return f, nil
	}
	s, err := openBolt(path, opts, open)
	if err == nil && created {
		syncFolder(path)
	}
	return s, err
}

func openNameless(image []byte) (*bolt, error) {
	f, discard, err := namelessFile()
	if err != nil {
		return nil, fmt.Errorf("make a file for temporary data: %w", err)
	}
	opts := options()
	opts.NoSync, opts.NoGrowSync = true, true
	opts.InitialMmapSize = mapping(namelessMapping)
	open := func(string, int, os.FileMode) (*os.File, error) {
		if len(image) == 0 {
			return f, nil
		}
		if _, err := f.WriteAt(image, 0); err != nil {
			f.Close()
			return nil, err
		}
		if _, err := probe(f); err != nil {
			f.Close()
			return nil, err
		}
		return f, nil
	}
	s, err := openBolt(f.Name(), opts, open)
	if err != nil {
		if discard != "" {
			os.Remove(discard)
		}
		return nil, fmt.Errorf("image of a store: %w", explain(err, ""))
	}
	s.discard, s.chunks.apart = discard, true
	return s, nil
}

// options are what named and nameless files have in common. The free list is
// stored, because finding free pages again takes time in proportion to the file.
func options() bbolt.Options {
	return bbolt.Options{
		FreelistType: bbolt.FreelistMapType,
		NoStatistics: true,
	}
}

// mapping is how much to map: nothing beyond the file where mapping extends it,
// or where addresses are short.
func mapping(size int) int {
	if runtime.GOOS == "windows" || ^uint(0)>>32 == 0 {
		return 0
	}
	return size
}

// openBolt opens a probed file and makes sure that it is ours. bbolt panics over
// some kinds of damage; that is an error here.
func openBolt(path string, opts bbolt.Options, open func(string, int, os.FileMode) (*os.File, error)) (s *bolt, err error) {
	var file *os.File
	opts.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := open(name, flag, mode)
		file = f
		return f, err
	}
	defer func() {
		if p := recover(); p != nil {
			if file != nil {
				file.Close() // and with it the lock
			}
			s, err = nil, fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	db, err := bbolt.Open(path, fileMode, &opts)
	if err != nil {
		return nil, err
	}
	if err := prepare(db); err != nil {
		db.Close()
		return nil, err
	}
	s = &bolt{db: db, maxChanges: defaultMaxChanges, maxEvents: defaultMaxEvents}
	s.cache.Store(newCache(0))
	if err := s.sweep(); err != nil {
		db.Close()
		return nil, err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		first, _ := tx.Bucket(bucketNames[trackedBucket]).Cursor().First()
		s.tracked.Store(first != nil)
		first, _ = tx.Bucket(bucketNames[watchedBucket]).Cursor().First()
		s.watched.Store(first != nil)
		return nil
	})
	return s, err
}

// prepare writes our mark into a new file, and looks for it in any other.
func prepare(db *bbolt.DB) error {
	empty := false
	err := db.View(func(tx *bbolt.Tx) error {
		if k, _ := tx.Cursor().First(); k == nil {
			empty = true
			return nil
		}
		return checkMark(tx)
	})
	if err != nil {
		return err
	}
	if !empty {
		return modernise(db)
	}
	return db.Update(mark)
}

// modernise gives a file of an earlier version the buckets that it lacks, and
// today's format.
func modernise(db *bbolt.DB) error {
	current := false
	err := db.View(func(tx *bbolt.Tx) error {
		// The newest bucket is the last: who has it has them all.
		current = tx.Bucket(bucketNames[metaBucket]).Get([]byte(formatKey))[0] == format && tx.Bucket(bucketNames[bucketCount-1]) != nil
		return nil
	})
	if err != nil || current {
		return err
	}
	return db.Update(func(tx *bbolt.Tx) error {
		for _, name := range bucketNames {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return tx.Bucket(bucketNames[metaBucket]).Put([]byte(formatKey), []byte{format})
	})
}

func mark(tx *bbolt.Tx) error {
	for _, name := range bucketNames {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	meta := tx.Bucket(bucketNames[metaBucket])
	if err := meta.Put([]byte(applicationKey), []byte(application)); err != nil {
		return err
	}
	return meta.Put([]byte(formatKey), []byte{format})
}

func checkMark(tx *bbolt.Tx) error {
	meta := tx.Bucket(bucketNames[metaBucket])
	if meta == nil || string(meta.Get([]byte(applicationKey))) != application {
		return fmt.Errorf("%w but a bbolt file of another program", ErrForeign)
	}
	have := meta.Get([]byte(formatKey))
	if len(have) != 1 || have[0] == 0 {
		return fmt.Errorf("%w: it has no format number", ErrDamaged)
	}
	if have[0] > format {
		return fmt.Errorf("%w: format %d, this one reads %d", ErrNewer, have[0], format)
	}
	for _, name := range bucketNames[:streamsBucket] {
		if tx.Bucket(name) == nil {
			return fmt.Errorf("%w: bucket %q is missing", ErrDamaged, name)
		}
	}
	return nil
}

// explain adds to an error of opening what to do about it. path is "" for an
// image.
func explain(err error, path string) error {
	if path == "" {
		return fmt.Errorf("%w: make it anew with this version", err)
	}
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w: stop that process or choose another file", ErrInUse)
	case errors.Is(err, ErrForeign):
		return fmt.Errorf("%w: choose another file", err)
	case errors.Is(err, ErrNewer):
		return fmt.Errorf("%w: update fakegraph or choose another file", err)
	case errors.Is(err, ErrTruncated), errors.Is(err, ErrDamaged):
		return fmt.Errorf("%w: restore it from a copy, or remove it to start empty", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: the user running fakegraph needs to read and write it and its folder", err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: make the folder %s or choose another file", err, filepath.Dir(path))
	case errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%w: name a file within a folder", err)
	}
	return err
}

// syncFolder makes a new file's name as durable as its content, where a folder
// can be synced.
func syncFolder(path string) {
	if d, err := os.Open(filepath.Dir(path)); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
