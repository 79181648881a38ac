package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// written returns the bytes of a store with something in it.
func written(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	s, err := Open(Options{Path: path})
	must(t, err)
	for _, id := range []string{"1", "2", "3"} {
		must(t, s.Update(add(id)))
	}
	must(t, s.Update(func(w Writer) error {
		_, err := w.Insert(people, Entity{ID: "big", JSON: make([]byte, 64<<10)})
		return err
	}))
	must(t, s.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}

// otherBolt returns the bytes of a bbolt file that fill made.
func otherBolt(t testing.TB, fill func(tx *bbolt.Tx) error) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bbolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, db.Update(fill))
	must(t, db.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}

func bucketOf(name, key, value string) func(tx *bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte(name))
		if err != nil {
			return err
		}
		return b.Put([]byte(key), []byte(value))
	}
}

func newerFormat(tx *bbolt.Tx) error {
	if err := mark(tx); err != nil {
		return err
	}
	return tx.Bucket(bucketNames[metaBucket]).Put([]byte(formatKey), []byte{format + 1})
}

func noBuckets(tx *bbolt.Tx) error {
	if err := mark(tx); err != nil {
		return err
	}
	return tx.DeleteBucket(bucketNames[entitiesBucket])
}

// zeroed returns b with n zero bytes from at on.
func zeroed(b []byte, at, n int) []byte {
	b = bytes.Clone(b)
	clear(b[at:min(at+n, len(b))])
	return b
}

func TestOpenRefuses(t *testing.T) {
	good := written(t)
	page := namedPage
	tests := []struct {
		name    string
		content []byte
		want    error
		text    string
	}{
		{"text", []byte("hello"), ErrForeign, "choose another file"},
		{"pages of text", bytes.Repeat([]byte("hello, world\n"), 10000), ErrForeign, "choose another file"},
		{"zeroes", make([]byte, 1<<20), ErrForeign, "choose another file"},
		{"SQLite", append([]byte("SQLite format 3\x00"), make([]byte, 8192)...), ErrForeign, "choose another file"},
		{"bbolt of another program", otherBolt(t, bucketOf("jobs", "1", "x")), ErrForeign, "another program"},
		{"bbolt of another program, similar", otherBolt(t, bucketOf("meta", applicationKey, "other")), ErrForeign, "another program"},
		{"newer format", otherBolt(t, newerFormat), ErrNewer, "format 3, this one reads 2: update fakegraph"},
		{"bucket missing", otherBolt(t, noBuckets), ErrDamaged, `bucket "entities" is missing`},
		{"no format", otherBolt(t, bucketOf("meta", applicationKey, application)), ErrDamaged, "remove it to start empty"},
		{"cut in the first page", good[:1000], ErrTruncated, "bytes are there: restore it"},
		{"cut after the first page", good[:page], ErrTruncated, "bytes are there: restore it"},
		{"cut after the meta pages", good[:2*page], ErrTruncated, "bytes are there: restore it"},
		{"cut in the middle", good[:len(good)/20], ErrTruncated, "bytes are there: restore it"},
		{"hole behind the meta pages", zeroed(good, 2*page, len(good)), ErrDamaged, "restore it from a copy"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "store.db")
			must(t, os.WriteFile(path, test.content, 0o600))
			_, err := Open(Options{Path: path, LockWait: time.Millisecond})
			wantText(t, err, test.want, "data file "+path+": ", test.text)
			if b, _ := os.ReadFile(path); !bytes.Equal(b, test.content) {
				t.Error("the refused file was changed")
			}
			_, err = Open(Options{Image: test.content})
			wantText(t, err, test.want, "image of a store: ", "make it anew")
		})
	}
}

// wantText checks that an error is a kind of error, in one line with these words.
func wantText(t testing.TB, err, kind error, words ...string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error %v, want %v", err, kind)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q lacks %q", err, word)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("error %q has several lines", err)
	}
}

func TestOpenRefusesPath(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	_, err := Open(Options{Path: filepath.Join(folder, "no", "store.db")})
	wantText(t, err, fs.ErrNotExist, "make the folder "+filepath.Join(folder, "no"))
	_, err = Open(Options{Path: folder})
	wantText(t, err, err, "data file "+folder, "name a file within a folder")
	_, err = Open(Options{Path: filepath.Join(file, "store.db")})
	wantText(t, err, err, "data file "+file, "name a file within a folder")
	if _, err = Open(Options{Path: file, Image: []byte{}}); err == nil {
		t.Error("took an image for a named file")
	}
}

// A file of format 1 has its keys in order, whatever they are for. It opens as
// one of today, and SetKeys brings them to where they are looked up.
func TestOpenEarlierFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	must(t, os.WriteFile(path, otherBolt(t, earlierFormat), 0o600))
	s := openBoltFor(t, Options{Path: path})
	lookUp := func() (err error) {
		must(t, s.View(func(r Reader) error { _, err = r.Lookup(people, Key{Name: "name", Value: "ada"}); return nil }))
		return err
	}
	must(t, s.Check())
	must(t, s.db.View(func(tx *bbolt.Tx) error {
		if f := tx.Bucket(bucketNames[metaBucket]).Get([]byte(formatKey)); !bytes.Equal(f, []byte{format}) {
			t.Errorf("format %v, want %d: an earlier version would misread the file", f, format)
		}
		return nil
	}))
	if err := lookUp(); !errors.Is(err, ErrNotFound) {
		t.Errorf("looked up in order: %v", err)
	}
	must(t, s.Update(func(w Writer) error {
		e, err := w.Get(people, "1")
		return errors.Join(err, w.SetKeys(e.Ordinal, []Key{{Name: "name", Value: "ada"}}))
	}))
	must(t, lookUp())
	must(t, s.Check())
	must(t, s.View(func(r Reader) error {
		if n := r.CountOrdered(people, Range{Name: "name", Length: 3}); n != 0 {
			t.Errorf("%d keys are still in order", n)
		}
		return nil
	}))
}

// earlierFormat is a file of format 1 with one entity.
func earlierFormat(tx *bbolt.Tx) error {
	for _, name := range bucketNames[:findsBucket] {
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	h := header{keyLists: keyLists{keys: appendKey(nil, keyEntry{4, "ada"})}, json: []byte("{}")}
	h.setID("1")
	put := func(id bucketID, k, v []byte) error { return tx.Bucket(bucketNames[id]).Put(k, v) }
	return errors.Join(
		put(metaBucket, []byte(applicationKey), []byte(application)), put(metaBucket, []byte(formatKey), []byte{1}),
		put(namesBucket, appendNameKey(nil, tenantName, people.Tenant), number(3).bytes()), put(namesBucket, appendNameNumber(nil, tenantName, 3), []byte(people.Tenant)),
		put(namesBucket, appendNameKey(nil, keyName, "name"), number(4).bytes()), put(namesBucket, appendNameNumber(nil, keyName, 4), []byte("name")),
		put(setsBucket, appendSetKey(nil, 3, 0, people.Name), number(2).bytes()), put(infosBucket, number(2).bytes(), setInfo{count: 1, tenant: 3, name: []byte(people.Name)}.bytes()),
		put(entitiesBucket, appendEntityKey(nil, 2, 1), h.appendTo(nil)), put(homesBucket, (^Ordinal(1)).bytes(), number(2).bytes()),
		put(idsBucket, appendIDKey(nil, setRef{3, 2}, "1"), Ordinal(1).bytes()), put(keysBucket, appendOrdinal(appendKeyPrefix(nil, 2, 4, "ada"), 1), nil),
		tx.Bucket(bucketNames[entitiesBucket]).SetSequence(1), tx.Bucket(bucketNames[namesBucket]).SetSequence(4), tx.Bucket(bucketNames[setsBucket]).SetSequence(2),
	)
}

func TestOpenInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := openBoltFor(t, Options{Path: path})
	_, err := Open(Options{Path: path, LockWait: time.Millisecond})
	wantText(t, err, ErrInUse, "data file "+path, "stop that process")
	must(t, s.Update(add("still works")))
	must(t, s.Close())
	openBoltFor(t, Options{Path: path})
}

// One damaged meta page is what a crash leaves behind; the other one serves.
func TestOpenWithOneMetaPage(t *testing.T) {
	good := written(t)
	for _, at := range []int{0, namedPage} {
		path := filepath.Join(t.TempDir(), "store.db")
		must(t, os.WriteFile(path, zeroed(good, at+metaAt, 100), 0o600))
		s := openBoltFor(t, Options{Path: path})
		must(t, s.View(func(r Reader) error {
			if n := r.Count(people); n < 3 {
				t.Errorf("without the meta page at %d: %d entities", at, n)
			}
			return nil
		}))
	}
}

func TestOpenMakesPrivateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	openBoltFor(t, Options{Path: path})
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v lets others in", info.Mode())
	}
}

// A store without a name leaves nothing behind, also where memory files are not
// to be had.
func TestTemporaryFile(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder)
	f, discard, err := temporaryFile()
	must(t, err)
	must(t, f.Close())
	if discard != "" {
		must(t, os.Remove(discard))
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("%d files left, %v", len(left), err)
	}
}

func TestDamageIsAnError(t *testing.T) {
	s := openBoltFor(t, Options{})
	must(t, s.Update(add("1")))
	damage := func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketNames[entitiesBucket])
		k, _ := b.Cursor().First()
		return b.Put(bytes.Clone(k), []byte{0xff})
	}
	must(t, s.db.Update(damage))
	defer s.Close() // before the check of Cleanup
	reads := map[string]func(r Reader) error{
		"get":    func(r Reader) error { _, err := r.Get(people, "1"); return err },
		"lookup": func(r Reader) error { _, err := r.Lookup(people, Key{Name: "key of 1", Value: "1"}); return err },
		"scan": func(r Reader) error {
			for e := range r.Scan(people, 0) {
				t.Errorf("scan yields %v", e)
			}
			return nil
		},
		"find": func(r Reader) error {
			for _, e := range r.Find("a", "1") {
				t.Errorf("find yields %v", e)
			}
			return nil
		},
	}
	for name, read := range reads {
		if err := s.View(read); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		err := s.Update(func(w Writer) error { return errors.Join(read(w), w.SetValue("s", "k", []byte("v"))) })
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s in an update: %v", name, err)
		}
	}
	if err := s.Check(); err == nil {
		t.Error("check finds nothing")
	}
}

// A file survives a loss of power, not only the death of the process, which no
// test can bring about: every commit to it is synced, and none to what is
// temporary.
func TestOpenSyncs(t *testing.T) {
	for path, unsynced := range map[string]bool{filepath.Join(t.TempDir(), "store.db"): false, "": true} {
		s, err := Open(Options{Path: path})
		must(t, err)
		if got := s.(*bolt).db.NoSync; got != unsynced {
			t.Errorf("%q: NoSync is %v", path, got)
		}
		must(t, s.Close())
	}
}
