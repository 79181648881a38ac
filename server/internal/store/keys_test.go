package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Short ordinals come back, and compare as the numbers do.
func FuzzShort(f *testing.F) {
	for _, o := range []uint64{0, 1, 255, 256, 1 << 24, 1<<64 - 1} {
		f.Add(o, o+1)
	}
	f.Fuzz(func(t *testing.T, a, b uint64) {
		x, y := appendShort(nil, Ordinal(a)), appendShort(nil, Ordinal(b))
		if toShort(x) != Ordinal(a) || toShort(y) != Ordinal(b) {
			t.Fatalf("%d and %d come back as %d and %d", a, b, toShort(x), toShort(y))
		}
		if (bytes.Compare(x, y) < 0) != (a < b) {
			t.Fatalf("%d and %d compare as %x and %x", a, b, x, y)
		}
	})
}

func TestShortOfNoOrdinal(t *testing.T) {
	for _, b := range [][]byte{nil, {1}, {2, 1}, {0, 1}} {
		if o := toShort(b); o != 0 {
			t.Errorf("%x reads as %d", b, o)
		}
	}
}

// Sets do not share hashes: whoever looks up a value that a thousand tenants have
// meets his own entity alone.
func TestFindPrefix_ofSet(t *testing.T) {
	hash := hashOf("ada@contoso.com")
	if a, b := appendFindPrefix(nil, 1, hash), appendFindPrefix(nil, 2, hash); bytes.Equal(a, b) {
		t.Errorf("%x in both", a)
	}
}

// A file has little room that nothing uses.
func TestGrowth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := openBoltFor(t, Options{Path: path})
	for i := range 20 {
		must(t, s.Update(func(w Writer) error {
			_, err := w.Insert(people, Entity{ID: fmt.Sprint(i), JSON: make([]byte, 256<<10)})
			return err
		}))
		info, err := os.Stat(path)
		must(t, err)
		if used := s.Size(); used > leastGrowth && info.Size() > used+used/16+leastGrowth+namedPage {
			t.Fatalf("a file of %d bytes, of which %d are used", info.Size(), used)
		}
	}
}
